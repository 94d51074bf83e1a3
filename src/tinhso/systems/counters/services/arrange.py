"""The room of an agency: its lines, its desks, its key. Each change is in the history."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from tinhso.kernel.audit.journal import record
from tinhso.kernel.errors import InvalidInputError
from tinhso.kernel.ids import new_id
from tinhso.kernel.people.actor import Actor
from tinhso.kernel.services import service

from ..errors import DeskNotFoundError, DeskTakenError, LetterTakenError, LineNotFoundError
from ..models import Desk, Line, Room
from ..permissions import ARRANGE
from ..selectors import ARRANGED_DESKS, ARRANGED_LINES


@service
def open_room(*, actor: Actor, agency_id: UUID) -> Room:
    """The agency's room with its key; the one there is when there is one."""
    actor.require(ARRANGE, agency_id)
    room, is_new = Room.objects.get_or_create(agency_id=agency_id, defaults={"key": _new_key()})
    if is_new:
        _write(actor, "room_opened", agency_id)
    return room


@service
def renew_key(*, actor: Actor, agency_id: UUID) -> None:
    """New addresses for the kiosk and the screen; the old ones, and slips opened on phones, lead nowhere."""
    actor.require(ARRANGE, agency_id)
    Room.objects.filter(agency_id=agency_id).update(key=_new_key())
    _write(actor, "key_renewed", agency_id)


@service
def add_line(*, actor: Actor, agency_id: UUID, letter: str, name: str, name_en: str = "") -> Line:
    """Errors: InvalidInputError (letter, name), LetterTakenError."""
    actor.require(ARRANGE, agency_id)
    letter = letter.strip().upper()
    if len(letter) != 1 or not "A" <= letter <= "Z":
        raise InvalidInputError({"letter": "A–Z"})
    if not name.strip():
        raise InvalidInputError({"name": "name"})
    try:
        with transaction.atomic():
            line = Line.objects.create(
                agency_id=agency_id, letter=letter, name=name.strip(), name_en=name_en.strip()
            )
    except IntegrityError as error:
        raise LetterTakenError(letter=letter) from error
    _write(actor, "line_added", agency_id, letter=letter, name=line.name)
    return line


@service
def set_line_open(*, actor: Actor, line_id: UUID, is_open: bool) -> None:
    """A closed line gives no more numbers; those given are still called."""
    line = ARRANGED_LINES.rows(actor).filter(pk=line_id).first()
    if line is None:
        raise LineNotFoundError
    Line.objects.filter(pk=line.pk).update(is_open=is_open)
    _write(actor, "line_opened" if is_open else "line_closed", line.agency_id, letter=line.letter)


@service
def add_desk(*, actor: Actor, agency_id: UUID, number: int, line_ids: Sequence[UUID] = ()) -> Desk:
    """A desk that serves the lines named, all of them when none is. Errors: DeskTakenError, LineNotFoundError."""
    actor.require(ARRANGE, agency_id)
    if not 1 <= number <= 99:
        raise InvalidInputError({"number": "1–99"})
    lines = list(Line.objects.filter(agency_id=agency_id, pk__in=line_ids))
    if len(lines) != len(set(line_ids)):
        raise LineNotFoundError
    try:
        with transaction.atomic():
            desk = Desk.objects.create(agency_id=agency_id, number=number)
    except IntegrityError as error:
        raise DeskTakenError(desk=number) from error
    desk.lines.set(lines)
    _write(actor, "desk_added", agency_id, desk=number, lines=[line.letter for line in lines])
    return desk


@service
def set_desk_open(*, actor: Actor, desk_id: UUID, is_open: bool) -> None:
    desk = ARRANGED_DESKS.rows(actor).filter(pk=desk_id).first()
    if desk is None:
        raise DeskNotFoundError
    Desk.objects.filter(pk=desk.pk).update(is_open=is_open)
    _write(actor, "desk_opened" if is_open else "desk_closed", desk.agency_id, desk=desk.number)


def _new_key() -> str:
    return secrets.token_urlsafe(12)


def _write(actor: Actor, action: str, agency_id: UUID, **detail: object) -> None:
    record(
        stream=f"counters.arrangement:{new_id()}",
        action=f"counters.{action}",
        actor=actor,
        detail=detail,
        agency_id=agency_id,
    )
