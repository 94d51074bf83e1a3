"""What the counters give the whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import MenuItem, RecordedAction, SystemManifest

from .permissions import ARRANGE, CALL, PERMISSIONS, ROLES
from .selectors import count_waiting

manifest = SystemManifest(
    code="counters",
    label=_("Quầy giao dịch"),
    permissions=PERMISSIONS,
    roles=ROLES,
    menu=(
        MenuItem(_("Gọi số"), "counters:desks", CALL, "speakerphone", count_waiting),
        MenuItem(_("Xếp quầy"), "counters:arrange", ARRANGE, "layout-grid"),
    ),
    recorded_actions=(
        RecordedAction("counters.room_opened", _("Mở phòng chờ")),
        RecordedAction("counters.key_renewed", _("Đổi địa chỉ máy lấy số và màn hình")),
        RecordedAction("counters.line_added", _("Thêm hàng chờ")),
        RecordedAction("counters.line_opened", _("Mở hàng chờ")),
        RecordedAction("counters.line_closed", _("Ngừng phát số của hàng chờ")),
        RecordedAction("counters.desk_added", _("Thêm quầy")),
        RecordedAction("counters.desk_opened", _("Mở quầy")),
        RecordedAction("counters.desk_closed", _("Đóng quầy")),
    ),
    urls="tinhso.systems.counters.web.urls",
    demo="tinhso.systems.counters.demo",
)
