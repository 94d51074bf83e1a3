"""Our book of a day against the platform's list of it: what is missing here or there, other sums, other states."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from tinhso.kernel.errors import NotPermittedError
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import SYSTEM, Actor
from tinhso.kernel.services import service

from ..clients.payment_platform import StatementRow, fetch_statement, read_statement
from ..data.payment_states import AttemptState, DifferenceKind
from ..errors import PaymentNotFoundError, ReasonMissingError
from ..models import Difference, PaymentAttempt, ReconciledDay
from ..permissions import KEEP_ACCOUNTS
from ..selectors.reconciliations import find_differences

FETCHED, UPLOADED = "fetched", "uploaded"


@dataclass(frozen=True, slots=True)
class Found:
    """A difference before it is written down."""

    kind: DifferenceKind
    reference: str
    attempt: PaymentAttempt | None
    row: StatementRow | None


def reconcile_with_platform(*, actor: Actor, on: dt.date) -> None:
    """Fetch the platform's list of the day and compare.

    Errors: NotPermittedError, PaymentPlatformOffError, PlatformRefusedError, StatementUnreadableError, and those
    of `kernel.http`.
    """
    if not actor.may(KEEP_ACCOUNTS):
        raise NotPermittedError
    rows = read_statement(fetch_statement(on), on)
    compare_day(actor=actor, on=on, rows=rows, source=FETCHED)


def reconcile_with_file(*, actor: Actor, on: dt.date, text: str) -> None:
    """The same with a list that an officer brings. Errors: NotPermittedError, StatementUnreadableError."""
    compare_day(actor=actor, on=on, rows=read_statement(text, on), source=UPLOADED)


@service
def compare_day(*, actor: Actor, on: dt.date, rows: Sequence[StatementRow], source: str) -> None:
    """Write down how the two books stand now. A difference of an earlier run that is gone is settled by itself;
    what an officer has settled stays settled."""
    if not actor.may(KEEP_ACCOUNTS):
        raise NotPermittedError
    moment = now()
    ours = list(_find_ours(on))
    named = {attempt.reference for attempt in ours}
    theirs = {row.reference: row for row in rows}
    others = PaymentAttempt.objects.filter(reference__in=theirs.keys() - named)
    known = {attempt.reference: attempt for attempt in [*ours, *others]}
    paid = [row for row in rows if row.state is AttemptState.PAID]
    day, _is_new = ReconciledDay.objects.update_or_create(
        on=on,
        defaults={
            "run_at": moment,
            "run_by_id": actor.account_id,
            "source": source,
            "our_count": len(ours),
            "our_vnd": sum(attempt.amount_vnd for attempt in ours),
            "their_count": len(paid),
            "their_vnd": sum(row.amount_vnd for row in paid),
        },
    )
    _write(day, list(_compare(ours, known, theirs)), moment)


@service
def settle_difference(*, actor: Actor, difference_id: UUID, remark: str) -> None:
    """An officer has dealt with it and says how. Raises PaymentNotFoundError, ReasonMissingError."""
    difference = find_differences(actor).select_for_update(of=("self",)).filter(pk=difference_id).first()
    if difference is None:
        raise PaymentNotFoundError
    if not remark.strip():
        raise ReasonMissingError
    if difference.settled_at is not None:
        return
    difference.settled_at, difference.settled_by_id = now(), actor.account_id
    difference.remark = remark.strip()[:500]
    difference.save(update_fields=["settled_at", "settled_by_id", "remark"])


def _find_ours(on: dt.date) -> Iterable[PaymentAttempt]:
    """What we hold as paid through the platform on the day."""
    start = timezone.make_aware(dt.datetime.combine(on, dt.time()))
    rows = PaymentAttempt.objects.filter(state=AttemptState.PAID, settled_at__gte=start)
    return rows.filter(settled_at__lt=start + dt.timedelta(days=1)).order_by("pk")


def _compare(
    ours: Iterable[PaymentAttempt], known: dict[str, PaymentAttempt], theirs: dict[str, StatementRow]
) -> Iterator[Found]:
    for attempt in ours:
        if attempt.reference not in theirs:
            yield Found(DifferenceKind.MISSING_THERE, attempt.reference, attempt, None)
    for reference, row in theirs.items():
        attempt_known = known.get(reference)
        if attempt_known is None:
            yield Found(DifferenceKind.MISSING_HERE, reference, None, row)
            continue
        is_paid_here = attempt_known.state == AttemptState.PAID
        if row.amount_vnd != attempt_known.amount_vnd:
            yield Found(DifferenceKind.AMOUNT, reference, attempt_known, row)
        if is_paid_here != (row.state is AttemptState.PAID):
            yield Found(DifferenceKind.STATE, reference, attempt_known, row)


def _write(day: ReconciledDay, found: Sequence[Found], at: dt.datetime) -> None:
    standing = {(d.kind, d.reference): d for d in day.differences.select_for_update()}
    for one in found:
        previous = standing.pop((one.kind.value, one.reference), None)
        if previous is not None and (previous.settled_at is None or previous.settled_by_id is not None):
            continue
        Difference.objects.update_or_create(
            day=day, kind=one.kind, reference=one.reference, defaults=_describe(one, at)
        )
    gone = [difference.pk for difference in standing.values() if difference.settled_at is None]
    Difference.objects.filter(pk__in=gone).update(settled_at=at)


def _describe(one: Found, at: dt.datetime) -> dict[str, object]:
    return {
        "attempt": one.attempt,
        "our_vnd": one.attempt.amount_vnd if one.attempt else None,
        "their_vnd": one.row.amount_vnd if one.row else None,
        "our_state": one.attempt.state if one.attempt else "",
        "their_state": one.row.state or "" if one.row else "",
        "found_at": at,
        "settled_at": None,
        "settled_by_id": None,
    }


def reconcile_yesterday() -> None:
    """For the nightly job. Errors as `reconcile_with_platform`."""
    yesterday = timezone.localdate(now()) - dt.timedelta(days=1)
    reconcile_with_platform(actor=SYSTEM, on=yesterday)
