"""Imported records of the national portal, for who looks after the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, Value

from tinhso.kernel.moment import today
from tinhso.kernel.orgs.models import AgencyFunction, AgencyLevel
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.search.folding import fold_words

from ..choices import RecordState
from ..data.national.answers import get_row, settle
from ..data.national.reasons import Reason
from ..data.national.record import PublishedProcedure
from ..errors import RecordNotFoundError
from ..models import NationalRecord, ProcedureVersion, RecordDoubt
from ..permissions import MANAGE_CATALOGUE
from .record_words import KINDS, REASONS

PAGE = 30


def get_settled(row: NationalRecord) -> PublishedProcedure:
    """The record with the officials' answers in their places."""
    answers = row.doubts.filter(settled_at__isnull=False).order_by("ordinal").values_list("field", "value")
    return settle(row.told, answers)


def get_record(actor: Actor, code: str) -> NationalRecord:
    """The record of a code as it was imported last. Raises RecordNotFoundError."""
    actor.require(MANAGE_CATALOGUE)
    row = NationalRecord.objects.filter(code=code, is_current=True).select_related("version").first()
    if row is None:
        raise RecordNotFoundError
    return row


@dataclass(frozen=True, slots=True)
class RecordFilter:
    state: str = ""
    level: str = ""
    kind: str = ""
    """Kind of field in doubt, e.g. `channels.fee_vnd`."""
    reason: str = ""
    query: str = ""


def find_records(actor: Actor, chosen: RecordFilter, after: str = "") -> list[NationalRecord]:
    """A page of records by code, and one more where there is a next page; without what they say."""
    actor.require(MANAGE_CATALOGUE)
    rows = NationalRecord.objects.filter(is_current=True, code__gt=after)
    for name in ("state", "level"):
        if value := getattr(chosen, name):
            rows = rows.filter(**{name: value})
    for word in fold_words(chosen.query):
        rows = rows.filter(search_text__contains=word)
    if chosen.kind or chosen.reason:
        doubts = _find_open().filter(record=OuterRef("pk"))
        if chosen.reason:
            doubts = doubts.filter(reason=chosen.reason)
        if chosen.kind:
            doubts = doubts.filter(field__regex=_write_pattern(chosen.kind))
        rows = rows.filter(Exists(doubts))
    return list(
        rows.select_related("version")
        .defer("told", "source", "version__content")
        .order_by("code")[: PAGE + 1]
    )


def _find_open() -> QuerySet[RecordDoubt]:
    return RecordDoubt.objects.filter(settled_at__isnull=True, record__is_current=True)


def _write_pattern(kind: str) -> str:
    """`channels.fee_vnd` finds `channels[0].fee_vnd`."""
    head, dot, leaf = kind.partition(".")
    return rf"^{re.escape(head)}(\[[0-9]+\])?{re.escape(dot + leaf)}$"


def count_states(actor: Actor) -> dict[str, int]:
    actor.require(MANAGE_CATALOGUE)
    rows = NationalRecord.objects.filter(is_current=True).values_list("state").annotate(count=Count("pk"))
    return dict(rows.order_by())


def count_waiting_records(actor: Actor) -> int:
    """For the menu."""
    if not actor.may(MANAGE_CATALOGUE):
        return 0
    return NationalRecord.objects.filter(is_current=True, state=RecordState.WAITING).count()


@dataclass(frozen=True, slots=True)
class Group:
    """Fields of one kind in doubt for one reason."""

    kind: str
    reason: str
    count: int

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.reason}"

    @property
    def words(self) -> str:
        """Phí, lệ phí: mức phí dưới 1.000 đồng."""
        reason = str(REASONS[Reason(self.reason)])
        return f"{KINDS[self.kind]}: {reason[:1].lower()}{reason[1:]}"


def count_reasons(actor: Actor) -> list[Group]:
    """Everything in quarantine, by kind of field and reason, the most frequent first."""
    actor.require(MANAGE_CATALOGUE)
    kind = Func(F("field"), Value(r"\[[0-9]+\]"), Value(""), function="regexp_replace")
    rows = _find_open().annotate(kind=kind).values_list("kind", "reason").annotate(count=Count("pk"))
    return [Group(*row) for row in rows.order_by("-count", "kind", "reason")]


def find_reasons(record_ids: Iterable[UUID]) -> Mapping[UUID, list[tuple[str, int]]]:
    """Why each of these records waits: the reason in words, and in how many rows of the text."""
    rows = RecordDoubt.objects.filter(record__in=list(record_ids), settled_at__isnull=True)
    places: dict[UUID, dict[str, set[str]]] = {}
    for pk, field, reason in rows.order_by("record_id", "ordinal").values_list(
        "record_id", "field", "reason"
    ):
        places.setdefault(pk, {}).setdefault(reason, set()).add(get_row(field))
    return {
        pk: [(str(REASONS[Reason(reason)]), len(found)) for reason, found in reasons.items()]
        for pk, reasons in places.items()
    }


def count_alike(doubts: Iterable[RecordDoubt]) -> dict[str, int]:
    """By likeness: how many other records have the same text in doubt for the same reason."""
    wanted = {doubt.likeness: doubt.record_id for doubt in doubts}
    rows = _find_open().filter(likeness__in=wanted).exclude(record__in=set(wanted.values()))
    return dict(rows.values_list("likeness").annotate(count=Count("record", distinct=True)).order_by())


@dataclass(frozen=True, slots=True)
class Standing:
    """How the catalogue stands with the public."""

    in_force: int
    filed_here: int

    @property
    def only_read(self) -> int:
        return self.in_force - self.filed_here


def get_standing() -> Standing:
    rows = ProcedureVersion.objects.as_of(today())
    counts = rows.aggregate(in_force=Count("pk"), filed_here=Count("pk", filter=Q(is_filed_here=True)))
    return Standing(**counts)


def find_own_codes(codes: Iterable[str]) -> set[str]:
    """Those of which the procedure in force goes by the province's own text, form and process."""
    rows = ProcedureVersion.objects.as_of(today()).filter(procedure__code__in=list(codes))
    return set(rows.filter(national_records__isnull=True).values_list("procedure__code", flat=True))


def find_provincial_owners() -> list[tuple[str, str]]:
    """Functions some agency of the province holds today, each with the agency's name."""
    rows = AgencyFunction.objects.as_of(today()).filter(agency__level=AgencyLevel.PROVINCE)
    named = rows.order_by("agency__name", "function").values_list("function", "agency__short_name")
    return [(function, name) for function, name in named.distinct()]
