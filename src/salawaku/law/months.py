"""Months as dates on the first of the month, and as numbers since year 0."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


def first_of_month(day: date) -> date:
    """The month in which `day` lies."""
    return day.replace(day=1)


def month_index(day: date) -> int:
    """Months since year 0: differences count months."""
    return day.year * 12 + day.month - 1


def month_from_index(index: int) -> date:
    """The first day of the month with this number."""
    return date(index // 12, index % 12 + 1, 1)


def month_of(text: str) -> date:
    """ "2026-03" as the first of that month; ValueError for anything else."""
    if not _MONTH.fullmatch(text):
        raise ValueError(f"{text!r} is not a month")
    return date(int(text[:4]), int(text[5:]), 1)


def add_months(month: date, count: int) -> date:
    """The first day of the month `count` months after the month of `month`."""
    return month_from_index(month_index(month) + count)


def last_of_month(day: date) -> date:
    """The last day of the month of `day`."""
    return add_months(day, 1) - timedelta(days=1)


def months_from(first: date, last: date) -> list[date]:
    """Every month from `first` to `last`, both included; empty when `last` is earlier."""
    return [add_months(first, step) for step in range(month_index(last) - month_index(first) + 1)]
