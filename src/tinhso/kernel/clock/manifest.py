from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import CitizenMenuItem, MenuItem, Permission, RoleTemplate, SystemManifest

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
    urls="tinhso.kernel.clock.urls",
)
