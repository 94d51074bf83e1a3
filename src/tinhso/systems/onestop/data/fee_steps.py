"""How a fee came about, step by step, each with the article that says so: plain values that can be kept, and words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, npgettext
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.web import formats

UNIT_WORDS: Mapping[str, Callable[[int], str]] = {
    "dossier": lambda count: npgettext("unit", "hồ sơ", "hồ sơ", count),
    "copy": lambda count: npgettext("unit", "bản", "bản", count),
    "page": lambda count: npgettext("unit", "trang", "trang", count),
    "minute": lambda count: npgettext("unit", "phút", "phút", count),
    "transaction": lambda count: npgettext("unit", "giao dịch", "giao dịch", count),
    "case": lambda count: npgettext("unit", "trường hợp", "trường hợp", count),
}
CHANNEL_WORDS = {"online": _("nộp trực tuyến"), "counter": _("nộp tại quầy"), "post": _("nộp qua bưu chính")}


@dataclass(frozen=True, slots=True)
class UnitPart:
    """So many units at so many đồng each."""

    count: int
    each_vnd: int


@dataclass(frozen=True, slots=True)
class FeeStep:
    """One step of the reckoning. `kind`: day, rate, ordinary, units, cap, exemption, not_counted, not_set, asked or
    sum; which members a kind fills is told by its words below."""

    kind: str
    name: str = ""
    name_en: str = ""
    basis: str = ""
    per: str = ""
    amount_vnd: int = 0
    parts: tuple[UnitPart, ...] = ()
    percent: int = 0
    channel: str = ""
    on: dt.date | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    note: str = ""

    @property
    def sentence(self) -> str:
        """In the reader's language."""
        return _SENTENCES[self.kind](self)

    @property
    def is_sum(self) -> bool:
        return self.kind == "sum"

    @property
    def said_name(self) -> str:
        return self.name_en if formats.is_english() and self.name_en else self.name

    def write_unit(self, count: int = 1) -> str:
        return UNIT_WORDS[self.per](count)


def _say_day(step: FeeStep) -> str:
    said = {"day": formats.day(step.on) if step.on else "", "channel": str(CHANNEL_WORDS[step.channel])}
    return gettext("Tính theo mức của ngày %(day)s, %(channel)s.") % said


def _say_rate(step: FeeStep) -> str:
    said = {"name": step.said_name, "amount": formats.dong(step.amount_vnd), "unit": step.write_unit()}
    sentence = gettext("%(name)s: %(amount)s mỗi %(unit)s.") % said
    return " ".join(filter(None, (sentence, _say_window(step))))


def _say_window(step: FeeStep) -> str:
    since = formats.day(step.valid_from) if step.valid_from else ""
    until = formats.day(step.valid_to) if step.valid_to else ""
    if since and until:
        return gettext("Mức này áp dụng từ %(since)s đến hết %(until)s.") % {"since": since, "until": until}
    if until:
        return gettext("Mức này áp dụng đến hết %(until)s.") % {"until": until}
    return gettext("Mức này áp dụng từ %(since)s.") % {"since": since} if since else ""


def _say_ordinary(step: FeeStep) -> str:
    said = {"amount": formats.dong(step.amount_vnd), "unit": step.write_unit()}
    return gettext("Mức thường là %(amount)s mỗi %(unit)s.") % said


def _say_units(step: FeeStep) -> str:
    terms = " + ".join(f"{formats.number(p.count)} × {formats.dong(p.each_vnd)}" for p in step.parts)
    count = sum(part.count for part in step.parts)
    said = {
        "count": formats.number(count),
        "unit": step.write_unit(count),
        "terms": terms,
        "amount": formats.dong(step.amount_vnd),
    }
    return gettext("%(count)s %(unit)s: %(terms)s = %(amount)s.") % said


def _say_cap(step: FeeStep) -> str:
    return gettext("Không thu quá %(amount)s.") % {"amount": formats.dong(step.amount_vnd)}


def _say_exemption(step: FeeStep) -> str:
    said = {
        "name": step.said_name,
        "amount": formats.dong(step.amount_vnd),
        "percent": formats.percent(step.percent),
    }
    if step.percent == 100:
        return gettext("Được miễn: %(name)s. Trừ %(amount)s.") % said
    return gettext("Được giảm %(percent)s: %(name)s. Trừ %(amount)s.") % said


def _say_not_counted(step: FeeStep) -> str:
    said = {"name": step.said_name, "unit": step.write_unit(2)}
    return gettext("%(name)s: tính theo số %(unit)s; công chức đếm rồi báo số tiền.") % said


def _say_not_set(step: FeeStep) -> str:
    sentence = gettext("%(name)s: chưa có mức trong dữ liệu thủ tục.") % {"name": step.said_name}
    return f"{sentence} {step.note}." if step.note else sentence


def _say_asked(step: FeeStep) -> str:
    return gettext("Cơ quan yêu cầu nộp %(amount)s: %(note)s") % {
        "amount": formats.dong(step.amount_vnd),
        "note": step.note,
    }


def _say_sum(step: FeeStep) -> str:
    if step.amount_vnd == 0:
        return gettext("Không phải nộp.")
    return gettext("Phải nộp %(amount)s.") % {"amount": formats.dong(step.amount_vnd)}


_SENTENCES = {
    "day": _say_day,
    "rate": _say_rate,
    "ordinary": _say_ordinary,
    "units": _say_units,
    "cap": _say_cap,
    "exemption": _say_exemption,
    "not_counted": _say_not_counted,
    "not_set": _say_not_set,
    "asked": _say_asked,
    "sum": _say_sum,
}
