from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import Permission, RoleTemplate

CALL = "counters.call_tickets"
ARRANGE = "counters.arrange_desks"

PERMISSIONS = (
    Permission(CALL, _("Gọi số tại quầy")),
    Permission(ARRANGE, _("Xếp quầy và hàng chờ")),
)

ROLES = (
    RoleTemplate("counters.officer", _("Trực quầy"), (CALL,)),
    RoleTemplate("counters.manager", _("Điều phối quầy"), (CALL, ARRANGE)),
)
