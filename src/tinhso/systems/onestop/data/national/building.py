"""A published record, with nothing left open, as a version the one-stop can show and, where it may, run."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..procedure_file import (
    LOCAL_RESULT,
    Basis,
    Fee,
    Paper,
    ProvinceTerm,
    Result,
    StepPlan,
    Term,
    VersionFile,
)
from .competence import Competence
from .record import PublishedBasis, PublishedChannel, PublishedPaper, PublishedProcedure, PublishedResult

PROVINCE_FORM, COMMUNE_FORM = "general/application", "general/commune_application"
CHANNELS = {"online": "online", "direct": "counter", "post": "post"}
CHANNEL_WORDS = {"online": "Trực tuyến", "direct": "Trực tiếp", "post": "Bưu chính"}
UNIT_WORDS = {"hour": "giờ", "working_day": "ngày làm việc", "day": "ngày", "month": "tháng"}
NO_TERM = "Cổng Dịch vụ công quốc gia chưa nêu thời hạn"
NO_FEE = "Cổng Dịch vụ công quốc gia chưa nêu mức thu"
TERM_SET_HERE = "Cổng Dịch vụ công quốc gia không nêu một thời hạn; tỉnh ấn định khi công khai thủ tục"
LONGEST_NAME = 380
"""A paper handed in and a result keep their name in 400 letters."""

_BULLET = re.compile(r"^(?:[-–+*•]|\d{1,2}[.)]|[a-zđ][.)])\s*")
_REFUSAL = re.compile(
    r"(?=(?:Văn bản|Thông báo|Công văn)[^,;]*(?:từ chối|không đủ điều kiện|không chấp thuận))(?!.*\bhoặc\b)"
)
_AT_CHOICE = re.compile(r"nếu có|\bhoặc\b|một trong|trường hợp|đối với", re.IGNORECASE)


def get_form_code(competence: Competence) -> str:
    return COMMUNE_FORM if competence.level == "commune" else PROVINCE_FORM


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What the province adds to a record so that a dossier can run."""

    competence: Competence
    term: Term | None = None
    """Set by an official where the record gives several, or none."""


def build_version(
    told: PublishedProcedure, arrangement: Arrangement, form: Mapping[str, Any], on: dt.date
) -> VersionFile:
    """The version as of a day, with the general form and the plain process: intake, work, sign, hand over."""
    competence = arrangement.competence
    law_term = find_term(told.channels)
    own = None if law_term else arrangement.term
    term = law_term or own
    return VersionFile(
        valid_from=on,
        level=competence.level,
        owner_function=competence.owner_function,
        summary="",
        summary_en="",
        form_code=get_form_code(competence),
        source_url=told.url if told.url.startswith("https://") else "",
        legal_basis=tuple(_build_basis(row) for row in told.legal_basis if row.name or row.number),
        papers=tuple(_build_papers(told.papers)),
        results=tuple(_build_results(told.results)),
        steps=_plan_steps(term),
        form=form,
        law_term=law_term,
        province_term=ProvinceTerm(own.value, own.unit, on, TERM_SET_HERE) if own else None,
        term_note=_note_term(told.channels) if law_term is None else "",
        decision=told.decision,
        territory_field="office" if competence.level == "commune" else "",
        fees=tuple(_build_fees(told.channels)),
        channels=tuple(
            name for said, name in CHANNELS.items() if any(c.channel == said for c in told.channels)
        ),
        conditions=_split_lines(told.conditions),
        is_filed_here=competence.is_settled and term is not None,
        agency_said=told.agency,
        applicants_said=told.applicants,
        sequence=_split_lines(told.sequence),
        filing_notes=tuple(_note_filing(told.channels)),
    )


def _split_lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def find_term(channels: Sequence[PublishedChannel]) -> Term | None:
    """The one term every row gives; None where they differ, a row gives none, or no clock runs by it."""
    said = {(row.term_value, row.term_unit) for row in channels}
    if len(said) != 1:
        return None
    [(value, unit)] = said
    if value is None or unit is None:
        return None
    if isinstance(value, float):
        hours = value * 8 if unit == "working_day" else 0.0
        return Term(int(hours), "hour") if hours and hours.is_integer() else None
    return Term(value, unit) if value > 0 or unit == "working_day" else None


def _note_term(channels: Sequence[PublishedChannel]) -> str:
    """What the rows say where they give no one term."""
    told = dict.fromkeys(f"{CHANNEL_WORDS[row.channel]}: {_write_term(row)}" for row in channels)
    return "; ".join(told) or NO_TERM


def _write_term(row: PublishedChannel) -> str:
    if row.term_value is None or row.term_unit is None:
        return "chưa nêu thời hạn"
    return f"{row.term_value:g} {UNIT_WORDS[row.term_unit]}".replace(".", ",")


