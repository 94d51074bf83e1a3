from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from conftest import Cast
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tinhso.kernel.errors import NotPermittedError
from tinhso.kernel.moment import now, travel
from tinhso.kernel.people.models import Role, RoleAssignment

from ..choices import TicketState
from ..errors import (
    DeskClosedError,
    DeskNotFoundError,
    DeskTakenError,
    LetterTakenError,
    LineClosedError,
    LineNotFoundError,
    RoomNotFoundError,
    TicketEndedError,
)
from ..models import Desk, Line, Room, Ticket
from ..selectors import count_ahead, find_called, get_day_figures
from ..services.arrange import add_desk, add_line, open_room, renew_key, set_desk_open, set_line_open
from ..services.call_ticket import call_again, call_next, end_ticket, pass_on
from ..services.take_ticket import take_ticket


@pytest.fixture
def room(cast: Cast) -> Room:
    """Two lines, two desks: the first desk serves both lines, the second B only."""
    for name, role in (("officer", "counters.manager"), ("other_officer", "counters.officer")):
        agency = cast.ward if name == "officer" else cast.other_ward
        RoleAssignment.objects.create(
            account=getattr(cast, name),
            role=Role.objects.get(code=role),
            agency=agency,
            title="Trực quầy",
            valid_from=dt.date(2025, 7, 1),
        )
    actor = cast.actor("officer")
    opened = open_room(actor=actor, agency_id=cast.ward.pk)
    add_line(actor=actor, agency_id=cast.ward.pk, letter="a", name="Hộ tịch", name_en="Civil status")
    second = add_line(actor=actor, agency_id=cast.ward.pk, letter="B", name="Đất đai")
    add_desk(actor=actor, agency_id=cast.ward.pk, number=1)
    add_desk(actor=actor, agency_id=cast.ward.pk, number=2, line_ids=[second.pk])
    return opened


def _take(room: Room, letter: str = "A", **given: Any) -> Ticket:
    line = Line.objects.get(agency_id=room.agency_id, letter=letter)
    return take_ticket(room_key=room.key, line_id=line.pk, press_key=str(uuid4()), **given)


def _desk(number: int) -> Desk:
    return Desk.objects.get(number=number)


def test_numbers_run_by_letter_and_day(room: Room) -> None:
    assert [_take(room).label, _take(room, "B").label, _take(room).label] == ["A001", "B001", "A002"]

    with travel(now() + dt.timedelta(days=1)):
        assert _take(room).label == "A001"


def test_one_press_is_one_number(room: Room) -> None:
    line = Line.objects.get(letter="A")

    pressed = [take_ticket(room_key=room.key, line_id=line.pk, press_key="press") for _ in range(3)]

    assert {ticket.pk for ticket in pressed} == {Ticket.objects.get().pk}


def test_a_closed_line_gives_no_number_and_calls_those_given(cast: Cast, room: Room) -> None:
    taken = _take(room)
    set_line_open(actor=cast.actor("officer"), line_id=taken.line_id, is_open=False)

    with pytest.raises(LineClosedError):
        _take(room)
    assert call_next(actor=cast.actor("officer"), desk_id=_desk(1).pk) == taken


def test_priority_first_then_by_time(cast: Cast, room: Room) -> None:
    first, second = _take(room), _take(room, "B")
    elder = _take(room, is_priority=True)
    assert [count_ahead(ticket) for ticket in (elder, first, second)] == [0, 1, 0]

    called = []
    for _ in range(3):
        current = Ticket.objects.filter(state=TicketState.CALLED).first()
        called.append(
            call_next(
                actor=cast.actor("officer"), desk_id=_desk(1).pk, expected=current.pk if current else None
            )
        )

    assert called == [elder, first, second]
    assert Ticket.objects.get(pk=elder.pk).state == TicketState.SERVED


def test_a_desk_calls_its_own_lines_only(cast: Cast, room: Room) -> None:
    _take(room)
    land = _take(room, "B")

    assert call_next(actor=cast.actor("officer"), desk_id=_desk(2).pk) == land
    assert call_next(actor=cast.actor("officer"), desk_id=_desk(2).pk, expected=land.pk) is None


def test_a_second_press_calls_nobody_else(cast: Cast, room: Room) -> None:
    first = _take(room)
    _take(room)
    actor, desk = cast.actor("officer"), _desk(1)

    assert call_next(actor=actor, desk_id=desk.pk) == first
    assert call_next(actor=actor, desk_id=desk.pk) == first

    assert Ticket.objects.filter(state=TicketState.WAITING).count() == 1


def test_absent_passed_on_and_called_again(cast: Cast, room: Room) -> None:
    actor, desk = cast.actor("officer"), _desk(1)
    wrong_line, absent = _take(room), _take(room)
    call_next(actor=actor, desk_id=desk.pk)
    call_again(actor=actor, ticket_id=wrong_line.pk)
    assert Ticket.objects.get(pk=wrong_line.pk).call_count == 2

    pass_on(actor=actor, ticket_id=wrong_line.pk, line_id=Line.objects.get(letter="B").pk)
    assert call_next(actor=actor, desk_id=_desk(2).pk) == wrong_line
    call_next(actor=actor, desk_id=desk.pk)
    end_ticket(actor=actor, ticket_id=absent.pk, is_absent=True)

    assert Ticket.objects.get(pk=absent.pk).state == TicketState.ABSENT
    with pytest.raises(TicketEndedError):
        call_again(actor=actor, ticket_id=absent.pk)


