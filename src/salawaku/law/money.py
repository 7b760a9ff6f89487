"""Whole rupiah: every rounding has a name, and no float ever touches money."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rupiah = NDArray[np.int64]
HIGHEST = int(np.iinfo(np.int64).max)


class Rounding(Enum):
    """How a fraction of a rupiah becomes a whole one."""

    HALF_UP = "half_up"
    DOWN = "down"
    EXACT = "exact"


class AmountTooLargeError(ArithmeticError):
    """An amount that no purse of the country holds; it would not fit into 64 bits."""


def to_rupiah(amount: Fraction, rule: Rounding) -> int:
    """The whole rupiah of `amount`. EXACT raises ValueError where a fraction would be lost."""
    if rule is Rounding.EXACT and amount.denominator != 1:
        raise ValueError(f"{amount} is not a whole rupiah")
    if rule is Rounding.HALF_UP:
        return int((amount + Fraction(1, 2)) // 1)
    return int(amount // 1)


def to_rupiah_each(numerator: NDArray[Any], denominator: int, rule: Rounding) -> Rupiah:
    """`numerator` ÷ `denominator` for arrays of whole numbers, by the same rules as `to_rupiah`."""
    if denominator == 1:
        return np.asarray(numerator, dtype=np.int64)
    if rule is Rounding.EXACT and (numerator % denominator).any():
        raise ValueError("an amount is not a whole rupiah")
    if rule is Rounding.HALF_UP:
        return np.asarray((2 * numerator + denominator) // (2 * denominator), dtype=np.int64)
    return np.asarray(numerator // denominator, dtype=np.int64)


def fits(largest: int) -> bool:
    """Whether `to_rupiah_each` can hold a numerator as large as this in 64 bits."""
    return largest <= HIGHEST // 4
