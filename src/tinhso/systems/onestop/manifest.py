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
    RecordedAction,
    SearchSource,
    SystemManifest,
)

from .events import PUBLISHED
from .handlers import HANDLERS
from .jobs import (
    ask_payment_platform,
    close_books,
    reconcile_payments,
    remind_of_due_dossiers,
    report_fee_receipts,
    sync_with_portal,
)
from .models.dossier import STREAM_PREFIX
from .models.payment import PAYMENT_STREAM_PREFIX
from .permissions import (
    KEEP_ACCOUNTS,
    MANAGE_CATALOGUE,
    PERMISSIONS,
    ROLES,
    RUN_PORTAL,
    SIGN,
    VIEW,
    VIEW_LOAD,
    VIEW_PAYMENTS,
)
from .selectors.audited import find_dossier_ids, find_state_digests
from .selectors.audited_payments import RECORDED_ACTIONS as PAYMENT_ACTIONS
from .selectors.audited_payments import find_payment_digests, find_payment_ids
from .selectors.book import may_read_book_file
from .selectors.files import may_read_dossier_file, may_read_payment_file
from .selectors.load import count_waiting_signature
from .selectors.national import count_waiting_records
from .selectors.payments import count_refunds_to_decide
from .selectors.portal import count_troubles
from .selectors.receipts import count_unsent_reports
from .selectors.reconciliations import count_open_differences
from .selectors.search import search_dossiers, search_procedures
from .selectors.timeline import RECORDED_ACTIONS as DOSSIER_ACTIONS
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
        MenuItem(_("Sổ theo dõi"), "onestop:book", VIEW, "book-2"),
        MenuItem(_("Khoản thu"), "onestop:payments", VIEW_PAYMENTS, "coin", count_refunds_to_decide),
        MenuItem(_("Biên lai"), "onestop:fee-receipts", KEEP_ACCOUNTS, "receipt", count_unsent_reports),
        MenuItem(_("Đối soát"), "onestop:reconciliation", KEEP_ACCOUNTS, "scale", count_open_differences),
        MenuItem(
            _("Danh mục thủ tục"), "onestop:catalogue", MANAGE_CATALOGUE, "list-check", count_waiting_records
        ),
        MenuItem(_("Cổng quốc gia"), "onestop:portal", RUN_PORTAL, "arrows-exchange", count_troubles),
    ),
    citizen_menu=(
        CitizenMenuItem(pgettext_lazy("many", "Thủ tục"), "onestop:procedures"),
        CitizenMenuItem(_("Hồ sơ của tôi"), "onestop:my-dossiers"),
    ),
    search=(
        SearchSource(_("Hồ sơ"), search_dossiers),
        SearchSource(pgettext_lazy("many", "Thủ tục"), search_procedures, is_reference=True),
    ),
    publishes=PUBLISHED,
    handlers=HANDLERS,
    jobs=(
        Job(name="onestop.sync_portal", run=sync_with_portal, cron="* * * * *"),
        Job(name="onestop.ask_payments", run=ask_payment_platform, cron="*/2 * * * *"),
        Job(name="onestop.reconcile_payments", run=reconcile_payments, cron="20 6 * * *"),
        Job(name="onestop.report_receipts", run=report_fee_receipts, cron="50 23 * * *"),
        Job(name="onestop.close_books", run=close_books, cron="0 2 1-10 1 *"),
        Job(name="onestop.remind", run=remind_of_due_dossiers, cron="30 7 * * *"),
    ),
    file_gates=(
        FileGate("onestop.dossier", may_read_dossier_file),
        FileGate("onestop.book", may_read_book_file),
        FileGate("onestop.payment", may_read_payment_file),
    ),
    audited_rows=(
        AuditedRows(STREAM_PREFIX, find_state_digests, find_dossier_ids),
        AuditedRows(PAYMENT_STREAM_PREFIX, find_payment_digests, find_payment_ids),
    ),
    recorded_actions=(
        *DOSSIER_ACTIONS,
        *PAYMENT_ACTIONS,
        RecordedAction("onestop.book_closed", _("Khóa sổ theo dõi hồ sơ")),
        RecordedAction("onestop.citizen_door_switched", _("Đổi nơi người dân nộp hồ sơ trực tuyến")),
        RecordedAction("onestop.arrival_retried", _("Đưa lại hồ sơ từ Cổng quốc gia vào hệ thống")),
        RecordedAction("onestop.record_imported", _("Nhập bản ghi thủ tục từ Cổng quốc gia")),
        RecordedAction("onestop.record_settled", _("Trả lời chỗ chưa rõ của bản ghi thủ tục")),
        RecordedAction("onestop.record_reopened", _("Hỏi lại chỗ đã trả lời của bản ghi thủ tục")),
        RecordedAction("onestop.record_arranged", _("Ghi nơi và thời hạn giải quyết thủ tục")),
        RecordedAction("onestop.record_published", _("Công khai thủ tục theo bản ghi của Cổng quốc gia")),
        RecordedAction("onestop.portal_replayed", _("Gửi lại cho Cổng quốc gia")),
    ),
    urls="tinhso.systems.onestop.web.urls",
    api="tinhso.systems.onestop.api",
    load_shipped=load_procedures,
    demo="tinhso.systems.onestop.demo",
    demo_urls="tinhso.systems.onestop.web.stand_ins",
)
