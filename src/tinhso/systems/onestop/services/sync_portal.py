"""Telling the National Portal: a claim, then the call outside of any transaction, then what came of it.

Nothing is queued: a dossier is behind while the revision the portal acknowledged is older than its own. So no
action can be forgotten, an outage of days costs no memory, and what is sent is always the present state.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import structlog
from django.db.models import Q, QuerySet

from tinhso.kernel.audit.journal import record
from tinhso.kernel.http import OutboundFailedError, OutboundRefusedError
from tinhso.kernel.ids import new_id
from tinhso.kernel.moment import now
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..clients.national_portal import (
    DossierPackets,
    NotUnderstoodError,
    PortalRefusedError,
    PortalUnreachableError,
    is_connected,
    send_packets,
)
from ..errors import DossierNotFoundError
from ..models import Dossier, PortalContact, PortalSync
from ..permissions import RUN_PORTAL
from ..selectors.packets import build_packets
from ..selectors.portal import TOLD_DOSSIERS, find_sendable

log = structlog.get_logger(__name__)

BATCH = 50
SECONDS_OF_A_RUN = 45
"""The job comes every minute."""
LEASE = dt.timedelta(minutes=5)
"""Longer than a call with all its attempts may take."""
FIRST_WAIT = dt.timedelta(minutes=10)
LONGEST_WAIT = dt.timedelta(hours=24)
ODD_ANSWERS = 5
"""So many answers in a row that make no sense: the portal is ill, not the dossiers."""


@dataclass(frozen=True, slots=True)
class Claim:
    dossier_id: UUID
    revision: int
    last_sequence: int
    leased_until: dt.datetime
    """Marks the claim: one that was taken over, or set back by an operator, settles nothing."""
    packets: DossierPackets


class StoppedError(Exception):
    """The portal cannot be spoken to; the run ends, the rest stays behind."""


def sync_waiting(
    *, send: Callable[[DossierPackets], None] = send_packets, seconds: float = SECONDS_OF_A_RUN
) -> int:
    """Send what the portal does not know, oldest first, until nothing is left or the time is up.

    Returns how many dossiers were acknowledged. An unreachable portal ends the run after one attempt.
    """
    if not is_connected():
        return 0
    ends_at = time.monotonic() + seconds
    run = _Run(send)
    seen: set[UUID] = set()
    try:
        while ids := _find_next(seen):
            for dossier_id in ids:
                if time.monotonic() > ends_at:
                    return run.sent_count
                seen.add(dossier_id)
                run.send_one(dossier_id)
    except StoppedError:
        pass
    finally:
        run.write_contact()
    return run.sent_count


def _find_next(seen: set[UUID]) -> list[UUID]:
    rows = find_sendable(now()).exclude(pk__in=seen)
    return list(rows.values_list("pk", flat=True)[:BATCH])


class _Run:
    """One run of the job, and what it will say of the portal."""

    def __init__(self, send: Callable[[DossierPackets], None]) -> None:
        self.send = send
        self.sent_count = 0
        self.outcome = ""
        self.message = ""
        self.odd_answers = 0

    def send_one(self, dossier_id: UUID) -> None:
        claim = claim_dossier(dossier_id=dossier_id)
        if claim is None:
            return
        try:
            self.send(claim.packets)
        except PortalRefusedError as refusal:
            self._note("refused", str(refusal))
            self.odd_answers = 0
            note_refusal(claim=claim, refusal=str(refusal))
        except NotUnderstoodError as answer:
            self._note("not_understood", str(answer))
            note_refusal(claim=claim, refusal=f"? {answer}")
            self.odd_answers += 1
            if self.odd_answers >= ODD_ANSWERS:
                raise StoppedError from answer
        except (PortalUnreachableError, OutboundFailedError, OutboundRefusedError) as failure:
            self._note(_describe(failure), "")
            release_claim(claim=claim)
            raise StoppedError from failure
        else:
            self._note("acknowledged", "")
            self.odd_answers = 0
            self.sent_count += 1
            note_acknowledgement(claim=claim)

    def _note(self, outcome: str, message: str) -> None:
        self.outcome, self.message = outcome, message

    def write_contact(self) -> None:
        if self.outcome:
            PortalContact.objects.create(
                at=now(), outcome=self.outcome, message=self.message[:300], sent_count=self.sent_count
            )


def _describe(failure: PortalUnreachableError | OutboundFailedError | OutboundRefusedError) -> str:
    if isinstance(failure, PortalUnreachableError):
        return failure.reason[:40]
    return str(failure.details.get("reason", "not_allowed"))[:40]


@service
def claim_dossier(*, dossier_id: UUID) -> Claim | None:
    """Take the dossier for this process and write down what will be said; None when another one has it."""
    at = now()
    PortalSync.objects.bulk_create([PortalSync(dossier_id=dossier_id)], ignore_conflicts=True)
    is_free = Q(leased_until=None) | Q(leased_until__lt=at)
    until = at + LEASE
    if not PortalSync.objects.filter(is_free, pk=dossier_id).update(leased_until=until):
        return None
    dossier = (
        Dossier.objects.select_related(
            "version__procedure",
            "intake_agency",
            "resolving_agency",
            "account",
            "portal_sync",
            "portal_arrival",
        )
        .defer("version__content")
        .prefetch_related("papers", "results")
        .get(pk=dossier_id)
    )
    packets, last = build_packets(dossier, after_sequence=dossier.portal_sync.acknowledged_sequence)
    return Claim(dossier.pk, dossier.revision, last, until, packets)


@service
def note_acknowledgement(*, claim: Claim) -> None:
    is_settled = _held(claim).update(
        acknowledged_sequence=claim.last_sequence,
        acknowledged_at=now(),
        leased_until=None,
        attempts=0,
        next_try_at=None,
        refused_revision=None,
        refusal="",
    )
    if is_settled:
        Dossier.objects.filter(pk=claim.dossier_id).update(portal_revision=claim.revision)


@service
def note_refusal(*, claim: Claim, refusal: str) -> None:
    """Tried again ever more seldom, at once when the dossier changes or an operator says so."""
    sync = _held(claim).select_for_update().first()
    if sync is None:
        return
    wait = min(FIRST_WAIT * 2 ** min(sync.attempts, 10), LONGEST_WAIT)
    sync.attempts += 1
    sync.next_try_at = now() + wait
    sync.refused_revision = claim.revision
    sync.refusal = refusal[:300]
    sync.leased_until = None
    sync.save()


@service
def release_claim(*, claim: Claim) -> None:
    _held(claim).update(leased_until=None)


def _held(claim: Claim) -> QuerySet[PortalSync]:
    return PortalSync.objects.filter(pk=claim.dossier_id, leased_until=claim.leased_until)


@service
def send_again(*, actor: Actor, dossier_id: UUID, whole: bool = False) -> None:
    """Try at the next run; `whole` tells the dossier from its first entry on, as after a loss on the other side."""
    actor.require(RUN_PORTAL)
    dossier = TOLD_DOSSIERS.rows(actor).filter(pk=dossier_id).first()
    if dossier is None:
        raise DossierNotFoundError
    PortalSync.objects.bulk_create([PortalSync(dossier=dossier)], ignore_conflicts=True)
    _set_back([dossier.pk], whole=whole)
    record(
        stream=f"onestop.portal_replay:{new_id()}",
        action="onestop.portal_replayed",
        actor=actor,
        detail={"dossier": dossier.code, "whole": whole},
    )


@service
def send_again_since(*, actor: Actor, since: dt.date) -> int:
    """Tell every dossier acknowledged on or after a day again, from its first entry on. Returns how many."""
    actor.require(RUN_PORTAL)
    lost = PortalSync.objects.filter(acknowledged_at__date__gte=since, dossier__in=TOLD_DOSSIERS.rows(actor))
    ids = list(lost.values_list("pk", flat=True))
    _set_back(ids, whole=True)
    record(
        stream=f"onestop.portal_replay:{new_id()}",
        action="onestop.portal_replayed",
        actor=actor,
        detail={"since": since.isoformat(), "count": len(ids)},
    )
    return len(ids)


def _set_back(dossier_ids: list[UUID], *, whole: bool) -> None:
    rows = PortalSync.objects.filter(pk__in=dossier_ids)
    rows.update(next_try_at=None, refused_revision=None, leased_until=None)
    if whole:
        rows.update(acknowledged_sequence=0)
        Dossier.objects.filter(pk__in=dossier_ids).update(portal_revision=0)
