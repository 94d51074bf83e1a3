"""A small system that only these tests know: parcels are sent, and somebody reacts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db import connection

from tinhso.kernel.audit.journal import record
from tinhso.kernel.errors import StaleActionError
from tinhso.kernel.events import Event, emit
from tinhso.kernel.people.actor import SYSTEM
from tinhso.kernel.registry import Handler, Job, SystemManifest
from tinhso.kernel.services import service


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelSent(Event):
    name: ClassVar[str] = "parcels.parcel_sent"

    parcel_id: UUID
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelLost(Event):
    name: ClassVar[str] = "parcels.parcel_lost"

    parcel_id: UUID


@service
def send_parcel(*, parcel_id: UUID, note: str = "") -> None:
    emit(ParcelSent(parcel_id=parcel_id, note=note))


@service
def lose_parcel(*, parcel_id: UUID) -> None:
    emit(ParcelLost(parcel_id=parcel_id))


@service
def send_and_refuse(*, parcel_id: UUID) -> None:
    emit(ParcelSent(parcel_id=parcel_id))
    raise StaleActionError


@service
def weigh(*, event: ParcelSent) -> None:
    record(stream=f"parcels.parcel:{event.parcel_id}", action="parcels.weighed", actor=SYSTEM)


@service
def stamp(*, event: ParcelSent) -> None:
    record(stream=f"parcels.parcel:{event.parcel_id}", action="parcels.stamped", actor=SYSTEM)
    if event.note:
        raise ValueError(f"no stamp for {event.note}")


def on_sent_weigh(event: ParcelSent) -> None:
    weigh(event=event)


def on_sent_stamp(event: ParcelSent) -> None:
    stamp(event=event)


in_transaction: list[bool] = []


def on_sent_telephone(event: ParcelSent) -> None:
    in_transaction.append(connection.in_atomic_block)


def count_parcels() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def fail_to_count() -> None:
    raise StaleActionError


WEIGH = Handler(ParcelSent, on_sent_weigh)
STAMP = Handler(ParcelSent, on_sent_stamp)
TELEPHONE = Handler(ParcelSent, on_sent_telephone, calls_out=True)
COUNT = Job(name="parcels.count", run=count_parcels, cron="0 7 * * *")
FAIL = Job(name="parcels.fail", run=fail_to_count, cron="*/5 * * * *")


def make_manifest(*handlers: Handler, jobs: tuple[Job, ...] = ()) -> SystemManifest:
    return SystemManifest(
        code="parcels", label="Parcels", publishes=(ParcelSent, ParcelLost), handlers=handlers, jobs=jobs
    )
