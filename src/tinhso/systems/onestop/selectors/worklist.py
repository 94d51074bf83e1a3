"""The worklist of an agency: what is overdue first, what is due next, then what waits."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from tinhso.kernel.moment import now, today
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.web.formats import is_english

from ..choices import CLOSED_STATUSES, OPEN_STATUSES, PAUSED_STATUSES, RUNNING_STATUSES, DossierStatus
from ..data.screens import WorkGroup, WorkPage, WorkRow
from ..models import Dossier, DossierStep, ProcedureVersion
from .dossiers import find_dossiers
from .rings import Ring, find_rings

PAGE_SIZE = 50

TABS = ("mine", "overdue", "today", "new", "waiting", "submitted", "agency", "closed")


@dataclass(frozen=True, slots=True)
class WorkFilter:
    tab: str = "mine"
    procedure: str = ""
    channel: int | None = None
    query: str = ""
    month: str = ""
    """YYYY-MM: decided in that month by the agency; with the tab "closed" only."""
    agency_id: UUID | None = None
    """Another agency than the one chosen in the switcher, when the actor may see it."""
    holder_id: UUID | None = None
    """Who has taken the step it lies at."""
    is_unheld: bool = False
    """Nobody has taken it."""

    @property
    def is_closed(self) -> bool:
        return self.tab == "closed"

    @property
    def is_narrowed(self) -> bool:
        """Something besides the tab was chosen."""
        return bool(self.query or self.procedure or self.channel or self.holder_id or self.is_unheld)


def find_work(actor: Actor, chosen: WorkFilter, cursor: str = "") -> WorkPage:
    """One page of at most 50 rows, in the order of need, under the actor's rights."""
    rows = _narrow(actor, chosen)
    order = ("-closed_at", "-id") if chosen.is_closed else ("due_at", "id")
    rows = _after(rows, cursor, is_closed=chosen.is_closed)
    ordered = (
        rows.order_by(F("due_at").asc(nulls_last=True), "id")
        if not chosen.is_closed
        else rows.order_by(*order)
    )
    step = DossierStep.objects.filter(dossier=OuterRef("pk"), ordinal=OuterRef("step_ordinal")).values(
        "name"
    )[:1]
    found = list(
        ordered.annotate(
            step_name=Subquery(step.values(said=in_reading_language("name"))[:1]),
            procedure_name=in_reading_language("version__name"),
            assignee_name=F("assignee__full_name"),
        ).only(*ROW_FIELDS)[: PAGE_SIZE + 1]
    )
    page = as_rows(found[:PAGE_SIZE])
    has_more = len(found) > PAGE_SIZE
    return WorkPage(
        groups=tuple(group_rows(page, is_closed=chosen.is_closed)),
        next_cursor=_cursor(found[PAGE_SIZE - 1], is_closed=chosen.is_closed) if has_more else "",
    )


def in_reading_language(field: str) -> Combinable:
    """The English beside a Vietnamese name where the reader reads English and there is one."""
    if not is_english():
        return F(field)
    return Coalesce(NullIf(f"{field}_en", Value("")), field)


def count_work(actor: Actor) -> dict[str, int]:
    """How many dossiers lie under each saved filter; one query over the open rows of the agency."""
    start, end = _day_bounds()
    return _open_at_agency(actor).aggregate(
        mine=Count("pk", filter=_mine(actor)),
        overdue=Count("pk", filter=Q(due_at__lt=now())),
        today=Count("pk", filter=Q(due_at__gte=start, due_at__lt=end)),
        new=Count("pk", filter=Q(status=DossierStatus.REGISTERED)),
        waiting=Count("pk", filter=Q(status__in=PAUSED_STATUSES)),
        submitted=Count("pk", filter=Q(is_submitted=True)),
        agency=Count("pk"),
    )


def count_mine(actor: Actor) -> int:
    return _open_at_agency(actor).filter(_mine(actor)).count()


