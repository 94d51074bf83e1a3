from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import Permission, RoleTemplate, SystemManifest

manifest = SystemManifest(
    code="audit",
    label=_("Nhật ký"),
    permissions=(Permission("audit.view_history", _("Xem nhật ký")),),
    roles=(RoleTemplate("audit.auditor", _("Thanh tra, kiểm tra"), ("audit.view_history",)),),
)
