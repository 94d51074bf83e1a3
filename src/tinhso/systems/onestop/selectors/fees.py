"""What a filing costs, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tinhso.kernel.forms.values import get_value

from ..choices import Channel
from ..data.procedure_file import Fee, VersionFile

CHANNEL_NAMES = {Channel.DIRECT: "counter", Channel.ONLINE: "online", Channel.POST: "post"}
ONE_EACH = {"dossier", "case", "transaction"}


@dataclass(frozen=True, slots=True)
class FeeLine:
    fee: Fee
    units: int | None
    """None: pages, minutes or copies that the officer counts."""
    amount_vnd: int | None


@dataclass(frozen=True, slots=True)
class FeeReading:
    amount_vnd: int | None
    """None: some part is not known yet (the officer counts it, or the province sets it)."""
    lines: tuple[FeeLine, ...]


def compute_fee(
    content: VersionFile, *, channel: Channel, on: dt.date, values: Mapping[str, Any] | None = None
) -> FeeReading:
    """The fee at the moment of filing, by the rules of the channel and the day, line by line."""
    answers = values or {}
    rules = content.find_fees(channel=CHANNEL_NAMES[channel], on=on, values=answers)
    lines = tuple(_read(fee, answers) for fee in rules)
    known = [line.amount_vnd for line in lines if line.amount_vnd is not None]
    return FeeReading(sum(known) if len(known) == len(lines) else None, lines)


def _read(fee: Fee, answers: Mapping[str, Any]) -> FeeLine:
    if fee.amount_vnd == 0 and not fee.tiers:
        return FeeLine(fee, 1, 0)
    units = _count(fee, answers)
    return FeeLine(fee, units, fee.compute(units) if units is not None else None)


def _count(fee: Fee, answers: Mapping[str, Any]) -> int | None:
    if fee.quantity:
        said = get_value(answers, fee.quantity)
        return int(said) if isinstance(said, int | float) else None
    return 1 if fee.per in ONE_EACH else None