def _open_at_agency(actor: Actor, agency_id: UUID | None = None) -> QuerySet[Dossier]:
    return find_dossiers(actor).filter(
        handling_agency_id=agency_id or actor.agency_id, status__in=OPEN_STATUSES
    )


def _closed_at_agency(actor: Actor, chosen: WorkFilter) -> QuerySet[Dossier]:
    rows = find_dossiers(actor).filter(
        resolving_agency_id=chosen.agency_id or actor.agency_id, status__in=CLOSED_STATUSES
    )
    try:
        since = timezone.make_aware(dt.datetime.fromisoformat(f"{chosen.month}-01"))
    except ValueError:
        return rows
    until = (since + dt.timedelta(days=32)).replace(day=1)
    return rows.filter(decided_at__gte=since, decided_at__lt=until)


def _mine(actor: Actor) -> Q:
    """What I have taken, and what nobody has taken yet and is not on the leader's desk."""
    free = Q(
        assignee_id__isnull=True, is_submitted=False, status__in=(DossierStatus.REGISTERED, *RUNNING_STATUSES)
    )
    return Q(assignee_id=actor.account_id) | free


def _narrow(actor: Actor, chosen: WorkFilter) -> QuerySet[Dossier]:
    start, end = _day_bounds()
    rows = _closed_at_agency(actor, chosen) if chosen.is_closed else _open_at_agency(actor, chosen.agency_id)
    conditions = {
        "mine": _mine(actor),
        "overdue": Q(due_at__lt=now()),
        "today": Q(due_at__gte=start, due_at__lt=end),
        "new": Q(status=DossierStatus.REGISTERED),
        "waiting": Q(status__in=PAUSED_STATUSES),
        "submitted": Q(is_submitted=True),
    }
    if chosen.tab in conditions:
        rows = rows.filter(conditions[chosen.tab])
    if chosen.procedure:
        rows = rows.filter(version__procedure__code=chosen.procedure)
    if chosen.channel:
        rows = rows.filter(channel=chosen.channel)
    if chosen.holder_id:
        rows = rows.filter(assignee_id=chosen.holder_id, is_submitted=False)
    if chosen.is_unheld:
        rows = rows.filter(assignee_id__isnull=True, is_submitted=False)
    if chosen.query:
        rows = rows.filter(Q(code__icontains=chosen.query) | Q(applicant_name__folded_contains=chosen.query))
    return rows


ROW_FIELDS = (
    "id",
    "code",
    "revision",
    "applicant_name",
    "status",
    "channel",
    "filed_at",
    "accepted_at",
    "due_at",
    "decided_at",
    "closed_at",
    "extended_at",
    "is_submitted",
    "clock_events",
    "resolving_agency_id",
)


def as_rows(dossiers: Sequence[Dossier]) -> list[WorkRow]:
    """From dossiers with ROW_FIELDS, annotated with step_name, procedure_name and assignee_name."""
    rings = find_rings(dossiers)
    return [_as_row(dossier, rings.get(dossier.pk, Ring())) for dossier in dossiers]


def _as_row(dossier: Dossier, ring: Ring) -> WorkRow:
    return WorkRow(
        id=dossier.pk,
        code=dossier.code,
        revision=dossier.revision,
        procedure_name=getattr(dossier, "procedure_name", ""),
        applicant_name=dossier.applicant_name,
        status=dossier.status,
        step_name=getattr(dossier, "step_name", None) or "",
        assignee_name=getattr(dossier, "assignee_name", None) or "",
        channel=dossier.channel,
        filed_at=dossier.filed_at,
        accepted_at=dossier.accepted_at,
        due_at=dossier.due_at,
        decided_at=dossier.decided_at,
        is_extended=dossier.extended_at is not None,
        clock_state=get_clock_state(dossier.status),
        used_share=ring.used_share,
        paused_at=ring.paused_at,
    )


