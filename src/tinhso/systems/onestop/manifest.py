"""What the one-stop gives the whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tinhso.kernel.registry import (
    AuditedRows,
    CitizenMenuItem,
    FileGate,
    Job,
    MenuItem,
    SearchSource,
    SystemManifest,
)

from .events import PUBLISHED
from .handlers import HANDLERS
from .jobs import remind_of_due_dossiers, sync_with_portal
from .models.dossier import STREAM_PREFIX
from .permissions import PERMISSIONS, ROLES, RUN_PORTAL, SIGN, VIEW, VIEW_LOAD
from .selectors.audited import find_dossier_ids, find_state_digests
from .selectors.files import may_read_dossier_file
from .selectors.load import count_waiting_signature
from .selectors.portal import count_troubles
from .selectors.search import search_dossiers, search_procedures
from .selectors.worklist import count_mine
from .services.load_catalogue import load_procedures

manifest = SystemManifest(
    code="onestop",
    label=_("Một cửa"),
    permissions=PERMISSIONS,
    roles=ROLES,
    menu=(
        MenuItem(_("Việc của tôi"), "onestop:worklist", VIEW, "inbox", count_mine),
        MenuItem(_("Chờ ký"), "onestop:signing", SIGN, "rubber-stamp", count_waiting_signature),
        MenuItem(_("Khối lượng"), "onestop:load", VIEW_LOAD, "chart-bar"),
        MenuItem(_("Cổng quốc gia"), "onestop:portal", RUN_PORTAL, "arrows-exchange", count_troubles),
    ),
    citizen_menu=(
        CitizenMenuItem(pgettext_lazy("many", "Thủ tục"), "onestop:procedures"),
        CitizenMenuItem(_("Hồ sơ của tôi"), "onestop:my-dossiers"),
    ),
    search=(
        SearchSource(_("Hồ sơ"), search_dossiers),
        SearchSource(pgettext_lazy("many", "Thủ tục"), search_procedures),
    ),
    publishes=PUBLISHED,
    handlers=HANDLERS,
    jobs=(
        Job(name="onestop.sync_portal", run=sync_with_portal, cron="* * * * *"),
        Job(name="onestop.remind", run=remind_of_due_dossiers, cron="30 7 * * *"),
    ),
    file_gates=(FileGate("onestop.dossier", may_read_dossier_file),),
    audited_rows=(AuditedRows(STREAM_PREFIX, find_state_digests, find_dossier_ids),),
    urls="tinhso.systems.onestop.web.urls",
    api="tinhso.systems.onestop.api",
    load_shipped=load_procedures,
    demo="tinhso.systems.onestop.demo",
    demo_urls="tinhso.systems.onestop.web.stand_ins",
)
