"""What must hold for every clock, whatever the day, the term and the readings a province picks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tinhso.kernel.clock.calendar import WorkingCalendar
from tinhso.kernel.clock.policy import ANSWERS, LAWS, Policy, Question
from tinhso.kernel.clock.reading import (
    ClockEvent,
    ClockEventKind,
    ClockReading,
    Term,
    TermUnit,
    compute_due_at,
    read_clock,
)

from .clocks import CALENDAR, COUNTER_WEEK, at, build_calendar

steady = settings(deadline=None)
CALENDARS = (CALENDAR, build_calendar(COUNTER_WEEK))
LONGEST = {TermUnit.HOUR: 200, TermUnit.WORKING_DAY: 60, TermUnit.DAY: 90, TermUnit.MONTH: 12}
FIRST, LAST = at("2019-01-02"), at("2027-06-30")


@dataclass(frozen=True)
class Case:
    """A dossier received, held once and taken up again."""

    received_at: dt.datetime
    after: dt.timedelta
    length: dt.timedelta
    cause: str
    term: Term
    policy: Policy
    calendar: WorkingCalendar

    @property
    def paused_at(self) -> dt.datetime:
        return self.received_at + self.after

    @property
    def resumed_at(self) -> dt.datetime:
        return self.paused_at + self.length

    @property
    def receipt(self) -> list[ClockEvent]:
        return [ClockEvent(ClockEventKind.RECEIVED, self.received_at)]

    @property
    def events(self) -> list[ClockEvent]:
        return [
            *self.receipt,
            ClockEvent(ClockEventKind.PAUSED, self.paused_at, self.cause),
            ClockEvent(ClockEventKind.RESUMED, self.resumed_at, self.cause),
        ]

    def due(self, events: list[ClockEvent], term: Term | None = None) -> dt.datetime:
        due_at = compute_due_at(
            term=term or self.term, events=events, calendar=self.calendar, policy=self.policy
        )
        assert due_at is not None
        return due_at

    def read(self) -> ClockReading:
        return read_clock(
            term=self.term,
            events=self.events,
            calendar=self.calendar,
            policy=self.policy,
            now=self.received_at,
        )

    def choosing(self, question: Question, value: str) -> Case:
        return replace(self, policy=self.policy.choosing(question, value, ""))


@st.composite
def terms(draw: st.DrawFn) -> Term:
    unit = draw(st.sampled_from(TermUnit))
    least = 0 if unit is TermUnit.WORKING_DAY else 1
    return Term(draw(st.integers(least, LONGEST[unit])), unit)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    policy = draw(st.sampled_from(LAWS))
    for question in Question:
        policy = policy.choosing(question, draw(st.sampled_from(ANSWERS[question])), "")
    return policy


spans = st.timedeltas(min_value=dt.timedelta(0), max_value=dt.timedelta(days=40))
cases = st.builds(
    Case,
    received_at=st.timedeltas(min_value=dt.timedelta(0), max_value=LAST - FIRST).map(
        lambda span: FIRST + span
    ),
    after=spans,
    length=spans,
    cause=st.sampled_from(["supplement", "financial_duty"]),
    term=terms(),
    policy=policies(),
    calendar=st.sampled_from(CALENDARS),
)


@steady
@given(cases, spans)
def test_received_later_is_never_due_earlier(case: Case, gap: dt.timedelta) -> None:
    later = replace(case, received_at=case.received_at + gap)

    assert case.due(case.receipt) <= later.due(later.receipt)


@steady
@given(cases, st.integers(1, 30))
def test_a_longer_term_is_never_due_earlier(case: Case, more: int) -> None:
    longer = Term(case.term.value + more, case.term.unit)

    assert case.due(case.receipt) <= case.due(case.receipt, longer)


@steady
@given(cases)
def test_never_due_on_a_day_off_nor_outside_office_hours(case: Case) -> None:
    due_at = case.due(case.events)

    assert case.calendar.is_working_day(due_at.date())
    if case.policy.due_hour == "office_end" or case.term.unit is TermUnit.HOUR:
        assert case.calendar.opening(due_at.date()) <= due_at <= case.calendar.closing(due_at.date())


@steady
@given(cases)
def test_a_pause_never_makes_a_dossier_due_earlier(case: Case) -> None:
    assert case.due(case.events) >= case.due(case.receipt)


@steady
@given(cases)
def test_starting_again_never_gives_less_time_than_going_on(case: Case) -> None:
    # A month begun in late January ends on the last of February, so months are left out.
    assume(case.term.unit is not TermUnit.MONTH)
    case = replace(case, cause="supplement")
    again = case.choosing(Question.AFTER_SUPPLEMENT, "restart")
    onward = case.choosing(Question.AFTER_SUPPLEMENT, "resume")

    assert again.due(again.events) >= onward.due(onward.events)


@steady
@given(cases, st.integers(1, 200))
def test_pause_and_resume_lose_no_minute(case: Case, hours: int) -> None:
    case = replace(case, cause="supplement", term=Term(hours, TermUnit.HOUR))
    for question, value in (
        (Question.AFTER_SUPPLEMENT, "resume"),
        (Question.CUT_OFF, "hand_over_only"),
        (Question.HOURS, "working"),
    ):
        case = case.choosing(question, value)

    due_at = case.due(case.events)

    before = case.calendar.seconds_between(case.received_at, case.paused_at)
    behind = case.calendar.seconds_between(case.resumed_at, due_at)
    assert before + behind == hours * 3600 or before > hours * 3600


@steady
@given(cases)
def test_the_days_shown_as_counted_are_the_term(case: Case) -> None:
    reading = case.read()
    counted = [day for day in reading.days if day.kind == "counted"]

    if case.term.unit is TermUnit.HOUR:
        assert sum(day.seconds for day in counted) == case.term.value * 3600
    elif case.term.unit is not TermUnit.MONTH:
        assert [day.ordinal for day in counted] == list(range(1, max(1, case.term.value) + 1))
    assert [day.on for day in reading.days if day.is_due] == [case.due(case.events).date()]
    assert [day.on for day in reading.days] == sorted({day.on for day in reading.days})
    assert reading.steps[-1].is_sum
    assert sum(len(day.pins) for day in reading.days) == len(case.events)


@steady
@given(cases, st.integers(5, 20))
def test_a_folded_ruler_keeps_every_day_and_every_pin(case: Case, most: int) -> None:
    reading = case.read()
    cells = reading.compact_days(most)

    assert len(cells) <= most
    assert sum(((cell.until or cell.on) - cell.on).days + 1 for cell in cells) == len(reading.days)
    assert sum(len(cell.pins) for cell in cells) == len(case.events)
    assert [cell.on for cell in cells if cell.is_due] == [case.due(case.events).date()]
