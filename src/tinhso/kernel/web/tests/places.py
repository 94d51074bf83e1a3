"""What a system tells the route walk: something real for each thing its addresses name, and who may know of it.

The walk asks `tinhso.systems.<code>.tests.places.make_places(cast, official)`; the official holds every role at the
ward of the cast.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

EVERYTHING = "everything"
"""The name of that official, among those of the cast."""
AT_THE_WARD = frozenset({"officer", "leader", EVERYTHING})


@dataclass(frozen=True, slots=True)
class Places:
    values: Mapping[str, Sequence[object]]
    """By the name of a parameter; `namespace:name:parameter` is for one route alone."""
    known_to: Mapping[object, frozenset[str]] = field(default_factory=dict)
    """By the value: the members of the cast who may know of the thing. Written down, not asked of the gates."""
    unreal: frozenset[str] = frozenset()
    """Parameters whose thing was not made, and routes that need more than their address to find theirs."""
