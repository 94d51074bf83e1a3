from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import Permission, RoleTemplate

VIEW = "onestop.view_dossiers"
RECEIVE = "onestop.receive_dossiers"
PROCESS = "onestop.process_dossiers"
SIGN = "onestop.sign_results"
VIEW_LOAD = "onestop.view_load"
RUN_PORTAL = "onestop.run_portal"
DELIVER = "onestop.deliver_dossiers"
VIEW_PAYMENTS = "onestop.view_payments"
KEEP_ACCOUNTS = "onestop.keep_accounts"
APPROVE_REFUNDS = "onestop.approve_refunds"
MANAGE_CATALOGUE = "onestop.manage_catalogue"

PERMISSIONS = (
    Permission(VIEW, _("Xem hồ sơ của đơn vị")),
    Permission(RECEIVE, _("Tiếp nhận hồ sơ và trả kết quả")),
    Permission(PROCESS, _("Xử lý hồ sơ")),
    Permission(SIGN, _("Ký kết quả"), needs_second_factor=True),
    Permission(VIEW_LOAD, _("Xem khối lượng và hồ sơ quá hạn của đơn vị")),
    Permission(RUN_PORTAL, _("Vận hành việc đồng bộ với Cổng Dịch vụ công quốc gia")),
    Permission(DELIVER, _("Chuyển hồ sơ từ Cổng Dịch vụ công quốc gia vào hệ thống")),
    Permission(MANAGE_CATALOGUE, _("Quản lý danh mục thủ tục")),
    Permission(VIEW_PAYMENTS, _("Xem khoản thu và biên lai của đơn vị")),
    Permission(KEEP_ACCOUNTS, _("Đối soát, biên lai, đề nghị hoàn phí")),
    Permission(APPROVE_REFUNDS, _("Duyệt hoàn phí, lệ phí"), needs_second_factor=True),
)

ROLES = (
    RoleTemplate("onestop.counter", _("Công chức Một cửa"), (VIEW, RECEIVE, VIEW_PAYMENTS)),
    RoleTemplate("onestop.officer", _("Công chức xử lý hồ sơ"), (VIEW, RECEIVE, PROCESS, VIEW_PAYMENTS)),
    RoleTemplate(
        "onestop.leader",
        _("Lãnh đạo ký kết quả"),
        (VIEW, SIGN, VIEW_LOAD, VIEW_PAYMENTS, APPROVE_REFUNDS),
    ),
    RoleTemplate("onestop.accountant", _("Kế toán thu phí, lệ phí"), (VIEW, VIEW_PAYMENTS, KEEP_ACCOUNTS)),
    RoleTemplate("onestop.operator", _("Người vận hành Một cửa"), (RUN_PORTAL, MANAGE_CATALOGUE)),
    RoleTemplate("onestop.portal", _("Kết nối của Cổng Dịch vụ công quốc gia"), (DELIVER,)),
)
