"""A procedure as the catalogue ships it and as a version keeps it: frozen, dated, without models.

Names and texts are Vietnamese; a member ending in `_en` is the English beside it. What the sources do not
say is left out and named in `unsure`, never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from tinhso.kernel.forms.values import get_value

from .plain import from_plain, to_plain

LOCAL_RESULT = "#"
"""Begins the code of a result that the national list gives none: it tells results apart here and goes nowhere."""
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

Conditions = Mapping[str, list[Any]]
"""Path of the form to the answers under which something holds; all paths must hold."""


@dataclass(frozen=True, slots=True)
class Term:
    """How long the law, or the province, gives. Zero working days: within the working day of receipt."""

    value: int
    unit: str
    """hour, working_day, day or month."""


@dataclass(frozen=True, slots=True)
class TermCase:
    """Another term for a case of the same procedure."""

    case: str
    case_en: str
    value: int
    unit: str
    when: Conditions = field(default_factory=dict)
    """Answers that make the case; empty where the source does not say which case it is."""


@dataclass(frozen=True, slots=True)
class ProvinceTerm:
    """The province's own dated parameter where the law, or the national portal, states no term."""

    value: int
    unit: str
    valid_from: dt.date
    note: str


@dataclass(frozen=True, slots=True)
class Basis:
    """A document of law and the place in it, as cited."""

    name: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Tier:
    """From this unit on (1 is the first) a unit costs so much."""

    from_unit: int
    amount_vnd: int


@dataclass(frozen=True, slots=True)
class Exemption:
    """A group of people, or a case, that the law lets off a fee, wholly or in part."""

    code: str
    name: str
    name_en: str
    percent: int = 100
    """Share let off; 100: nothing is paid."""
    when: Conditions = field(default_factory=dict)
    """Answers that alone make the case; empty: an officer grants it on proof."""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    basis: str = ""

    def is_in_force(self, on: dt.date) -> bool:
        return not ((self.valid_from and on < self.valid_from) or (self.valid_to and on > self.valid_to))


@dataclass(frozen=True, slots=True)
class Fee:
    """One rule of what is paid. Several rules of one version add up; rules with `code` alike replace each other."""

    code: str
    name: str
    name_en: str
    per: str
    """dossier, copy, page, minute, transaction or case."""
    amount_vnd: int | None = None
    """None: not stated in the sources, or set by the province; `note` says which."""
    channel: str = "any"
    """any, online, counter or post."""
    tiers: tuple[Tier, ...] = ()
    """Dearer or cheaper further units; empty: every unit costs `amount_vnd`."""
    cap: int | None = None
    """At most so many đồng per copy, whatever the tiers add up to."""
    quantity: str = ""
    """Path of the form that says how many; empty: counted by the officer, or one."""
    when: Conditions = field(default_factory=dict)
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    """Both inside; a reduced rate for a time lies inside the version."""
    basis: str = ""
    exempt: str = ""
    exempt_en: str = ""
    exemptions: tuple[Exemption, ...] = ()
    """Who is let off, group by group; where the source names them only in words they stand in `exempt`."""
    note: str = ""
    unsure: str = ""

    def is_in_force(self, *, channel: str, on: dt.date) -> bool:
        """Whether the rule speaks of a channel and a day."""
        if self.channel not in {"any", channel}:
            return False
        return not ((self.valid_from and on < self.valid_from) or (self.valid_to and on > self.valid_to))

    def is_open(self, values: Mapping[str, Any]) -> bool:
        """Whether an answer the rule depends on is not there yet."""
        return any(get_value(values, path) is None for path in self.when)

    def compute(self, units: int) -> int | None:
        """Đồng for so many units, tier by tier, at most `cap`; None when the amount is not known."""
        if self.amount_vnd is None:
            return None
        total = sum(count * each for count, each in self.split(units))
        return min(total, self.cap) if self.cap is not None else total

    def split(self, units: int) -> tuple[tuple[int, int], ...]:
        """How many units at how many đồng each, tier by tier; tiers that are not reached are left out."""
        steps = (Tier(1, self.amount_vnd or 0), *self.tiers)
        ends = [step.from_unit - 1 for step in steps[1:]] + [units]
        counts = [min(units, end) - step.from_unit + 1 for step, end in zip(steps, ends, strict=True)]
        return tuple((count, step.amount_vnd) for count, step in zip(counts, steps, strict=True) if count > 0)

    def find_exemptions(self, on: dt.date) -> tuple[Exemption, ...]:
        """Who is let off on a day. A rule that says it only in words makes one group of its words."""
        if self.exempt and not self.exemptions:
            return (Exemption(f"stated:{self.code}", self.exempt, self.exempt_en, basis=self.basis),)
        return tuple(exemption for exemption in self.exemptions if exemption.is_in_force(on))


