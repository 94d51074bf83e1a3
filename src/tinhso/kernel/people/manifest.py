from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import MenuItem, Permission, RecordedAction, RoleTemplate, SystemManifest

from .permissions import MANAGE_ACCOUNTS, MANAGE_ROLES

RECORDED = {
    "account_opened": _("Đã mở tài khoản bằng định danh điện tử"),
    "identity_changed": _("Thông tin định danh đã thay đổi"),
    "official_registered": _("Đã mở tài khoản cán bộ"),
    "account_locked": _("Đã khóa tài khoản"),
    "account_unlocked": _("Đã mở khóa tài khoản"),
    "role_assigned": _("Đã giao vai trò"),
    "role_ended": _("Đã kết thúc vai trò"),
    "role_delegated": _("Đã ủy quyền"),
    "delegation_revoked": _("Đã thu hồi ủy quyền"),
    "password_chosen": _("Đã tự đặt mật khẩu"),
    "password_changed": _("Đã đổi mật khẩu"),
    "password_reset": _("Đã đặt lại mật khẩu"),
    "second_factor_forgotten": _("Đã bỏ các cách xác thực thứ hai"),
    "app_added": _("Đã thêm ứng dụng tạo mã"),
    "app_removed": _("Đã gỡ ứng dụng tạo mã"),
    "key_added": _("Đã thêm khóa truy cập"),
    "key_removed": _("Đã gỡ khóa truy cập"),
    "recovery_codes_made": _("Đã tạo bộ mã dự phòng"),
    "token_issued": _("Đã cấp mã truy cập cho chương trình"),
    "token_revoked": _("Đã thu hồi mã truy cập của chương trình"),
}

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
    recorded_actions=tuple(RecordedAction(f"people.{name}", words) for name, words in RECORDED.items()),
    urls="tinhso.kernel.people.urls",
)
