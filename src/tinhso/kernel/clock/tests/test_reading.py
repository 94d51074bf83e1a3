"""Exact clocks: the cases an official would check with a finger on a calendar."""

from __future__ import annotations

import pytest

from tinhso.kernel.clock.reading import (
    ClockEvent,
    ClockEventKind,
    ClockEventOrderError,
    Term,
    TermUnit,
    compute_due_at,
    hand_over_at,
)

from .clocks import (
    CALENDAR,
    COUNTER_WEEK,
    at,
    band,
    build_calendar,
    days,
    due,
    extended,
    finished,
    hours,
    months,
    paused,
    policy,
    read,
    received,
    resumed,
    stopped,
    working_days,
)

NOVEMBER = (
    received("2026-11-18T15:42"),
    paused("2026-11-20T08:10"),
    resumed("2026-11-23T19:25"),
    finished("2026-11-26T09:48"),
)
"""The dossier of the drawing: late in the day, one supplement, a weekend and the new holiday of 24/11."""


def test_november_counts_on_when_the_province_lets_it() -> None:
    reading = read(working_days(3), *NOVEMBER, under=policy(after_supplement="resume"))

    assert reading.due_at == at("2026-11-26T17:00")
    assert band(reading) == [
        "18/11 uncounted",
        "19/11 counted Ngày 1",
        "20/11 paused Dừng",
        "21/11 off Nghỉ",
        "22/11 off Nghỉ",
        "23/11 paused Dừng",
        "24/11 off Lễ",
        "25/11 counted Ngày 2",
        "26/11 counted Ngày 3",
    ]
    assert [(step.when, step.sentence, step.law) for step in reading.steps] == [
        (
            "T4 18/11, 15:42",
            "Nhận hồ sơ sau 15:00, nên tính từ ngày làm việc kế tiếp, thứ Năm 19/11.",
            "NĐ 118/2025, Điều 18",
        ),
        (
            "T6 20/11, 08:10",
            "Yêu cầu bổ sung giấy tờ. Đồng hồ dừng; ngày này không tính.",
            "NĐ 118/2025",
        ),
        ("T7 21, CN 22/11", "Cuối tuần, không tính.", "Lịch làm việc 2026"),
        (
            "T2 23/11, 19:25",
            "Đã nộp đủ giấy tờ, sau 15:00: đếm tiếp từ thứ Tư 25/11.",
            "NĐ 118/2025, Điều 18",
        ),
        ("T3 24/11", "Ngày Văn hóa Việt Nam, nghỉ lễ.", "Lịch làm việc 2026"),
        ("T5 26/11, 17:00", "Hết ngày làm việc thứ 3: hạn trả kết quả.", "3 = 19/11, 25/11, 26/11"),
    ]
    assert reading.policy_names == (
        "Sau 15:00 thì tính từ ngày làm việc kế tiếp",
        "Bổ sung xong thì đếm tiếp",
        "Hạn lúc hết giờ làm việc",
    )


def test_november_starts_again_at_day_one_under_the_decree() -> None:
    reading = read(working_days(3), *NOVEMBER)

    assert reading.due_at == at("2026-11-27T17:00")
    assert reading.counted_from == at("2026-11-25T07:30")
    assert band(reading) == [
        "18/11 uncounted",
        "19/11 uncounted Bỏ",
        "20/11 paused Dừng",
        "21/11 off Nghỉ",
        "22/11 off Nghỉ",
        "23/11 paused Dừng",
        "24/11 off Lễ",
        "25/11 counted Ngày 1",
        "26/11 counted Ngày 2",
        "27/11 counted Ngày 3",
    ]
    assert reading.steps[3].sentence == (
        "Đã nộp đủ giấy tờ, sau 15:00: đếm lại từ ngày 1, thứ Tư 25/11; ngày đã tính trước đó bỏ đi."
    )


def test_november_has_its_moments_pinned() -> None:
    pins = [pin for day in read(working_days(3), *NOVEMBER).days for pin in day.pins]

    assert [(pin.label, pin.share, pin.kind) for pin in pins] == [
        ("Nhận 15:42", 76.5, "received"),
        ("Cần bổ sung", 9.9, "paused"),
        ("Nộp đủ 19:25", 91.5, "resumed"),
        ("Ký 09:48", 24.3, "finished"),
    ]


