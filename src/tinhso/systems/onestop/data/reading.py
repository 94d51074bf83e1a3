"""The shipped catalogue, read and checked hard: a file that says something twice or nothing is refused."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from tinhso.kernel.forms.bundle import bundle
from tinhso.kernel.forms.definition import FormDefinition
from tinhso.kernel.forms.errors import FormSchemaError
from tinhso.kernel.forms.fields import FieldKind

from .plain import PlainValueError, from_plain
from .procedure_file import PLACEHOLDER, LifeEvent, ProcedureFile, Result, VersionFile

CODE = re.compile(r"[0-9]\.[0-9]{6}")
RESULT_CODE = re.compile(r"KQ\.G[0-9]{2}\.[0-9]{6}")
ROLES = frozenset({"onestop.intake", "onestop.officer", "onestop.leader"})
PER = frozenset({"dossier", "copy", "page", "minute", "transaction", "case"})
CHANNELS = ("online", "counter", "post")
UNITS = frozenset({"hour", "working_day", "day", "month"})
SOURCES = frozenset({"applicant", "database", "form"})
RESULT_KINDS = frozenset({"issued", "notice", "record"})
APPLICANTS = frozenset({"citizen", "organisation", "foreigner"})


class CatalogueError(ValueError):
    """The shipped catalogue contradicts itself; each fault names its file and place."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


def read_catalogue() -> tuple[ProcedureFile, ...]:
    """Every procedure the product ships, by code. Raises CatalogueError with every fault found."""
    found: list[ProcedureFile] = []
    faults: list[str] = []
    for entry in _list_procedures():
        try:
            procedure = read_procedure(entry.read_text(encoding="utf-8"))
        except (PlainValueError, FormSchemaError, tomllib.TOMLDecodeError) as error:
            faults.append(f"{entry.name}: {error}")
            continue
        faults += [f"{entry.name}: {fault}" for fault in find_faults(procedure)]
        if not entry.name.startswith(procedure.code):
            faults.append(f"{entry.name}: holds {procedure.code}")
        found.append(procedure)
    codes = [procedure.code for procedure in found]
    faults += [f"{code}: twice" for code in sorted(set(codes)) if codes.count(code) > 1]
    if faults:
        raise CatalogueError(faults)
    return tuple(found)


def read_applicants() -> dict[str, tuple[str, ...]]:
    """Who may file each procedure, by its code, without reading the forms."""
    plain = [tomllib.loads(entry.read_text(encoding="utf-8")) for entry in _list_procedures()]
    return {each["code"]: tuple(each["applicants"]) for each in plain}


def read_procedure(text: str) -> ProcedureFile:
    """One procedure from its TOML text, each version with its bundled form."""
    plain = tomllib.loads(text)
    for version in plain.get("versions", []):
        version["form"] = read_form(str(version.get("form_code", "")))
    return from_plain(ProcedureFile, plain)


@cache
def read_form(code: str) -> dict[str, Any]:
    """The bundled schema of a form, e.g. `civil/birth`."""
    return bundle(_read_json(f"{code}.json"), _read_json)


@cache
def read_life_events() -> tuple[LifeEvent, ...]:
    """In the order the home page shows them."""
    plain = tomllib.loads(_room("life_events.toml").read_text(encoding="utf-8"))
    return tuple(from_plain(LifeEvent, entry) for entry in plain["life_events"])


def find_faults(procedure: ProcedureFile) -> Iterator[str]:
    """What the shape alone cannot refuse: dates with gaps, unknown words, paths that lead nowhere."""
    if not CODE.fullmatch(procedure.code):
        yield f"code {procedure.code}"
    if not procedure.keywords:
        yield "no keywords"
    yield from _unknown("applicants", procedure.applicants, APPLICANTS)
    yield from _unknown("life_events", procedure.life_events, {event.code for event in read_life_events()})
    yield from _check_dates(procedure)
    for version in procedure.versions:
        for fault in _check_version(version):
            yield f"{version.valid_from}: {fault}"


def _check_dates(procedure: ProcedureFile) -> Iterator[str]:
    """Versions follow each other day by day, and only the last may be open."""
    if not procedure.versions:
        yield "no version"
        return
    for older, newer in zip(procedure.versions, procedure.versions[1:], strict=False):
        if older.valid_to is None or newer.valid_from != older.valid_to + dt.timedelta(days=1):
            yield f"{newer.valid_from} does not follow {older.valid_to}"
    for version in procedure.versions:
        if version.valid_to is not None and version.valid_to < version.valid_from:
            yield f"{version.valid_from} ends before it begins"


