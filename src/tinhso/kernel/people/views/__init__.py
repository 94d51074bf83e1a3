"""Pages about oneself and, for administrators, about officials."""

from .account import show_account, switch_agency
from .delegations import add_delegation, end_delegation, list_delegations
from .officials import (
    add_official,
    add_role,
    finish_role,
    forget_factors,
    give_password,
    list_officials,
    lock_account,
    show_official,
)
from .tokens import end_token, list_tokens

__all__ = [
    "add_delegation",
    "add_official",
    "add_role",
    "end_delegation",
    "end_token",
    "finish_role",
    "forget_factors",
    "give_password",
    "list_delegations",
    "list_officials",
    "list_tokens",
    "lock_account",
    "show_account",
    "show_official",
    "switch_agency",
]
