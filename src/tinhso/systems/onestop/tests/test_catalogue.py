"""Every shipped procedure, and what the catalogue refuses."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

import pytest

from tinhso.kernel.forms.checking import find_problems
from tinhso.kernel.forms.definition import FormDefinition
from tinhso.kernel.forms.fields import Field, FieldKind, is_shown
from tinhso.kernel.forms.values import Values

from ..data.plain import PlainValueError
from ..data.procedure_file import ProcedureFile, VersionFile
from ..data.reading import _room, find_faults, read_catalogue, read_life_events, read_procedure

TODAY = dt.date(2026, 11, 25)

CODES = [
    "1.000656",
    "1.000689",
    "1.000703",
    "1.000894",
    "1.001193",
    "1.001266",
    "1.001570",
    "1.001612",
    "1.002010",
    "1.003384",
    "1.003725",
    "1.003868",
    "1.004194",
    "1.004222",
    "1.004379",
    "1.004837",
    "1.004873",
    "1.005442",
    "1.009374",
    "1.009386",
    "1.010902",
    "1.012783",
    "1.012784",
    "1.012786",
    "1.013225",
    "1.014431",
    "2.000635",
    "2.000720",
    "2.000815",
    "2.000884",
    "2.000908",
    "2.000986",
    "2.001035",
    "2.001584",
    "2.001594",
    "2.001737",
    "2.002288",
    "3.000333",
    "3.000348",
]

CATALOGUE = {procedure.code: procedure for procedure in read_catalogue()}
VERSIONS = [(procedure, version) for procedure in CATALOGUE.values() for version in procedure.versions]
NAMES = [f"{procedure.code}@{version.valid_from}" for procedure, version in VERSIONS]


def today(code: str) -> VersionFile:
    version = CATALOGUE[code].find_version(TODAY)
    assert version is not None
    return version


def written(code: str) -> str:
    [entry] = [entry for entry in _room("procedures").iterdir() if entry.name.startswith(code)]
    return entry.read_text(encoding="utf-8")


def test_the_procedures_that_are_shipped() -> None:
    assert sorted(CATALOGUE) == CODES
    assert all(procedure.find_version(TODAY) for procedure in CATALOGUE.values())


@pytest.mark.parametrize(("procedure", "version"), VERSIONS, ids=NAMES)
def test_a_version_comes_back_from_the_database_as_it_went_in(
    procedure: ProcedureFile, version: VersionFile
) -> None:
    assert VersionFile.from_json(json.loads(json.dumps(version.as_json()))) == version


@pytest.mark.parametrize(("procedure", "version"), VERSIONS, ids=NAMES)
def test_its_form_can_be_filled(procedure: ProcedureFile, version: VersionFile) -> None:
    """One filling with the first choice everywhere and one with the last, so that conditions go both ways."""
    form = FormDefinition(version.form)

    for end in (0, -1):
        values = fill(form.fields, end)
        assert find_problems(form.fields, form.schema, values, TODAY) == []


@pytest.mark.parametrize(("procedure", "version"), VERSIONS, ids=NAMES)
def test_it_says_everything_in_two_languages(procedure: ProcedureFile, version: VersionFile) -> None:
    """The choice of an ethnic group is a name in either language."""
    lacking = [
        path
        for path, field in walk(FormDefinition(version.form).fields)
        for value, words in choices_of(field)
        if set(words) & {"vi", "en"} != {"vi", "en"} and not path.endswith("ethnicity")
    ]

    assert lacking == []
    assert procedure.name_en
    assert version.summary_en
    assert all(paper.name_en and bool(paper.note) >= bool(paper.note_en) for paper in version.papers)


def test_owners_of_the_procedures() -> None:
    """Every function the catalogue names needs an owner among the province's agencies."""
    named = {version.owner_function for _, version in VERSIONS}
    taking_part = {step.owner_function for _, version in VERSIONS for step in version.steps} - {""}

    assert named == {
        "broadcasting", "certification", "civil_status", "construction", "criminal_record", "driving_licence",
        "household_business", "justice", "land", "post", "press", "province_committee", "publishing", "residence",
        "science", "transport",
    }  # fmt: skip
    assert taking_part == {"residence", "social_insurance", "tax"}


def test_a_non_commercial_document_before_and_after_1_july_2025() -> None:
    procedure = CATALOGUE["1.003868"]

    before, after = procedure.find_version(dt.date(2025, 6, 30)), procedure.find_version(dt.date(2025, 7, 1))

    assert before is not None
    assert after is not None
    told = [
        (
            v.owner_function,
            v.term and (v.term.value, v.term.unit),
            next(p for p in v.papers if p.code == "ban_thao").originals,
        )
        for v in (before, after)
    ]
    assert told == [("publishing", (15, "day"), 3), ("province_committee", (10, "working_day"), 2)]