def _check_version(version: VersionFile) -> Iterator[str]:
    yield from _check_words(version)
    yield from _check_fees(version)
    yield from _check_term(version)
    yield from _check_paths(version)
    for name, codes in (
        ("paper", [paper.code for paper in version.papers]),
        ("step", [step.code for step in version.steps]),
        ("result", [result.code for result in version.results if result.code]),
    ):
        if len(set(codes)) != len(codes):
            yield f"{name} code twice"
    if not version.legal_basis or not version.results:
        yield "no legal basis or no result"
    if version.online_level == "partial" and not version.online_reason:
        yield "partly online without a reason (NĐ 224/2026, article 14)"
    if version.steps[0].role != "onestop.intake" or "onestop.leader" not in {s.role for s in version.steps}:
        yield "a process begins at the counter and is signed by a leader"


def _check_words(version: VersionFile) -> Iterator[str]:
    if version.level not in {"province", "commune"}:
        yield f"level {version.level}"
    if version.online_level not in {"full", "partial"}:
        yield f"online level {version.online_level}"
    yield from _unknown("channels", version.channels, CHANNELS)
    yield from _unknown("roles", [step.role for step in version.steps], ROLES)
    yield from _unknown("per", [fee.per for fee in version.fees], PER)
    yield from _unknown("fee channels", [fee.channel for fee in version.fees], {"any", *CHANNELS})
    yield from _unknown("sources", [paper.source for paper in version.papers], SOURCES)
    yield from _unknown("result kinds", [result.kind for result in version.results], RESULT_KINDS)
    for result in version.results:
        if result.code and not RESULT_CODE.fullmatch(result.code):
            yield f"result code {result.code}"


def _check_fees(version: VersionFile) -> Iterator[str]:
    """A fee set by the answers counts something, or has a rule for the other answers."""
    always = {fee.code for fee in version.fees if not fee.when}
    for fee in version.fees:
        if fee.amount_vnd is None and not fee.note:
            yield f"fee {fee.code}: no amount and no reason"
        if fee.when and not fee.quantity and fee.code not in always:
            yield f"fee {fee.code}: depends on answers and counts nothing"
        if fee.valid_from and fee.valid_to and fee.valid_to < fee.valid_from:
            yield f"fee {fee.code}: ends before it begins"


def _check_term(version: VersionFile) -> Iterator[str]:
    units = [case.unit for case in version.term_cases]
    units += [term.unit for term in (version.law_term, version.province_term) if term is not None]
    yield from _unknown("units", units, UNITS)
    if version.law_term is None and not version.term_note:
        yield "no term and no reason"
    planned = sum(step.hours for step in version.steps)
    given = _working_hours(version)
    if given is not None and planned > given:
        yield f"steps take {planned} hours of {given}"


def _working_hours(version: VersionFile) -> float | None:
    """Working hours inside the term: 8 a working day, and five of them in seven calendar days."""
    term = version.term
    if term is None or term.unit not in UNITS:
        return None
    days = {"working_day": max(term.value, 1), "day": term.value * 5 / 7, "month": term.value * 21}
    return float(term.value) if term.unit == "hour" else days[term.unit] * 8


def _check_paths(version: VersionFile) -> Iterator[str]:
    """Every path into the form leads to a field of the right kind."""
    form = FormDefinition(version.form)
    conditions = [*(paper.when for paper in version.papers), *(fee.when for fee in version.fees)]
    conditions += [case.when for case in version.term_cases]
    asked = {path for condition in conditions for path in condition}
    asked |= {fee.quantity for fee in version.fees} | {paper.waived_by for paper in version.papers}
    asked |= {path for result in version.results for path in find_placeholders(result)}
    for path in sorted(asked - {""}):
        if form.get_field(path) is None:
            yield f"the form has no {path}"
    for fee in version.fees:
        field = form.get_field(fee.quantity) if fee.quantity else None
        if field is not None and field.kind is not FieldKind.INTEGER:
            yield f"{fee.quantity} counts nothing"
    for condition in conditions:
        for path, answers in condition.items():
            field = form.get_field(path)
            if field is not None and not set(answers) <= set(field.schema.get("enum", [True, False])):
                yield f"{path} never answers {answers}"
    place = form.get_field(version.territory_field) if version.territory_field else None
    if version.level == "commune" and (place is None or place.kind is not FieldKind.UNIT):
        yield "territory_field names no unit of the form"


def find_placeholders(result: Result) -> list[str]:
    """Paths a drafted text takes from the form."""
    return [path for paragraph in result.draft for path in PLACEHOLDER.findall(paragraph)]


def _unknown(name: str, words: Mapping[str, Any] | tuple[str, ...] | list[str], known: Any) -> Iterator[str]:
    if odd := sorted(set(words) - set(known)):
        yield f"{name}: {', '.join(odd)}"


def _list_procedures() -> list[Traversable]:
    return sorted(_room("procedures").iterdir(), key=lambda entry: entry.name)


def _room(name: str) -> Traversable:
    return files("tinhso.systems.onestop").joinpath("catalogue", name)


@cache
def _read_json(name: str) -> dict[str, Any]:
    """A written form or part, by its path in `catalogue/forms`."""
    document: dict[str, Any] = json.loads(_room("forms").joinpath(name).read_text(encoding="utf-8"))
    return document
