from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import (
    CitizenMenuItem,
    MenuItem,
    Permission,
    RecordedAction,
    RoleTemplate,
    SystemManifest,
)

from .events import CalendarChanged
from .permissions import EDIT_CALENDAR

manifest = SystemManifest(
    code="clock",
    label=_("Lịch và đồng hồ"),
    permissions=(Permission(EDIT_CALENDAR, _("Sửa lịch làm việc và cách tính thời hạn")),),
    roles=(RoleTemplate("clock.administrator", _("Quản trị lịch làm việc"), (EDIT_CALENDAR,)),),
    menu=(MenuItem(_("Lịch làm việc"), "clock:calendar", EDIT_CALENDAR, icon="calendar"),),
    open_pages=(
        CitizenMenuItem(_("Cách tính thời hạn"), "clock:policy"),
        CitizenMenuItem(_("Lịch làm việc"), "clock:calendar"),
    ),
    publishes=(CalendarChanged,),
    recorded_actions=(
        RecordedAction("clock.calendar_loaded", _("Nạp lịch làm việc")),
        RecordedAction("clock.year_announced", _("Công bố lịch nghỉ của năm")),
        RecordedAction("clock.day_added", _("Thêm ngày vào lịch làm việc")),
        RecordedAction("clock.day_removed", _("Bỏ ngày khỏi lịch làm việc")),
        RecordedAction("clock.hours_set", _("Đặt giờ làm việc")),
        RecordedAction("clock.reading_chosen", _("Chọn cách tính thời hạn")),
    ),
    urls="tinhso.kernel.clock.urls",
)
