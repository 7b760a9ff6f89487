"""When a contribution is due."""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5


def due_date(month: date) -> date:
    """The 15th of the contribution month itself, or the Monday after it (PP 44/2015).

    National holidays are not known here yet; a bill that is due earlier than it must be does no harm.
    """
    day = month.replace(day=15)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day
