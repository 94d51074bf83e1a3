"""What the addresses of the one-stop name, for the route walk."""

from __future__ import annotations

from collections.abc import Sequence

from conftest import Cast

from tinhso.kernel.clock.services import load_calendar
from tinhso.kernel.files.models import StoredFile
from tinhso.kernel.ids import new_id
from tinhso.kernel.moment import today
from tinhso.kernel.people.actor import SYSTEM
from tinhso.kernel.people.models import Account
from tinhso.kernel.people.selectors import get_actor
from tinhso.kernel.web.tests.places import AT_THE_WARD, EVERYTHING, Places

from ..data.national.reading import read_line
from ..models import Difference, ProcedureVersion
from ..services.acting import Turn
from ..services.end_dossier import stop_dossier
from ..services.import_records import import_records
from ..services.issue_letter import issue_letter
from ..services.keep_draft import start_draft
from ..services.reconcile_day import FETCHED, compare_day
from ..services.refund_payment import request_refund
from ..services.report_fee_receipts import make_receipt_report
from ..services.sign_result import sign_result
from ..web.acts import ACTS
from ..web.payments import ACTS as PAYMENT_ACTS
from . import paying
from .conftest import bring_to, give_certificates
from .published import make_line
from .sample import make_version

RECORD_ROUTES = ("record", "record-settle", "record-reopen", "record-arrange", "record-publish")
SEEN = AT_THE_WARD | {"citizen"}


def make_places(cast: Cast, official: Account) -> Places:
    """Dossiers waiting for the leader, signed, and stopped with a notice to sign; one that costs something; two drafts."""
    load_calendar()
    give_certificates(cast)
    version = make_version()
    submitted, signed, stopped = (
        bring_to(status, cast, version) for status in ("submitted", "submitted", "taken")
    )
    sign_result(actor=cast.actor("leader"), dossier_id=signed.pk, turn=Turn("sign"))
    issue_letter(dossier_id=signed.pk, kind="receipt")
    stop_dossier(
        actor=cast.actor("officer"), dossier_id=stopped.pk, turn=Turn("stop"), reason="Người nộp đề nghị."
    )
    issue_letter(dossier_id=stopped.pk, kind="stop")
    result = signed.results.get()
    drafts = [
        start_draft(actor=cast.actor("citizen"), version_id=version.pk, values={"purpose": "Mua nhà"}),
        start_draft(
            actor=cast.actor("officer"),
            version_id=version.pk,
            values={},
            agency_id=cast.ward.pk,
            is_fresh=True,
        ),
    ]
    accounts = _make_accounts(cast, official, version)
    record = _bring_in_a_record()
    dossiers = [submitted.pk, signed.pk, stopped.pk]
    files = list(StoredFile.objects.values_list("pk", flat=True))
    return Places(
        values={
            **accounts,
            "dossier_id": dossiers,
            "result_id": [result.pk],
            "file_id": files,
            "draft_id": drafts,
            "version_id": [version.pk],
            "agency_id": [cast.ward.pk],
            "code": [version.procedure.code],
            "onestop:draft-page:code": ["purpose"],
            "onestop:draft-keep:code": ["purpose"],
            "signing:verify-code:code": [result.check_code],
            "stream": [signed.stream],
            "kind": ["receipt", "stop"],
            **{f"onestop:{route}:code": [record] for route in RECORD_ROUTES},
            "onestop:letter:kind": ["receipt", "khong-co"],
            "onestop:act:name": [*ACTS, "khong-co"],
            "arrival_id": [new_id()],
            "message": ["khong-co"],
            "reference": ["khong-co"],
        },
        known_to={
            drafts[0]: frozenset({"citizen"}),
            drafts[1]: frozenset({"officer"}),
            **dict.fromkeys(
                [*dossiers, result.pk, *files, *accounts["payment_id"], *accounts["refund_id"]], SEEN
            ),
            record: frozenset({EVERYTHING}),
            **dict.fromkeys([*accounts["report_id"], *accounts["difference_id"]], frozenset({EVERYTHING})),
        },
        unreal=frozenset({"arrival_id", "message", "reference"}),
    )


def _bring_in_a_record() -> str:
    """Code of a record of the national portal whose terms wait for an official."""
    code = "2.000002"
    line = make_line(ma_thu_tuc=code)
    import_records(actor=SYSTEM, records=[read_line(line)], file_name="cong.jsonl")
    return code


def _make_accounts(cast: Cast, official: Account, version: ProcedureVersion) -> dict[str, Sequence[object]]:
    """One payment still owed, one paid and asked back, the day's table of receipts, one difference with the bank."""
    accountant = get_actor(official)
    paying.register(cast)
    costly = paying.charge(version)
    owed, paid = paying.owe(cast, costly, "owed"), paying.owe(cast, costly, "paid")
    paying.pay(cast, paid)
    refund_id = request_refund(actor=accountant, payment_id=paid.pk, amount_vnd=1_000, reason="Thu thừa.")
    report_id = make_receipt_report(actor=accountant, agency_id=cast.ward.pk, on=today())
    compare_day(actor=accountant, on=today(), rows=[], source=FETCHED)
    return {
        "payment_id": [owed.pk, paid.pk],
        "refund_id": [refund_id],
        "report_id": [report_id],
        "difference_id": [Difference.objects.get().pk],
        "on": [today(), "khong-co"],
        "onestop:payment-act:name": [*PAYMENT_ACTS, "khong-co"],
        "onestop:refund-act:name": ["da-hoan", "duyet", "khong-duyet", "khong-co"],
    }
