"""Days as an English text writes them, for what is true of every day."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

MONTHS = "January February March April May June July August September October November December".split()
DAYS = st.dates(date(1930, 1, 1), date(2090, 12, 31))


def written(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
