"""The table of ways to file: one row per channel and case, its cells run together.

`Trực tuyến5 Ngày làm việcMiễn phí(Không)Nộp qua Cổng Dịch vụ công.Trực tiếp5 Ngày...`: channel, term, fee,
note. A row begins where a channel's name is followed at once by a term and a fee.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .fees import FREE, FeeReading, read_fee
from .glue import LOWER, UPPER
from .reasons import Reason
from .record import Doubt, PublishedChannel
from .terms import NOTHING, TermReading, read_term

HEADING = "Hình thức nộpThời gianPhí, lệ phíMô tả"
CHANNELS = {"Trực tuyến": "online", "Dịch vụ bưu chính": "post", "Trực tiếp": "direct"}

_CHANNEL = "|".join(CHANNELS)
_FEE = rf"{FREE}|{NOTHING}|\d[\d.,]* (?:VNĐ|Việt Nam Đồng|[A-Z]{{3}})"
_TERM = rf"\d+(?:[.,]\d+)? [{UPPER}][{LOWER}]+(?: [{LOWER}]+){{0,2}}?|{NOTHING}|\d+(?=(?:{FREE}|{NOTHING}))|(?=\d)"
_CELLS = re.compile(rf"(?P<channel>{_CHANNEL})(?P<term>{_TERM})(?P<fee>{_FEE})")
_STRAY = re.compile(rf"(?<![(\-–:;,/])(?P<channel>{_CHANNEL})(?=[{UPPER}\d])")
"""A channel's name that runs into what follows: a row, though its cells are not those of one."""


@dataclass(frozen=True, slots=True)
class ChannelTable:
    rows: tuple[PublishedChannel, ...] = ()
    doubts: tuple[Doubt, ...] = field(default=())


def read_channels(text: str) -> ChannelTable:
    """Every row in the order of the text."""
    if text.strip() in {"", NOTHING}:
        return ChannelTable()
    if not text.startswith(HEADING):
        return _refuse(text)
    body = text[len(HEADING) :]
    starts = _find_starts(body)
    if not starts or starts[0] != 0:
        return _refuse(text) if body.strip() else ChannelTable()
    rows: list[PublishedChannel] = []
    doubts: list[Doubt] = []
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(body)
        row, found = _read_row(body[start:end], f"channels[{index}]")
        rows.append(row)
        doubts += found
    return ChannelTable(tuple(rows), tuple(doubts))


def _refuse(text: str) -> ChannelTable:
    return ChannelTable(doubts=(Doubt("channels", Reason.TABLE_NOT_RECOGNISED, text),))


def _find_starts(body: str) -> list[int]:
    found = {match.start() for match in _CELLS.finditer(body)}
    found |= {match.start() for match in _STRAY.finditer(body)}
    return sorted(found)


def _read_row(raw: str, place: str) -> tuple[PublishedChannel, list[Doubt]]:
    channel, term_cell, fee_cell, note = _split_row(raw)
    if not term_cell and fee_cell[:1].isdigit():
        term, fee = TermReading(doubt=Reason.TERM_GLUED_TO_FEE), FeeReading(doubt=Reason.TERM_GLUED_TO_FEE)
    else:
        term, fee = read_term(term_cell, note), read_fee(fee_cell, note)
    row = PublishedChannel(CHANNELS[channel], term.value, term.unit, fee.amount_vnd, note)
    return row, list(_find_doubts(term, fee, place, raw))


def _split_row(raw: str) -> tuple[str, str, str, str]:
    if cells := _CELLS.match(raw):
        return cells["channel"], cells["term"], cells["fee"], raw[cells.end() :].strip()
    channel = next(name for name in CHANNELS if raw.startswith(name))
    rest = raw[len(channel) :]
    fee = re.search(rf"{FREE}|{NOTHING}", rest)
    if fee is None:
        return channel, rest, "", ""
    return channel, rest[: fee.start()].strip(), fee[0], rest[fee.end() :].strip()


def _find_doubts(term: TermReading, fee: FeeReading, place: str, raw: str) -> Iterator[Doubt]:
    if term.doubt:
        yield Doubt(f"{place}.term_value", term.doubt, raw)
        yield Doubt(f"{place}.term_unit", term.doubt, raw)
    if fee.doubt:
        yield Doubt(f"{place}.fee_vnd", fee.doubt, raw)
