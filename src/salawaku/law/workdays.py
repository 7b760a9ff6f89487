"""Working days: Monday to Friday, without the national holidays of Indonesia.

Collective leave (cuti bersama) counts as a working day: it binds no private office, and a day too early does no
harm. Holidays of the Islamic calendar beyond the current decree are estimates of the `holidays` package.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays

_SATURDAY = 5


@cache
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("ID", years=year))


def is_holiday(day: date) -> bool:
    """Whether it is a national holiday, on whatever weekday."""
    return day in _holidays_of(day.year)


def is_working_day(day: date) -> bool:
    """Whether offices are open."""
    return day.weekday() < _SATURDAY and not is_holiday(day)


def next_working_day(day: date) -> date:
    """`day` itself when it is one, else the first after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """The last of `count` working days that follow `day`; the day itself is not counted."""
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1))
    return day
