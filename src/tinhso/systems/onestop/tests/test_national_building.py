"""From a record with nothing open to a version: who resolves it, by when, for how much, through which steps."""

from __future__ import annotations

import datetime as dt

import pytest

from ..data.national.building import Arrangement, build_version, clip_name, find_term, get_form_code
from ..data.national.competence import Competence, find_competence
from ..data.national.reading import read_line
from ..data.procedure_file import Term, VersionFile
from ..data.reading import read_form
from .published import CHANNELS, make_line

TODAY = dt.date(2026, 11, 25)
HERE = Competence("province", "justice", is_settled=True)


def build(competence: Competence = HERE, term: Term | None = None, **changes: str) -> VersionFile:
    told = read_line(make_line(**changes)).told
    form = read_form(get_form_code(competence))
    return build_version(told, Arrangement(competence, term), form, TODAY)


def say(*rows: str) -> str:
    return CHANNELS + "".join(rows)


@pytest.mark.parametrize(
    ("levels", "agency", "found"),
    [
        (("Cấp tỉnh",), "Sở Tư pháp", Competence("province", "justice", is_settled=True)),
        (("Cấp bộ", "Cấp tỉnh"), "Sở Tư pháp", Competence("province", "justice", is_settled=True)),
        (("Cấp tỉnh",), "Sở Tư pháp, Công an tỉnh", Competence("province")),
        (("Cấp tỉnh",), "Sở Tài chính", Competence("province")),
        (("Cấp tỉnh",), "", Competence("province")),
        (("Cấp tỉnh", "Cấp xã"), "Sở Tư pháp", Competence("province")),
        (("Cấp xã",), "Chủ tịch UBND cấp xã", Competence("commune", is_settled=True)),
        (("Cấp xã",), "Ủy ban Nhân dân xã, phường, thị trấn.", Competence("commune", is_settled=True)),
        (("Cấp xã",), "Chi cục Hải quan khu vực", Competence("commune")),
        (("Cấp bộ",), "Bộ Xây dựng", Competence("central")),
        (("Cơ quan khác",), "Sở Tư pháp", Competence("central")),
    ],
)
def test_who_resolves_is_taken_only_where_it_is_said_plainly(
    levels: tuple[str, ...], agency: str, found: Competence
) -> None:
    """Nobody holds finance that day."""
    assert find_competence(levels, agency, {"justice"}) == found


@pytest.mark.parametrize(
    ("rows", "term"),
    [
        (("Trực tuyến5 Ngày làm việcMiễn phí", "Trực tiếp5 Ngày làm việcMiễn phí"), Term(5, "working_day")),
        (("Trực tuyến5 Ngày làm việcMiễn phí", "Trực tiếp7 Ngày làm việcMiễn phí"), None),
        (("Trực tuyến5 Ngày làm việcMiễn phí", "Trực tiếpKhông có thông tinMiễn phí"), None),
        (("Trực tiếp1,5 Ngày làm việcMiễn phí",), Term(12, "hour")),
        (("Trực tiếp1,5 NgàyMiễn phí",), None),
        (("Trực tiếp0 GiờMiễn phí",), None),
        (("Trực tiếp0 Ngày làm việcMiễn phí",), Term(0, "working_day")),
    ],
)
def test_a_term_runs_where_every_row_gives_the_same(rows: tuple[str, ...], term: Term | None) -> None:
    told = read_line(make_line(cach_thuc_thuc_hien=say(*rows))).told

    assert find_term(told.channels) == term


def test_without_one_term_the_version_is_for_reading_until_the_province_sets_one() -> None:
    rows = say("Trực tuyến5 Ngày làm việcMiễn phí", "Trực tiếp7 Ngày làm việcMiễn phí")

    read_only = build(cach_thuc_thuc_hien=rows)
    runs = build(cach_thuc_thuc_hien=rows, term=Term(7, "working_day"))

    assert (read_only.is_filed_here, read_only.term) == (False, None)
    assert read_only.term_note == "Trực tuyến: 5 ngày làm việc; Trực tiếp: 7 ngày làm việc"
    assert (runs.is_filed_here, runs.law_term, runs.term) == (True, None, Term(7, "working_day"))


def test_a_fee_is_a_sum_only_where_a_channel_has_one() -> None:
    version = build(
        cach_thuc_thuc_hien=say(
            "Trực tuyến5 Ngày làm việc25,000 VNĐ",
            "Trực tiếp5 Ngày làm việc50,000 VNĐCấp mới",
            "Trực tiếp5 Ngày làm việc30,000 VNĐCấp lại",
        )
    )

    online, counter = version.fees
    assert (online.channel, online.amount_vnd, online.note) == ("online", 25_000, "")
    assert (counter.channel, counter.amount_vnd) == ("counter", None)
    assert counter.note == "Tùy trường hợp: 30.000 đồng, 50.000 đồng. Xem Cách nộp."
    assert version.filing_notes == ("Trực tiếp (50.000 đồng): Cấp mới", "Trực tiếp (30.000 đồng): Cấp lại")


def test_a_paper_is_required_only_where_nothing_makes_it_depend() -> None:
    papers = (
        "--Tên giấy tờMẫu đơn, tờ khaiSố lượng- Đơn đề nghị;1 bản chính"
        "Giấy ủy quyền (nếu có)1 bản chínhSố bộ hồ sơ: 01 bộ0 bản chính"
    )

    found = [(paper.code, paper.name, paper.required) for paper in build(thanh_phan_ho_so=papers).papers]

    assert found == [
        ("p01", "Đơn đề nghị", True),
        ("p02", "Giấy ủy quyền (nếu có)", False),
        ("p03", "Số bộ hồ sơ: 01 bộ", False),
    ]


def test_results_are_told_apart_and_a_refusal_is_no_result_to_draft() -> None:
    results = (
        "Giấy phép AMã: KQ.G01.000001Giấy phép BMã: KQ.G01.000001Văn bản thông báo từ chốiMã: KQ.G01.000262"
        "Từ khóaKhông có thông tinMô tảKhông có thông tin"
    )

    found = [(result.code, result.kind) for result in build(ket_qua_xu_ly=results).results]

    assert found == [("KQ.G01.000001", "issued"), ("#2", "issued"), ("KQ.G01.000262", "notice")]


@pytest.mark.parametrize(
    "term", [Term(1, "hour"), Term(0, "working_day"), Term(5, "day"), Term(2, "month"), None]
)
def test_steps_never_take_longer_than_the_term(term: Term | None) -> None:
    each = {"hour": 1, "working_day": 8, "day": 40 / 7, "month": 168}
    version = build(cach_thuc_thuc_hien=CHANNELS, term=term)

    hours = [step.hours for step in version.steps]

    assert [step.role for step in version.steps] == [
        "onestop.intake", "onestop.officer", "onestop.leader", "onestop.intake",
    ]  # fmt: skip
    assert min(hours) > 0
    if term is not None:
        assert 0.9 < sum(hours) / (max(term.value, 1) * each[term.unit]) <= 1


def test_a_version_comes_back_from_the_database_as_it_was() -> None:
    version = build()

    assert VersionFile.from_json(version.as_json()) == version


def test_a_long_name_is_cut_at_a_word_and_kept_whole_beside() -> None:
    name, whole = clip_name("- " + "Bản sao " * 60)

    assert len(name) <= 381
    assert name.endswith(("Bản…", "sao…"))
    assert whole.startswith("- Bản sao")
