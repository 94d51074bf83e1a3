"""What the law leaves open, as named readings a province picks, and what it fixes, by decree and day.

A `Policy` is one legal period (Decree 61/2018, Decree 118/2025) with one reading for every open
question. The articles shown beside a step come from here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from .wording import NOTHING, Words, clock_time, gettext_noop, words


class Question(StrEnum):
    CUT_OFF = "cut_off"
    FIRST_DAY = "first_day"
    AFTER_SUPPLEMENT = "after_supplement"
    AFTER_PAYMENT = "after_payment"
    HOURS = "hours"
    DUE_HOUR = "due_hour"
    LATENESS = "lateness"


class CutOff(StrEnum):
    """What a dossier received after 15:00 means for its term."""

    NEXT_DAY_COUNTS = "next_day_counts"
    RECEIVED_NEXT_DAY = "received_next_day"
    HAND_OVER_ONLY = "hand_over_only"


class FirstDay(StrEnum):
    DAY_AFTER = "day_after"
    SAME_DAY = "same_day"


class AfterPause(StrEnum):
    RESTART = "restart"
    RESUME = "resume"


class Hours(StrEnum):
    WORKING = "working"
    CLOCK = "clock"


class DueHour(StrEnum):
    OFFICE_END = "office_end"
    MIDNIGHT = "midnight"


class Lateness(StrEnum):
    MOMENT = "moment"
    DAY = "day"


ANSWERS: Mapping[Question, type[StrEnum]] = {
    Question.CUT_OFF: CutOff,
    Question.FIRST_DAY: FirstDay,
    Question.AFTER_SUPPLEMENT: AfterPause,
    Question.AFTER_PAYMENT: AfterPause,
    Question.HOURS: Hours,
    Question.DUE_HOUR: DueHour,
    Question.LATENESS: Lateness,
}

QUESTION_TEXTS: Mapping[Question, str] = {
    Question.CUT_OFF: gettext_noop("Hồ sơ nhận sau %(time)s thì sao?"),
    Question.FIRST_DAY: gettext_noop("Ngày nhận có được tính không?"),
    Question.AFTER_SUPPLEMENT: gettext_noop("Sau khi bổ sung giấy tờ, đếm tiếp hay đếm lại?"),
    Question.AFTER_PAYMENT: gettext_noop("Sau khi nộp tiền, đếm tiếp hay đếm lại?"),
    Question.HOURS: gettext_noop("Thời hạn tính bằng giờ là giờ nào?"),
    Question.DUE_HOUR: gettext_noop("Ngày hẹn kết thúc lúc nào?"),
    Question.LATENESS: gettext_noop("Khi nào gọi là trễ?"),
}

READING_NAMES: Mapping[tuple[Question, str], str] = {
    (Question.CUT_OFF, CutOff.NEXT_DAY_COUNTS): gettext_noop(
        "Sau %(time)s thì tính từ ngày làm việc kế tiếp"
    ),
    (Question.CUT_OFF, CutOff.RECEIVED_NEXT_DAY): gettext_noop("Sau %(time)s thì coi như nhận hôm sau"),
    (Question.CUT_OFF, CutOff.HAND_OVER_ONLY): gettext_noop("%(time)s chỉ là mốc chuyển hồ sơ"),
    (Question.FIRST_DAY, FirstDay.DAY_AFTER): gettext_noop("Ngày nhận không tính"),
    (Question.FIRST_DAY, FirstDay.SAME_DAY): gettext_noop("Ngày nhận là ngày 1"),
    (Question.AFTER_SUPPLEMENT, AfterPause.RESTART): gettext_noop("Bổ sung xong thì đếm lại từ đầu"),
    (Question.AFTER_SUPPLEMENT, AfterPause.RESUME): gettext_noop("Bổ sung xong thì đếm tiếp"),
    (Question.AFTER_PAYMENT, AfterPause.RESTART): gettext_noop("Nộp tiền xong thì đếm lại từ đầu"),
    (Question.AFTER_PAYMENT, AfterPause.RESUME): gettext_noop("Nộp tiền xong thì đếm tiếp"),
    (Question.HOURS, Hours.WORKING): gettext_noop("Giờ là giờ làm việc"),
    (Question.HOURS, Hours.CLOCK): gettext_noop("Giờ là giờ đồng hồ"),
    (Question.DUE_HOUR, DueHour.OFFICE_END): gettext_noop("Hạn lúc hết giờ làm việc"),
    (Question.DUE_HOUR, DueHour.MIDNIGHT): gettext_noop("Hạn lúc nửa đêm"),
    (Question.LATENESS, Lateness.MOMENT): gettext_noop("Quá giờ hẹn là trễ"),
    (Question.LATENESS, Lateness.DAY): gettext_noop("Quá ngày hẹn mới là trễ"),
}

READING_SUMMARIES: Mapping[tuple[Question, str], str] = {
    (Question.CUT_OFF, CutOff.NEXT_DAY_COUNTS): gettext_noop(
        "Hồ sơ nhận sau %(time)s hoặc ngoài ngày làm việc được tính từ ngày làm việc kế tiếp; ngày đó là ngày 1."
    ),
    (Question.CUT_OFF, CutOff.RECEIVED_NEXT_DAY): gettext_noop(
        "Hồ sơ nhận sau %(time)s coi như nhận vào ngày làm việc kế tiếp. Ngày nhận không tính, nên ngày 1 là ngày "
        "làm việc sau đó."
    ),
    (Question.CUT_OFF, CutOff.HAND_OVER_ONLY): gettext_noop(
        "Hồ sơ nhận sau %(time)s được chuyển đi vào đầu ngày làm việc kế tiếp, nhưng thời hạn vẫn tính từ ngày nhận."
    ),
    (Question.FIRST_DAY, FirstDay.DAY_AFTER): gettext_noop(
        "Ngày nhận hồ sơ không tính; ngày kế tiếp là ngày 1."
    ),
    (Question.FIRST_DAY, FirstDay.SAME_DAY): gettext_noop(
        "Hồ sơ nhận trong giờ thì ngay ngày nhận là ngày 1."
    ),
    (Question.AFTER_SUPPLEMENT, AfterPause.RESTART): gettext_noop(
        "Đồng hồ dừng khi yêu cầu bổ sung. Nộp đủ thì đếm lại từ ngày 1, các ngày đã tính trước đó bỏ đi."
    ),
    (Question.AFTER_SUPPLEMENT, AfterPause.RESUME): gettext_noop(
        "Đồng hồ dừng khi yêu cầu bổ sung. Nộp đủ thì đếm tiếp phần còn lại."
    ),
    (Question.AFTER_PAYMENT, AfterPause.RESTART): gettext_noop(
        "Đồng hồ dừng khi chờ nộp tiền. Nộp xong thì đếm lại từ ngày 1."
    ),
    (Question.AFTER_PAYMENT, AfterPause.RESUME): gettext_noop(
        "Đồng hồ dừng khi chờ nộp tiền. Nộp xong thì đếm tiếp phần còn lại."
    ),
    (Question.HOURS, Hours.WORKING): gettext_noop(
        "Chỉ tính giờ làm việc của cơ quan, trừ giờ nghỉ trưa và ngày nghỉ."
    ),
    (Question.HOURS, Hours.CLOCK): gettext_noop(
        "Tính liên tục cả đêm và ngày nghỉ; hạn rơi ngoài giờ làm việc thì chuyển sang đầu giờ làm việc kế tiếp."
    ),
    (Question.DUE_HOUR, DueHour.OFFICE_END): gettext_noop("Ngày hẹn kết thúc khi cơ quan hết giờ làm việc."),
    (Question.DUE_HOUR, DueHour.MIDNIGHT): gettext_noop("Ngày hẹn kết thúc lúc hai mươi tư giờ."),
    (Question.LATENESS, Lateness.MOMENT): gettext_noop("Trả kết quả sau giờ hẹn là trễ."),
    (Question.LATENESS, Lateness.DAY): gettext_noop(
        "Trả kết quả trong ngày hẹn vẫn là đúng hạn, dù đã quá giờ, như cách Cổng Dịch vụ công quốc gia thống kê."
    ),
}


_FIXED = {
    "roll": gettext_noop("Ngày cuối của thời hạn là ngày nghỉ thì hạn chuyển sang ngày làm việc kế tiếp."),
    "month": gettext_noop(
        "Thời hạn tính bằng tháng hết vào ngày cùng số của tháng cuối; tháng không có ngày đó thì hết vào ngày "
        "cuối tháng."
    ),
    "pause": gettext_noop("Đồng hồ dừng khi chờ bạn bổ sung giấy tờ hoặc nộp tiền; ngày dừng không tính."),
    "extension": gettext_noop("Không kịp hẹn thì cơ quan xin lỗi, nêu lý do và hẹn lại, chỉ một lần."),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One reading in force: the question, the answer picked, and where it is written."""

    question: Question
    value: str
    text: Words
    """The question."""
    name: Words
    summary: Words
    law: Words
    basis: str = ""
    """The province's own decision; empty while the default of the product stands."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What the law fixes and no province chooses."""

    text: Words
    law: Words


