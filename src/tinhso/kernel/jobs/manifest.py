from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import Job, MenuItem, Permission, RecordedAction, RoleTemplate, SystemManifest

from .permissions import VIEW_QUEUE
from .selectors import count_failing
from .services import purge

manifest = SystemManifest(
    code="jobs",
    label=_("Vận hành"),
    permissions=(Permission(VIEW_QUEUE, _("Xem và gửi lại việc chạy nền")),),
    roles=(RoleTemplate("jobs.operator", _("Người vận hành"), (VIEW_QUEUE,)),),
    menu=(MenuItem(_("Vận hành"), "jobs:queue", VIEW_QUEUE, icon="activity", count=count_failing),),
    jobs=(Job(name="jobs.purge", run=purge, cron="20 3 * * *"),),
    recorded_actions=(
        RecordedAction("jobs.delivery_replayed", _("Gửi lại một sự kiện")),
        RecordedAction("jobs.job_rerun", _("Chạy ngay một việc định kỳ")),
    ),
    urls="tinhso.kernel.jobs.urls",
)