def test_an_older_dossier_rests_on_decree_61() -> None:
    reading = read(working_days(3), received("2024-11-18T15:42"), under=policy("2024-11-18"))

    assert reading.due_at == at("2024-11-21T17:00")
    assert reading.steps[0].law == "NĐ 61/2018, Điều 18"


@pytest.mark.parametrize(
    ("cut_off", "expected", "sentence"),
    [
        (
            "next_day_counts",
            "2026-11-23T17:00",
            "Nhận hồ sơ sau 15:00, nên tính từ ngày làm việc kế tiếp, thứ Năm 19/11.",
        ),
        (
            "received_next_day",
            "2026-11-25T17:00",
            "Nhận hồ sơ sau 15:00, coi như nhận ngày làm việc kế tiếp, thứ Năm 19/11; ngày nhận không tính, "
            "nên ngày 1 là thứ Sáu 20/11.",
        ),
        (
            "hand_over_only",
            "2026-11-23T17:00",
            "Nhận hồ sơ sau 15:00: hồ sơ được chuyển đi vào đầu giờ thứ Năm 19/11. Thời hạn không đổi: ngày nhận "
            "không tính, ngày 1 là thứ Năm 19/11.",
        ),
    ],
)
def test_what_fifteen_o_clock_moves(cut_off: str, expected: str, sentence: str) -> None:
    reading = read(working_days(3), received("2026-11-18T15:42"), under=policy(cut_off=cut_off))

    assert reading.due_at == at(expected)
    assert reading.steps[0].sentence == sentence


def test_the_second_of_the_cut_off_is_still_in_time() -> None:
    strict = policy(cut_off="received_next_day")

    assert due(working_days(1), received("2026-11-18T15:00:00"), under=strict) == "2026-11-19T17:00"
    assert due(working_days(1), received("2026-11-18T15:00:00.900"), under=strict) == "2026-11-19T17:00"
    assert due(working_days(1), received("2026-11-18T15:00:01"), under=strict) == "2026-11-20T17:00"
    assert due(hours(4), received("2026-11-18T15:00:00")) == "2026-11-19T09:30"
    assert due(hours(4), received("2026-11-18T15:00:01")) == "2026-11-19T11:30"


def test_the_day_of_receipt_counts_where_the_province_says_so() -> None:
    same_day = policy(first_day="same_day")

    assert due(working_days(3), received("2026-11-17T10:00")) == "2026-11-20T17:00"
    assert due(working_days(3), received("2026-11-17T10:00"), under=same_day) == "2026-11-19T17:00"
    assert due(working_days(3), received("2026-11-17T15:30"), under=same_day) == "2026-11-20T17:00"


def test_a_dossier_of_the_weekend_counts_from_monday() -> None:
    assert due(working_days(1), received("2026-11-28T10:00")) == "2026-11-30T17:00"
    assert due(working_days(1), received("2026-11-28T10:00"), under=policy(cut_off="received_next_day")) == (
        "2026-12-01T17:00"
    )


def test_a_saturday_counter_receives_in_time() -> None:
    reading = read(
        working_days(1),
        received("2026-11-28T10:00"),
        calendar=build_calendar(COUNTER_WEEK),
        under=policy(cut_off="received_next_day"),
    )

    assert reading.due_at == at("2026-11-30T17:00")
    assert reading.steps[0].sentence == "Nhận hồ sơ. Ngày nhận không tính; ngày 1 là thứ Hai 30/11."


@pytest.mark.parametrize(
    ("received_at", "expected"),
    [("2025-01-24T09:00", "2025-02-05T17:00"), ("2026-02-13T09:00", "2026-02-25T17:00")],
)
def test_three_working_days_across_tet(received_at: str, expected: str) -> None:
    assert due(working_days(3), received(received_at)) == expected


