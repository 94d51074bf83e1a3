"""What a filing costs and why: by channel, unit, cap and group, before and after the law changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from ..choices import Channel
from ..data.fee_steps import FeeStep
from ..data.plain import from_plain, to_plain
from ..data.procedure_file import Exemption, Fee, Tier
from ..data.receipt_rules import SERIES, TAX_CODE, write_in_words, write_symbol
from ..data.rules import get_rule
from ..selectors.fees import compute_fee
from .sample import make_content

TODAY = dt.date(2026, 11, 18)
CIRCULAR = "Thông tư 64/2025/TT-BTC"
REGISTRATION = (
    Fee(
        "reg",
        "Lệ phí đăng ký",
        "Registration",
        per="dossier",
        amount_vnd=20_000,
        basis="Thông tư 75/2022/TT-BTC",
    ),
    Fee(
        "reg",
        "Lệ phí đăng ký",
        "Registration",
        per="dossier",
        amount_vnd=10_000,
        channel="online",
        valid_from=dt.date(2025, 7, 1),
        valid_to=dt.date(2026, 12, 31),
        basis=CIRCULAR,
    ),
)
COPIES = Fee(
    "page",
    "Phí chứng thực bản sao",
    "Certified copy",
    per="page",
    amount_vnd=2_000,
    tiers=(Tier(3, 1_000),),
    cap=200_000,
    basis="Thông tư 226/2016/TT-BTC",
)
POOR = Exemption("poor", "Hộ nghèo", "Poor household", basis="Luật Hộ tịch, Điều 11")
OLD = Exemption("old", "Người cao tuổi", "Senior citizen", percent=50, valid_from=dt.date(2026, 1, 1))


def _read(*fees: Fee, channel: Channel = Channel.ONLINE, on: dt.date = TODAY, **given: Any) -> Any:
    return compute_fee(make_content(fees=fees), channel=channel, on=on, **given)


def _say(reading: Any) -> list[str]:
    return [step.sentence.replace("\u00a0", " ") for step in reading.steps]


@pytest.mark.parametrize(
    ("on", "channel", "amount"),
    [
        (dt.date(2025, 6, 30), Channel.ONLINE, 20_000),
        (dt.date(2025, 7, 1), Channel.ONLINE, 10_000),
        (dt.date(2025, 7, 1), Channel.DIRECT, 20_000),
        (dt.date(2026, 12, 31), Channel.ONLINE, 10_000),
        (dt.date(2027, 1, 1), Channel.ONLINE, 20_000),
    ],
)
def test_a_reduced_rate_holds_for_its_days_and_channel(on: dt.date, channel: Channel, amount: int) -> None:
    assert _read(*REGISTRATION, on=on, channel=channel).amount_vnd == amount


def test_the_reduced_rate_is_explained_beside_the_ordinary_one() -> None:
    reading = _read(*REGISTRATION)

    assert _say(reading) == [
        "Tính theo mức của ngày 18/11/2026, nộp trực tuyến.",
        "Lệ phí đăng ký: 10.000 đ mỗi hồ sơ. Mức này áp dụng từ 01/07/2025 đến hết 31/12/2026.",
        "Mức thường là 20.000 đ mỗi hồ sơ.",
        "Phải nộp 10.000 đ.",
    ]
    assert [step.basis for step in reading.steps] == ["", CIRCULAR, "Thông tư 75/2022/TT-BTC", ""]


def test_after_the_reduction_only_the_ordinary_rate_is_told() -> None:
    assert _say(_read(*REGISTRATION, on=dt.date(2027, 1, 1)))[1:] == [
        "Lệ phí đăng ký: 20.000 đ mỗi hồ sơ.",
        "Phải nộp 20.000 đ.",
    ]


def test_pages_the_officer_counts_are_open_until_counted() -> None:
    waiting, counted = _read(COPIES), _read(COPIES, counts={"page": 12})

    assert (waiting.amount_vnd, [line.fee.code for line in waiting.uncounted]) == (None, ["page"])
    assert _say(waiting)[-1] == "Phí chứng thực bản sao: tính theo số trang; công chức đếm rồi báo số tiền."
    assert counted.amount_vnd == 14_000
    assert _say(counted)[2] == "12 trang: 2 × 2.000 đ + 10 × 1.000 đ = 14.000 đ."


def test_the_cap_is_told_only_where_it_bites() -> None:
    assert "Không thu quá 200.000 đ." not in _say(_read(COPIES, counts={"page": 198}))
    capped = _read(COPIES, counts={"page": 199})

    assert capped.amount_vnd == 200_000
    assert _say(capped)[2:] == [
        "199 trang: 2 × 2.000 đ + 197 × 1.000 đ = 201.000 đ.",
        "Không thu quá 200.000 đ.",
        "Phải nộp 200.000 đ.",
    ]


def test_a_group_is_let_off_by_its_law_once_it_is_granted() -> None:
    fee = Fee("reg", "Lệ phí đăng ký", "", per="dossier", amount_vnd=15_001, exemptions=(POOR, OLD))

    assert _read(fee).amount_vnd == 15_001
    half = _read(fee, groups=frozenset({"old"}))
    whole = _read(fee, groups=frozenset({"old", "poor"}))

    assert (half.amount_vnd, _say(half)[-2]) == (7_500, "Được giảm 50 %: Người cao tuổi. Trừ 7.501 đ.")
    assert _say(whole)[-2:] == ["Được miễn: Hộ nghèo. Trừ 15.001 đ.", "Không phải nộp."]
    assert whole.steps[-2].basis == "Luật Hộ tịch, Điều 11"


def test_a_group_counts_from_the_day_its_law_is_in_force() -> None:
    fee = Fee("reg", "Lệ phí", "", per="dossier", amount_vnd=10_000, exemptions=(OLD,))
    before = dt.date(2025, 12, 31)

    assert _read(fee, groups=frozenset({"old"}), on=before).amount_vnd == 10_000
    assert _read(fee, on=before).offered == ()
    assert _read(fee).offered == (OLD,)


def test_an_answer_alone_may_make_the_case() -> None:
    rural = Exemption("rural", "Vay vốn nông nghiệp", "Farm loan", when={"loan": [True]})
    fee = Fee("t", "Phí", "", per="transaction", amount_vnd=50_000, exemptions=(rural,))

    assert _read(fee, values={"loan": True}).amount_vnd == 0
    assert _read(fee, values={"loan": False}).amount_vnd == 50_000


def test_a_file_that_names_the_groups_only_in_words_still_offers_them() -> None:
    fee = Fee("reg", "Lệ phí", "", per="dossier", amount_vnd=8_000, exempt="Hộ nghèo, người khuyết tật")
    [group] = _read(fee).offered

    assert (group.name, group.percent) == ("Hộ nghèo, người khuyết tật", 100)
    assert _read(fee, groups=frozenset({group.code})).amount_vnd == 0


def test_a_rate_the_sources_do_not_give_is_said_to_be_missing() -> None:
    fee = Fee("x", "Lệ phí hộ tịch", "", per="dossier", note="Hội đồng nhân dân tỉnh quyết định")
    reading = _read(fee)

    assert (reading.amount_vnd, reading.uncounted) == (None, ())
    assert _say(reading)[1:] == [
        "Lệ phí hộ tịch: chưa có mức trong dữ liệu thủ tục. Hội đồng nhân dân tỉnh quyết định."
    ]


def test_the_way_to_a_sum_is_kept_and_told_again_in_the_readers_language() -> None:
    kept = [to_plain(step) for step in _read(COPIES, counts={"page": 12}).steps]

    with translation.override("en"):
        told = [from_plain(FeeStep, step).sentence.replace("\u00a0", " ") for step in kept]

    assert told == [
        "Reckoned by the rates of 18 Nov 2026, filed online.",
        "Certified copy: 2,000 VND per page.",
        "12 pages: 2 × 2,000 VND + 10 × 1,000 VND = 14,000 VND.",
        "14,000 VND to be paid.",
    ]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (8_000, "Tám nghìn đồng"),
        (15_015, "Mười lăm nghìn không trăm mười lăm đồng"),
        (21_101, "Hai mươi mốt nghìn một trăm linh một đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (2_000_000_005, "Hai tỷ không trăm linh năm đồng"),
        (1_234_000_000_000, "Một nghìn hai trăm ba mươi bốn tỷ đồng"),
    ],
)
def test_sums_are_written_in_words(amount: int, words: str) -> None:
    assert write_in_words(amount) == words


def test_the_symbol_of_a_receipt_is_the_circulars() -> None:
    assert write_symbol(dt.date(2026, 11, 18), "AA") == "26TAA"
    assert [bool(SERIES.fullmatch(series)) for series in ("AA", "XY", "AF", "A1", "aa")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert [bool(TAX_CODE.fullmatch(code)) for code in ("2600123456", "2600123456-001", "26001234")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(("on", "allowed"), [(dt.date(2026, 12, 31), 1), (dt.date(2027, 1, 1), 0)])
def test_paper_receipts_end_with_the_year(on: dt.date, allowed: int) -> None:
    assert get_rule("paper_fee_receipts", on).value == allowed
