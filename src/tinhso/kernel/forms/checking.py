"""The verdict on answers: which fields, and what is wrong, before any words are chosen.

`static/forms/check.js` gives the same verdicts; the vectors in `tests/vectors.json` run through both.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators

from tinhso.kernel.people.citizen_number import check_citizen_number
from tinhso.kernel.people.errors import InvalidCitizenNumberError

from .dates import add_years, parse_date
from .fields import Field, FieldKind, is_shown
from .values import Values, get_value

EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}")
PHONE = re.compile(r"0[0-9]{9,10}")

SOURCE_KINDS = {
    "people.citizen_number_format": "citizen_format",
    "people.citizen_number_province": "citizen_province",
    "people.citizen_number_future": "citizen_future",
    "people.citizen_number_birth_year": "citizen_birth_year",
    "people.citizen_number_sex": "citizen_sex",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one answer. `kind` picks the sentence, `params` fill it."""

    path: str
    kind: str
    params: Mapping[str, Any] = field(default_factory=dict)


Finder = Callable[[Field, str, Any, Values, dt.date], Iterator[Problem]]


def find_problems(
    fields: Sequence[Field], schema: Mapping[str, Any], values: Values, on: dt.date
) -> list[Problem]:
    """Everything wrong with the answers on a day, at most one problem for a path, in the order of the form."""
    whole = complete(fields, values)
    found: dict[str, Problem] = {}
    errors = (problem for error in _validator(schema).iter_errors(whole) for problem in _read_error(error))
    lists = {part.path for root in fields for part in root.walk() if part.kind is FieldKind.CHECKS}
    for problem in (_lift(one, lists) for one in chain(errors, _find_unexpected(fields, whole, ""))):
        known = found.get(problem.path)
        if known is None or RANK[problem.kind] < RANK[known.kind]:
            found[problem.path] = problem
    for leaf, path in walk_shown(fields, whole):
        answer = get_value(whole, path)
        if answer is None or path in found:
            continue
        for find in FINDERS.get(leaf.kind, ()):
            for problem in find(leaf, path, answer, whole, on):
                found.setdefault(problem.path, problem)
    order = {path: index for index, (_, path) in enumerate(walk_shown(fields, whole))}
    return sorted(found.values(), key=lambda problem: (order.get(problem.path, len(order)), problem.path))


def _lift(problem: Problem, lists: set[str]) -> Problem:
    """What is wrong with one ticked choice is said of the list of choices."""
    holder, _, number = problem.path.rpartition(".")
    return replace(problem, path=holder) if number.isdigit() and holder in lists else problem


def complete(fields: Sequence[Field], values: Mapping[str, Any]) -> Values:
    """The answers with an empty object for every group that must be there, so that its gaps are named one by one."""
    whole = dict(values)
    for part in fields:
        if not is_shown(part, values, ""):
            continue
        answer = whole.get(part.name)
        if part.kind in {FieldKind.GROUP, FieldKind.UNIT} and (part.is_required or answer is not None):
            answer = {} if answer is None else answer
            whole[part.name] = complete(part.children, answer) if isinstance(answer, Mapping) else answer
        elif part.kind is FieldKind.ROWS and isinstance(answer, list):
            whole[part.name] = [
                complete(part.children, row) if isinstance(row, Mapping) else row for row in answer
            ]
    return whole


def walk_shown(fields: Sequence[Field], values: Values, holder: str = "") -> Iterator[tuple[Field, str]]:
    """Every field asked for under these answers, with its path and real row numbers."""
    for part in fields:
        if not is_shown(part, values, holder):
            continue
        path = f"{holder}.{part.name}" if holder else part.name
        yield part, path
        if part.kind is FieldKind.ROWS:
            rows = get_value(values, path)
            for index in range(len(rows) if isinstance(rows, list) else 0):
                yield from walk_shown(part.children, values, f"{path}.{index}")
        else:
            yield from walk_shown(part.children, values, path)


def _find_unexpected(fields: Sequence[Field], values: Mapping[str, Any], prefix: str) -> Iterator[Problem]:
    """Answers to what is not asked for under the other answers."""
    for part in fields:
        answer = values.get(part.name)
        path = f"{prefix}{part.name}"
        if answer is None:
            continue
        if not is_shown(part, values, ""):
            yield Problem(path, "unexpected")
        if part.kind is FieldKind.ROWS and isinstance(answer, list):
            for index, row in enumerate(answer):
                if isinstance(row, Mapping):
                    yield from _find_unexpected(part.children, row, f"{path}.{index}.")
        elif isinstance(answer, Mapping):
            yield from _find_unexpected(part.children, answer, f"{path}.")


