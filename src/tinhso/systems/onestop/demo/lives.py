"""Two years of dossiers, lived through the services that real ones go through, in the order of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from heapq import heapify, heappop, heappush

from tinhso.kernel.demo import DemoOrder
from tinhso.kernel.jobs.delivery import delivering_here
from tinhso.kernel.moment import travel
from tinhso.kernel.web.formats import number as write_number

from .chapters import tell
from .plans import Plan
from .story import Course

EVERY = 200
"""Filings between two lines about how far it is."""


def live(plans: Sequence[Plan], order: DemoOrder, *, label: str) -> None:
    """Each dossier from its filing to where it stands at the present of the order.

    What happens first among all of them is done first, so numbers, history and letters follow time.
    """
    queue: list[tuple[dt.datetime, int, Course]] = [(plan.at, plan.number, tell(plan)) for plan in plans]
    heapify(queue)
    waiting = {plan.number for plan in plans}
    while queue:
        at, number, course = heappop(queue)
        with travel(at), delivering_here():
            following = next(course, None)
        if following is not None and following < order.until:
            heappush(queue, (following, number, course))
        if number in waiting:
            waiting.remove(number)
            _tell_progress(order, label, at, len(plans) - len(waiting), len(plans))


def _tell_progress(order: DemoOrder, label: str, at: dt.datetime, filed: int, count: int) -> None:
    if filed % EVERY == 0 or filed == count:
        how_far = f"{write_number(filed)} / {write_number(count)}"
        order.progress(f"[{label}] {how_far} hồ sơ · dossiers, {at:%m/%Y}")
