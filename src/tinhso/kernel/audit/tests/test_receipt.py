from __future__ import annotations

import copy
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tinhso.kernel.audit.receipt import Outcome, ReceiptVerdict, check_receipt, make_receipt
from tinhso.kernel.audit.sealing import seal_until_now
from tinhso.kernel.audit.trust import PinnedTrust, ProvinceTrust
from tinhso.kernel.errors import NotFoundError
from tinhso.kernel.moment import travel

from .ledger import DAY_FIVE, DAY_TWO

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("books")]
Receipt = dict[str, Any]


@pytest.fixture
def receipt() -> Receipt:
    """Of `an`: two entries of a sealed day, one of a day that is not over."""
    with travel(DAY_TWO):
        seal_until_now()
        made = make_receipt("ledger.account:an")
    carried: Receipt = json.loads(json.dumps(made))
    return carried


def _check(receipt: Any) -> ReceiptVerdict:
    return check_receipt(receipt, ProvinceTrust())


def _find(receipt: Any) -> list[tuple[str, int | None]]:
    return [(finding.kind.value, finding.sequence) for finding in _check(receipt).findings]


def test_receipt_holds(receipt: Receipt) -> None:
    verdict = _check(receipt)

    assert verdict.outcome is Outcome.GENUINE
    assert (verdict.stream, verdict.made_at, verdict.signer) == (
        "ledger.account:an",
        DAY_TWO,
        "Niêm phong nhật ký",
    )
    assert [(entry.sequence, entry.action, entry.is_sealed) for entry in verdict.entries] == [
        (1, "ledger.amount_booked", True),
        (2, "ledger.amount_booked", True),
        (3, "ledger.amount_looked_at", False),
    ]
    assert verdict.sealed_count == 2


def test_receipt_is_checked_without_a_database(receipt: Receipt, django_assert_num_queries: Any) -> None:
    fingerprint = _check(receipt).fingerprint

    with django_assert_num_queries(0):
        pinned = check_receipt(receipt, PinnedTrust([fingerprint.upper()]))
        other = check_receipt(receipt, PinnedTrust(["0" * 64]))

    assert (pinned.outcome, other.outcome) == (Outcome.GENUINE, Outcome.UNTRUSTED)


def test_history_of_nothing_has_no_receipt() -> None:
    with pytest.raises(NotFoundError):
        make_receipt("ledger.account:nobody")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("action", "ledger.amount_stolen"),
        ("at", "2026-11-20T02:00:01.000000Z"),
        ("actor_name", "Người khác"),
        ("detail", {"amount": 3, "note": ""}),
        ("state_digest", "0" * 64),
    ],
)
def test_altered_entry_is_shown(name: str, value: Any, receipt: Receipt) -> None:
    receipt["entries"][1][name] = value

    assert _find(receipt) == [("entry_altered", 2)]
    assert _check(receipt).outcome is Outcome.ALTERED


def test_left_out_entry_is_shown(receipt: Receipt) -> None:
    del receipt["entries"][1]

    assert _find(receipt) == [("entries_missing", 3)]


def test_cut_off_end_is_shown(receipt: Receipt) -> None:
    del receipt["entries"][2]

    assert _find(receipt) == [("entries_cut", 2)]


def test_altered_head_is_shown(receipt: Receipt) -> None:
    receipt["head"]["made_at"] = "2026-11-21T02:00:01.000000Z"

    assert _find(receipt) == [("head_altered", None)]


def test_altered_seal_is_shown(receipt: Receipt) -> None:
    receipt["seals"][0]["root"] = "0" * 64

    assert _find(receipt) == [("seal_altered", None), ("proof_broken", 1), ("proof_broken", 2)]


def test_proof_of_another_entry_is_shown(receipt: Receipt) -> None:
    receipt["entries"][0]["proof"] = receipt["entries"][1]["proof"]

    assert _find(receipt) == [("proof_broken", 1)]


def test_receipt_of_another_stream_is_shown(receipt: Receipt) -> None:
    with travel(DAY_TWO):
        other = make_receipt("ledger.account:binh")
    receipt["head"] = other["head"]

    assert ("entry_altered", 1) in _find(receipt)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda receipt: receipt.pop("head"),
        lambda receipt: receipt.update(entries=[]),
        lambda receipt: receipt.update(entries="abc"),
        lambda receipt: receipt.update(format="another/1"),
        lambda receipt: receipt["entries"][0].pop("detail"),
        lambda receipt: receipt["entries"][0].update(proof=None),
        lambda receipt: receipt["entries"][0].update(sequence="x"),
        lambda receipt: receipt["head"].update(signature="%%%"),
        lambda receipt: receipt["head"].update(certificate=""),
        lambda receipt: receipt["head"].update(made_at="hôm qua"),
        lambda receipt: receipt["seals"][0].update(root="zz"),
    ],
)
def test_spoilt_file_never_raises_and_never_holds(spoil: Callable[[Receipt], Any], receipt: Receipt) -> None:
    spoilt = copy.deepcopy(receipt)
    spoil(spoilt)

    assert _check(spoilt).outcome in {Outcome.UNREADABLE, Outcome.ALTERED}


@pytest.mark.parametrize("brought", [None, 7, "text", [], {}, {"format": "tinhso-history-receipt/1"}])
def test_anything_else_is_no_receipt(brought: Any) -> None:
    assert _check(brought).outcome is Outcome.UNREADABLE


def test_history_that_grew_later_proves_the_same_beginning(receipt: Receipt) -> None:
    with travel(DAY_FIVE):
        seal_until_now()
        later = make_receipt("ledger.account:an")

    assert _check(later).sealed_count == 3
    assert [entry["hash"] for entry in later["entries"]] == [entry["hash"] for entry in receipt["entries"]]


def test_command_checks_a_file(receipt: Receipt, tmp_path: Path) -> None:
    file, out = tmp_path / "bien-nhan.json", StringIO()
    file.write_text(json.dumps(receipt))

    call_command("audit", "check-receipt", str(file), stdout=out)

    assert out.getvalue().splitlines()[0] == "ledger.account:an: 3 mục, 2 mục đã niêm phong."
    assert out.getvalue().splitlines()[-1] == "Biên nhận đúng. Lịch sử này do tỉnh ký và chưa bị sửa."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("{", "Không đọc được tệp này."), ("{}", "Tệp này không phải biên nhận lịch sử.")],
)
def test_command_refuses_a_file_that_is_no_receipt(content: str, sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "tep.json"
    file.write_text(content)

    with pytest.raises(CommandError, match=sentence):
        call_command("audit", "check-receipt", str(file))