def test_tet_is_one_step_of_the_explanation() -> None:
    reading = read(working_days(3), received("2026-02-13T09:00"))

    assert [(step.when, step.sentence) for step in reading.steps[1:]] == [
        ("T7 14/02 – CN 22/02", "Cuối tuần và Tết Nguyên đán Bính Ngọ, không tính."),
        ("T4 25/02, 17:00", "Hết ngày làm việc thứ 3: hạn trả kết quả."),
    ]


def test_a_swapped_friday_is_off_and_its_saturday_counts() -> None:
    reading = read(working_days(8), received("2025-12-30T09:00"))

    assert reading.due_at == at("2026-01-12T17:00")
    assert "10/01 counted Ngày 7" in band(reading)
    assert [step.sentence for step in reading.steps if step.kind in ("off", "worked")] == [
        "Cuối tuần, Tết Dương lịch và Nghỉ hoán đổi với thứ Bảy 10/01/2026, không tính.",
        "Làm bù cho thứ Sáu 02/01/2026: ngày này đi làm nên vẫn tính.",
        "Cuối tuần, không tính.",
    ]


def test_many_weekends_are_told_in_one_sentence() -> None:
    reading = read(working_days(20), received("2026-10-01T09:00"))

    assert [step.sentence for step in reading.steps[1:]] == [
        "8 ngày cuối tuần, không tính.",
        "Hết ngày làm việc thứ 20: hạn trả kết quả.",
    ]
    assert reading.steps[-1].law == "20, từ 02/10 đến 29/10"


def test_a_term_in_days_counts_weekends_and_moves_on_from_a_day_off() -> None:
    reading = read(days(5), received("2026-11-17T09:00"))

    assert reading.due_at == at("2026-11-23T17:00")
    assert band(reading)[-3:] == ["21/11 counted Ngày 4", "22/11 counted Ngày 5", "23/11 uncounted Hạn"]
    assert [(step.kind, step.sentence, step.law) for step in reading.steps[1:]] == [
        (
            "rule",
            "Thời hạn tính theo ngày lịch, nên cuối tuần và ngày lễ cũng tính.",
            "Bộ luật Dân sự 2015, Điều 148.1",
        ),
        (
            "moved",
            "Ngày cuối là ngày nghỉ, nên hạn chuyển sang ngày làm việc kế tiếp.",
            "Bộ luật Dân sự 2015, Điều 148.5",
        ),
        ("sum", "Hạn trả kết quả.", "5 = 18/11, 19/11, 20/11, 21/11, 22/11"),
    ]


def test_a_term_in_days_that_ends_on_the_new_holiday_moves_on() -> None:
    assert due(days(6), received("2026-11-18T09:00")) == "2026-11-25T17:00"
    assert (
        due(days(15), received("2026-02-01T09:00"), under=policy(cut_off="hand_over_only"))
        == "2026-02-23T17:00"
    )


@pytest.mark.parametrize(
    ("term", "received_at", "expected"),
    [
        (1, "2024-01-31T09:00", "2024-02-29T17:00"),
        (1, "2025-01-31T09:00", "2025-03-03T17:00"),  # 31/1/2025 is in Tết, so day 1 is Monday 3/2
        (1, "2026-03-31T09:00", "2026-05-04T17:00"),  # 30/4 and 1/5 off, then a weekend
        (3, "2026-11-18T09:00", "2027-02-18T17:00"),
        (12, "2026-11-25T09:00", "2027-11-25T17:00"),
    ],
)
def test_a_term_in_months_ends_on_the_same_number(term: int, received_at: str, expected: str) -> None:
    assert due(months(term), received(received_at)) == expected


def test_a_month_counted_from_its_first_day_is_never_cut_short() -> None:
    """Late on 30/1 the first counted day is 31/1, late on 29/2 it is 1/3."""
    assert due(months(1), received("2024-01-30T15:30")) == "2024-02-29T17:00"
    assert due(months(1), received("2024-02-29T15:30")) == "2024-04-01T17:00"


