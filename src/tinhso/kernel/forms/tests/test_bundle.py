from __future__ import annotations

import copy
from typing import Any

import jsonschema
import pytest

from tinhso.kernel.forms.bundle import bundle
from tinhso.kernel.forms.dialect import require_dialect
from tinhso.kernel.forms.errors import FormSchemaError

from .sample import GOOD, read_part, sample_schema


def test_parts_are_put_in_place_and_keep_the_words_beside_them() -> None:
    schema = sample_schema()

    mother = schema["properties"]["mother"]

    assert "$ref" not in str(schema)
    assert mother["title"] == "Người mẹ"
    assert mother["properties"]["full_name"]["title"] == "Họ, chữ đệm, tên"
    assert mother["additionalProperties"] is False


def test_a_shown_when_field_is_also_plain_json_schema() -> None:
    child = sample_schema()["properties"]["child"]

    assert child["required"] == ["born_on", "place", "unit"]
    assert child["allOf"] == [
        {
            "if": {"properties": {"place": {"enum": ["hospital"]}}, "required": ["place"]},
            "else": {"properties": {"place_name": False}},
            "then": {"required": ["place_name"]},
        }
    ]


def test_any_validator_gives_the_same_verdict_on_conditions() -> None:
    validator = jsonschema.Draft202012Validator(sample_schema())
    lacking: dict[str, Any] = copy.deepcopy(dict(GOOD))
    del lacking["child"]["place_name"]
    needless: dict[str, Any] = copy.deepcopy(dict(GOOD))
    needless["child"]["place"] = "elsewhere"

    assert validator.is_valid(GOOD)
    assert not validator.is_valid(lacking)
    assert not validator.is_valid(needless)


def test_a_part_that_refers_to_itself_is_refused() -> None:
    with pytest.raises(FormSchemaError, match="loop#: refers to itself"):
        bundle({"type": "object", "properties": {"a": {"$ref": "loop#"}}}, lambda name: {"$ref": "loop#"})


def test_a_missing_part_is_named() -> None:
    with pytest.raises(FormSchemaError, match="person#/nobody: no such part"):
        bundle({"properties": {"a": {"$ref": "person#/nobody"}}}, read_part)


def test_only_words_and_hints_may_stand_beside_a_reference() -> None:
    with pytest.raises(FormSchemaError, match="person#: required may not stand beside"):
        bundle({"properties": {"a": {"$ref": "person#", "required": []}}}, read_part)


@pytest.mark.parametrize(
    ("break_it", "fault"),
    [
        (lambda s: s["properties"]["note"].update(oneOf=[{}]), "note: keyword oneOf"),
        (lambda s: s["properties"]["note"].pop("x-en"), "note: title without English"),
        (lambda s: s["properties"]["note"].pop("maxLength"), "note: no maxLength"),
        (lambda s: s["properties"]["note"].update(format="uri"), "note: format uri"),
        (
            lambda s: s["properties"]["note"].update(title="Ghi gì?", **{"x-en": {"title": "What?"}}),
            "note: a title that asks",
        ),
        (
            lambda s: s["properties"]["child"]["properties"]["place_name"].update(pattern=r"^\d+$"),
            "child.place_name: pattern",
        ),
        (lambda s: s["properties"]["child"].pop("allOf"), "child.place_name: x-show-when and allOf disagree"),
        (lambda s: s["properties"]["child"].pop("additionalProperties"), "child: not closed"),
        (
            lambda s: s["properties"]["father"].update({"x-show-when": {"is_true": [True]}}),
            "father: depends on",
        ),
        (lambda s: s["x-pages"][2]["fields"].remove("note"), "note: asked on 0 pages"),
        (
            lambda s: s["x-pages"][2]["fields"].append("mother.full_name"),
            "mother.full_name: asked on 2 pages",
        ),
        (
            lambda s: s["properties"]["contact"]["properties"]["phone"].update(enum=["1"]),
            "contact.phone: choices without words",
        ),
        (lambda s: s["properties"]["members"].pop("x-row"), "members: x-row"),
        (lambda s: s["properties"]["area"]["x-unit"].pop("en"), "area: x-unit in two languages"),
        (lambda s: s["properties"]["copies"]["x-unit"].pop("one"), "copies: x-unit copies needs"),
    ],
)
def test_what_the_browser_would_not_understand_is_refused(break_it: Any, fault: str) -> None:
    schema = copy.deepcopy(sample_schema())

    break_it(schema)

    with pytest.raises(FormSchemaError) as refusal:
        require_dialect(schema)
    assert any(found.startswith(fault) for found in refusal.value.faults), refusal.value.faults