def test_where_the_law_states_no_term_the_provinces_own_runs() -> None:
    version = today("1.001612")

    assert version.law_term is None
    assert version.term is not None
    assert (version.term.value, version.term.unit) == (3, "working_day")


def test_a_private_house_has_a_shorter_term() -> None:
    version = today("1.013225")

    terms = [version.find_term({"kind": kind}) for kind in ("house", "building")]

    assert [(term.value, term.unit) for term in terms if term] == [(15, "day"), (20, "day")]


@pytest.mark.parametrize(("pages", "fee"), [(1, 2000), (2, 4000), (3, 5000), (12, 14000), (500, 200000)])
def test_certified_copies_cost_less_from_the_third_page_and_never_more_than_200_000(
    pages: int, fee: int
) -> None:
    [rule] = today("2.000815").fees

    assert rule.compute(pages) == fee


@pytest.mark.parametrize(
    ("code", "channel", "on", "values", "amounts"),
    [
        ("3.000333", "online", TODAY, {"fee_group": "none", "count": 5}, [200000, 15000]),
        ("3.000333", "online", TODAY, {"fee_group": "reduced", "count": 2}, [100000, 0]),
        ("1.004222", "online", TODAY, {}, [10000]),
        ("1.004222", "counter", TODAY, {}, [20000]),
        ("1.002010", "online", dt.date(2026, 12, 31), {}, [25000]),
        ("1.002010", "online", dt.date(2027, 1, 1), {}, [50000]),
        ("1.003868", "online", TODAY, {"document": {"form": "paper", "pages": 40}}, [600000]),
        ("1.003868", "online", TODAY, {"document": {"form": "video", "minutes": 10}}, [270000]),
        ("1.003868", "online", TODAY, {}, [None, None, None]),
        ("2.001035", "online", TODAY, {"transaction": {"kind": "sale"}}, [50000]),
        ("2.001035", "online", TODAY, {"transaction": {"kind": "mortgage", "rural_loan": True}}, [0]),
        ("1.001193", "online", TODAY, {"copies": 3}, [0, 24000]),
        ("1.004873", "online", TODAY, {}, [None]),
    ],
)  # fmt: skip
def test_what_a_filing_costs(
    code: str, channel: str, on: dt.date, values: Values, amounts: Sequence[int | None]
) -> None:
    rules = today(code).find_fees(channel=channel, on=on, values=values)

    form = FormDefinition(today(code).form)
    counted = [count(form, rule.quantity, values) if rule.quantity else 1 for rule in rules]
    charged = [
        None if units is None else rule.compute(units) for rule, units in zip(rules, counted, strict=True)
    ]
    assert charged == amounts


def test_papers_follow_the_answers() -> None:
    version = today("1.001193")

    def papers(**values: Any) -> dict[str, bool]:
        return {paper.code: needed for paper, needed in version.find_papers(values)}

    assert papers(child={"place": "facility"}) == {"chung_sinh": True, "mang_thai_ho": False}
    assert papers(child={"place": "facility", "certificate": "12/2026"})["chung_sinh"] is False
    assert papers(child={"place": "abandoned"}, relation="authorised") == {
        "bo_roi": True,
        "mang_thai_ho": False,
        "uy_quyen": True,
    }


def test_a_drafted_result_leaves_out_what_was_not_answered() -> None:
    [result] = [result for result in today("1.004873").results if result.draft]

    text = result.write_draft({
        "requester.full_name": "Trần Văn Dũng",
        "requester.personal_number": "025091000417",
        "requester.address": "Tổ 6, phường Việt Trì",
        "status": "Chưa đăng ký kết hôn với ai",
        "other_purpose": "mua bán nhà đất",
        "divorce.number": "",
    })  # fmt: skip

    assert text.split("\n\n") == [
        "Người yêu cầu: Trần Văn Dũng. Số định danh: 025091000417. Nơi cư trú: Tổ 6, phường Việt Trì",
        "Tình trạng hôn nhân: Chưa đăng ký kết hôn với ai",
        "Giấy này được cấp để sử dụng vào mục đích: mua bán nhà đất",
    ]