def test_hours_skip_lunch_or_run_through_the_night() -> None:
    clock = policy(hours="clock")

    assert due(hours(4), received("2026-11-25T10:30")) == "2026-11-25T16:30"
    assert due(hours(4), received("2026-11-25T10:30"), under=clock) == "2026-11-25T14:30"
    assert due(hours(24), received("2026-11-26T10:30"), under=clock) == "2026-11-27T10:30"
    assert due(hours(24), received("2026-11-27T10:30"), under=clock) == "2026-11-30T07:30"


def test_hours_say_how_much_of_each_day_they_took() -> None:
    reading = read(hours(8), received("2026-11-25T14:00"))

    assert band(reading) == ["25/11 counted 3 giờ", "26/11 counted 5 giờ"]
    assert reading.due_at == at("2026-11-26T14:30")
    assert reading.steps[-1].law == "8 giờ = 25/11, 26/11"


def test_within_the_day_or_the_next_one_after_fifteen_o_clock() -> None:
    same_day = working_days(0)

    assert due(same_day, received("2026-11-25T14:59")) == "2026-11-25T17:00"
    assert (
        due(same_day, received("2026-11-25T15:01"), under=policy(cut_off="hand_over_only"))
        == "2026-11-26T17:00"
    )
    assert str(same_day) == "trong ngày làm việc"


def test_a_pause_after_office_hours_keeps_the_day() -> None:
    reading = read(
        working_days(3),
        received("2026-11-16T09:00"),
        paused("2026-11-18T17:00", "financial_duty"),
        resumed("2026-11-19T09:00", "financial_duty"),
    )

    assert band(reading)[2:] == ["18/11 counted Ngày 2", "19/11 paused Dừng", "20/11 counted Ngày 3"]
    assert reading.steps[1].sentence == (
        "Yêu cầu nộp tiền. Ngày này đã hết giờ làm việc nên đồng hồ dừng từ hôm sau."
    )


def test_after_payment_the_rest_of_the_term_goes_on() -> None:
    events = (
        received("2026-11-16T09:00"),
        paused("2026-11-18T09:00", "financial_duty"),
        resumed("2026-11-19T09:00", "financial_duty"),
    )

    assert due(working_days(3), *events) == "2026-11-23T17:00"
    assert due(working_days(3), *events, under=policy(after_payment="restart")) == "2026-11-25T17:00"


def test_paused_hours_keep_their_minutes() -> None:
    resume = policy(after_supplement="resume")
    events = (received("2026-11-25T09:00"), paused("2026-11-25T10:13"), resumed("2026-11-27T08:00"))

    assert due(hours(4), *events, under=resume) == "2026-11-27T10:47"


def test_two_pauses_add_up() -> None:
    reading = read(
        working_days(3),
        received("2026-11-16T09:00"),
        paused("2026-11-18T09:00", "financial_duty"),
        resumed("2026-11-18T14:00", "financial_duty"),
        paused("2026-11-20T09:00", "inspection"),
        resumed("2026-11-23T09:00", "inspection"),
    )

    assert reading.due_at == at("2026-11-25T17:00")
    assert [day.label for day in reading.days if day.kind == "counted"] == ["Ngày 1", "Ngày 2", "Ngày 3"]
    assert reading.steps[3].sentence == "Tạm dừng. Đồng hồ dừng; ngày này không tính."


def test_hours_of_one_day_on_both_sides_of_a_pause_are_shown_together() -> None:
    reading = read(
        hours(4),
        received("2026-11-25T08:00"),
        paused("2026-11-25T09:00", "financial_duty"),
        resumed("2026-11-25T10:00", "financial_duty"),
    )

    assert reading.due_at == at("2026-11-25T15:00")
    assert band(reading) == ["25/11 counted 4 giờ"]


def test_a_term_that_had_run_out_before_the_pause_stays_late() -> None:
    reading = read(
        working_days(1),
        received("2026-11-16T09:00"),
        paused("2026-11-19T09:00", "financial_duty"),
        resumed("2026-11-20T09:00", "financial_duty"),
    )

    assert (reading.due_at, reading.is_late) == (at("2026-11-17T17:00"), True)
    assert "Đã nộp tiền, nhưng thời hạn đã hết từ trước." in [step.sentence for step in reading.steps]


