from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import Job, Permission, RoleTemplate, SystemManifest

from .sealing import seal_until_now

manifest = SystemManifest(
    code="audit",
    label=_("Nhật ký"),
    permissions=(Permission("audit.view_history", _("Xem nhật ký")),),
    jobs=(Job(name="audit.seal_days", run=seal_until_now, cron="10 * * * *"),),
    roles=(RoleTemplate("audit.auditor", _("Thanh tra, kiểm tra"), ("audit.view_history",)),),
)
