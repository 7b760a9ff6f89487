"""The clock in SQL against the clock of the law, for any months paid and any day."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from salawaku import law
from salawaku.accounts.scoping import elevated
from salawaku.cover.clock_sql import clock_sql, clock_values
from tests.cover.test_selectors import pay
from tests.programmes.city import programme, purse, register

FIRST = date(2022, 1, 1)
COLUMNS = (
    "status", "cover_end", "membership_end", "days_to_lapse", "contributed", "months_to_full",
    "months_to_scholarship",
)  # fmt: skip


class TestClock(TestCase):
    """One worker, 66 months of which any are paid, a day in the middle or near the end."""

    @given(st.sets(st.integers(0, 65), min_size=1), st.integers(400, 1900))
    @example(set(range(60)), 1500)  # three years and more without a gap
    @example(set(range(36)), 1094)  # the day before the last month of three years
    @example({6, 7, 8, 12, 13}, 450)  # three months missing: still one membership
    @example({6, 7, 8, 13, 14}, 480)  # four months missing: a new one
    def test_both_say_the_same(self, steps: set[int], days: int) -> None:
        months = [law.add_months(FIRST, step) for step in steps]
        today = FIRST + timedelta(days=days)
        worker = register(1)[0]
        pay(worker, purse(programme(), ceiling=1_000_000_000), *months)
        clock = law.cover_clock(months, today)
        with elevated("a test looks"), connection.cursor() as cursor:
            cursor.execute(f"WITH {clock_sql()} SELECT {', '.join(COLUMNS)} FROM clock", clock_values(today))
            found = cursor.fetchone()
        if clock.status is law.Status.NONE:
            assert found is None
            return
        rules = law.MembershipRules.on(law.law_now(), today)
        start = clock.membership_start
        assert start is not None
        told = dict(zip(COLUMNS, found, strict=True))
        assert told | {"days_to_lapse": max(told["days_to_lapse"], 0)} == {
            "status": clock.status.value,
            "cover_end": clock.cover_end,
            "membership_end": clock.membership_end,
            "days_to_lapse": clock.days_to_lapse,
            "contributed": clock.months_contributed,
            "months_to_full": max(law.month_index(start) + rules.waiting - law.month_index(today), 0),
            "months_to_scholarship": max(rules.scholarship - clock.months_contributed, 0),
        }
