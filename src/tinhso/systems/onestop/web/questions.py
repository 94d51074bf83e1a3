"""What an official is asked about an imported record: one question a row and text, one input a field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ..data.national.answers import AnswerError, get_kind, get_row, get_whole_kind, read_answer, write_rows
from ..data.national.reasons import Reason
from ..models import NationalRecord, RecordDoubt
from ..selectors.record_words import FAULTS, KINDS, REASONS

UNIT_CHOICES = (
    ("working_day", _("ngày làm việc")),
    ("day", _("ngày")),
    ("hour", _("giờ")),
    ("month", _("tháng")),
)
HINTS = {
    "fee_vnd": _("Số tiền bằng đồng; miễn phí thì ghi 0"),
    "levels": _("Cách nhau bằng dấu phẩy: Cấp tỉnh, Cấp xã"),
    "channels": _("Mỗi dòng một hàng: kênh | số | đơn vị | phí. Kênh: online, direct, post"),
    "papers": _("Mỗi dòng một giấy tờ: tên | số bản chính | số bản sao | biểu mẫu"),
    "results": _("Mỗi dòng một kết quả: tên | mã"),
    "legal_basis": _("Mỗi dòng một văn bản: tên | số, ký hiệu"),
}
ORDER = list(KINDS)
NUMERIC = frozenset({"fee_vnd", "originals", "copies"})


@dataclass(frozen=True, slots=True)
class Input:
    doubt: RecordDoubt
    typed: str
    is_not_said: bool
    problem: str = ""

    @property
    def leaf(self) -> str:
        return get_kind(self.doubt.field)

    @property
    def label(self) -> str:
        return str(KINDS[get_whole_kind(self.doubt.field)])

    @property
    def hint(self) -> str:
        return str(HINTS.get(self.leaf, ""))

    @property
    def control(self) -> str:
        """rows, choice, number or text: how it is drawn."""
        if "[" not in self.doubt.field and self.leaf != "levels":
            return "rows"
        if self.leaf == "term_unit":
            return "choice"
        return "number" if self.leaf in NUMERIC or self.leaf == "term_value" else "text"

    @property
    def choices(self) -> Sequence[tuple[str, Any]]:
        return UNIT_CHOICES


@dataclass(frozen=True, slots=True)
class Question:
    row: str
    raw: str
    inputs: tuple[Input, ...]
    alike: int
    """Other records that ask the same about the same text."""
    is_alike_chosen: bool = False

    @property
    def key(self) -> int:
        return self.inputs[0].doubt.pk

    @property
    def reasons(self) -> list[str]:
        return list(dict.fromkeys(str(REASONS[Reason(one.doubt.reason)]) for one in self.inputs))


def ask(
    row: NationalRecord,
    doubts: Iterable[RecordDoubt],
    alike: Mapping[str, int],
    typed: QueryDict | None = None,
    problems: Mapping[str, str] | None = None,
) -> list[Question]:
    """The questions in the order of the record, with what was typed and what is wrong with it."""
    grouped: dict[tuple[str, str], list[RecordDoubt]] = {}
    for doubt in doubts:
        grouped.setdefault((get_row(doubt.field), doubt.raw), []).append(doubt)
    asked = []
    for (place, raw), members in grouped.items():
        members.sort(key=lambda doubt: ORDER.index(get_whole_kind(doubt.field)))
        inputs = tuple(_make_input(row, doubt, typed, problems or {}) for doubt in members)
        count = max(alike.get(doubt.likeness, 0) for doubt in members)
        is_chosen = typed is not None and f"a-{members[0].pk}" in typed
        asked.append(Question(place, raw, inputs, count, is_chosen))
    return asked


def _make_input(
    row: NationalRecord, doubt: RecordDoubt, typed: QueryDict | None, problems: Mapping[str, str]
) -> Input:
    if typed is None:
        start = "" if "[" in doubt.field else write_rows(doubt.field, row.told[doubt.field])
        return Input(doubt, start, is_not_said=False)
    is_not_said = f"n-{doubt.pk}" in typed
    return Input(doubt, typed.get(f"d-{doubt.pk}", ""), is_not_said, problems.get(str(doubt.pk), ""))


@dataclass(frozen=True, slots=True)
class Answers:
    values: dict[int, Any]
    alike: list[int]
    problems: dict[str, str]
    """By the doubt's id."""


def read_answers(posted: QueryDict, questions: Iterable[Question]) -> Answers:
    """What was answered; a field left empty stays open."""
    answers = Answers({}, [], {})
    for question in questions:
        for one in question.inputs:
            pk = one.doubt.pk
            if f"n-{pk}" in posted:
                answers.values[pk] = None
            elif text := posted.get(f"d-{pk}", "").strip():
                try:
                    answers.values[pk] = read_answer(one.doubt.field, text)
                except AnswerError as error:
                    answers.problems[str(pk)] = str(FAULTS[error.fault])
        if f"a-{question.key}" in posted:
            answers.alike.extend(one.doubt.pk for one in question.inputs)
    return answers
