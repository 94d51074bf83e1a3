from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import Job, SystemManifest

from .services import sweep_orphans

manifest = SystemManifest(
    code="files",
    label=_("Kho tệp"),
    jobs=(Job(name="files.sweep_orphans", run=sweep_orphans, cron="40 2 * * *"),),
    urls="tinhso.kernel.files.urls",
)