def _check_pattern(
    validator: Any, pattern: str, instance: object, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """Python's `$` also matches before a last line break, and a browser's does not; hence fullmatch."""
    if isinstance(instance, str) and not re.fullmatch(pattern[1:-1], instance):
        yield ValidationError("pattern")


FormValidator = validators.extend(  # type: ignore[no-untyped-call]  # its stubs leave `extend` untyped
    Draft202012Validator, {"pattern": _check_pattern}
)

FORMATS = FormatChecker(formats=())
FORMATS.checks("date")(lambda text: not isinstance(text, str) or isinstance(parse_date(text), dt.date))
FORMATS.checks("email")(lambda text: not isinstance(text, str) or EMAIL.fullmatch(text) is not None)
FORMATS.checks("phone")(lambda text: not isinstance(text, str) or PHONE.fullmatch(text) is not None)


def _validator(schema: Mapping[str, Any]) -> Any:
    return FormValidator(schema, format_checker=FORMATS)


# Lower is told first when one answer has several faults.
RANK = {
    kind: rank
    for rank, kind in enumerate((
        "required", "unexpected", "unknown", "type", "choice", "confirm", "date_incomplete", "date_year",
        "date_month", "date_unreal", "date_unreal_february", "email", "phone", "too_short", "too_long",
        "pattern", "minimum", "above", "maximum", "min_rows", "max_rows", "repeated",
    ))
}  # fmt: skip


def _read_error(error: Any) -> Iterator[Problem]:
    path = ".".join(str(step) for step in error.absolute_path)
    if error.validator == "required":
        for name in error.validator_value:
            if name not in error.instance:
                yield Problem(f"{path}.{name}" if path else name, "required")
    elif error.validator == "additionalProperties":
        for name in sorted(set(error.instance) - set(error.schema["properties"])):
            yield Problem(f"{path}.{name}" if path else name, "unknown")
    elif error.validator == "format":
        yield _read_format_error(error, path)
    elif error.validator is None:
        # A schema of `false` carries no path (jsonschema 4.26); `_find_unexpected` names the answer.
        return
    else:
        yield Problem(path, KIND_BY_KEYWORD[str(error.validator)], _params(error))


KIND_BY_KEYWORD = {
    "type": "type",
    "enum": "choice",
    "const": "confirm",
    "pattern": "pattern",
    "minLength": "too_short",
    "maxLength": "too_long",
    "minimum": "minimum",
    "exclusiveMinimum": "above",
    "maximum": "maximum",
    "minItems": "min_rows",
    "maxItems": "max_rows",
    "uniqueItems": "repeated",
}


def _params(error: Any) -> Mapping[str, Any]:
    limit = error.validator_value
    if error.validator in {"minLength", "maxLength"}:
        return {"limit": limit, "length": len(error.instance)}
    if error.validator in {"minimum", "exclusiveMinimum", "maximum", "minItems", "maxItems"}:
        return {"limit": limit}
    return {}


def _read_format_error(error: Any, path: str) -> Problem:
    if error.validator_value != "date":
        return Problem(path, str(error.validator_value))
    fault = parse_date(error.instance)
    if isinstance(fault, dt.date):
        raise AssertionError(path)
    return Problem(path, fault.kind, fault.params)


def _find_day_faults(leaf: Field, path: str, answer: Any, values: Values, on: dt.date) -> Iterator[Problem]:
    day = parse_date(answer)
    if not isinstance(day, dt.date):
        return
    latest = leaf.schema.get("x-not-after")
    if latest == "today" and day > on:
        yield Problem(path, "after_today", {"limit": on})
    elif latest and latest != "today" and day > dt.date.fromisoformat(latest):
        yield Problem(path, "after", {"limit": dt.date.fromisoformat(latest)})
    earliest = leaf.schema.get("x-not-before")
    if earliest:
        first = on if earliest == "today" else dt.date.fromisoformat(earliest)
        if day < first:
            yield Problem(path, "before", {"limit": first})
    years = leaf.schema.get("x-age-min")
    if years and add_years(day, years) > on:
        yield Problem(path, "too_young", {"years": years})


def _find_number_faults(
    leaf: Field, path: str, answer: Any, values: Values, on: dt.date
) -> Iterator[Problem]:
    """The number alone; what else its owner said is compared by `_find_disagreement`."""
    yield from _ask_citizen_number(path, answer, None, "", on)


def _find_disagreement(
    group: Field, path: str, answer: Any, values: Values, on: dt.date
) -> Iterator[Problem]:
    names = group.schema.get("x-number-agrees")
    if not names or not isinstance(answer, Mapping):
        return
    number = answer.get(names["number"])
    day = parse_date(answer.get(names.get("born_on", ""), ""))
    sex = answer.get(names.get("sex", ""), "")
    if isinstance(number, str):
        born_on = day if isinstance(day, dt.date) and day <= on else None
        known_sex = sex if sex in {"male", "female"} else ""
        yield from _ask_citizen_number(f"{path}.{names['number']}", number, born_on, known_sex, on)


def _ask_citizen_number(
    path: str, number: str, born_on: dt.date | None, sex: str, on: dt.date
) -> Iterator[Problem]:
    try:
        check_citizen_number(number, born_on, sex, on)
    except InvalidCitizenNumberError as error:
        yield Problem(path, SOURCE_KINDS[error.code], error.details)


FINDERS: Mapping[FieldKind, tuple[Finder, ...]] = {
    FieldKind.DATE: (_find_day_faults,),
    FieldKind.CITIZEN_NUMBER: (_find_number_faults,),
    FieldKind.GROUP: (_find_disagreement,),
}
