"""How many days off the law gives in a year."""

from __future__ import annotations

STATUTORY_DAYS = ((2013, 10), (2021, 11), (2026, 12))
"""From which year, how many: Labour Code 2012, article 115; Labour Code 2019, article 112 (a second day for
National Day); Resolution 28/2026/QH16 (Ngày Văn hóa Việt Nam, 24/11). One that falls on a weekly day off is
given back on the next working day (article 111.3), so the number of weekdays off stays."""


def count_statutory_days(year: int) -> int:
    return next((count for since, count in reversed(STATUTORY_DAYS) if since <= year), 0)
