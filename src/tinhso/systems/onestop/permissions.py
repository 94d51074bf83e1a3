from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import Permission, RoleTemplate

VIEW = "onestop.view_dossiers"
RECEIVE = "onestop.receive_dossiers"
PROCESS = "onestop.process_dossiers"
SIGN = "onestop.sign_results"
VIEW_LOAD = "onestop.view_load"

PERMISSIONS = (
    Permission(VIEW, _("Xem hồ sơ của đơn vị")),
    Permission(RECEIVE, _("Tiếp nhận hồ sơ và trả kết quả")),
    Permission(PROCESS, _("Xử lý hồ sơ")),
    Permission(SIGN, _("Ký kết quả"), needs_second_factor=True),
    Permission(VIEW_LOAD, _("Xem khối lượng và hồ sơ quá hạn của đơn vị")),
)

ROLES = (
    RoleTemplate("onestop.counter", _("Công chức Một cửa"), (VIEW, RECEIVE)),
    RoleTemplate("onestop.officer", _("Công chức xử lý hồ sơ"), (VIEW, RECEIVE, PROCESS)),
    RoleTemplate("onestop.leader", _("Lãnh đạo ký kết quả"), (VIEW, SIGN, VIEW_LOAD)),
)
