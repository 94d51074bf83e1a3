"""Verification: what is genuine passes, and nothing else does."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable

import pytest
from conftest import Cast
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from ..choices import SignatureLevel
from ..errors import BusyError
from ..network import get_demo_authority
from ..selectors import find_trust_anchors
from ..services import (
    remove_trust_anchor,
    revoke_credential,
    sign_pdf,
    withdraw_issued,
)
from ..stamps import Stamp
from ..verification import checking
from ..verification.checking import check_file
from ..verification.covering import find_coverings
from ..verification.judging import verify_pdf
from ..verification.reading import LARGEST_FILE, MOST_REVISIONS
from ..verification.report import Change, Distrust, Revocation, Unreadable, Verdict, VerificationReport
from .conftest import PERSON, Sign
from .tampering import (
    add_field,
    add_nothing,
    annotate,
    append,
    draw_over,
    flip,
    issue,
    make_bomb,
    make_forger,
    mutilate,
    replace_page,
)

pytestmark = pytest.mark.django_db

FLIPS = 60
FLIPS_IN_AN_ARCHIVE = 20


@pytest.mark.parametrize(
    ("level", "flips"),
    [(SignatureLevel.B_B, FLIPS), (SignatureLevel.B_LTA, FLIPS_IN_AN_ARCHIVE)],
    ids=["b_b", "b_lta"],
)
def test_every_flipped_bit_is_found(sign: Sign, level: SignatureLevel, flips: int) -> None:
    signed = sign(level)
    issue(signed)
    dice = random.Random(f"bits {level}")

    found = [check_file(flip(signed, dice.randrange(len(signed) * 8))).verdict for _ in range(flips)]

    assert check_file(signed).verdict is Verdict.GENUINE
    assert found == [Verdict.ALTERED] * flips


def test_every_flipped_bit_is_found_without_any_register(sign: Sign) -> None:
    signed = sign()
    last = find_coverings(signed)[-1]
    dice = random.Random("no register")
    covered = [*range(last.gap_start), *range(last.gap_end, len(signed))]

    verdicts = {
        verify_pdf(flip(signed, dice.choice(covered) * 8 + dice.randrange(8))).verdict for _ in range(FLIPS)
    }

    assert verdicts.isdisjoint({Verdict.GENUINE, Verdict.UNSIGNED})


def test_a_bit_flipped_in_the_gap_never_changes_who_signed(sign: Sign) -> None:
    """The last signature's own container is covered by none. Its bookkeeping (the chain that came along,
    repeated algorithm names) may be bent without bending what was signed, by whom or when."""
    signed = sign()
    last = find_coverings(signed)[-1]
    dice = random.Random("the gap")
    bits = [dice.randrange(last.gap_start * 8, last.gap_end * 8) for _ in range(200)]

    reports = [verify_pdf(flip(signed, bit)) for bit in bits]

    told = [(r.name, r.certificate_serial, r.signed_at) for r in verify_pdf(signed).signatures]
    genuine = [r for r in reports if r.verdict is Verdict.GENUINE]
    assert all([(s.name, s.certificate_serial, s.signed_at) for s in r.signatures] == told for r in genuine)
    assert len(genuine) < len(reports) // 10
    assert Verdict.UNSIGNED not in {r.verdict for r in reports}


@pytest.mark.parametrize("change", [draw_over, annotate, add_field, replace_page])
def test_what_is_added_after_the_last_signature_is_found(
    sign: Sign, change: Callable[[IncrementalPdfFileWriter], None]
) -> None:
    report = verify_pdf(append(sign(), change))

    assert report.verdict is Verdict.ALTERED
    assert report.changes == (Change.ADDED,)
    assert report.addition is not None
    assert report.addition.pages == (1,)


def test_what_is_slipped_between_two_signatures_is_found(credentials: None, letter: bytes) -> None:
    once = sign_pdf(pdf=letter, credential_code=PERSON, reason="Ký", stamp=Stamp())
    tampered = append(once, draw_over)

    sealed = sign_pdf(pdf=tampered, credential_code="viet-tri", reason="Đóng dấu", stamp=Stamp())

    report = verify_pdf(sealed)
    assert report.verdict is Verdict.ALTERED
    assert [s.changes for s in report.signatures] == [(Change.BETWEEN,), ()]


@pytest.mark.parametrize("tail", [b"\nhello world", b"\0" * 40])
def test_bytes_that_belong_to_no_revision_are_found(sign: Sign, tail: bytes) -> None:
    signed = sign()

    report = verify_pdf(signed + tail)

    assert report.verdict is Verdict.ALTERED
    assert report.addition is not None
    assert (report.addition.size, report.addition.pages) == (len(tail), ())


def test_a_line_end_is_no_change_by_itself_but_not_the_issued_file(sign: Sign) -> None:
    signed = sign()
    issue(signed)

    assert verify_pdf(signed + b"\n").verdict is Verdict.GENUINE
    assert check_file(signed + b"\n").verdict is Verdict.ALTERED


def test_a_document_cut_back_to_its_first_signature_is_not_the_issued_one(sign: Sign) -> None:
    signed = sign()
    issued = issue(signed)
    cut = signed[: find_coverings(signed)[0].end]

    check = check_file(cut)

    assert check.report.verdict is Verdict.GENUINE
    assert (check.verdict, check.issued, check.is_as_issued) == (Verdict.ALTERED, issued, False)


def test_zeros_after_the_signature_may_not_carry_anything(sign: Sign) -> None:
    signed = sign(SignatureLevel.B_T)
    last = find_coverings(signed)[-1]
    padded = signed[: last.gap_end - 9] + b"deadbeef" + signed[last.gap_end - 1 :]

    report = verify_pdf(padded)

    assert len(padded) == len(signed)
    assert report.verdict is Verdict.ALTERED
    assert report.signatures[-1].changes == (Change.SIGNATURE,)


def test_the_case_of_one_digit_of_the_signature_counts(sign: Sign) -> None:
    """The same value to a reader, another file to the register."""
    signed = sign()
    last = find_coverings(signed)[-1]
    place = next(n for n in range(last.gap_start, last.gap_end) if signed[n : n + 1].isalpha())
    changed = signed[:place] + signed[place : place + 1].swapcase() + signed[place + 1 :]

    report = verify_pdf(changed)

    assert report.verdict is Verdict.ALTERED
    assert report.signatures[-1].changes == (Change.SIGNATURE,)


def test_a_revoked_signer_is_believed_only_with_a_time_stamp(sign: Sign) -> None:
    bare, stamped = sign(SignatureLevel.B_B), sign(SignatureLevel.B_T)
    time.sleep(1.1)  # OCSP and time stamps count whole seconds
    revoke_credential(code=PERSON, because="mất thiết bị")

    after_bare, after_stamped = verify_pdf(bare), verify_pdf(stamped)

    assert after_bare.verdict is Verdict.UNTRUSTED
    assert (after_bare.signatures[0].distrust, after_bare.signatures[0].is_intact) == (Distrust.REVOKED, True)
    assert after_stamped.verdict is Verdict.GENUINE
    assert after_stamped.signatures[0].revocation is Revocation.REVOKED


def test_a_signer_the_province_does_not_trust(sign: Sign) -> None:
    signed = sign()
    for anchor in find_trust_anchors():
        remove_trust_anchor(fingerprint=anchor.fingerprint)

    report = verify_pdf(signed)

    assert report.verdict is Verdict.UNTRUSTED
    assert {(s.distrust, s.trust) for s in report.signatures} == {(Distrust.NO_PATH, None)}


def test_somebody_who_signs_with_his_own_certificate_is_untrusted(
    credentials: None, letter: bytes, cast: Cast
) -> None:
    """The name on a certificate is worth what its issuer is worth."""
    make_forger()

    signed = sign_pdf(pdf=letter, credential_code="forger", reason="Ký", stamp=None)

    report = verify_pdf(signed)
    assert report.verdict is Verdict.UNTRUSTED
    assert (report.signatures[0].name, report.signatures[0].trust) == ("Lê Quang Vinh", None)


def test_without_an_answer_on_revocation_it_is_told_and_not_hidden(
    sign: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Circular 15/2025/TT-BKHCN, annex II: where neither OCSP nor CRL can be had, warn."""
    signed = sign()
    authority = get_demo_authority

    def silent(folder: str) -> None:
        assert authority(folder)

    monkeypatch.setattr("tinhso.kernel.signing.network.get_demo_authority", silent)

    report = verify_pdf(signed)
    assert report.verdict is Verdict.GENUINE
    assert {s.revocation for s in report.signatures} == {Revocation.UNKNOWN}
    assert {s.revocation_checked_at for s in report.signatures} == {None}