def test_while_paused_nothing_is_due_and_the_promise_is_kept_in_sight() -> None:
    reading = read(
        working_days(3), received("2026-11-16T09:00"), paused("2026-11-18T08:10"), now="2026-11-19T10:00"
    )

    assert (reading.state, reading.due_at, reading.is_late) == ("paused", None, False)
    assert reading.promised_at == at("2026-11-19T17:00")
    assert band(reading) == [
        "16/11 uncounted",
        "17/11 counted Ngày 1",
        "18/11 paused Dừng",
        "19/11 paused Dừng",
    ]
    assert reading.remaining_minutes == 3 * 450


def test_one_extension_carries_the_count_on() -> None:
    reading = read(
        working_days(3),
        received("2026-11-16T09:00"),
        extended("2026-11-18T10:00", "2026-11-23T17:00"),
    )

    assert (reading.due_at, reading.is_extended) == (at("2026-11-23T17:00"), True)
    assert band(reading)[-4:] == [
        "20/11 counted Ngày 4",
        "21/11 off Nghỉ",
        "22/11 off Nghỉ",
        "23/11 counted Ngày 5",
    ]
    assert reading.steps[1].sentence == "Xin lỗi và hẹn lại một lần: 17:00, thứ Hai 23/11."


def test_a_stopped_clock_owes_nothing() -> None:
    reading = read(working_days(3), received("2026-11-16T09:00"), stopped("2026-11-18T10:00"))

    assert (reading.state, reading.due_at, reading.remaining_minutes) == ("stopped", None, 0)
    assert reading.steps[-1].sentence == "Dừng giải quyết. Đồng hồ thôi chạy."


def test_without_a_term_the_clock_says_so() -> None:
    reading = read(None, received("2026-11-16T09:00"))

    assert (reading.state, reading.due_at, reading.days) == ("running", None, ())
    assert [step.sentence for step in reading.steps] == [
        "Nhận hồ sơ. Luật không định thời hạn cho thủ tục này, nên không có giờ hẹn."
    ]


def test_before_receipt_there_is_no_clock() -> None:
    reading = read(working_days(3))

    assert (reading.state, reading.due_at, reading.days, reading.steps) == ("not_started", None, (), ())


def test_late_by_the_moment_or_only_by_the_day() -> None:
    events = (received("2026-11-16T09:00"), finished("2026-11-19T18:30"))

    assert read(working_days(3), *events).is_late
    assert not read(working_days(3), *events, under=policy(lateness="day")).is_late
    assert not read(working_days(3), events[0], finished("2026-11-19T17:00")).is_late


def test_late_days_are_drawn_up_to_now() -> None:
    reading = read(working_days(1), received("2026-11-16T09:00"), now="2026-11-19T09:00")

    assert band(reading) == [
        "16/11 uncounted",
        "17/11 counted Ngày 1",
        "18/11 uncounted Trễ",
        "19/11 uncounted Trễ",
    ]
    assert (reading.is_late, reading.used_share, reading.remaining_minutes) == (True, 1.0, 0)


def test_midnight_is_the_end_of_the_day_in_the_civil_code() -> None:
    assert due(working_days(3), received("2026-11-16T09:00"), under=policy(due_hour="midnight")) == (
        "2026-11-19T23:59"
    )


@pytest.mark.parametrize(
    ("now", "share", "left"),
    [
        ("2026-11-16T10:00", 0.0, 1350),
        ("2026-11-17T07:30", 0.0, 1350),
        ("2026-11-17T11:30", round(240 / 1350, 4), 1110),
        ("2026-11-18T17:00", round(2 / 3, 4), 450),
        ("2026-11-19T16:24", round(1314 / 1350, 4), 36),
    ],
)
def test_share_and_remainder_follow_working_time(now: str, share: float, left: int) -> None:
    reading = read(working_days(3), received("2026-11-16T09:00"), now=now)

    assert (round(reading.used_share, 4), reading.remaining_minutes) == (share, left)


