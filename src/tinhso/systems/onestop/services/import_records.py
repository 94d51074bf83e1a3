from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tinhso.kernel.audit.journal import record
from tinhso.kernel.moment import now, today
from tinhso.kernel.orgs.models import AgencyFunction
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.search.folding import fold
from tinhso.kernel.services import service

from ..choices import RecordState
from ..data.national.answers import compute_likeness, get_whole_kind, settle
from ..data.national.competence import find_competence
from ..data.national.reading import ReadRecord
from ..data.national.record import Doubt, PublishedProcedure
from ..models import NationalRecord, Procedure, ProcedureVersion, RecordDoubt
from .publish_record import describe_publication, lock_catalogue, place_first_versions, place_version


@dataclass(slots=True)
class ImportReport:
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    published: int = 0
    """Of the imported and updated ones; the others wait for an official."""
    waiting: int = 0
    """Of the imported and updated ones: those an official has to look at."""
    quarantined: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Fields of the imported and updated records that wait, by kind of field and reason."""

    def add(self, other: ImportReport) -> None:
        self.imported += other.imported
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.published += other.published
        self.waiting += other.waiting
        self.quarantined += other.quarantined

    def as_plain(self) -> dict[str, Any]:
        return {
            "imported": self.imported,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "published": self.published,
            "waiting": self.waiting,
            "quarantined": [
                {"field": kind, "reason": reason, "count": count}
                for (kind, reason), count in sorted(self.quarantined.items())
            ],
        }


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database holds of a batch before it comes in."""

    rows: Mapping[str, NationalRecord]
    answers: Mapping[str, Mapping[str, RecordDoubt]]
    """By code and likeness: what officials have settled in the record that is replaced."""
    own: frozenset[str]
    """Codes of procedures the province runs by its own text; an import leaves them to an official."""
    functions: frozenset[str]


@service
def import_records(*, actor: Actor, records: Sequence[ReadRecord], file_name: str) -> ImportReport:
    """Bring records in; those alike stay as they are, changed ones become new dated rows.

    A record with nothing open is published at once, unless the province runs the procedure by its own text.
    The codes of one call differ from each other.
    """
    lock_catalogue()
    known = _read_known([one.told.code for one in records])
    report = ImportReport()
    fresh: list[ReadRecord] = []
    for one in records:
        before = known.rows.get(one.told.code)
        if before is not None and before.fingerprint == one.fingerprint:
            report.unchanged += 1
            continue
        fresh.append(one)
        report.updated += before is not None
        report.imported += before is None
    replaced = [known.rows[one.told.code].pk for one in fresh if one.told.code in known.rows]
    NationalRecord.objects.filter(pk__in=replaced).update(is_current=False)
    rows, doubts = _build(fresh, known, file_name)
    NationalRecord.objects.bulk_create(rows)
    RecordDoubt.objects.bulk_create(doubts, batch_size=1000)
    report.published = _publish(rows, doubts, known, {one.told.code: one.told for one in fresh})
    report.waiting = len(rows) - report.published
    _tell(actor, rows, known)
    report.quarantined = count_doubts(doubt for doubt in doubts if doubt.settled_at is None)
    return report


def count_doubts(doubts: Iterable[Doubt | RecordDoubt]) -> Counter[tuple[str, str]]:
    """By kind of field and reason."""
    return Counter((get_whole_kind(doubt.field), str(doubt.reason)) for doubt in doubts)


def _read_known(codes: Sequence[str]) -> _Known:
    rows = NationalRecord.objects.filter(is_current=True, code__in=codes).defer("told", "source")
    found = {row.code: row for row in rows}
    answers: dict[str, dict[str, RecordDoubt]] = {}
    settled = RecordDoubt.objects.filter(record__in=found.values(), settled_at__isnull=False)
    for doubt in settled.select_related("record").defer("record__told", "record__source"):
        answers.setdefault(doubt.record.code, {})[doubt.likeness] = doubt
    by_text = ProcedureVersion.objects.as_of(today()).filter(procedure__code__in=codes)
    own = by_text.filter(national_records__isnull=True).values_list("procedure__code", flat=True)
    functions = AgencyFunction.objects.as_of(today()).values_list("function", flat=True)
    return _Known(found, answers, frozenset(own), frozenset(functions))


