"""Identifiers that sort by time of birth, so that indexes stay dense and pages can be cut by key."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    return uuid7()
