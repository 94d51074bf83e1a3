"""Apologies and notices of stopping are the leader's to sign; the official's act stays one act."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pypdfium2
import pytest
from conftest import Cast
from django.test import Client
from django.urls import reverse

from tinhso.kernel.audit.journal import find_entries
from tinhso.kernel.errors import NotPermittedError
from tinhso.kernel.files.selectors import open_file
from tinhso.kernel.jobs.delivery import deliver_all
from tinhso.kernel.moment import travel
from tinhso.kernel.notify.models import Notification
from tinhso.kernel.people.actor import SYSTEM
from tinhso.kernel.signing.models import VerifiableDocument
from tinhso.kernel.signing.verification.judging import verify_pdf

from ..choices import DossierStatus
from ..data.rules import LetterSigner, get_letter_signer
from ..errors import DossierNotFoundError, LetterNotWaitingError, ReasonMissingError
from ..models import Dossier, IssuedLetter, LetterKind, ProcedureVersion
from ..selectors.letters import find_letters_out, find_waiting_letters
from ..selectors.load import count_waiting_signature
from ..services.acting import Turn
from ..services.end_dossier import stop_dossier
from ..services.extend_term import extend_term
from ..services.refuse_dossier import refuse_dossier
from ..services.sign_letter import reword_letter, send_back_letter, sign_letter
from .conftest import bring_to, file_one

MORNING = dt.datetime.fromisoformat("2026-11-18T09:12+07:00")
NEXT_DAY = MORNING + dt.timedelta(days=1)

pytestmark = pytest.mark.usefixtures("certificates")


@pytest.fixture
def extended(cast: Cast, version: ProcedureVersion) -> Dossier:
    """A dossier with a new day; its apology waits for the leader."""
    with travel(MORNING):
        dossier = bring_to("taken", cast, version)
    with travel(NEXT_DAY):
        extend_term(
            actor=cast.actor("officer"),
            dossier_id=dossier.pk,
            turn=Turn("extend"),
            new_due_on=dt.date(2026, 11, 30),
            reason="Chờ xác minh.",
        )
        deliver_all()
    dossier.refresh_from_db()
    return dossier


def sign(
    cast: Cast, dossier: Dossier, name: str = "leader", kind: str = "apology", key: str = "sign"
) -> None:
    with travel(NEXT_DAY + dt.timedelta(hours=3)):
        sign_letter(actor=cast.actor(name), dossier_id=dossier.pk, turn=Turn(key), kind=kind)


def read(file_id: UUID | None) -> bytes:
    assert file_id is not None
    _file, content = open_file(SYSTEM, file_id)
    with content:
        return content.read()


def read_text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(document[0].get_textpage().get_text_bounded().split())


def test_the_act_holds_at_once_and_the_letter_waits(cast: Cast, extended: Dossier) -> None:
    letter = IssuedLetter.objects.get(kind="apology")

    assert extended.due_at == dt.datetime.fromisoformat("2026-11-30T17:00+07:00")
    assert (letter.file_id, letter.number, letter.reason) == (None, None, "Chờ xác minh.")
    assert list(find_waiting_letters(cast.actor("leader"))) == [letter]
    assert count_waiting_signature(cast.actor("leader")) == 1
    assert not find_letters_out(extended).filter(kind="apology").exists()
    assert (
        Notification.objects.filter(account=cast.leader, subject="Văn bản gửi người nộp chờ ký").count() == 1
    )
    assert Notification.objects.filter(
        account=cast.citizen, subject="Cơ quan xin lỗi và hẹn lại ngày trả"
    ).exists()


def test_the_leader_signs_and_the_seal_follows(cast: Cast, extended: Dossier) -> None:
    sign(cast, extended)

    letter = IssuedLetter.objects.get(kind="apology")
    assert (letter.number, letter.signed_by, letter.signer_title) == (1, cast.leader, "Chủ tịch UBND phường")
    content = read(letter.file_id)
    report = verify_pdf(content)
    assert [(each.kind, each.name) for each in report.signatures] == [
        ("person", "Lê Quang Vinh"),
        ("agency_seal", "Ủy ban nhân dân phường Việt Trì"),
    ]
    assert report.verdict == "genuine"
    text = read_text(content)
    assert "Số: 01/XL-UBND" in text
    assert "Lý do: Chờ xác minh." in text
    assert "17:00, thứ Hai ngày 30/11/2026" in text
    assert "CHỦ TỊCH UBND PHƯỜNG" in text.upper()
    assert [e.action for e in find_entries(extended.stream)][-2:] == [
        "onestop.term_extended",
        "onestop.letter_signed",
    ]
    assert list(find_letters_out(extended).filter(kind="apology")) == [letter]
    assert count_waiting_signature(cast.actor("leader")) == 0


def test_once_signed_it_is_archived_and_the_applicant_is_told(cast: Cast, extended: Dossier) -> None:
    sign(cast, extended)

    deliver_all()

    letter = IssuedLetter.objects.get(kind="apology")
    assert verify_pdf(read(letter.file_id)).archived_at is not None
    assert VerifiableDocument.objects.get(code=letter.check_code).number == "01/XL-UBND"
    told = (
        Notification.objects.filter(account=cast.citizen)
        .order_by("created_at")
        .values_list("subject", flat=True)
    )
    assert list(told)[-1] == "Đã có văn bản xin lỗi và hẹn lại, lãnh đạo đã ký"


def test_a_repeated_press_signs_once(cast: Cast, extended: Dossier) -> None:
    sign(cast, extended)
    signed = IssuedLetter.objects.get(kind="apology").file_id

    sign(cast, extended)
    with pytest.raises(LetterNotWaitingError):
        sign(cast, extended, key="another press")

    assert IssuedLetter.objects.get(kind="apology").file_id == signed
    assert find_entries(extended.stream).filter(action="onestop.letter_signed").count() == 1


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("officer", NotPermittedError),
        ("citizen", NotPermittedError),
        ("other_officer", DossierNotFoundError),
        ("nobody", DossierNotFoundError),
    ],
)
def test_nobody_else_signs(cast: Cast, extended: Dossier, name: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        sign(cast, extended, name)

    assert IssuedLetter.objects.get(kind="apology").file_id is None
    assert not find_entries(extended.stream).filter(action="onestop.letter_signed").exists()


def test_a_letter_sent_back_is_reworded_and_signed(cast: Cast, extended: Dossier) -> None:
    leader, officer = cast.actor("leader"), cast.actor("officer")

    send_back_letter(
        actor=leader, dossier_id=extended.pk, turn=Turn("back"), kind="apology", remark="Nói rõ chờ ai."
    )
    deliver_all()
    assert not find_waiting_letters(leader).exists()
    with pytest.raises(LetterNotWaitingError):
        sign(cast, extended)
    told = Notification.objects.get(account=cast.officer, subject="Lãnh đạo trả lại văn bản")
    assert told.body.endswith("Nói rõ chờ ai.")

    reword_letter(
        actor=officer,
        dossier_id=extended.pk,
        turn=Turn("reword"),
        kind="apology",
        reason="Chờ Công an tỉnh trả lời xác minh.",
    )
    sign(cast, extended, key="sign now")

    text = read_text(read(IssuedLetter.objects.get(kind="apology").file_id))
    assert "Lý do: Chờ Công an tỉnh trả lời xác minh." in text


def test_a_letter_is_not_sent_back_without_a_word(cast: Cast, extended: Dossier) -> None:
    with pytest.raises(ReasonMissingError):
        send_back_letter(
            actor=cast.actor("leader"), dossier_id=extended.pk, turn=Turn("back"), kind="apology", remark=" "
        )

    assert IssuedLetter.objects.get(kind="apology").remark == ""


def test_the_notice_of_a_stopped_dossier_is_signed_after_it_is_closed(
    cast: Cast, version: ProcedureVersion
) -> None:
    dossier = bring_to("taken", cast, version)
    stop_dossier(
        actor=cast.actor("officer"), dossier_id=dossier.pk, turn=Turn("stop"), reason="Không còn điều kiện."
    )
    deliver_all()

    sign_letter(actor=cast.actor("leader"), dossier_id=dossier.pk, turn=Turn("sign"), kind="stop")

    dossier.refresh_from_db()
    assert dossier.status == DossierStatus.STOPPED
    letter = IssuedLetter.objects.get(kind="stop")
    assert letter.signed_by == cast.leader
    assert "dừng giải quyết hồ sơ này. Lý do: Không còn điều kiện." in read_text(read(letter.file_id))


def test_a_form_of_the_counter_needs_no_leader(cast: Cast, version: ProcedureVersion) -> None:
    dossier = file_one(cast, version)
    refuse_dossier(
        actor=cast.actor("officer"), dossier_id=dossier.pk, turn=Turn("refuse"), reason="Sai nơi nộp."
    )

    deliver_all()

    letter = IssuedLetter.objects.get(kind="refusal")
    assert letter.signed_by is None
    report = verify_pdf(read(letter.file_id))
    assert (report.verdict, len(report.signatures)) == ("genuine", 1)
    assert report.archived_at is not None


def test_every_form_has_its_signer_on_every_day_since_the_first_decree() -> None:
    for kind in LetterKind:
        for day in (dt.date(2018, 6, 21), dt.date(2025, 6, 30), dt.date(2025, 7, 1), dt.date(2027, 1, 1)):
            signer = get_letter_signer(kind, day).signer
            assert signer is (LetterSigner.LEADER if kind in {"apology", "stop"} else LetterSigner.AGENCY)
    with pytest.raises(LookupError):
        get_letter_signer("apology", dt.date(2018, 6, 20))


def test_the_leaders_page_lists_shows_and_signs_it(cast: Cast, extended: Dossier, client: Client) -> None:
    client.force_login(cast.leader)
    page = client.get(reverse("onestop:signing")).content.decode()
    preview = client.get(reverse("onestop:letter-preview", args=[extended.pk, "apology"]))
    choice = f"{extended.pk}:{extended.revision}:apology"

    assert f'value="{choice}"' in page
    assert "Văn bản xin lỗi và đề nghị gia hạn" in page
    assert "…/XL-UBND" in read_text(preview.content)
    answer = client.post(reverse("onestop:sign-many"), {"dossier": [choice], "key": "press-1"}, follow=True)

    assert "Đã ký 1 văn bản." in answer.content.decode()
    assert IssuedLetter.objects.get(kind="apology").signed_by == cast.leader


def test_the_applicant_sees_it_only_once_signed(cast: Cast, extended: Dossier, client: Client) -> None:
    client.force_login(cast.citizen)
    page = reverse("onestop:my-dossier", args=[extended.pk])
    letter = reverse("onestop:letter", args=[extended.pk, "apology"])
    assert letter not in client.get(page).content.decode()
    assert client.get(letter).status_code == 409

    sign(cast, extended)

    assert letter in client.get(page).content.decode()
    assert client.get(letter).status_code == 302


def test_the_officers_page_offers_new_words_for_a_letter_sent_back(
    cast: Cast, extended: Dossier, client: Client
) -> None:
    client.force_login(cast.officer)
    page = reverse("onestop:dossier", args=[extended.pk])
    assert "Chờ lãnh đạo ký" in client.get(page).content.decode()
    send_back_letter(
        actor=cast.actor("leader"),
        dossier_id=extended.pk,
        turn=Turn("back"),
        kind="apology",
        remark="Rõ hơn.",
    )

    shown = client.get(page).content.decode()
    client.post(
        reverse("onestop:act", args=[extended.pk, "sua-van-ban"]),
        {"kind": "apology", "reason": "Chờ kết quả đo đạc.", "key": "press"},
    )

    assert "Rõ hơn." in shown
    assert IssuedLetter.objects.get(kind="apology").reason == "Chờ kết quả đo đạc."
    assert list(find_waiting_letters(cast.actor("leader")).values_list("kind", flat=True)) == ["apology"]


def test_a_leaders_program_signs_it(cast: Cast, extended: Dossier, client: Client) -> None:
    client.force_login(cast.leader)
    whole = f"/api/v1/onestop/dossiers/{extended.pk}"
    waiting = [x["kind"] for x in client.get(whole).json()["letters"] if x["file_id"] is None]

    answer = client.post(
        f"{whole}/letters/apology/sign",
        {"revision": extended.revision},
        content_type="application/json",
        headers={"Idempotency-Key": "leader-press-1"},
    )

    assert waiting == ["apology"]
    assert (answer.status_code, answer.json()["revision"]) == (200, extended.revision + 1)
    client.force_login(cast.citizen)
    assert [x["kind"] for x in client.get(whole).json()["letters"]] == ["receipt", "apology"]
