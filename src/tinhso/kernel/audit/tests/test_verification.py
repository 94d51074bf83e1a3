from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tinhso.kernel.audit.models import AuditEntry
from tinhso.kernel.audit.sealing import seal_until_now
from tinhso.kernel.audit.trust import CREDENTIAL
from tinhso.kernel.audit.verification import Verification
from tinhso.kernel.moment import travel
from tinhso.kernel.signing.models import SigningCredential

from . import ledger
from .ledger import DAY_FIVE, DAY_ONE, DAY_TWO, behind_its_back, verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("books")]

AN_2 = "stream = 'ledger.account:an' AND sequence = 2"


@pytest.fixture
def _sealed(books: None) -> None:
    with travel(DAY_FIVE):
        seal_until_now()


def _alter(statement: str) -> None:
    with behind_its_back() as cursor:
        cursor.execute(statement)


def _rewrite_chain(stream: str) -> None:
    """What a careful forger does: compute every hash of the stream anew."""
    entries = list(AuditEntry.objects.filter(stream=stream).order_by("sequence"))
    with behind_its_back() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM audit_auditentry WHERE stream = %s",
            [stream],
        )
        cursor.execute("DELETE FROM audit_auditentry WHERE stream = %s", [stream])
    for entry in entries:
        with travel(entry.recorded_at):
            ledger.book(
                name=stream.removeprefix("ledger.account:"), amount=entry.detail.get("amount", 0), note="giả"
            )


def test_untouched_history_is_green() -> None:
    verification = Verification()

    findings = list(verification.findings())

    assert findings == []
    assert (verification.entry_count, verification.stream_count) == (6, 3)
    assert (verification.record_count, verification.unsealed_count) == (3, 6)


@pytest.mark.usefixtures("_sealed")
def test_sealed_history_is_green() -> None:
    verification = Verification()

    findings = list(verification.findings())

    assert findings == []
    assert (verification.seal_count, verification.unsealed_count) == (4, 0)
    assert list(verification.signers.values()) == ["Niêm phong nhật ký"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("action", "'ledger.amount_stolen'"),
        ("at", "at + interval '1 second'"),
        ("recorded_at", "recorded_at + interval '1 microsecond'"),
        ("actor_id", "gen_random_uuid()"),
        ("actor_name", "'Người khác'"),
        ("actor_title", "'Chủ tịch'"),
        ("agency_id", "gen_random_uuid()"),
        ("detail", """'{"amount": 3, "note": ""}'"""),
        ("id", "gen_random_uuid()"),
    ],
)
def test_any_altered_column_is_found(column: str, value: str) -> None:
    _alter(f"UPDATE audit_auditentry SET {column} = {value} WHERE {AN_2}")

    assert verify() == ["entry_altered an 2"]


def test_altered_hash_breaks_the_chain_behind_it() -> None:
    _alter(f"UPDATE audit_auditentry SET hash = repeat('a', 64) WHERE {AN_2}")

    assert verify() == ["entry_altered an 2", "chain_broken an 3"]


def test_altered_digest_of_the_record_is_found() -> None:
    _alter(f"UPDATE audit_auditentry SET state_digest = repeat('a', 64) WHERE {AN_2}")

    assert verify() == ["entry_altered an 2", "record_altered an"]


def test_entry_cut_out_of_the_middle_is_found() -> None:
    _alter(f"DELETE FROM audit_auditentry WHERE {AN_2}")

    assert verify() == ["entries_missing an 3", "record_altered an"]


def test_last_entry_cut_off_is_found_by_the_record() -> None:
    _alter("DELETE FROM audit_auditentry WHERE stream = 'ledger.account:binh' AND sequence = 2")

    assert verify() == ["record_altered binh"]


def test_whole_stream_cut_out_is_found_by_the_record() -> None:
    _alter("DELETE FROM audit_auditentry WHERE stream = 'ledger.account:chi'")

    assert verify() == ["history_missing chi"]


