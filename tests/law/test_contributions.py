"""Contributions by month, payer and sector."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku import law
from salawaku.law import Payer

MONTHS = st.dates(date(2021, 2, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("month", "payer", "transport", "amount"),
    [
        (date(2026, 2, 1), Payer.FOSTER, True, 8_400),
        (date(2026, 2, 1), Payer.APBD, True, 16_800),
        (date(2026, 2, 1), Payer.FOSTER, False, 16_800),
        (date(2025, 12, 1), Payer.SELF, True, 16_800),
        (date(2026, 1, 1), Payer.SELF, True, 8_400),
        (date(2027, 3, 31), Payer.SELF, True, 8_400),
        (date(2027, 4, 1), Payer.SELF, True, 16_800),
        (date(2026, 3, 31), Payer.CSR, False, 16_800),
        (date(2026, 4, 1), Payer.CSR, False, 8_400),
        (date(2026, 12, 1), Payer.CSR, False, 8_400),
        (date(2027, 1, 1), Payer.CSR, False, 16_800),
        (date(2026, 5, 1), Payer.VILLAGE_FUND, False, 16_800),
        (date(2026, 5, 1), Payer.APBN, False, 16_800),
    ],
)
def test_contribution_by_month_payer_and_sector(month: date, payer: Payer, transport: bool, amount: int) -> None:
    assert law.contribution(month, payer, transport=transport) == amount


def test_published_bills_are_reproduced() -> None:
    assert 13_250 * law.contribution(date(2024, 10, 1), Payer.APBD) == 222_600_000
    assert 2_647 * 4 * law.contribution(date(2024, 9, 1), Payer.APBD) == 177_878_400


def test_a_month_before_the_table_is_an_error() -> None:
    with pytest.raises(law.OutsideValidityError, match=r"bpu\.jkk\.rate is not known for 2021-01-01"):
        law.contribution(date(2021, 1, 1), Payer.SELF)


def test_the_relief_names_its_source() -> None:
    explained = law.contribution_explained(date(2026, 2, 1), Payer.FOSTER, transport=True)
    assert (explained.jkk, explained.jkm) == (5_000, 3_400)
    assert explained.basis[-1].source == "PP 50/2025 Pasal 3-4"


@given(MONTHS, st.sampled_from(Payer), st.booleans())
def test_a_relief_never_raises_and_parts_sum_up(month: date, payer: Payer, transport: bool) -> None:
    explained = law.contribution_explained(month, payer, transport=transport)
    assert explained.total == explained.jkk + explained.jkm
    assert explained.total in {8_400, 16_800}
    assert all(figure.source and figure.confidence for figure in explained.basis)
