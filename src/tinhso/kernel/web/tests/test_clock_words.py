from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from ..clock_words import describe_clock, describe_reading
from ..kit import NOW, moment, read_sample_clock


def say(state: str = "running", **values: Any) -> tuple[str, str, str]:
    words = describe_clock(state=state, now=NOW, **{"due_at": None, **values})
    return words.text.replace("\u00a0", " "), words.tone, words.sign


@pytest.mark.parametrize(
    ("values", "text", "tone", "sign"),
    [
        ({"due_at": moment(30, 17, 0)}, "thứ Hai 30/11", "dong", "ring"),
        ({"due_at": moment(27, 17, 0), "used_share": 0.5}, "17:00 mai", "dong", "ring"),
        ({"due_at": moment(27, 17, 0), "used_share": 0.7}, "17:00 mai", "nghe", "ring"),
        ({"due_at": moment(26, 17, 0)}, "17:00 hôm nay", "nghe", "ring"),
        ({"due_at": moment(26, 12, 24)}, "Còn 2 giờ", "nghe", "ring"),
        ({"due_at": moment(26, 11, 0)}, "Còn 36 phút", "nghe", "ring"),
        ({"due_at": NOW}, "Còn 1 phút", "nghe", "ring"),
        ({"due_at": moment(26, 10, 23)}, "Quá 1 phút", "gach", "mark"),
        ({"due_at": moment(26, 7, 0)}, "Quá 3 giờ 24 phút", "gach", "mark"),
        ({"due_at": moment(24, 10, 0)}, "Quá 2 ngày", "gach", "mark"),
        ({"due_at": moment(30, 17, 0), "is_extended": True}, "Hẹn lại 30/11", "dong", "ring"),
        ({"due_at": moment(24, 10, 0), "is_extended": True}, "Quá 2 ngày", "gach", "mark"),
        ({}, "Chưa tính hạn", "da", "none"),
    ],
)
def test_names_the_due_moment_then_what_is_left(
    values: dict[str, Any], text: str, tone: str, sign: str
) -> None:
    assert say(**values) == (text, tone, sign)


@pytest.mark.parametrize(
    ("state", "values", "text", "tone"),
    [
        ("paused", {}, "Đã dừng", "da"),
        ("paused", {"paused_at": moment(25, 8, 0)}, "Dừng từ 25/11", "da"),
        ("stopped", {"due_at": moment(24, 10, 0)}, "Thôi chạy", "da"),
        (
            "finished",
            {"due_at": moment(26, 17, 0), "finished_at": moment(26, 9, 48)},
            "Sớm hơn hẹn 7 giờ 12 phút",
            "ngoc",
        ),
        (
            "finished",
            {"due_at": moment(26, 17, 0), "finished_at": moment(26, 9, 48), "is_brief": True},
            "Sớm 7 giờ",
            "ngoc",
        ),
        ("finished", {"due_at": moment(26, 17, 0), "finished_at": moment(26, 17, 0)}, "Đúng hẹn", "ngoc"),
        (
            "finished",
            {"due_at": moment(24, 17, 0), "finished_at": moment(25, 17, 5)},
            "Trễ hẹn 1 ngày",
            "gach",
        ),
    ],
)
def test_a_clock_that_does_not_run_says_how_it_ended(
    state: str, values: dict[str, Any], text: str, tone: str
) -> None:
    said, colour, _sign = say(state, **values)

    assert (said, colour) == (text, tone)


def test_next_year_is_named_with_its_year() -> None:
    due = dt.datetime(2027, 1, 4, 17, 0, tzinfo=NOW.tzinfo)

    assert say(due_at=due)[0] == "04/01/2027"


def test_speaks_english(english: None) -> None:
    assert say(due_at=moment(26, 17, 0))[0] == "17:00 today"
    assert say(due_at=moment(26, 11, 0))[0] == "36 minutes left"
    assert say("finished", due_at=moment(26, 17, 0), finished_at=moment(26, 9, 48))[0] == (
        "7 hours 12 minutes before due"
    )


def test_a_reading_is_told_whole() -> None:
    words = describe_reading(read_sample_clock())

    assert (words.tone, words.sign) == ("ngoc", "tick")
    assert words.text.startswith("Sớm hơn hẹn 1")
    assert words.full_moment == "17:00, thứ Sáu 27/11/2026"