def test_a_document_without_signatures(letter: bytes) -> None:
    assert verify_pdf(letter).verdict is Verdict.UNSIGNED


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Unreadable.NOT_PDF),
        (b"GIF89a" + b"\0" * 4000, Unreadable.NOT_PDF),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, Unreadable.DAMAGED),
        (b"%PDF-1.7\n" + b"[" * 200_000, Unreadable.DAMAGED),
    ],
)
def test_what_cannot_be_read(content: bytes, why: Unreadable) -> None:
    report = verify_pdf(content)

    assert (report.verdict, report.unreadable) == (Verdict.UNREADABLE, why)


def test_a_file_too_large_is_not_opened() -> None:
    report = verify_pdf(b"%PDF-1.7\n" + b"0" * LARGEST_FILE)

    assert (report.verdict, report.unreadable) == (Verdict.UNREADABLE, Unreadable.TOO_LARGE)


def test_a_bomb_does_not_go_off() -> None:
    """Two megabytes of zeros packed twice, as an object stream: 1 : 100,000."""
    started = time.monotonic()

    report = verify_pdf(make_bomb())

    assert report.verdict is Verdict.UNREADABLE
    assert time.monotonic() - started < 5


def test_more_revisions_than_any_document_has(letter: bytes) -> None:
    content = letter
    for _ in range(MOST_REVISIONS):
        content = append(content, add_nothing)

    report = verify_pdf(content)

    assert (report.verdict, report.unreadable) == (Verdict.UNREADABLE, Unreadable.TOO_HEAVY)


