from .add_calendar_day import add_calendar_day
from .announce_calendar_year import announce_calendar_year
from .choose_reading import choose_reading
from .load_calendar import load_calendar
from .remove_calendar_day import remove_calendar_day
from .set_agency_hours import DayHours, set_agency_hours

__all__ = [
    "DayHours",
    "add_calendar_day",
    "announce_calendar_year",
    "choose_reading",
    "load_calendar",
    "remove_calendar_day",
    "set_agency_hours",
]
