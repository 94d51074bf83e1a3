EDIT_CALENDAR = "clock.edit_calendar"
