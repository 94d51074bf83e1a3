from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import Permission, RoleTemplate, SystemManifest

from .permissions import VIEW_CERTIFICATES

manifest = SystemManifest(
    code="signing",
    label=_("Chữ ký số"),
    permissions=(Permission(VIEW_CERTIFICATES, _("Xem chứng thư số của đơn vị")),),
    roles=(RoleTemplate("signing.clerk", _("Văn thư giữ dấu"), (VIEW_CERTIFICATES,)),),
)