def test_every_moment_of_life_has_procedures_and_an_icon() -> None:
    named = {event for procedure in CATALOGUE.values() for event in procedure.life_events}

    assert [event.code for event in read_life_events()][:4] == ["birth", "family", "home", "business"]
    assert named == {event.code for event in read_life_events()}
    assert all(event.icon for event in read_life_events())


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('code = "1.003868"', 'code = "1.00386"', "code 1.00386"),
        ("valid_from = 2025-07-01", "valid_from = 2025-07-02", "2025-07-02 does not follow 2025-06-30"),
        ('level = "province"', 'level = "district"', "level district"),
        ('role = "onestop.leader"', 'role = "onestop.chief"', "roles: onestop.chief"),
        ('unit = "day"', 'unit = "week"', "units: week"),
        ('quantity = "document.pages"', 'quantity = "document.leaves"', "the form has no document.leaves"),
        (
            '"document.form" = ["paper"]',
            '"document.form" = ["stone"]',
            "document.form never answers ['stone']",
        ),
        ("{document.name}", "{document.title}", "the form has no document.title"),
        ("hours = 2 ", "hours = 200 ", "steps take"),
        ('code = "ban_dich"', 'code = "ban_thao"', "paper code twice"),
        ('life_events = ["organisation"]', 'life_events = ["war"]', "life_events: war"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(old: str, new: str, fault: str) -> None:
    text = written("1.003868")
    assert old in text

    faults = list(find_faults(read_procedure(text.replace(old, new))))

    assert any(fault in found for found in faults), faults


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('sector_en = "', 'colour = "red"\nsector_en = "', "unknown colour"),
        ('sector_en = "Publishing, printing and distribution"\n', "", "sector_en: missing"),
        ("amount_vnd = 15000", 'amount_vnd = "15000"', "amount_vnd: '15000' is no int"),
        ("originals = 3", "original = 3", "unknown original"),
    ],
)
def test_a_file_of_the_wrong_shape_is_refused(old: str, new: str, fault: str) -> None:
    text = written("1.003868")
    assert old in text

    with pytest.raises(PlainValueError, match=fault):
        read_procedure(text.replace(old, new, 1))


# --- a filling that fits ---


def fill(fields: Sequence[Field], end: int) -> Values:
    values: Values = {}
    for field in fields:
        if is_shown(field, values, ""):
            values[field.name] = answer(field, end)
    return values


def answer(field: Field, end: int) -> Any:
    if field.kind in {FieldKind.GROUP, FieldKind.UNIT}:
        return settle(field, fill(field.children, end))
    if field.kind is FieldKind.ROWS:
        return [fill(field.children, end) for _ in range(field.schema.get("minItems", 1))]
    if field.kind is FieldKind.CHECKS:
        return [field.schema["items"]["enum"][end]]
    return answer_one(field, end)


def answer_one(field: Field, end: int) -> Any:
    if "enum" in field.schema:
        return field.schema["enum"][end]
    if field.kind in {FieldKind.INTEGER, FieldKind.MONEY, FieldKind.NUMBER}:
        return max(field.schema.get("minimum", 1), 1)
    if field.schema.get("x-not-before") == "today":
        return "2026-12-01"
    return TEXTS.get(field.name) or BY_KIND.get(field.kind, "Nhung")


def settle(group: Field, values: Values) -> Values:
    """A number, a birthday and a sex of one person."""
    names = group.schema.get("x-number-agrees")
    if names and names.get("sex") in values:
        values[names["sex"]] = "female"
    return values


TEXTS = {
    "province": "25",
    "commune": "07894",
    "time": "14:30",
    "plate": "19B-012.34",
    "code": "5610",
    "from": "09/2019",
    "to": "10/2019",
    "full_name": "Nguyễn Thị Nhung",
    "number": "0123456789",
}
BY_KIND: dict[FieldKind, Any] = {
    FieldKind.DATE: "1992-05-02",
    FieldKind.CITIZEN_NUMBER: "026192000123",
    FieldKind.PHONE: "0912345678",
    FieldKind.EMAIL: "nhung@vidu.vn",
    FieldKind.YES_NO: True,
    FieldKind.CONFIRM: True,
}


def walk(fields: Sequence[Field]) -> list[tuple[str, Field]]:
    return [(part.path, part) for root in fields for part in root.walk()]


def choices_of(field: Field) -> list[tuple[str, dict[str, Any]]]:
    schema = field.schema["items"] if field.kind is FieldKind.CHECKS else field.schema
    return list(schema.get("x-choices", {}).items())


def count(form: FormDefinition, path: str, values: Values) -> int | None:
    found: Any = values
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    assert form.get_field(path) is not None
    return found if isinstance(found, int) else None
