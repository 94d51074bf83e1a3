from __future__ import annotations

from typing import Any

from django.db import connections

from .models import CalendarYear
from .services import load_calendar


def load_first_calendar(*, using: str, **_: Any) -> None:
    """A migrated database knows its days off, also a test's after it was emptied."""
    # The signal comes too when this room's own tables were just taken away.
    if CalendarYear._meta.db_table in connections[using].introspection.table_names():
        load_calendar()
