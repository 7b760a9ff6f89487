"""Which situation each case is in: several small numbers packed into one, so that a table can be looked up by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum
from math import prod
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from salawaku.law.formula import Codes
from salawaku.law.money import HIGHEST, AmountTooLargeError
from salawaku.law.months import month_from_index, month_index
from salawaku.law.register import Register

E = TypeVar("E", bound=Enum)
Many = NDArray[Any]
_MONTHS_OF = 12 * 9999
_EPOCH = 1970 * 12


class Column(NamedTuple):
    """Small numbers, and how many there can be: 0 to `size` - 1."""

    numbers: Many
    size: int


def choice(kind: type[E], given: E | Sequence[E] | Many) -> Column:
    """One member, a sequence of members, or an array of their numbers, as a column."""
    members = list(kind)
    if isinstance(given, kind):
        return Column(np.array(members.index(given)), len(members))
    if isinstance(given, np.ndarray):
        if given.size and not 0 <= int(given.min()) <= int(given.max()) < len(members):
            raise ValueError(f"a number outside of {kind.__name__}")
        return Column(given, len(members))
    order = {member: number for number, member in enumerate(members)}
    return Column(np.array([order[member] for member in cast("Sequence[E]", given)]), len(members))


def months(given: date | Sequence[date] | Many) -> Many:
    """Months as numbers (`month_index`): from a date, dates, datetime64 values, or such numbers."""
    if isinstance(given, date):
        return np.array(month_index(given))
    if isinstance(given, np.ndarray):
        if np.issubdtype(given.dtype, np.datetime64):
            return given.astype("datetime64[M]").astype(np.int64) + _EPOCH
        return given
    return np.array([month_index(day) for day in given])


def days(given: date | Sequence[date] | Many) -> Many:
    """Days as numbers (`date.toordinal`): from a date, dates, datetime64 values, or such numbers."""
    if isinstance(given, date):
        return np.array(given.toordinal())
    if isinstance(given, np.ndarray):
        if np.issubdtype(given.dtype, np.datetime64):
            return given.astype("datetime64[D]").astype(np.int64) + date(1970, 1, 1).toordinal()
        return given
    return np.array([day.toordinal() for day in given])


def rupiah(given: int | Sequence[int] | Many) -> Many:
    """Whole, non-negative amounts as int64; a fraction, a negative amount or one beyond 64 bits is refused."""
    amount = np.asarray(given)
    if amount.dtype == object or (amount.size and int(amount.max()) > HIGHEST):
        raise AmountTooLargeError("the amount is too large to reckon with")
    if not np.issubdtype(amount.dtype, np.integer):
        raise TypeError("an amount is a whole number of rupiah")
    if amount.size and int(amount.min()) < 0:
        raise ValueError("an amount is not negative")
    return amount.astype(np.int64, copy=False)


class Packed(NamedTuple):
    """Codes of cases, and how to read them: `parts(code)` are the numbers that were packed."""

    codes: Codes
    sizes: tuple[int, ...]

    @property
    def possible(self) -> int:
        """How many codes there can be."""
        return prod(self.sizes)

    def parts(self, code: int) -> tuple[int, ...]:
        """The numbers that make up `code`, in the order in which they were packed."""
        return tuple(int(number) for number in np.unravel_index(code, self.sizes))


def pack(columns: Sequence[Column], shape: tuple[int, ...]) -> Packed:
    """Pack columns of small numbers, each with how many values it can take, into one code per case."""
    codes = np.zeros((), np.int64)
    for numbers, size in columns:
        codes = codes * size + numbers
    return Packed(np.broadcast_to(codes, shape), tuple(size for _numbers, size in columns))


def spells_of_months(law: Register, index: Many) -> Many:
    """The spell of each month: the law on its first day is the law of the month."""
    if not index.size:
        return index
    first, last = int(index.min()), int(index.max())
    if not 12 <= first <= last < _MONTHS_OF:
        raise ValueError("a month outside of the calendar")
    starts = np.array([month_from_index(month).toordinal() for month in range(first, last + 1)])
    table = law.spells.of(starts)
    return table.take(index - first)


def first_case(codes: Codes, code: int) -> int:
    """The place of the first case with this code, for saying where something is wrong."""
    return int(np.flatnonzero(codes.ravel() == code)[0])
