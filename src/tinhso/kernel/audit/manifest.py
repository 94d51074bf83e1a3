from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import CitizenMenuItem, Job, MenuItem, Permission, RoleTemplate, SystemManifest

from .permissions import VIEW_HISTORY
from .sealing import seal_until_now

manifest = SystemManifest(
    code="audit",
    label=_("Nhật ký"),
    permissions=(Permission(VIEW_HISTORY, _("Xem nhật ký")),),
    roles=(RoleTemplate("audit.auditor", _("Thanh tra, kiểm tra"), (VIEW_HISTORY,)),),
    menu=(MenuItem(_("Nhật ký"), "audit:history", VIEW_HISTORY, icon="history"),),
    open_pages=(CitizenMenuItem(_("Kiểm tra biên nhận lịch sử"), "audit:check"),),
    jobs=(Job(name="audit.seal_days", run=seal_until_now, cron="10 * * * *"),),
    urls="tinhso.kernel.audit.urls",
    api="tinhso.kernel.audit.api",
)