def test_a_calendar_not_yet_announced_is_said_and_never_silent() -> None:
    reading = read(working_days(5), received("2027-12-28T09:00"))

    assert reading.is_provisional
    assert reading.due_at == at("2028-01-04T17:00")
    assert [step.sentence for step in reading.steps if step.kind == "unknown"] == [
        "Lịch nghỉ mới có đến 31/12/2027. Sau ngày đó chỉ trừ cuối tuần, nên hạn là tạm tính và có thể lùi."
    ]


def test_an_expected_day_off_makes_the_due_moment_provisional() -> None:
    reading = read(working_days(3), received("2027-02-03T09:00"))

    assert reading.is_provisional
    assert "Tết Nguyên đán Đinh Mùi (dự kiến)" in reading.steps[1].sentence
    assert not read(working_days(3), received("2026-02-13T09:00")).is_provisional


@pytest.mark.parametrize(
    "events",
    [
        (paused("2026-11-16T09:00"),),
        (received("2026-11-16T09:00"), received("2026-11-17T09:00")),
        (received("2026-11-16T09:00"), resumed("2026-11-17T09:00")),
        (received("2026-11-16T09:00"), paused("2026-11-17T09:00"), paused("2026-11-18T09:00")),
        (received("2026-11-16T09:00"), paused("2026-11-15T09:00")),
        (received("2026-11-16T09:00"), finished("2026-11-17T09:00"), paused("2026-11-18T09:00")),
        (received("2026-11-16T09:00"), stopped("2026-11-17T09:00"), resumed("2026-11-18T09:00")),
        (received("2026-11-16T09:00"), extended("2026-11-17T09:00", "2026-11-19T17:00")),
        (received("2026-11-16T09:00"), ClockEvent(ClockEventKind.EXTENDED, at("2026-11-17T09:00"))),
    ],
)
def test_moments_that_cannot_follow_one_another_are_refused(events: tuple[ClockEvent, ...]) -> None:
    with pytest.raises(ClockEventOrderError):
        read(working_days(3), *events)


@pytest.mark.parametrize("event", [*NOVEMBER, extended("2026-11-18T10:00", "2026-11-23T17:00")])
def test_events_survive_json(event: ClockEvent) -> None:
    assert ClockEvent.from_json(event.as_json()) == event


def test_a_term_is_longer_than_nothing() -> None:
    for value, unit in ((-1, TermUnit.WORKING_DAY), (0, TermUnit.DAY), (0, TermUnit.HOUR)):
        with pytest.raises(ValueError, match="longer"):
            Term(value, unit)


def test_the_hand_over_waits_for_the_next_morning_after_fifteen_o_clock() -> None:
    assert hand_over_at(at("2026-11-18T15:00"), CALENDAR, policy()) == at("2026-11-18T15:00")
    assert hand_over_at(at("2026-11-18T15:42"), CALENDAR, policy()) == at("2026-11-19T07:30")
    assert hand_over_at(at("2026-11-20T15:42"), CALENDAR, policy()) == at("2026-11-23T07:30")


def test_the_fast_path_agrees_with_the_reading() -> None:
    for last in range(1, 5):
        events = NOVEMBER[:last]
        due_at = compute_due_at(term=working_days(3), events=events, calendar=CALENDAR, policy=policy())
        assert due_at == read(working_days(3), *events).due_at
    assert compute_due_at(term=None, events=NOVEMBER, calendar=CALENDAR, policy=policy()) is None


def test_a_long_ruler_folds_into_few_cells_that_still_add_up() -> None:
    reading = read(months(6), received("2026-11-18T15:42"), paused("2026-12-01T09:00", "financial_duty"))

    cells = reading.compact_days(8)

    assert [(cell.label, cell.kind) for cell in cells] == [
        ("", "uncounted"),
        ("Ngày 1", "counted"),
        ("Ngày 2–11", "counted"),
        ("Ngày 12", "counted"),
        ("Dừng", "paused"),
    ]
    assert cells[2].until is not None
    assert (cells[2].on.isoformat(), cells[2].until.isoformat()) == ("2026-11-20", "2026-11-29")
    assert len(read(months(6), received("2026-11-18T09:00")).compact_days(3)) <= 3
