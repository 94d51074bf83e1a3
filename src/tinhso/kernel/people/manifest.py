from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import MenuItem, Permission, RoleTemplate, SystemManifest

from .permissions import MANAGE_ACCOUNTS, MANAGE_ROLES

manifest = SystemManifest(
    code="people",
    label=_("Con người và vai trò"),
    permissions=(
        Permission(MANAGE_ROLES, _("Giao và kết thúc vai trò"), needs_second_factor=True),
        Permission(
            MANAGE_ACCOUNTS, _("Mở, khóa tài khoản cán bộ và đặt lại mật khẩu"), needs_second_factor=True
        ),
    ),
    roles=(RoleTemplate("people.administrator", _("Quản trị tài khoản"), (MANAGE_ROLES, MANAGE_ACCOUNTS)),),
    menu=(MenuItem(_("Cán bộ"), "people:officials", MANAGE_ROLES, icon="users"),),
    urls="tinhso.kernel.people.urls",
)
