"""When contributions are due, late fees, prepayment, refunds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku import law
from salawaku.law import Segment
from salawaku.law.workdays import is_working_day

MONTHS = st.dates(date(2021, 2, 1), date(2035, 11, 30)).map(lambda day: day.replace(day=1))


@pytest.mark.parametrize(
    ("month", "segment", "due"),
    [
        (date(2026, 7, 1), Segment.BPU, date(2026, 7, 15)),
        (date(2026, 8, 1), Segment.BPU, date(2026, 8, 18)),
        (date(2026, 2, 1), Segment.BPU, date(2026, 2, 16)),
        (date(2026, 7, 1), Segment.PU, date(2026, 8, 18)),
        (date(2025, 12, 1), Segment.PU, date(2026, 1, 15)),
        (date(2020, 7, 1), Segment.BPU, date(2020, 7, 15)),
        (date(2020, 9, 1), Segment.BPU, date(2020, 9, 30)),
        (date(2020, 9, 1), Segment.PU, date(2020, 10, 30)),
        (date(2021, 1, 1), Segment.PU, date(2021, 3, 1)),
        (date(2021, 2, 1), Segment.BPU, date(2021, 2, 15)),
    ],
)
def test_the_last_day_to_pay(month: date, segment: Segment, due: date) -> None:
    assert law.due_date(month, segment) == due
    assert law.due_date(month.replace(day=20), segment) == due


@given(MONTHS, st.sampled_from([Segment.BPU, Segment.PU]))
def test_due_on_a_working_day_from_the_fifteenth(month: date, segment: Segment) -> None:
    due = law.due_date(month, segment)
    fifteenth = law.add_months(month, 0 if segment is Segment.BPU else 1).replace(day=15)
    assert is_working_day(due)
    assert timedelta(0) <= due - fifteenth <= timedelta(days=14)


@pytest.mark.parametrize(
    ("paid_on", "fee"),
    [
        (date(2026, 8, 1), 0), (date(2026, 8, 18), 0), (date(2026, 8, 19), 20_000), (date(2026, 9, 18), 20_000),
        (date(2026, 9, 19), 40_000), (date(2026, 12, 1), 80_000),
    ],
)  # fmt: skip
def test_a_wage_earner_s_employer_pays_two_percent_a_month_begun(paid_on: date, fee: int) -> None:
    assert law.late_fee(1_000_000, date(2026, 7, 1), paid_on, Segment.PU) == fee
    assert law.late_fee(1_000_000, date(2026, 7, 1), paid_on, Segment.BPU) == 0


def test_the_usual_prepayments() -> None:
    assert [months for months in range(1, 14) if law.is_usual_prepayment(months)] == [1, 3, 6, 12]


def test_months_after_the_month_of_the_claim_come_back() -> None:
    paid = law.months_from(date(2026, 1, 1), date(2026, 6, 1))
    assert law.refundable(reversed(paid), date(2026, 4, 30)) == [date(2026, 5, 1), date(2026, 6, 1)]
    assert law.refundable(paid, date(2026, 6, 1)) == []