@dataclass(frozen=True, slots=True)
class Paper:
    """One component of the dossier (thành phần hồ sơ)."""

    code: str
    name: str
    name_en: str
    originals: int = 0
    copies: int = 0
    required: bool = True
    """False: only in the case `note` describes, or when `when` holds."""
    when: Conditions = field(default_factory=dict)
    """Answers under which a paper that is not always required is required."""
    waived_by: str = ""
    """Path of the form to a number by which the agency finds the paper itself; answered, it need not be handed in."""
    source: str = "applicant"
    """applicant hands it in; database: looked up, not asked for; form: it is the form filled in here."""
    form_name: str = ""
    """The law's name of the form, e.g. Mẫu số 10 TT 41/2020/TT-BTTTT."""
    note: str = ""
    note_en: str = ""

    def is_asked(self, values: Mapping[str, Any]) -> bool:
        """Whether the paper belongs to the case these answers make."""
        return self.required or not self.when or holds(self.when, values)

    def is_needed(self, values: Mapping[str, Any]) -> bool:
        """Whether the dossier is incomplete without it."""
        if self.waived_by and get_value(values, self.waived_by) is not None:
            return False
        return self.required or (bool(self.when) and holds(self.when, values))


@dataclass(frozen=True, slots=True)
class Result:
    """What comes out."""

    name: str
    name_en: str
    code: str = ""
    """KQ.* of the national list, where proven."""
    kind: str = "issued"
    """issued; notice: a refusal or request in writing; record: an entry in a register."""
    validity: str = ""
    validity_en: str = ""
    owner_function: str = ""
    """The agency that issues it where several do (liên thông); empty: who resolves the dossier."""
    draft: tuple[str, ...] = ()
    """Paragraphs of the text, with the form's answers as {path}."""

    def write_draft(self, words: Mapping[str, str]) -> str:
        """The text with the answers in words put in, paragraphs parted by an empty line.

        A paragraph about something not answered is left out. `words` is `FormDefinition.describe_all`.
        """
        written = []
        for paragraph in self.draft:
            paths = PLACEHOLDER.findall(paragraph)
            if all(words.get(path) for path in paths):
                written.append(PLACEHOLDER.sub(lambda match: words[match[1]], paragraph))
        return "\n\n".join(written)


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step of the province's internal process (quy trình nội bộ)."""

    code: str
    name: str
    name_en: str
    role: str
    """onestop.intake, onestop.officer or onestop.leader."""
    hours: float
    """Working hours; 8 make a working day."""
    owner_function: str = ""
    """The agency that does it where several take part; empty: who resolves the dossier."""


