"""From filing to a signed result, by the services alone."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pypdfium2
import pytest
from conftest import Cast
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tinhso.kernel.audit.journal import find_entries
from tinhso.kernel.clock.calendar import local
from tinhso.kernel.errors import InvalidInputError, NotPermittedError
from tinhso.kernel.files.selectors import open_file
from tinhso.kernel.jobs.models import OutboxMessage
from tinhso.kernel.moment import travel
from tinhso.kernel.signing.verification.judging import verify_pdf

from ..choices import Action, DossierStatus
from ..data.filing import HandedPaper, PaperNeed
from ..errors import (
    ActionNotAllowedError,
    ChangedMeanwhileError,
    DossierNotFoundError,
    ExtensionAlreadyUsedError,
    PaperMissingError,
    ResultAlreadySignedError,
    StepTakenError,
    SupplementAlreadyRequestedError,
    VersionExpiredError,
)
from ..models import Dossier, ProcedureVersion
from ..services.accept_dossier import accept_dossier
from ..services.acting import Turn
from ..services.extend_term import extend_term
from ..services.file_dossier import file_dossier
from ..services.hand_over import record_collection
from ..services.issue_letter import issue_letter
from ..services.request_supplement import request_supplement
from ..services.sign_result import sign_result
from ..services.supply_papers import supply_papers
from ..services.take_step import take_step
from .conftest import bring_to, file_one, make_filing

MORNING = dt.datetime.fromisoformat("2026-11-18T09:12+07:00")


def test_a_dossier_lives_from_filing_to_a_verified_result(
    cast: Cast, version: ProcedureVersion, certificates: None
) -> None:
    dossier = bring_to("submitted", cast, version)

    sign_result(actor=cast.actor("leader"), dossier_id=dossier.pk, turn=Turn("sign"))
    record_collection(actor=cast.actor("citizen"), dossier_id=dossier.pk)

    dossier.refresh_from_db()
    assert dossier.status == DossierStatus.RETURNED
    result = dossier.results.get()
    assert result.notation == "01/UBND-KQ"
    report = verify_pdf(_download(cast, result.file_id))
    assert report.verdict == "genuine"
    assert len(report.signatures) == 2


def _download(cast: Cast, file_id: UUID | None) -> bytes:
    assert file_id is not None
    _file, content = open_file(cast.actor("citizen"), file_id)
    with content:
        return content.read()


def test_each_action_is_one_entry_of_the_signed_history(cast: Cast, version: ProcedureVersion) -> None:
    dossier = bring_to("taken", cast, version)

    entries = list(find_entries(dossier.stream))

    assert [e.action for e in entries] == [
        f"onestop.{a}" for a in (Action.FILE, Action.ACCEPT, Action.TAKE_STEP)
    ]
    assert [e.sequence for e in entries] == [1, 2, 3]


def test_ten_presses_file_one_dossier(cast: Cast, version: ProcedureVersion) -> None:
    filing = make_filing(cast, version)

    ids = {
        file_dossier(actor=cast.actor("citizen"), filing=filing, idempotency_key="one press")
        for _press in range(10)
    }

    assert ids == {filing.dossier_id}
    assert Dossier.objects.count() == 1
    assert OutboxMessage.objects.count() == 1


def test_codes_follow_the_counter_and_the_day(cast: Cast, version: ProcedureVersion) -> None:
    with travel(MORNING):
        first, second = file_one(cast, version, "a-press"), file_one(cast, version, "b-press")

    assert (first.code, second.code) == ("H25.12-261118-0001", "H25.12-261118-0002")


def test_the_clock_starts_when_the_dossier_is_accepted(cast: Cast, version: ProcedureVersion) -> None:
    with travel(MORNING):
        dossier = bring_to("accepted", cast, version)

    assert dossier.due_at is not None
    assert local(dossier.due_at).isoformat() == "2026-11-23T17:00:00+07:00"


def test_a_form_with_a_gap_is_refused_whole(cast: Cast, version: ProcedureVersion) -> None:
    filing = make_filing(cast, version, values={})

    with pytest.raises(InvalidInputError) as refusal:
        file_dossier(actor=cast.actor("citizen"), filing=filing, idempotency_key="gap-press")

    assert set(refusal.value.problems) == {"purpose"}
    assert not Dossier.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_a_missing_paper_is_named(cast: Cast, version: ProcedureVersion) -> None:
    filing = make_filing(cast, version, papers=())

    with pytest.raises(PaperMissingError) as refusal:
        file_dossier(actor=cast.actor("citizen"), filing=filing, idempotency_key="paper-press")

    assert refusal.value.sentence == "Hồ sơ còn thiếu: Căn cước."
    assert not Dossier.objects.exists()


def test_a_form_of_an_expired_version_is_refused_and_names_the_new_one(
    cast: Cast, version: ProcedureVersion
) -> None:
    ProcedureVersion.objects.filter(pk=version.pk).update(valid_to=dt.date(2026, 10, 31))
    newer = ProcedureVersion.objects.create(
        procedure=version.procedure,
        valid_from=dt.date(2026, 11, 1),
        name=version.name,
        sector=version.sector,
        content={**version.content, "valid_from": "2026-11-01"},
    )

    with travel(MORNING), pytest.raises(VersionExpiredError) as refusal:
        file_dossier(
            actor=cast.actor("citizen"), filing=make_filing(cast, version), idempotency_key="expired-press"
        )

    assert refusal.value.extra() == {"current_version": str(newer.pk)}
    assert not Dossier.objects.exists()


def test_a_supplement_is_asked_once_and_the_clock_begins_again(cast: Cast, version: ProcedureVersion) -> None:
    with travel(MORNING):
        dossier = bring_to("accepted", cast, version)
    need = [PaperNeed("Bản án ly hôn")]
    with travel(MORNING + dt.timedelta(days=1)):
        request_supplement(
            actor=cast.actor("officer"),
            dossier_id=dossier.pk,
            turn=Turn("ask"),
            papers=need,
            reason="Cần bản án.",
        )
    dossier.refresh_from_db()
    assert (dossier.status, dossier.due_at) == (DossierStatus.SUPPLEMENT_REQUESTED, None)

    with travel(MORNING + dt.timedelta(days=7)):
        _supply(cast, dossier)

    dossier.refresh_from_db()
    assert dossier.status == DossierStatus.ACCEPTED
    assert dossier.due_at is not None
    assert local(dossier.due_at).isoformat() == "2026-11-30T17:00:00+07:00"
    with pytest.raises(SupplementAlreadyRequestedError):
        request_supplement(
            actor=cast.actor("officer"), dossier_id=dossier.pk, turn=Turn("again"), papers=need, reason="Nữa."
        )


def _supply(cast: Cast, dossier: Dossier) -> None:
    supply_papers(
        actor=cast.actor("citizen"),
        dossier_id=dossier.pk,
        turn=Turn("supply"),
        papers=[HandedPaper("0", copies=1)],
    )


def test_two_officers_take_one_step(cast: Cast, version: ProcedureVersion) -> None:
    dossier = bring_to("taken", cast, version)
    colleague = cast.colleague()

    with pytest.raises(StepTakenError) as refusal:
        take_step(actor=colleague, dossier_id=dossier.pk, turn=Turn("me too"))

    assert refusal.value.sentence == "Nguyễn Thu Hà đã nhận bước này."
    dossier.refresh_from_db()
    assert dossier.assignee_id == cast.officer.pk


def test_a_stale_screen_gets_the_fresh_state(cast: Cast, version: ProcedureVersion) -> None:
    dossier = bring_to("accepted", cast, version)

    with pytest.raises(ChangedMeanwhileError) as refusal:
        take_step(actor=cast.actor("officer"), dossier_id=dossier.pk, turn=Turn("old", revision=1))

    assert refusal.value.extra()["fresh"]["revision"] == dossier.revision


def test_a_repeated_press_changes_nothing(cast: Cast, version: ProcedureVersion) -> None:
    dossier = bring_to("accepted", cast, version)

    accept_dossier(actor=cast.actor("officer"), dossier_id=dossier.pk, turn=Turn("accept", revision=1))

    assert find_entries(dossier.stream).count() == 2


def test_a_result_is_signed_once(cast: Cast, version: ProcedureVersion, certificates: None) -> None:
    dossier = bring_to("submitted", cast, version)
    sign_result(actor=cast.actor("leader"), dossier_id=dossier.pk, turn=Turn("sign"))

    with pytest.raises(ResultAlreadySignedError):
        sign_result(actor=cast.actor("leader"), dossier_id=dossier.pk, turn=Turn("sign again"))

    assert dossier.results.get().number == 1


def test_an_extension_is_given_once(cast: Cast, version: ProcedureVersion) -> None:
    with travel(MORNING):
        dossier = bring_to("taken", cast, version)
    with travel(MORNING + dt.timedelta(days=1)):
        extend_term(
            actor=cast.actor("officer"),
            dossier_id=dossier.pk,
            turn=Turn("extend"),
            new_due_on=dt.date(2026, 11, 30),
            reason="Chờ xác minh.",
        )

    dossier.refresh_from_db()
    assert dossier.due_at is not None
    assert local(dossier.due_at).isoformat() == "2026-11-30T17:00:00+07:00"
    with travel(MORNING + dt.timedelta(days=2)), pytest.raises(ExtensionAlreadyUsedError):
        extend_term(
            actor=cast.actor("officer"),
            dossier_id=dossier.pk,
            turn=Turn("extend more"),
            new_due_on=dt.date(2026, 12, 7),
            reason="Nữa.",
        )


def test_the_receipt_is_sealed_and_made_once(
    cast: Cast, version: ProcedureVersion, certificates: None
) -> None:
    dossier = bring_to("accepted", cast, version)

    first = issue_letter(dossier_id=dossier.pk, kind="receipt")
    second = issue_letter(dossier_id=dossier.pk, kind="receipt")

    assert first == second
    assert verify_pdf(_download(cast, first)).verdict == "genuine"


def test_a_receipt_made_late_says_what_was_promised_at_acceptance(
    cast: Cast, version: ProcedureVersion, certificates: None
) -> None:
    with travel(MORNING):
        dossier = bring_to("accepted", cast, version)
    with travel(MORNING + dt.timedelta(hours=2)):
        request_supplement(
            actor=cast.actor("officer"),
            dossier_id=dossier.pk,
            turn=Turn("ask"),
            papers=[PaperNeed("Bản án ly hôn")],
            reason="Cần bản án.",
        )

    with travel(MORNING + dt.timedelta(days=2)), translation.override("en"):
        text = _read_text(_download(cast, issue_letter(dossier_id=dossier.pk, kind="receipt")))

    assert "17:00, thứ Hai ngày 23/11/2026" in text
    assert "Trực tuyến, 09:12 ngày 18/11/2026" in text


def _read_text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(document[0].get_textpage().get_text_bounded().split())


@pytest.mark.parametrize("name", ["other_citizen", "other_officer", "nobody"])
def test_to_a_stranger_the_dossier_does_not_exist(cast: Cast, version: ProcedureVersion, name: str) -> None:
    dossier = file_one(cast, version)

    with pytest.raises(DossierNotFoundError):
        accept_dossier(actor=cast.actor(name), dossier_id=dossier.pk, turn=Turn("stranger"))

    assert find_entries(dossier.stream).count() == 1


def test_the_owner_may_not_accept_his_own_dossier(cast: Cast, version: ProcedureVersion) -> None:
    dossier = file_one(cast, version)

    with pytest.raises(NotPermittedError):
        accept_dossier(actor=cast.actor("citizen"), dossier_id=dossier.pk, turn=Turn("self"))

    assert find_entries(dossier.stream).count() == 1


def test_signing_before_submission_is_refused(
    cast: Cast, version: ProcedureVersion, certificates: None
) -> None:
    dossier = bring_to("drafted", cast, version)

    with pytest.raises(ActionNotAllowedError):
        sign_result(actor=cast.actor("leader"), dossier_id=dossier.pk, turn=Turn("too soon"))

    assert dossier.results.get().signed_at is None


def test_the_counter_takes_missing_papers_and_withdrawals_of_who_came_in_person(
    cast: Cast, version: ProcedureVersion, client: Client
) -> None:
    dossier = bring_to("accepted", cast, version)
    Dossier.objects.filter(pk=dossier.pk).update(account=None)
    request_supplement(
        actor=cast.actor("officer"),
        dossier_id=dossier.pk,
        turn=Turn("ask"),
        papers=[PaperNeed("Bản sao khai sinh"), PaperNeed("Giấy ủy quyền")],
        reason="Thiếu giấy tờ.",
    )
    client.force_login(cast.officer)

    taken = client.post(
        reverse("onestop:supply-at-counter", args=[dossier.pk]), {"key": "k", "on_paper": ["1", "9"]}
    )

    assert taken.status_code == 302
    assert [p.name for p in dossier.papers.filter(is_supplement=True)] == ["Giấy ủy quyền"]
    page = reverse("onestop:act", args=[dossier.pk, "rut"])
    assert client.post(page, {"key": "k2", "reason": " "}).status_code == 422
    assert client.post(page, {"key": "k3", "reason": "Đơn rút ngày 25/11"}).status_code == 302
    dossier.refresh_from_db()
    assert dossier.status == DossierStatus.WITHDRAWN
