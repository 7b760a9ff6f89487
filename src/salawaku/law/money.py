"""Whole rupiah: every rounding has a name, and no float ever touches money."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction


class Rounding(Enum):
    """How a fraction of a rupiah becomes a whole one."""

    HALF_UP = "half_up"
    DOWN = "down"
    EXACT = "exact"


def to_rupiah(amount: Fraction, rule: Rounding) -> int:
    """The whole rupiah of `amount`. EXACT raises ValueError where a fraction would be lost."""
    if rule is Rounding.EXACT and amount.denominator != 1:
        raise ValueError(f"{amount} is not a whole rupiah")
    if rule is Rounding.HALF_UP:
        return int((amount + Fraction(1, 2)) // 1)
    return int(amount // 1)
