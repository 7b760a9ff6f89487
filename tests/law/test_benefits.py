"""The death benefit."""

from __future__ import annotations

from datetime import date

import pytest

from salawaku import law


@pytest.mark.parametrize(
    ("on", "months", "work", "amount"),
    [
        (date(2025, 2, 23), 0, False, 42_000_000),
        (date(2025, 2, 24), 0, False, 10_000_000),
        (date(2025, 8, 1), 2, False, 10_000_000),
        (date(2025, 8, 1), 3, False, 42_000_000),
        (date(2025, 8, 1), 0, True, 70_000_000),
    ],
)
def test_amount_by_day_and_membership(on: date, months: int, work: bool, amount: int) -> None:
    benefit = law.death_benefit(on, months_of_membership=months, work_accident=work)
    assert benefit.amount == amount
    assert all(figure.source for figure in benefit.basis)


def test_a_day_before_the_table_is_an_error() -> None:
    with pytest.raises(law.OutsideValidityError):
        law.death_benefit(date(2019, 12, 1), months_of_membership=5)
