"""Months as dates on the first of the month."""

from __future__ import annotations

from datetime import date, timedelta


def first_of_month(day: date) -> date:
    """The month in which `day` lies."""
    return day.replace(day=1)


def month_index(day: date) -> int:
    """Months since year 0: differences count months."""
    return day.year * 12 + day.month - 1


def add_months(month: date, count: int) -> date:
    """The first day of the month `count` months after the month of `month`."""
    year, index = divmod(month_index(month) + count, 12)
    return date(year, index + 1, 1)


def last_of_month(day: date) -> date:
    """The last day of the month of `day`."""
    return add_months(day, 1) - timedelta(days=1)


def months_from(first: date, last: date) -> list[date]:
    """Every month from `first` to `last`, both included; empty when `last` is earlier."""
    return [add_months(first, step) for step in range(month_index(last) - month_index(first) + 1)]
