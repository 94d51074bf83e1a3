"""What the acts about fees read from the posted form of a dossier's page."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from ..data.payment_states import Means

COUNTED = "count-"


def read_payment(post: QueryDict) -> dict[str, Any]:
    """A sum with how it was reckoned, or units counted by fee code: `count-<code>`."""
    said = {name.removeprefix(COUNTED): value for name, value in post.items() if name.startswith(COUNTED)}
    counts = {code: number for code, value in said.items() if (number := read_number(value))}
    amount = read_number(post.get("amount", ""))
    return {"reason": post.get("reason", "")[:500], "amount_vnd": amount, "counts": counts}


def read_voucher(post: QueryDict) -> dict[str, Any]:
    means = post.get("means", Means.CASH)
    return {
        "voucher": post.get("voucher", "")[:100],
        "means": means if means in {Means.CASH, Means.TRANSFER} else Means.CASH,
    }


def read_exemption(post: QueryDict) -> dict[str, Any]:
    return {"groups": post.getlist("group")[:10], "proof": post.get("proof", "")[:500]}


def read_number(said: object) -> int:
    """The digits of what was typed, whatever stands between them: 150.000 đ is 150000. Zero where there are none."""
    return int("".join(c for c in str(said) if c in "0123456789")[:12] or 0)
