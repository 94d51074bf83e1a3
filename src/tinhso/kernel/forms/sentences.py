"""What is said about a problem. One table for both sides: Python fills it here, the browser gets it whole."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tinhso.kernel.people.errors import (
    CitizenNumberBirthYearError,
    CitizenNumberFormatError,
    CitizenNumberFutureError,
    CitizenNumberProvinceError,
    CitizenNumberSexError,
)

from .checking import Problem
from .fields import Field, FieldKind
from .numbers import write_number

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ANY = ""

# Kind of problem, then kind of field; `ANY` where the field makes no difference. {name} is the title with a
# small first letter, {title} as it is written.
SENTENCES: Mapping[str, Mapping[str, str | _StrPromise]] = {
    "required": {
        ANY: _("Điền {name}."),
        FieldKind.DATE: _("Ghi {name}."),
        FieldKind.RADIO: _("Chọn {name}."),
        FieldKind.SELECT: _("Chọn {name}."),
        FieldKind.CHECKS: _("Chọn ít nhất một mục: {name}."),
        FieldKind.YES_NO: _("Chọn có hoặc không: {name}."),
        FieldKind.CONFIRM: _("Đánh dấu vào ô này để xác nhận."),
        FieldKind.ROWS: _("Thêm {name}."),
    },
    "unexpected": {ANY: _("Mục {name} không dùng cho trường hợp bạn đã chọn.")},
    "unknown": {ANY: _("Tờ khai không có mục này.")},
    "type": {
        ANY: _("{title} chưa đúng dạng."),
        FieldKind.INTEGER: _("{title} là số nguyên, ví dụ 3."),
        FieldKind.MONEY: _("{title} là số tiền bằng đồng, ví dụ 50.000.000."),
        FieldKind.NUMBER: _("{title} là số, ví dụ 12,5."),
    },
    "choice": {ANY: _("Chọn một mục trong danh sách: {name}.")},
    "confirm": {ANY: _("Đánh dấu vào ô này để xác nhận.")},
    "pattern": {ANY: _("{title} chưa đúng mẫu.")},
    "email": {ANY: _("Địa chỉ thư điện tử có dạng ten@mien.vn.")},
    "phone": {ANY: _("Số điện thoại có 10 hoặc 11 chữ số, bắt đầu bằng số 0.")},
    "too_short": {ANY: _("{title} cần ít nhất {limit} ký tự. Bạn đã ghi {length}.")},
    "too_long": {ANY: _("{title} dài tối đa {limit} ký tự. Bạn đã ghi {length}.")},
    "minimum": {ANY: _("{title} phải từ {limit} trở lên.")},
    "above": {ANY: _("{title} phải lớn hơn {limit}.")},
    "maximum": {ANY: _("{title} không được quá {limit}.")},
    "min_rows": {
        ANY: _("{title} cần ít nhất {limit} dòng."),
        FieldKind.CHECKS: _("Chọn ít nhất {limit} mục: {name}."),
    },
    "max_rows": {
        ANY: _("{title} có tối đa {limit} dòng."),
        FieldKind.CHECKS: _("Chọn tối đa {limit} mục: {name}."),
    },
    "repeated": {ANY: _("{title} có mục bị lặp.")},
    "date_incomplete": {ANY: _("Ghi đủ ngày, tháng, năm bằng chữ số: {name}.")},
    "date_year": {ANY: _("Năm ghi đủ bốn chữ số, từ {first} đến {last}.")},
    "date_month": {ANY: _("Tháng {month} không có trong lịch. Tháng là số từ 1 đến 12.")},
    "date_unreal": {
        ANY: _("Ngày {day}/{month}/{year} không có trong lịch. {month_name} có {last} ngày."),
    },
    "date_unreal_february": {
        ANY: _("Ngày {day}/{month}/{year} không có trong lịch. {month_name} năm {year} có {last} ngày."),
    },
    "after_today": {ANY: _("{title} không được sau hôm nay, {limit}.")},
    "after": {ANY: _("{title} không được sau ngày {limit}.")},
    "before": {ANY: _("{title} không được trước ngày {limit}.")},
    "too_young": {ANY: _("Người này chưa đủ {years} tuổi tính đến hôm nay.")},
    "citizen_format": {ANY: CitizenNumberFormatError.message},
    "citizen_province": {ANY: CitizenNumberProvinceError.message},
    "citizen_future": {ANY: CitizenNumberFutureError.message},
    "citizen_birth_year": {ANY: CitizenNumberBirthYearError.message},
    "citizen_sex": {ANY: CitizenNumberSexError.message},
    "unknown_unit": {ANY: _("{title} này không có vào ngày {limit}. Chọn lại.")},
    "foreign_commune": {ANY: _("Xã, phường đã chọn không thuộc tỉnh, thành phố đã chọn. Chọn lại.")},
}

MONTHS = (
    _("Tháng 1"), _("Tháng 2"), _("Tháng 3"), _("Tháng 4"), _("Tháng 5"), _("Tháng 6"),
    _("Tháng 7"), _("Tháng 8"), _("Tháng 9"), _("Tháng 10"), _("Tháng 11"), _("Tháng 12"),
)  # fmt: skip

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def write_problem(problem: Problem, field: Field | None, language: str, context: str = "") -> str:
    """The sentence for a problem of a field. `context` names whose answer it is, where titles repeat."""
    own = field.schema.get("x-messages", {}).get(problem.kind) if field else None
    template = own.get(language) or own["vi"] if own else find_sentence(problem.kind, field)
    title = field.title(language) if field else problem.path
    words = {name: _write_param(name, value, language) for name, value in problem.params.items()}
    if "month" in problem.params:
        month = int(problem.params["month"])
        words["month_name"] = str(MONTHS[month - 1]) if 1 <= month <= 12 else ""
    sentence = template.format(title=title, name=lower_first(title), **words)
    return f"{context}: {lower_first(sentence)}" if context else sentence


def find_sentence(kind: str, field: Field | None) -> str:
    by_field = SENTENCES[kind]
    template = str(by_field.get(field.kind if field else ANY) or by_field[ANY])
    return PLACEHOLDER.sub(r"{\1}", template)


def list_sentences() -> dict[str, dict[str, str]]:
    """The whole table in the active language, for the browser."""
    return {
        kind: {str(on): PLACEHOLDER.sub(r"{\1}", str(text)) for on, text in by_field.items()}
        for kind, by_field in SENTENCES.items()
    }


def list_headings() -> list[str]:
    """Over the list of problems: for one, and for {count} of them."""
    return [
        ngettext("Có %(count)s chỗ cần sửa", "Có %(count)s chỗ cần sửa", count) % {"count": shown}
        for count, shown in ((1, "1"), (2, "{count}"))
    ]


def lower_first(text: str) -> str:
    """A small first letter, unless the word is written in capitals (GPS, UBND)."""
    if len(text) > 1 and text[1].isupper():
        return text
    return text[:1].lower() + text[1:]


def write_day(day: dt.date, language: str) -> str:
    """26/11/2026; in English 26 November 2026."""
    if language == "en":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def find_context(
    path: str, field: Field, scope: Sequence[Field], by_path: Mapping[str, Field], language: str
) -> str:
    """Whose answer it is: the row, or what holds the field when another field in sight has the same title."""
    steps = path.split(".")
    for index, step in enumerate(steps):
        if step.isdigit():
            rows = by_path[".".join(steps[:index])]
            return f"{rows.row_title(language)} {int(step) + 1}"
    titles = [part.title(language) for root in scope for part in root.walk()]
    holder = by_path.get(field.holder)
    is_in_unit = holder is not None and holder.kind is FieldKind.UNIT
    if holder is not None and is_in_unit and holder.schema.get("x-plain"):
        holder = by_path.get(holder.holder)
    if holder is None or (not is_in_unit and titles.count(field.title(language)) < 2):
        return ""
    words = [holder.title(language)]
    while titles.count(words[0]) > 1 and (holder := by_path.get(holder.holder)) is not None:
        words.insert(0, holder.title(language))
    return ", ".join(words[:1] + [lower_first(word) for word in words[1:]])


def _write_param(name: str, value: object, language: str) -> str:
    if isinstance(value, dt.date):
        return write_day(value, language)
    return write_number(value, language) if name == "limit" else str(value)