@dataclass(frozen=True, slots=True)
class Policy:
    """How terms are counted in one legal period."""

    code: str
    decree: Words
    valid_from: dt.date
    valid_to: dt.date | None = None
    cut_off_at: dt.time = dt.time(15, 0)
    """The last second still in time."""
    cut_off: CutOff = CutOff.NEXT_DAY_COUNTS
    first_day: FirstDay = FirstDay.DAY_AFTER
    after_supplement: AfterPause = AfterPause.RESTART
    after_payment: AfterPause = AfterPause.RESUME
    hours: Hours = Hours.WORKING
    due_hour: DueHour = DueHour.OFFICE_END
    lateness: Lateness = Lateness.MOMENT
    articles: Mapping[str, Words] = field(default_factory=dict, compare=False)
    bases: Mapping[str, str] = field(default_factory=dict, compare=False)
    note: Words = NOTHING
    """What the reader should know about the sources of this period."""

    def restarts_after(self, cause: str) -> bool:
        """Whether counting starts again at day 1 after a pause of this cause."""
        if cause == "supplement":
            return self.after_supplement is AfterPause.RESTART
        if cause == "financial_duty":
            return self.after_payment is AfterPause.RESTART
        return False

    def law(self, matter: str) -> Words:
        """The article for a question or another matter (`pause`, `extension`, `stop`); the decree if none."""
        return self.articles.get(matter, self.decree)

    def choice(self, question: Question, value: str | None = None) -> Choice:
        """The reading in force, or another one the question has (KeyError when it has none such)."""
        chosen = str(getattr(self, question.value)) if value is None else value
        time = clock_time(self.cut_off_at)
        return Choice(
            question=question,
            value=chosen,
            text=words(QUESTION_TEXTS[question], time=time),
            name=words(READING_NAMES[question, chosen], time=time),
            summary=words(READING_SUMMARIES[question, chosen], time=time),
            law=self.law(question),
            basis=self.bases.get(question, "") if value is None else "",
        )

    def find_others(self, question: Question) -> tuple[Choice, ...]:
        """The readings of a question that are not in force."""
        values = [v.value for v in ANSWERS[question] if v != getattr(self, question.value)]
        return tuple(self.choice(question, value) for value in values)

    @property
    def fixed_rules(self) -> tuple[Rule, ...]:
        time = clock_time(self.cut_off_at)
        in_time = words(
            gettext_noop("Hồ sơ nhận đúng %(time)s vẫn là trong giờ; quá một giây là sau giờ."), time=time
        )
        return (
            Rule(in_time, self.law(Question.CUT_OFF)),
            *(Rule(Words(text), self.law(matter)) for matter, text in _FIXED.items()),
        )

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(self.choice(question) for question in Question)

    def choosing(self, question: Question, value: str, basis: str) -> Policy:
        """The same period with another reading. ValueError when the question has no such reading."""
        changes: dict[str, Any] = {question.value: ANSWERS[question](value)}
        return replace(self, **changes, bases={**self.bases, question: basis})


