"""What lists and timelines show: plain values, ready for a template or an answer of the API."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One line of a worklist."""

    id: UUID
    code: str
    revision: int
    procedure_name: str
    applicant_name: str
    status: int
    step_name: str
    assignee_name: str
    channel: int
    filed_at: dt.datetime
    accepted_at: dt.datetime | None
    due_at: dt.datetime | None
    decided_at: dt.datetime | None
    is_extended: bool
    clock_state: str
    """not_started, running, paused, stopped or finished, as the clock names them."""
    used_share: float | None = None
    """0 to 1 while the clock runs: how far its ring is filled."""
    paused_at: dt.datetime | None = None
    """Since when the clock stands still."""


@dataclass(frozen=True, slots=True)
class WorkGroup:
    key: str
    """overdue, today, tomorrow, later, paused or new."""
    rows: tuple[WorkRow, ...]


@dataclass(frozen=True, slots=True)
class WorkPage:
    groups: tuple[WorkGroup, ...]
    next_cursor: str
    """Empty on the last page."""


@dataclass(frozen=True, slots=True)
class PublicProgress:
    """All that a stranger may learn from a code (TT 01/2018/TT-VPCP article 16)."""

    code: str
    percent: int


@dataclass(frozen=True, slots=True)
class HolderLoad:
    """What lies with one official now; without an account, what nobody has taken yet."""

    account_id: UUID | None
    name: str
    open: int
    overdue: int
    due_today: int
    paused: int


@dataclass(frozen=True, slots=True)
class AgencyLoad:
    """What lies at an agency now."""

    agency_id: UUID
    agency_name: str
    open: int
    overdue: int
    due_today: int
    paused: int
    waiting_signature: int
    decided_this_month: int
    on_time_this_month: int

    @property
    def share(self) -> float | None:
        """Per cent decided in time this month; None when nothing was decided."""
        return 100 * self.on_time_this_month / self.decided_this_month if self.decided_this_month else None
