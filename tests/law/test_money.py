"""Rounding rules."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku.law.money import Rounding, fits, to_rupiah, to_rupiah_each

AMOUNTS = st.fractions(min_value=0, max_value=10**12, max_denominator=1000)


@pytest.mark.parametrize(
    ("amount", "rule", "rupiah"),
    [
        (Fraction(5, 2), Rounding.HALF_UP, 3),
        (Fraction(7, 3), Rounding.HALF_UP, 2),
        (Fraction(5, 2), Rounding.DOWN, 2),
        (Fraction(8_400), Rounding.EXACT, 8_400),
    ],
)
def test_each_rule_has_its_result(amount: Fraction, rule: Rounding, rupiah: int) -> None:
    assert to_rupiah(amount, rule) == rupiah
    assert to_rupiah_each(np.array([amount.numerator]), amount.denominator, rule).tolist() == [rupiah]


def test_exact_refuses_to_lose_a_fraction() -> None:
    with pytest.raises(ValueError, match="not a whole rupiah"):
        to_rupiah(Fraction(1, 3), Rounding.EXACT)
    with pytest.raises(ValueError, match=r"^an amount is not a whole rupiah$"):
        to_rupiah_each(np.array([6, 7]), 3, Rounding.EXACT)
    assert to_rupiah_each(np.array([6, 9]), 3, Rounding.EXACT).tolist() == [2, 3]


@pytest.mark.parametrize(("rule", "rupiah"), [(Rounding.HALF_UP, 2**59 + 2), (Rounding.DOWN, 2**59 + 1)])
def test_no_float_touches_an_amount(rule: Rounding, rupiah: int) -> None:
    for kind in (np.int64, object):
        found = to_rupiah_each(np.array([2**60 + 3], kind), 2, rule)
        assert (found.tolist(), found.dtype) == ([rupiah], np.int64)
    assert to_rupiah(Fraction(2**60 + 3, 2), rule) == rupiah


@given(AMOUNTS)
def test_rounding_moves_less_than_a_rupiah(amount: Fraction) -> None:
    assert abs(to_rupiah(amount, Rounding.HALF_UP) - amount) <= Fraction(1, 2)
    assert 0 <= amount - to_rupiah(amount, Rounding.DOWN) < 1


@given(AMOUNTS, st.sampled_from([Rounding.HALF_UP, Rounding.DOWN]))
def test_arrays_are_rounded_like_single_amounts(amount: Fraction, rule: Rounding) -> None:
    each = to_rupiah_each(np.array([amount.numerator]), amount.denominator, rule)
    assert each.dtype == np.int64
    assert each.tolist() == [to_rupiah(amount, rule)]


def test_twice_what_fits_still_fits_into_64_bits() -> None:
    assert fits(2**61 - 1)
    assert not fits(2**61)