def get_clock_state(status: int) -> str:
    if status in RUNNING_STATUSES:
        return "running"
    if status in PAUSED_STATUSES:
        return "paused"
    if status in {DossierStatus.DECIDED, DossierStatus.RETURNED}:
        return "finished"
    return "not_started" if status == DossierStatus.REGISTERED else "stopped"


def group_rows(rows: Iterable[WorkRow], *, is_closed: bool = False) -> Iterable[WorkGroup]:
    """Rows in their order, cut into days of need."""
    groups: dict[str, list[WorkRow]] = {}
    moment, day = now(), today()
    for row in rows:
        groups.setdefault("closed" if is_closed else _need(row, moment, day), []).append(row)
    return [WorkGroup(key, tuple(found)) for key, found in groups.items()]


def _need(row: WorkRow, moment: dt.datetime, day: dt.date) -> str:
    if row.due_at is None:
        return (
            "new"
            if row.clock_state == "not_started"
            else "paused"
            if row.clock_state == "paused"
            else "later"
        )
    if row.due_at < moment:
        return "overdue"
    due_on = timezone.localdate(row.due_at)
    if due_on == day:
        return "today"
    return "tomorrow" if due_on == day + dt.timedelta(days=1) else "later"


def _day_bounds() -> tuple[dt.datetime, dt.datetime]:
    start = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return start, start + dt.timedelta(days=1)


def _cursor(dossier: Dossier, *, is_closed: bool) -> str:
    key = dossier.closed_at if is_closed else dossier.due_at
    raw = json.dumps([key.isoformat() if key else None, str(dossier.pk)])
    return base64.urlsafe_b64encode(raw.encode()).decode()


def _after(rows: QuerySet[Dossier], cursor: str, *, is_closed: bool) -> QuerySet[Dossier]:
    """Cut by key, never by offset. A cursor that was tampered with starts from the top."""
    try:
        key, last = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        at, pk = (dt.datetime.fromisoformat(key) if key else None), UUID(last)
    except (ValueError, TypeError):
        return rows
    if is_closed:
        return rows.filter(Q(closed_at__lt=at) | Q(closed_at=at, pk__lt=pk))
    if at is None:
        return rows.filter(due_at__isnull=True, pk__gt=pk)
    return rows.filter(Q(due_at__gt=at) | Q(due_at=at, pk__gt=pk) | Q(due_at__isnull=True))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where J and K lead from one dossier in the list "cần tôi xử lý"."""

    before: UUID | None
    after: UUID | None


def find_neighbours(actor: Actor, dossier: Dossier) -> Neighbours:
    rows = _open_at_agency(actor).filter(_mine(actor)).exclude(pk=dossier.pk)
    by_due = rows.filter(due_at__isnull=False)
    if dossier.due_at is None:
        waiting = rows.filter(due_at__isnull=True)
        before = waiting.filter(pk__lt=dossier.pk).order_by("-pk") or by_due.order_by("-due_at", "-pk")
        after = waiting.filter(pk__gt=dossier.pk).order_by("pk")
    else:
        place = Q(due_at=dossier.due_at)
        before = by_due.filter(Q(due_at__lt=dossier.due_at) | (place & Q(pk__lt=dossier.pk))).order_by(
            "-due_at", "-pk"
        )
        later = Q(due_at__gt=dossier.due_at) | (place & Q(pk__gt=dossier.pk)) | Q(due_at__isnull=True)
        after = rows.filter(later).order_by(F("due_at").asc(nulls_last=True), "pk")
    return Neighbours(
        before=before.values_list("pk", flat=True).first(), after=after.values_list("pk", flat=True).first()
    )


def find_used_procedures(actor: Actor) -> list[tuple[str, str]]:
    """Code and name of the procedures with open dossiers at the agency: what the filter offers."""
    rows = (
        ProcedureVersion.objects.filter(pk__in=_open_at_agency(actor).values("version"))
        .values_list("procedure__code", in_reading_language("name"))
        .distinct()
    )
    return sorted(rows, key=lambda row: row[1])
