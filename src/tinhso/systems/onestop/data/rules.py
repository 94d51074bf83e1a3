"""The decree's numbers as dated parameters: a number of the law is never a constant in a service."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    value: int
    valid_from: dt.date
    valid_to: dt.date | None
    basis: str
    is_sure: bool = True
    """False: the text of the decree was not at hand; the number is carried over from the one before."""


NEW_DECREE_ON = dt.date(2025, 7, 1)
OLD_DECREE_ENDS_ON = dt.date(2025, 6, 30)
OLD_DECREE_ON = dt.date(2018, 6, 21)
E_RECEIPT_ON = dt.date(2026, 7, 1)
PAPER_RECEIPTS_END_ON = dt.date(2026, 12, 31)

RULES: tuple[Rule, ...] = (
    Rule("supplement_requests", 1, OLD_DECREE_ON, OLD_DECREE_ENDS_ON, "NĐ 61/2018, Điều 11"),
    Rule("supplement_requests", 1, NEW_DECREE_ON, None, "NĐ 118/2025, Điều 17", is_sure=False),
    Rule("extensions", 1, OLD_DECREE_ON, OLD_DECREE_ENDS_ON, "NĐ 61/2018, Điều 19 khoản 9"),
    Rule("extensions", 1, NEW_DECREE_ON, None, "NĐ 118/2025, Điều 19", is_sure=False),
    Rule("extension_days_before", 1, OLD_DECREE_ON, OLD_DECREE_ENDS_ON, "NĐ 61/2018, Điều 19 khoản 9"),
    Rule("extension_days_before", 1, NEW_DECREE_ON, None, "NĐ 118/2025, Điều 19", is_sure=False),
    Rule("paper_fee_receipts", 1, OLD_DECREE_ON, PAPER_RECEIPTS_END_ON, "NĐ 254/2026, Điều 44 khoản 2"),
    Rule(
        "paper_fee_receipts", 0, PAPER_RECEIPTS_END_ON + dt.timedelta(1), None, "NĐ 254/2026, Điều 44 khoản 2"
    ),
    Rule("fee_receipt_digits", 8, E_RECEIPT_ON, None, "NĐ 254/2026, Điều 23 khoản 2"),
    Rule("late_report_working_days", 3, E_RECEIPT_ON, None, "NĐ 254/2026, Điều 27 khoản 3"),
)


def get_rule(name: str, on: dt.date) -> Rule:
    """The rule in force on a day. Raises LookupError when the law had none."""
    for rule in RULES:
        if rule.name == name and rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to):
            return rule
    raise LookupError(f"no rule {name} on {on}")