def civil_code(article: str) -> Words:
    return words(gettext_noop("Bộ luật Dân sự 2015, Điều %(article)s"), article=article)


def _decree(number: str, article: str = "") -> Words:
    if not article:
        return words(gettext_noop("NĐ %(number)s"), number=number)
    return words(gettext_noop("NĐ %(number)s, Điều %(article)s"), number=number, article=article)


_NO_RULE = Words(gettext_noop("Luật không quy định, tỉnh chọn"))

_COMMON = {
    Question.FIRST_DAY: civil_code("147"),
    Question.HOURS: civil_code("147.1"),
    Question.DUE_HOUR: civil_code("148.6"),
    Question.AFTER_PAYMENT: _NO_RULE,
    Question.LATENESS: _NO_RULE,
    "roll": civil_code("148.5"),
    "month": civil_code("148.3"),
}

LAWS: tuple[Policy, ...] = (
    Policy(
        code="nd61_2018",
        decree=_decree("61/2018"),
        valid_from=dt.date(2018, 6, 21),
        valid_to=dt.date(2025, 6, 30),
        articles={
            **_COMMON,
            Question.CUT_OFF: _decree("61/2018", "18"),
            Question.AFTER_SUPPLEMENT: _decree("61/2018", "19.4"),
            "pause": _decree("61/2018", "19.4"),
            "extension": _decree("61/2018", "19.9"),
        },
    ),
    Policy(
        code="nd118_2025",
        decree=_decree("118/2025"),
        valid_from=dt.date(2025, 7, 1),
        articles={**_COMMON, Question.CUT_OFF: _decree("118/2025", "18")},
        note=Words(
            gettext_noop(
                "Mốc 15:00 và việc đếm lại sau bổ sung được giữ như Nghị định 61/2018. Tỉnh đối chiếu với "
                "toàn văn Nghị định 118/2025 và chọn cách đọc của mình."
            )
        ),
    ),
)
"""The legal periods, oldest first (Decree 118/2025 replaced Decree 61/2018 on 1/7/2025)."""


def find_law(on: dt.date) -> Policy | None:
    """The legal period a day falls in; None before Decree 61/2018."""
    for policy in LAWS:
        if policy.valid_from <= on and (policy.valid_to is None or on <= policy.valid_to):
            return policy
    return None
