"""One path for one case and for five million.

The law is worked out exactly, with fractions, once for each situation (a spell of time, a sector, a payer …) as a
few `Term`s. Cases only say in which situation they are and which wage or value they bring; arrays of them are then
a look-up and a multiplication in whole numbers. A term carries the parameters it rests on, so each line of each
case can explain itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from salawaku.law.basis import Basis
from salawaku.law.kinds import Item, Program, Share
from salawaku.law.money import AmountTooLargeError, Rounding, Rupiah, fits, to_rupiah, to_rupiah_each
from salawaku.law.register import BEGINNING, Register

Codes = NDArray[np.int64]


class Key(NamedTuple):
    """What a line is for: the programme, and who bears it or what it pays."""

    program: Program
    part: Share | Item


class Tier(NamedTuple):
    """A marginal rate on the part of the amount above `over`, up to the next tier."""

    over: int
    rate: Fraction


@dataclass(frozen=True)
class Term:
    """One line of a situation: `flat` + the tiers of the case's amount, rounded, at least `floor`."""

    key: Key
    basis: tuple[Basis, ...]
    flat: Fraction = Fraction(0)
    tiers: tuple[Tier, ...] = ()
    floor: int = 0

    def scaled(self, factor: Fraction, why: Basis) -> Term:
        """The same line reduced (or raised) to `factor`, by another rule."""
        tiers = tuple(Tier(tier.over, tier.rate * factor) for tier in self.tiers)
        return Term(self.key, (*self.basis, why), self.flat * factor, tiers, self.floor)

    @property
    def rates(self) -> tuple[Fraction, ...]:
        """The rates of the tiers."""
        return tuple(tier.rate for tier in self.tiers)

    @cached_property
    def steps(self) -> dict[int, Fraction]:
        """The tiers as changes of the rate, by the amount above which they begin."""
        before = (Fraction(0), *self.rates)
        return {tier.over: tier.rate - rate for tier, rate in zip(self.tiers, before, strict=False)}

    @cached_property
    def steepness(self) -> Fraction:
        """All changes of the rate together, however they point: no part of the line rises faster."""
        return sum((abs(step) for step in self.steps.values()), Fraction(0))


class Line(NamedTuple):
    """One explained line of one case, in rupiah."""

    key: Key
    amount: int
    basis: tuple[Basis, ...]


class Reckoning:
    """What one case or many come to: `amounts` by line, all of one shape; `lines()` explains a single case."""

    def __init__(self, law: Register, codes: Codes, terms: Mapping[int, Sequence[Term]], amount: Rupiah) -> None:
        self._codes, self._terms = codes, terms
        keys = dict.fromkeys(term.key for found in terms.values() for term in found)
        rule = rounding(law)
        try:
            self.amounts = {
                key: _line(codes, {code: _of(key, found) for code, found in terms.items()}, amount, rule)
                for key in keys
            }
        except OverflowError:
            raise AmountTooLargeError("the amount is too large to reckon with") from None
        self.on_wage = {term.key for found in terms.values() for term in found if term.tiers}

    @property
    def total(self) -> Rupiah:
        """The sum of the rounded lines of each case."""
        return np.asarray(sum(self.amounts.values(), np.zeros(self._codes.shape, np.int64)))

    def lines(self, index: int = 0) -> tuple[Line, ...]:
        """The lines of the case at `index` (in the order of a flattened array)."""
        found = self._terms[int(self._codes.flat[index])]
        return tuple(Line(term.key, int(self.amounts[term.key].flat[index]), term.basis) for term in found)


def worked_out(codes: Codes, work: Callable[[int], Sequence[Term]], *, count: int) -> dict[int, Sequence[Term]]:
    """The terms of each of the `count` situations that occurs in `codes`."""
    present = np.flatnonzero(np.bincount(codes.ravel(), minlength=count))
    return {int(code): work(int(code)) for code in present}


def rounding(law: Register) -> Rounding:
    """How lines become whole rupiah: a choice of the house, for the law is silent."""
    return Rounding(law.at("choice.rounding", BEGINNING))


def _of(key: Key, terms: Sequence[Term]) -> Term:
    return next((term for term in terms if term.key == key), Term(key, ()))


def _line(codes: Codes, terms: Mapping[int, Term], amount: Rupiah, rule: Rounding) -> Rupiah:
    """The rupiah of one line for all cases."""
    if not any(term.tiers for term in terms.values()):
        flats = {code: max(to_rupiah(term.flat, rule), term.floor) for code, term in terms.items()}
        return np.asarray(_looked_up(codes, flats))
    floors = _looked_up(codes, {code: term.floor for code, term in terms.items()})
    rounded = _by_tiers(codes, terms, amount, rule)
    return np.maximum(rounded, floors) if floors.any() else rounded


def _by_tiers(codes: Codes, terms: Mapping[int, Term], amount: Rupiah, rule: Rounding) -> Rupiah:
    """The tiers of each case on its amount, in whole numbers over one common denominator.

    Where 64 bits do not hold them (a share of many decimals), Python's own whole numbers do, slower and as exact.
    """
    common = lcm(*(part.denominator for term in terms.values() for part in (term.flat, *term.steps.values())))
    largest = int(amount.max(initial=0))
    bound = max(term.flat + term.steepness * largest for term in terms.values())
    kind = np.int64 if fits(int(bound * common)) else object
    amount = amount.astype(kind, copy=False)
    numerator = _looked_up(codes, {code: int(term.flat * common) for code, term in terms.items()}, kind)
    for over in sorted({over for term in terms.values() for over in term.steps}):
        steps = {code: int(term.steps.get(over, 0) * common) for code, term in terms.items()}
        rates = _looked_up(codes, steps, kind)
        numerator = numerator + rates * (np.maximum(amount - over, 0) if over else amount)
    return to_rupiah_each(numerator, common, rule)


def _looked_up(codes: Codes, values: Mapping[int, int], kind: type[Any] = np.int64) -> Any:
    """The value of each case's situation; one number when they are all the same."""
    if len(set(values.values())) == 1:
        return np.broadcast_to(np.array(next(iter(values.values())), kind), codes.shape)
    table = np.zeros(max(values) + 1, kind)
    for code, value in values.items():
        table[code] = value
    return table.take(codes)
