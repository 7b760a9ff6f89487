"""Months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku.law.months import add_months, last_of_month, month_from_index, month_index, month_of, months_from

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@given(DAYS, st.integers(-300, 300))
def test_adding_months_and_taking_them_off_again(day: date, count: int) -> None:
    first = day.replace(day=1)
    assert add_months(add_months(day, count), -count) == first
    assert month_index(add_months(day, count)) == month_index(day) + count
    assert month_from_index(month_index(day)) == first


@given(DAYS)
def test_the_day_after_the_last_is_the_next_month(day: date) -> None:
    assert last_of_month(day) + timedelta(days=1) == add_months(day, 1)


def test_months_from_first_to_last() -> None:
    assert months_from(date(2025, 12, 1), date(2026, 1, 31)) == [date(2025, 12, 1), date(2026, 1, 1)]
    assert months_from(date(2026, 1, 1), date(2025, 12, 1)) == []


def test_a_month_is_read_only_as_it_must_be_written() -> None:
    assert month_of("2026-03") == date(2026, 3, 1)
    for wrong in ("2026-3", "2026-13", "2026-03-01", " 2026-03", "", "２０２６-03"):
        with pytest.raises(ValueError, match="month"):
            month_of(wrong)
