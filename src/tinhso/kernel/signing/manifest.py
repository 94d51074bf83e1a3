from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import (
    CitizenMenuItem,
    Job,
    MenuItem,
    Permission,
    RecordedAction,
    RoleTemplate,
    SystemManifest,
)

from .events import DocumentIssued
from .handlers import HANDLERS
from .permissions import VIEW_CERTIFICATES
from .services import keep_archives

manifest = SystemManifest(
    code="signing",
    label=_("Chữ ký số"),
    permissions=(Permission(VIEW_CERTIFICATES, _("Xem chứng thư số của đơn vị")),),
    roles=(RoleTemplate("signing.clerk", _("Văn thư giữ dấu"), (VIEW_CERTIFICATES,)),),
    menu=(MenuItem(_("Chứng thư số"), "signing:certificates", VIEW_CERTIFICATES, icon="certificate"),),
    citizen_menu=(CitizenMenuItem(_("Kiểm tra văn bản"), "signing:verify"),),
    publishes=(DocumentIssued,),
    handlers=HANDLERS,
    jobs=(Job(name="signing.keep_archives", run=keep_archives, cron="30 1 * * *"),),
    recorded_actions=(RecordedAction("signing.document_archived", _("Đóng dấu thời gian lưu trữ")),),
    urls="tinhso.kernel.signing.urls",
    api="tinhso.kernel.signing.api",
)