def _build(
    fresh: Iterable[ReadRecord], known: _Known, file_name: str
) -> tuple[list[NationalRecord], list[RecordDoubt]]:
    rows: list[NationalRecord] = []
    doubts: list[RecordDoubt] = []
    moment, day = now(), today()
    for one in fresh:
        row = _build_row(one, known, day)
        row.imported_at, row.file_name = moment, file_name[:200]
        found = _build_doubts(row, one.told, known.answers.get(row.code, {}))
        row.open_doubts = sum(doubt.settled_at is None for doubt in found)
        row.state = RecordState.WAITING if row.open_doubts else RecordState.READY
        rows.append(row)
        doubts += found
    return rows, doubts


def _build_row(one: ReadRecord, known: _Known, day: dt.date) -> NationalRecord:
    told, before = one.told, known.rows.get(one.told.code)
    competence = find_competence(told.levels, told.agency, known.functions)
    row = NationalRecord(
        code=told.code,
        name=told.name,
        sector=told.sector[:200],
        imported_on=day,
        fingerprint=one.fingerprint,
        told=told.as_plain(),
        source=dict(one.source),
        search_text=fold(" | ".join([told.code, told.name, told.sector, told.agency])),
        level=competence.level,
        owner_function=competence.owner_function,
        is_competence_settled=competence.is_settled,
    )
    if before is not None and before.is_competence_settled and not competence.is_settled:
        row.level, row.owner_function, row.is_competence_settled = before.level, before.owner_function, True
    if before is not None:
        row.term_value, row.term_unit = before.term_value, before.term_unit
    return row


def _build_doubts(
    row: NationalRecord, told: PublishedProcedure, answers: Mapping[str, RecordDoubt]
) -> list[RecordDoubt]:
    """What an official has settled once is not asked again while the text is the same."""
    built = []
    for ordinal, doubt in enumerate(told.doubts):
        likeness = compute_likeness(doubt.field, doubt.reason, doubt.raw)
        before = answers.get(likeness)
        built.append(
            RecordDoubt(
                record=row,
                ordinal=ordinal,
                field=doubt.field,
                reason=doubt.reason.value,
                raw=doubt.raw,
                likeness=likeness,
                value=before.value if before else None,
                settled_at=before.settled_at if before else None,
                settled_by_id=before.settled_by_id if before else None,
            )
        )
    return built


def _publish(
    rows: Sequence[NationalRecord],
    doubts: Iterable[RecordDoubt],
    known: _Known,
    told_by_code: Mapping[str, PublishedProcedure],
) -> int:
    answers: dict[UUID, list[tuple[str, Any]]] = {}
    for doubt in doubts:
        answers.setdefault(doubt.record_id, []).append((doubt.field, doubt.value))
    ready = [
        (row, settle(row.told, answers[row.pk]) if row.pk in answers else told_by_code[row.code])
        for row in rows
        if row.state == RecordState.READY and row.code not in known.own
    ]
    there = set(
        Procedure.objects.filter(code__in=[row.code for row, _ in ready]).values_list("code", flat=True)
    )
    place_first_versions([(row, told) for row, told in ready if row.code not in there])
    for row, told in ready:
        if row.code in there:
            place_version(row, told)
    return len(ready)


def _tell(actor: Actor, rows: Iterable[NationalRecord], known: _Known) -> None:
    for row in rows:
        before = known.rows.get(row.code)
        record(
            stream=row.stream,
            action="onestop.record_imported",
            actor=actor,
            detail={
                **describe_publication(row),
                "fingerprint": row.fingerprint,
                "open_doubts": row.open_doubts,
                "replaces": str(before.pk) if before else "",
            },
        )