def test_figures_are_counted_from_the_tickets(cast: Cast, room: Room) -> None:
    start = dt.datetime(2026, 11, 25, 2, tzinfo=dt.UTC)
    with travel(start):
        first = _take(room)
        _take(room)
    with travel(start + dt.timedelta(minutes=6)):
        call_next(actor=cast.actor("officer"), desk_id=_desk(1).pk)
        figures = get_day_figures(room.agency_id)
        called = find_called(room.agency_id)

    assert (figures.taken_count, figures.waiting_count, figures.served_count) == (2, 1, 0)
    assert figures.average_wait == dt.timedelta(minutes=6)
    assert [ticket.label for ticket in called] == [first.label]


def test_another_agency_neither_sees_nor_calls(cast: Cast, room: Room) -> None:
    ticket = _take(room)
    stranger = cast.actor("other_officer")

    with pytest.raises(DeskNotFoundError):
        call_next(actor=stranger, desk_id=_desk(1).pk)
    with pytest.raises(NotPermittedError):
        add_desk(actor=stranger, agency_id=cast.ward.pk, number=9)
    with pytest.raises(LineNotFoundError):
        set_line_open(actor=stranger, line_id=ticket.line_id, is_open=False)


def test_what_is_there_twice_is_refused(cast: Cast, room: Room) -> None:
    actor = cast.actor("officer")

    with pytest.raises(LetterTakenError):
        add_line(actor=actor, agency_id=cast.ward.pk, letter="A", name="Khác")
    with pytest.raises(DeskTakenError):
        add_desk(actor=actor, agency_id=cast.ward.pk, number=1)
    set_desk_open(actor=actor, desk_id=_desk(1).pk, is_open=False)
    with pytest.raises(DeskClosedError):
        call_next(actor=actor, desk_id=_desk(1).pk)


def test_a_new_key_closes_the_old_addresses(cast: Cast, room: Room) -> None:
    renew_key(actor=cast.actor("officer"), agency_id=cast.ward.pk)

    with pytest.raises(RoomNotFoundError):
        _take(room)


@pytest.mark.django_db(transaction=True)
def test_eight_desks_at_once_call_eight_people(cast: Cast, room: Room) -> None:
    actor = cast.actor("officer")
    desks = [_desk(1), *(add_desk(actor=actor, agency_id=cast.ward.pk, number=n) for n in range(3, 10))]
    tickets = [_take(room) for _ in range(8)]
    gate = threading.Barrier(len(desks))

    def press(desk: Desk) -> Ticket | None:
        try:
            gate.wait()
            return call_next(actor=actor, desk_id=desk.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(desks)) as pool:
        called = list(pool.map(press, desks))

    assert {ticket.pk for ticket in called if ticket} == {ticket.pk for ticket in tickets}


def test_taking_and_following_a_number_in_the_browser(client: Client, room: Room) -> None:
    kiosk = client.get(reverse("counters:kiosk", args=[room.key])).content.decode()
    assert "Hộ tịch" in kiosk
    line = Line.objects.get(letter="A")

    taken = client.post(
        reverse("counters:take", args=[room.key]), {"line": line.pk, "press": "p"}, follow=True
    )

    assert "A001" in taken.content.decode()
    assert "Bạn là người tiếp theo" in taken.content.decode()
    assert client.get(reverse("counters:kiosk", args=["khac"])).status_code == 404


def test_the_desk_calls_and_the_screen_shows_it(cast: Cast, client: Client, room: Room) -> None:
    _take(room)
    client.force_login(cast.officer)
    desk = _desk(1)

    client.post(reverse("counters:next", args=[desk.pk]), {"seen": ""})

    board = client.get(reverse("counters:board", args=[room.key])).content.decode()
    assert "<td>A001</td><td>1</td>" in board
    assert "A001" in client.get(reverse("counters:desk", args=[desk.pk])).content.decode()
    client.force_login(cast.leader)
    assert client.get(reverse("counters:desk", args=[desk.pk])).status_code == 403


@pytest.mark.parametrize("page", ["board", "kiosk"])
def test_pages_ask_no_more_when_more_people_wait(client: Client, room: Room, page: str) -> None:
    address = reverse(f"counters:{page}", args=[room.key])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(5):
        _take(room)
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few)


def test_arranging_in_the_browser(cast: Cast, client: Client, room: Room) -> None:
    client.force_login(cast.officer)

    def change(act: str, **posted: Any) -> int:
        return client.post(reverse("counters:change", args=[act]), posted).status_code

    assert change("them-hang", letter="C", name="Kinh doanh") == 302
    assert change("them-hang", letter="C", name="Kinh doanh") == 422
    assert change("them-quay", number="7", lines=[str(Line.objects.get(letter="C").pk)]) == 302
    assert [line.letter for line in Desk.objects.get(number=7).lines.all()] == ["C"]
    assert change("quay", id=str(_desk(7).pk), open="0") == 302
    assert not _desk(7).is_open
    assert client.get(reverse("counters:arrange")).status_code == 200
