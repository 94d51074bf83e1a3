from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import CitizenMenuItem, MenuItem, Permission, RoleTemplate, SystemManifest

from .permissions import VIEW_CERTIFICATES

manifest = SystemManifest(
    code="signing",
    label=_("Chữ ký số"),
    permissions=(Permission(VIEW_CERTIFICATES, _("Xem chứng thư số của đơn vị")),),
    roles=(RoleTemplate("signing.clerk", _("Văn thư giữ dấu"), (VIEW_CERTIFICATES,)),),
    menu=(MenuItem(_("Chứng thư số"), "signing:certificates", VIEW_CERTIFICATES, icon="certificate"),),
    citizen_menu=(CitizenMenuItem(_("Kiểm tra văn bản"), "signing:verify"),),
    urls="tinhso.kernel.signing.urls",
    api="tinhso.kernel.signing.api",
)