def _note_filing(channels: Sequence[PublishedChannel]) -> Iterator[str]:
    """Each row's note, with its sum where the channel has several: the note says what each is for."""
    for row in channels:
        sums = {other.fee_vnd for other in channels if other.channel == row.channel}
        amount = f" ({write_sum(row.fee_vnd)})" if row.fee_vnd is not None and len(sums) > 1 else ""
        if row.note or amount:
            yield f"{CHANNEL_WORDS[row.channel]}{amount}: {row.note}".rstrip(": ")


def _build_fees(channels: Sequence[PublishedChannel]) -> Iterator[Fee]:
    sums = {row.fee_vnd for row in channels}
    if len(sums) == 1:
        yield _make_fee("any", sums)
        return
    for said, name in CHANNELS.items():
        if own := {row.fee_vnd for row in channels if row.channel == said}:
            yield _make_fee(name, own)


def _make_fee(channel: str, sums: set[int | None]) -> Fee:
    known = sorted(amount for amount in sums if amount is not None)
    is_one = len(sums) == len(known) == 1
    several = f"Tùy trường hợp: {', '.join(write_sum(amount) for amount in known)}. Xem Cách nộp."
    return Fee(
        code="stated",
        name="Phí, lệ phí",
        name_en="Fee",
        per="case",
        amount_vnd=known[0] if is_one else None,
        channel=channel,
        note="" if is_one else several if known else NO_FEE,
    )


def write_sum(amount: int) -> str:
    return f"{amount:,} đồng".replace(",", ".")


def _build_basis(row: PublishedBasis) -> Basis:
    """The number stands beside a name that does not bear it already."""
    if row.name is None:
        return Basis(row.number or "")
    return Basis(row.name, row.number if row.number and row.number not in row.name else "")


def _build_papers(rows: Sequence[PublishedPaper]) -> Iterator[Paper]:
    for number, row in enumerate(rows, start=1):
        if row.name is None:
            continue
        name, rest = clip_name(row.name)
        originals, copies = row.originals or 0, row.copies or 0
        is_counted = originals + copies > 0
        is_required = is_counted and not row.case and not _AT_CHOICE.search(row.name)
        yield Paper(
            code=f"p{number:02d}",
            name=name,
            name_en="",
            originals=originals,
            copies=copies,
            required=is_required,
            form_name=row.form or "",
            note="\n".join(part for part in (row.case, rest) if part),
        )


def _build_results(rows: Sequence[PublishedResult]) -> Iterator[Result]:
    """A dossier keeps one result a code: a row without one of its own is told apart by its place."""
    taken: set[str] = set()
    for number, row in enumerate(rows, start=1):
        name = row.name or row.code
        if name is None:
            continue
        code = row.code if row.code and row.code not in taken else f"{LOCAL_RESULT}{number}"
        taken.add(code)
        yield Result(
            name=clip_name(name)[0],
            name_en="",
            code=code,
            kind="notice" if _REFUSAL.match(name) else "issued",
        )
    if not taken:
        yield Result(name="Kết quả giải quyết thủ tục hành chính", name_en="Result of the procedure")


def clip_name(text: str) -> tuple[str, str]:
    """The name without its bullet and closing mark, short enough to be kept; the whole text where it was cut."""
    name = _BULLET.sub("", " ".join(text.split())).rstrip(" ;.,") or text.strip()
    if len(name) <= LONGEST_NAME:
        return name, ""
    return name[:LONGEST_NAME].rsplit(" ", 1)[0] + "…", text.strip()


def _plan_steps(term: Term | None) -> tuple[StepPlan, ...]:
    """Intake and hand-over are a morning's work at most; the rest of the time is shared between work and signing."""
    hours = _count_hours(term)
    edge, sign = min(2.0, hours / 8), min(8.0, hours / 8)
    work = hours - 2 * edge - sign
    plan = (
        ("intake", "Tiếp nhận, kiểm tra, số hóa hồ sơ", "Receive, check and scan", "onestop.intake", edge),
        ("work", "Thẩm định, dự thảo kết quả", "Examine, draft the result", "onestop.officer", work),
        ("sign", "Ký kết quả", "Sign", "onestop.leader", sign),
        ("return", "Trả kết quả", "Hand over the result", "onestop.intake", edge),
    )
    return tuple(
        StepPlan(code, name, name_en, role, _floor(hours)) for code, name, name_en, role, hours in plan
    )


def _floor(hours: float) -> float:
    """Quarters of an hour, so that the steps never add up to more than the term."""
    return math.floor(hours * 4) / 4 if hours >= 1 else math.floor(hours * 100) / 100


def _count_hours(term: Term | None) -> float:
    """Working hours within the term: 8 a working day, five working days in seven, 21 in a month."""
    if term is None:
        return 40.0
    each = {"hour": 1.0, "working_day": 8.0, "day": 40 / 7, "month": 168.0}
    return max(term.value, 1) * each[term.unit]
