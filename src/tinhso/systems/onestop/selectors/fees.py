"""What a filing costs, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from tinhso.kernel.forms.values import get_value

from ..choices import Channel
from ..data.fee_steps import FeeStep, UnitPart
from ..data.procedure_file import Exemption, Fee, VersionFile, holds
from ..models import Dossier
from .procedures import get_content

CHANNEL_NAMES = {Channel.DIRECT: "counter", Channel.ONLINE: "online", Channel.POST: "post"}
ONE_EACH = {"dossier", "case", "transaction"}
NOBODY_EXEMPT: frozenset[str] = frozenset()
NOTHING_COUNTED: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True)
class FeeLine:
    """What one rule makes of the case."""

    fee: Fee
    units: int | None
    """None: pages, minutes or copies that the officer counts."""
    full_vnd: int | None
    """Before anything is let off; None where the rate or the units are not known."""
    exemption: Exemption | None = None

    @property
    def amount_vnd(self) -> int | None:
        """What is to be paid. A part of a đồng is left to the payer."""
        if self.exemption is None or self.full_vnd is None:
            return 0 if self._is_free else self.full_vnd
        return self.full_vnd * (100 - self.exemption.percent) // 100

    @property
    def _is_free(self) -> bool:
        """Let off wholly, however much it would have been."""
        return self.exemption is not None and self.exemption.percent == 100

    @property
    def kind(self) -> str:
        """charge (lệ phí) or fee (phí), as the law tells the two apart by name (Law 97/2015/QH13, article 3)."""
        return "charge" if self.fee.name.casefold().startswith("lệ phí") else "fee"

    @property
    def is_counted(self) -> bool:
        return self.units is not None or self._is_free


@dataclass(frozen=True, slots=True)
class FeeReading:
    amount_vnd: int | None
    """None: some part is not known yet (the officer counts it, or the province sets it)."""
    lines: tuple[FeeLine, ...]
    steps: tuple[FeeStep, ...] = ()
    """The way to the amount, for officer and citizen alike."""
    offered: tuple[Exemption, ...] = ()
    """Who is let off by these rules on the day; granted on proof."""

    @property
    def uncounted(self) -> tuple[FeeLine, ...]:
        """What an officer has to count before the amount is known."""
        return tuple(line for line in self.lines if not line.is_counted and line.fee.amount_vnd is not None)


def compute_fee(
    content: VersionFile,
    *,
    channel: Channel,
    on: dt.date,
    values: Mapping[str, Any] | None = None,
    counts: Mapping[str, int] = NOTHING_COUNTED,
    groups: frozenset[str] = NOBODY_EXEMPT,
) -> FeeReading:
    """The fee at the moment of filing, by the rules of the channel and the day, line by line, with the way to it.

    `counts`: units an officer has counted, by fee code; `groups`: exemptions an officer has granted, by code.
    """
    answers = values or {}
    name = CHANNEL_NAMES[channel]
    rules = content.find_fees(channel=name, on=on, values=answers)
    lines = tuple(_read(fee, answers, counts, groups, on) for fee in rules)
    known = [line.amount_vnd for line in lines if line.amount_vnd is not None]
    amount = sum(known) if len(known) == len(lines) else None
    steps = [FeeStep("day", on=on, channel=name)] if lines else []
    for line in lines:
        ordinary = content.find_displaced_fee(line.fee, channel=name, on=on, values=answers)
        steps += _explain(line, ordinary)
    if amount is not None:
        steps.append(FeeStep("sum", amount_vnd=amount))
    offered = {e.code: e for fee in rules if fee.amount_vnd != 0 for e in fee.find_exemptions(on)}
    return FeeReading(amount, lines, tuple(steps), tuple(offered.values()))


def read_dossier_fee(
    dossier: Dossier,
    *,
    counts: Mapping[str, int] = NOTHING_COUNTED,
    groups: frozenset[str] = NOBODY_EXEMPT,
) -> FeeReading:
    """The fee of a filed dossier, by the version it was filed under and the rates of the day it was filed."""
    return compute_fee(
        get_content(dossier.version),
        channel=Channel(dossier.channel),
        on=timezone.localdate(dossier.filed_at),
        values=dossier.form_values,
        counts=counts,
        groups=groups,
    )


def _read(
    fee: Fee, answers: Mapping[str, Any], counts: Mapping[str, int], groups: frozenset[str], on: dt.date
) -> FeeLine:
    if fee.amount_vnd == 0 and not fee.tiers:
        return FeeLine(fee, 1, 0)
    units = counts.get(fee.code, _count(fee, answers))
    full = fee.compute(units) if units is not None else None
    return FeeLine(fee, units, full, _find_exemption(fee, answers, groups, on))


def _find_exemption(
    fee: Fee, answers: Mapping[str, Any], groups: frozenset[str], on: dt.date
) -> Exemption | None:
    """The one that lets off most, of those granted and those the answers make."""
    found = [
        exemption
        for exemption in fee.find_exemptions(on)
        if exemption.code in groups or (exemption.when and holds(exemption.when, answers))
    ]
    return max(found, key=lambda exemption: exemption.percent, default=None)


def _count(fee: Fee, answers: Mapping[str, Any]) -> int | None:
    if fee.quantity:
        said = get_value(answers, fee.quantity)
        return int(said) if isinstance(said, int | float) else None
    return 1 if fee.per in ONE_EACH else None


def _explain(line: FeeLine, ordinary: Fee | None) -> Iterator[FeeStep]:
    fee = line.fee
    if fee.amount_vnd is None:
        yield FeeStep("not_set", name=fee.name, name_en=fee.name_en, basis=fee.basis, note=fee.note)
    else:
        yield FeeStep(
            "rate",
            name=fee.name,
            name_en=fee.name_en,
            basis=fee.basis,
            per=fee.per,
            amount_vnd=fee.amount_vnd,
            valid_from=fee.valid_from,
            valid_to=fee.valid_to,
        )
        if ordinary is not None and ordinary.amount_vnd not in {None, fee.amount_vnd}:
            yield FeeStep(
                "ordinary", basis=ordinary.basis, per=ordinary.per, amount_vnd=ordinary.amount_vnd or 0
            )
        yield from _explain_units(line)
    if line.exemption is not None:
        yield FeeStep(
            "exemption",
            name=line.exemption.name,
            name_en=line.exemption.name_en,
            basis=line.exemption.basis,
            percent=line.exemption.percent,
            amount_vnd=(line.full_vnd or 0) - (line.amount_vnd or 0),
        )


def _explain_units(line: FeeLine) -> Iterator[FeeStep]:
    fee = line.fee
    if line.units is None:
        yield FeeStep("not_counted", name=fee.name, name_en=fee.name_en, basis=fee.basis, per=fee.per)
    elif line.units != 1 or fee.tiers:
        parts = tuple(UnitPart(count, each) for count, each in fee.split(line.units))
        reckoned = sum(part.count * part.each_vnd for part in parts)
        yield FeeStep("units", per=fee.per, parts=parts, amount_vnd=reckoned)
        if fee.cap is not None and reckoned > fee.cap:
            yield FeeStep("cap", basis=fee.basis, amount_vnd=fee.cap)
