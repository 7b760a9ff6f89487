"""Working days with the national holidays."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku.law.workdays import add_working_days, is_holiday, is_working_day, next_working_day

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 8, 14), True),
        (date(2026, 8, 15), False),
        (date(2026, 8, 16), False),
        (date(2026, 8, 17), False),
        (date(2026, 8, 18), True),
        (date(2025, 12, 25), False),
        (date(2026, 5, 1), False),
        (date(2026, 5, 15), True),
    ],
)
def test_weekends_and_national_holidays_are_free(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_counting_passes_over_free_days() -> None:
    assert next_working_day(date(2026, 8, 15)) == date(2026, 8, 18)
    assert next_working_day(date(2026, 8, 14)) == date(2026, 8, 14)
    assert add_working_days(date(2026, 8, 13), 1) == date(2026, 8, 14)
    assert add_working_days(date(2026, 8, 14), 1) == date(2026, 8, 18)
    assert add_working_days(date(2026, 8, 15), 0) == date(2026, 8, 15)


@given(DAYS, st.integers(1, 30))
def test_so_many_working_days_lie_between(day: date, count: int) -> None:
    end = add_working_days(day, count)
    span = [date.fromordinal(number) for number in range(day.toordinal() + 1, end.toordinal() + 1)]
    assert sum(map(is_working_day, span)) == count
    assert is_working_day(end)


def test_a_holiday_is_one_on_whatever_weekday_and_a_weekend_is_none() -> None:
    assert is_holiday(date(2026, 8, 17))
    assert is_holiday(date(2027, 12, 25))  # a Saturday
    assert not is_holiday(date(2026, 8, 15))
    assert not is_holiday(date(2026, 8, 16))


@given(DAYS)
def test_a_weekday_is_a_working_day_or_a_holiday(day: date) -> None:
    assert day.weekday() >= 5 or is_working_day(day) is not is_holiday(day)