def test_nothing_people_bring_makes_it_fail(sign: Sign) -> None:
    """A hundred mutilations: cut, doubled, shuffled, overwritten."""
    signed = sign()
    dice = random.Random("mutilations")

    reports = [verify_pdf(mutilate(signed, dice)) for _ in range(100)]

    assert all(isinstance(report, VerificationReport) for report in reports)
    assert Verdict.GENUINE not in {report.verdict for report in reports}


def test_only_so_many_files_are_checked_at_once(sign: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = sign()
    monkeypatch.setattr(checking, "LONGEST_WAIT", 0.01)
    for _ in range(checking.PLACES):
        assert checking._places.acquire(blocking=False)

    with pytest.raises(BusyError) as refusal:
        check_file(signed)

    assert (refusal.value.code, refusal.value.status) == ("signing.busy", 503)
    for _ in range(checking.PLACES):
        checking._places.release()
    assert check_file(signed).verdict is Verdict.GENUINE


def test_a_broken_archive_stamp_is_told(sign: Sign) -> None:
    signed = sign(SignatureLevel.B_LTA)
    stamp = find_coverings(signed)[-1]
    middle = (stamp.gap_start + 2600) * 8

    report = verify_pdf(flip(signed, middle))

    assert report.verdict is Verdict.ALTERED
    assert report.changes == (Change.TIMESTAMP,)


def test_a_withdrawn_document_is_still_known(sign: Sign) -> None:
    signed = sign()
    issued = issue(signed)

    withdraw_issued(code=issued.code, because="Cấp sai họ tên.")

    check = check_file(signed)
    assert check.issued is not None
    assert check.issued.withdrawn_because == "Cấp sai họ tên."
    assert check.is_as_issued


def test_the_signer_held_his_office_that_day(sign: Sign) -> None:
    check = check_file(sign())

    assert [(s.is_ours, s.held_since) for s in check.signers] == [
        (True, dt.date(2025, 7, 1)),
        (True, None),
    ]
