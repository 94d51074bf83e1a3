from .calendar import add_day, announce_year, remove_day, set_hours, show_calendar
from .policy import choose, show_policy

__all__ = [
    "add_day",
    "announce_year",
    "choose",
    "remove_day",
    "set_hours",
    "show_calendar",
    "show_policy",
]
