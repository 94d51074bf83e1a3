"""The reasons of a due moment: one sentence a step, with the article it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from .calendar import instant, local
from .calendar_steps import tell_days
from .counting import Arrival, Counter, Due, Start, hand_over_at
from .course import ClockState, Course, Run
from .policy import CutOff, Hours, Policy, Question, civil_code
from .ruler import RulerDay
from .step import ClockStep
from .term import FINANCIAL_DUTY, SUPPLEMENT, ClockEvent, ClockEventKind, TermUnit
from .wording import NOTHING, Value, Words, clock_time, day, duration, gettext_noop, weekday_day, words

ORDINALS_LISTED = 5


def build_steps(course: Course, counter: Counter | None, days: Sequence[RulerDay]) -> tuple[ClockStep, ...]:
    """The steps in the order of time; the sum, when there is a due moment, comes last."""
    if course.received is None:
        return ()
    if counter is None:
        return (_without_term(course.received),)
    opening, *later = _follow_runs(course, counter)
    last_on = course.due.at.date() if course.due_at is not None and course.due is not None else days[-1].on
    later += tell_days(days, counter, last_on)
    later.sort(key=_moment)
    closing = _sum(course, counter, days) if course.due_at is not None else ()
    return (opening, *_rules(course, counter), *later, *closing)


def _moment(step: ClockStep) -> dt.datetime:
    return step.at if isinstance(step.at, dt.datetime) else instant(step.at)


def _without_term(received: ClockEvent) -> ClockStep:
    text = Words(gettext_noop("Nhận hồ sơ. Luật không định thời hạn cho thủ tục này, nên không có giờ hẹn."))
    return ClockStep(local(received.at), None, "received", text, NOTHING)


# The moments of the dossier


def _follow_runs(course: Course, counter: Counter) -> list[ClockStep]:
    steps: list[ClockStep] = []
    for run in course.runs:
        if run.begun_by.kind is ClockEventKind.RECEIVED:
            steps.append(_received(run.start, counter))
        else:
            steps.append(_resumed(run, course, counter))
        if run.extension is not None:
            steps.append(_extended(run.extension, run.due, counter.policy))
        if run.pause is not None:
            steps.append(_paused(run, counter))
    if course.state is ClockState.STOPPED and course.last is not None:
        text = Words(gettext_noop("Dừng giải quyết. Đồng hồ thôi chạy."))
        steps.append(ClockStep(local(course.last.at), None, "stopped", text, counter.policy.law("stop")))
    return steps


def _received(start: Start, counter: Counter) -> ClockStep:
    text, law = _say_same_day(start, counter) if counter.term.is_same_day else _say_received(start, counter)
    return ClockStep(start.at, None, "received", text, law)


def _say_received(start: Start, counter: Counter) -> tuple[Words, Words]:
    policy = counter.policy
    first, deemed = weekday_day(start.first), weekday_day(start.deemed_on)
    event = _say_arrival(start)
    if start.arrival is not Arrival.IN_TIME and policy.cut_off is not CutOff.HAND_OVER_ONLY:
        law = policy.law(Question.CUT_OFF)
        if counter.is_in_hours:
            message = gettext_noop("%(event)s, nên tính từ đầu giờ ngày làm việc kế tiếp, %(first)s.")
        elif start.first == start.deemed_on:
            message = gettext_noop("%(event)s, nên tính từ ngày làm việc kế tiếp, %(first)s.")
        else:
            message = gettext_noop(
                "%(event)s, coi như nhận ngày làm việc kế tiếp, %(deemed)s; ngày nhận không tính, "
                "nên ngày 1 là %(first)s."
            )
        return words(message, event=event, first=first, deemed=deemed), law
    if counter.is_in_hours:
        return words(gettext_noop("%(event)s. Tính giờ ngay từ lúc này."), event=event), policy.law(
            Question.HOURS
        )
    if start.first == start.at.date():
        message = gettext_noop("%(event)s trong giờ, nên ngày nhận là ngày 1.")
        return words(message, event=event), policy.law(Question.FIRST_DAY)
    if start.arrival is Arrival.LATE:
        handed = weekday_day(hand_over_at(start.at, counter.calendar, policy).date())
        message = gettext_noop(
            "%(event)s: hồ sơ được chuyển đi vào đầu giờ %(handed)s. Thời hạn không đổi: ngày nhận không tính, "
            "ngày 1 là %(first)s."
        )
        return words(message, event=event, handed=handed, first=first), policy.law(Question.CUT_OFF)
    message = gettext_noop("%(event)s. Ngày nhận không tính; ngày 1 là %(first)s.")
    return words(message, event=event, first=first), policy.law(Question.FIRST_DAY)


def _say_same_day(start: Start, counter: Counter) -> tuple[Words, Words]:
    values = {"event": _say_arrival(start), "first": weekday_day(start.first)}
    if start.first == start.at.date():
        message = gettext_noop("%(event)s trong giờ, nên trả kết quả ngay trong ngày.")
    else:
        message = gettext_noop("%(event)s, nên trả kết quả trong ngày làm việc kế tiếp, %(first)s.")
    return words(message, **values), counter.policy.law(Question.CUT_OFF)


def _say_arrival(start: Start) -> Words:
    if start.arrival is Arrival.LATE:
        return words(gettext_noop("Nhận hồ sơ sau %(time)s"), time=clock_time(start.limit))
    if start.arrival is Arrival.DAY_OFF:
        return Words(gettext_noop("Nhận hồ sơ ngoài ngày làm việc"))
    return Words(gettext_noop("Nhận hồ sơ"))


_PAUSE_LEADS = {
    SUPPLEMENT: gettext_noop("Yêu cầu bổ sung giấy tờ."),
    FINANCIAL_DUTY: gettext_noop("Yêu cầu nộp tiền."),
}


def _paused(run: Run, counter: Counter) -> ClockStep:
    pause = run.pause or run.begun_by
    at = local(pause.at)
    lead = Words(_PAUSE_LEADS.get(pause.cause, gettext_noop("Tạm dừng.")))
    if counter.is_in_hours and counter.policy.restarts_after(pause.cause):
        text = words(gettext_noop("%(lead)s Đồng hồ dừng."), lead=lead)
    elif counter.is_in_hours:
        left = duration(run.planned - run.used)
        text = words(gettext_noop("%(lead)s Đồng hồ dừng, còn %(left)s."), lead=lead, left=left)
    elif not counter.calendar.is_working_day(at.date()):
        text = words(gettext_noop("%(lead)s Đồng hồ dừng."), lead=lead)
    elif at >= counter.calendar.closing(at.date()):
        text = words(
            gettext_noop("%(lead)s Ngày này đã hết giờ làm việc nên đồng hồ dừng từ hôm sau."), lead=lead
        )
    else:
        text = words(gettext_noop("%(lead)s Đồng hồ dừng; ngày này không tính."), lead=lead)
    return ClockStep(at, None, "paused", text, counter.policy.law("pause"))


_RESUME_LEADS = {
    SUPPLEMENT: gettext_noop("Đã nộp đủ giấy tờ"),
    FINANCIAL_DUTY: gettext_noop("Đã nộp tiền"),
}


def _resumed(run: Run, course: Course, counter: Counter) -> ClockStep:
    policy, start = counter.policy, run.start
    cause = _cause_before(run, course)
    lead = Words(_RESUME_LEADS.get(cause, gettext_noop("Hết tạm dừng")))
    event = _say_return(lead, start)
    first = weekday_day(start.first)
    has_void = any(earlier.used for earlier in course.runs if earlier is not run)
    law = policy.law(Question.AFTER_SUPPLEMENT if cause == SUPPLEMENT else Question.AFTER_PAYMENT)
    if run.is_restart:
        message = (
            gettext_noop("%(event)s: đếm lại từ đầu, bắt đầu %(first)s.")
            if counter.is_in_hours
            else gettext_noop("%(event)s: đếm lại từ ngày 1, %(first)s; ngày đã tính trước đó bỏ đi.")
            if has_void
            else gettext_noop("%(event)s: đếm lại từ ngày 1, %(first)s.")
        )
    elif run.planned == 0:
        message = gettext_noop("%(event)s, nhưng thời hạn đã hết từ trước.")
    else:
        message = gettext_noop("%(event)s: đếm tiếp từ %(first)s.")
        if start.arrival is not Arrival.IN_TIME:
            law = policy.law(Question.CUT_OFF)
    return ClockStep(start.at, None, "resumed", words(message, event=event, first=first), law)


def _cause_before(run: Run, course: Course) -> str:
    pauses = [r.pause for r in course.runs if r.pause is not None and r.pause.at <= run.begun_by.at]
    return pauses[-1].cause if pauses else ""


def _say_return(lead: Words, start: Start) -> Words:
    if start.arrival is Arrival.LATE:
        return words(gettext_noop("%(lead)s, sau %(time)s"), lead=lead, time=clock_time(start.limit))
    if start.arrival is Arrival.DAY_OFF:
        return words(gettext_noop("%(lead)s ngoài ngày làm việc"), lead=lead)
    return lead


def _extended(event: ClockEvent, due: Due, policy: Policy) -> ClockStep:
    text = words(
        gettext_noop("Xin lỗi và hẹn lại một lần: %(time)s, %(day)s."),
        time=clock_time(due.at),
        day=weekday_day(due.at.date()),
    )
    return ClockStep(local(event.at), None, "extended", text, policy.law("extension"))


def _rules(course: Course, counter: Counter) -> Iterator[ClockStep]:
    on = course.runs[0].start.first
    if counter.is_in_hours and counter.policy.hours is Hours.CLOCK:
        text = Words(gettext_noop("Giờ được tính liên tục, cả ngoài giờ làm việc."))
        yield ClockStep(on, None, "rule", text, counter.policy.law(Question.HOURS))
    elif counter.counts_days_off:
        text = Words(gettext_noop("Thời hạn tính theo ngày lịch, nên cuối tuần và ngày lễ cũng tính."))
        yield ClockStep(on, None, "rule", text, civil_code("148.1"))


# The sum


def _sum(course: Course, counter: Counter, days: Sequence[RulerDay]) -> Iterator[ClockStep]:
    run, due = course.runs[-1], course.runs[-1].due
    if due.is_moved:
        message = (
            gettext_noop(
                "Giờ cuối rơi ngoài giờ làm việc, nên hạn chuyển sang đầu giờ ngày làm việc kế tiếp."
            )
            if counter.is_in_hours
            else gettext_noop("Ngày cuối là ngày nghỉ, nên hạn chuyển sang ngày làm việc kế tiếp.")
        )
        yield ClockStep(due.last, None, "moved", Words(message), counter.policy.law("roll"))
    text = _say_sum(run, due, counter)
    yield ClockStep(due.at, None, "sum", text, _say_count(days, counter), is_sum=True)


_SUMS = {
    TermUnit.HOUR: gettext_noop("Hết %(hours)s: hạn trả kết quả."),
    TermUnit.WORKING_DAY: gettext_noop("Hết ngày làm việc thứ %(count)s: hạn trả kết quả."),
    TermUnit.DAY: gettext_noop("Hết ngày thứ %(count)s: hạn trả kết quả."),
    TermUnit.MONTH: gettext_noop("Tròn %(term)s: hạn trả kết quả."),
}


def _say_sum(run: Run, due: Due, counter: Counter) -> Words:
    term = counter.term
    if run.extension is not None:
        return Words(gettext_noop("Hạn trả kết quả đã hẹn lại."))
    if due.is_moved:
        return Words(gettext_noop("Hạn trả kết quả."))
    if term.is_same_day:
        return Words(gettext_noop("Hết giờ làm việc trong ngày: hạn trả kết quả."))
    return words(_SUMS[term.unit], hours=duration(run.total), count=run.total, term=term.words)


def _say_count(days: Sequence[RulerDay], counter: Counter) -> Words:
    """3 = 19/11, 25/11, 26/11."""
    counted = [d for d in days if d.kind == "counted"]
    if not counted:
        return NOTHING
    total: Value = len(counted)
    if counter.is_in_hours:
        total = duration(sum(d.seconds for d in counted))
    if len(counted) <= ORDINALS_LISTED:
        spread: Value = day(counted[0].on)
        for entry in counted[1:]:
            spread = words(gettext_noop("%(head)s, %(next)s"), head=spread, next=day(entry.on))
        return words(gettext_noop("%(total)s = %(days)s"), total=total, days=spread)
    return words(
        gettext_noop("%(total)s, từ %(first)s đến %(last)s"),
        total=total,
        first=day(counted[0].on),
        last=day(counted[-1].on),
    )