@dataclass(frozen=True, slots=True)
class VersionFile:
    """What a procedure says for a time."""

    valid_from: dt.date
    level: str
    """province or commune; central: resolved outside the province, shown for reading."""
    owner_function: str
    """Function whose owner that day resolves it (orgs.AgencyFunction); for a commune's procedure, the People's
    Committee of the commune it is filed for."""
    summary: str
    summary_en: str
    form_code: str
    source_url: str
    legal_basis: tuple[Basis, ...]
    papers: tuple[Paper, ...]
    results: tuple[Result, ...]
    steps: tuple[StepPlan, ...]
    form: Mapping[str, Any]
    """The bundled JSON Schema of its interactive form."""
    valid_to: dt.date | None = None
    law_term: Term | None = None
    province_term: ProvinceTerm | None = None
    term_note: str = ""
    """The reading taken where the source leaves one open."""
    term_cases: tuple[TermCase, ...] = ()
    decision: str = ""
    """The decision that published it."""
    territory_field: str = ""
    """Path of the form to the unit whose commune is competent."""
    fees: tuple[Fee, ...] = ()
    channels: tuple[str, ...] = ("online", "counter", "post")
    online_level: str = "full"
    """full (toàn trình) or partial (một phần)."""
    online_reason: str = ""
    online_reason_en: str = ""
    """Why not wholly online (NĐ 224/2026, article 14)."""
    conditions: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    """What the sources leave open, in whole sentences."""
    is_filed_here: bool = True
    """False: to be read only; which agency of the province resolves it, or by when, is not known yet."""
    agency_said: str = ""
    """Who carries it out, in the national record's words."""
    applicants_said: str = ""
    """Who may file, in the national record's words."""
    sequence: tuple[str, ...] = ()
    """Trình tự thực hiện, in the national record's words, line by line."""
    filing_notes: tuple[str, ...] = ()
    """How to file, channel by channel, in the national record's words."""

    @property
    def term(self) -> Term | None:
        """The term that runs: the law's, else the province's own; None where neither is known."""
        if self.law_term is not None:
            return self.law_term
        own = self.province_term
        return Term(own.value, own.unit) if own is not None else None

    def find_term(self, values: Mapping[str, Any]) -> Term | None:
        """The term for these answers: the first case they make, else the version's own."""
        for case in self.term_cases:
            if case.when and holds(case.when, values):
                return Term(case.value, case.unit)
        return self.term

    def find_papers(self, values: Mapping[str, Any]) -> tuple[tuple[Paper, bool], ...]:
        """Papers the applicant may hand in under these answers, each with whether it must be there."""
        asked = [paper for paper in self.papers if paper.source == "applicant" and paper.is_asked(values)]
        return tuple((paper, paper.is_needed(values)) for paper in asked)

    def find_fees(self, *, channel: str, on: dt.date, values: Mapping[str, Any]) -> tuple[Fee, ...]:
        """The rules that apply to these answers; of two with one code the later written one.

        Where no rule of a code applies yet, those that wait for an answer: what it costs is still open.
        """
        rules = [fee for fee in self.fees if fee.is_in_force(channel=channel, on=on)]
        applied = {fee.code: fee for fee in rules if holds(fee.when, values)}
        waiting = [fee for fee in rules if fee.code not in applied and fee.is_open(values)]
        return (*applied.values(), *waiting)

    def find_displaced_fee(
        self, fee: Fee, *, channel: str, on: dt.date, values: Mapping[str, Any]
    ) -> Fee | None:
        """The rule of the same code that would apply were it not for `fee`: the ordinary rate behind a reduced one."""
        rules = [other for other in self.fees if other.code == fee.code and other != fee]
        applied = [r for r in rules if r.is_in_force(channel=channel, on=on) and holds(r.when, values)]
        return applied[-1] if applied and holds(fee.when, values) else None

    def is_valid_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON field; `from_json` gives the same version back."""
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        return from_plain(cls, plain)


@dataclass(frozen=True, slots=True)
class ProcedureFile:
    """A procedure by its national code, with every version the catalogue knows, oldest first."""

    code: str
    name: str
    name_en: str
    sector: str
    """The field's name (lĩnh vực)."""
    sector_en: str
    applicants: tuple[str, ...]
    """Who may file: citizen, organisation, foreigner."""
    keywords: tuple[str, ...]
    """Needs in people's own words, in both languages: "sinh con", "giấy độc thân"."""
    versions: tuple[VersionFile, ...]
    life_events: tuple[str, ...] = ()

    @property
    def level(self) -> str:
        return self.versions[-1].level

    @property
    def owner_function(self) -> str:
        return self.versions[-1].owner_function

    def find_version(self, on: dt.date) -> VersionFile | None:
        return next((version for version in self.versions if version.is_valid_on(on)), None)


# Drawn on the home page; named here because the sprite is made from what Python and templates name.
ICONS = {
    "birth": "baby-carriage",
    "family": "heart-handshake",
    "home": "home",
    "business": "building-store",
    "vehicle": "car",
    "papers": "id",
    "copies": "certificate",
    "death": "candle",
    "organisation": "building-community",
}


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """A moment of life by which procedures are found: sinh con, kết hôn, mở quán."""

    code: str
    name: str
    name_en: str
    text: str
    text_en: str

    @property
    def icon(self) -> str:
        return ICONS[self.code]


def holds(conditions: Conditions, values: Mapping[str, Any]) -> bool:
    """Whether the answers meet every condition; always when there is none."""
    return all(get_value(values, path) in answers for path, answers in conditions.items())
