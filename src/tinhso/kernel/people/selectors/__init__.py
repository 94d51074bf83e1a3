"""Who is who, who holds what, and what each may see of it."""

from .actor import find_agency_choices, find_holders, get_account, get_actor, get_actor_of
from .delegations import (
    find_delegable_posts,
    find_given_delegations,
    find_received_delegations,
    find_receivers,
)
from .officials import (
    OFFICIALS,
    find_assignments,
    find_held_agency_ids,
    find_held_assignments,
    find_manageable_agencies,
    find_officials,
    find_roles,
    get_official,
)
from .tokens import find_tokens

__all__ = [
    "OFFICIALS",
    "find_agency_choices",
    "find_assignments",
    "find_delegable_posts",
    "find_given_delegations",
    "find_held_agency_ids",
    "find_held_assignments",
    "find_holders",
    "find_manageable_agencies",
    "find_officials",
    "find_received_delegations",
    "find_receivers",
    "find_roles",
    "find_tokens",
    "get_account",
    "get_actor",
    "get_actor_of",
    "get_official",
]