def test_entry_moved_to_another_stream_is_found() -> None:
    _alter("UPDATE audit_auditentry SET stream = 'ledger.account:chi', sequence = 2 WHERE " + AN_2)

    assert verify() == [
        "entries_missing an 3",
        "chain_broken chi 2",
        "entry_altered chi 2",
        "record_altered an",
        "record_altered chi",
    ]


def test_row_altered_behind_the_products_back_is_found() -> None:
    ledger.rows["binh"] = {"amount": 21}

    assert verify() == ["record_altered binh"]


def test_row_deleted_behind_the_products_back_is_found() -> None:
    del ledger.rows["binh"]

    assert verify() == ["record_missing binh"]


def test_row_put_in_behind_the_products_back_is_found() -> None:
    ledger.rows["dung"] = {"amount": 1}

    assert verify() == ["history_missing dung"]


@pytest.mark.usefixtures("_sealed")
def test_stream_written_anew_with_right_hashes_is_found_by_the_seal() -> None:
    _rewrite_chain("ledger.account:binh")

    assert verify() == [f"day_changed {DAY_ONE.date()}", f"day_changed {DAY_TWO.date()}"]


@pytest.mark.usefixtures("_sealed")
def test_record_and_history_deleted_together_are_found_by_the_seal() -> None:
    del ledger.rows["chi"]
    _alter("DELETE FROM audit_auditentry WHERE stream = 'ledger.account:chi'")

    assert verify() == [f"day_changed {DAY_TWO.date()}"]


@pytest.mark.usefixtures("_sealed")
def test_altered_seal_is_found() -> None:
    _alter(f"UPDATE audit_auditseal SET root = repeat('a', 64) WHERE day = '{DAY_ONE.date()}'")

    assert verify() == [
        f"seal_altered {DAY_ONE.date()}",
        f"day_changed {DAY_ONE.date()}",
        f"seal_chain_broken {DAY_TWO.date()}",
    ]


@pytest.mark.usefixtures("_sealed")
@pytest.mark.parametrize("day", ["2026-11-21", "2026-11-22"])
def test_removed_seal_is_found(day: str) -> None:
    _alter(f"DELETE FROM audit_auditseal WHERE day = '{day}'")

    assert verify() == [f"seal_missing {day}"]


@pytest.mark.usefixtures("_sealed")
def test_removed_first_seal_is_found() -> None:
    _alter(f"DELETE FROM audit_auditseal WHERE day = '{DAY_ONE.date()}'")

    assert verify() == [f"seal_chain_broken {DAY_TWO.date()}", f"seal_missing {DAY_ONE.date()}"]


@pytest.mark.usefixtures("_sealed")
def test_seal_by_another_certificate_is_found() -> None:
    SigningCredential.objects.filter(code=CREDENTIAL).update(code="onestop.someone")

    assert verify() == [f"seal_untrusted 2026-11-{day}" for day in (20, 21, 22, 23)]


@pytest.mark.usefixtures("_sealed")
def test_certificate_renamed_after_its_year_is_still_the_provinces() -> None:
    SigningCredential.objects.filter(code=CREDENTIAL).update(code=f"{CREDENTIAL}.2026")

    assert verify() == []


def test_command_says_what_is_wrong_and_fails() -> None:
    _alter(f"UPDATE audit_auditentry SET action = 'x' WHERE {AN_2}")
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match="1 chỗ sai"):
        call_command("audit", "verify", stdout=out, stderr=err)

    assert err.getvalue() == "ledger.account:an #2: nội dung mục này khác với lúc ghi [entry_altered]\n"
    assert "Đã đọc 6 mục của 3 chuỗi, so 3 bản ghi và 0 niêm phong" in out.getvalue()


def test_command_is_green_on_an_untouched_history() -> None:
    out = StringIO()

    call_command("audit", "verify", stdout=out)

    assert out.getvalue().splitlines()[-1] == "Lịch sử nguyên vẹn."
