"""Cover clocks: until when cover holds, when membership ends and what hangs on it, from a worker's paid months.

The months of a worker are the bits of one number, the oldest lowest. What the law asks of them (the last paid month,
the start of the membership, months in a row) is then a few operations on whole columns of such numbers, for one
worker and for a million. Up to 63 months fit into 64 bits; longer histories use Python's whole numbers, the same way.

Sources: Perdir BPJS TK 22/PERDIR.02/072022 (arrears of at most three months; more end the membership),
Permenaker 1/2025 (three months until full JKM), PP 82/2019 (three years until the scholarship of JKM).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from salawaku.law.deaths import SCHOLARSHIP_YEARS, WAITING
from salawaku.law.force import law_now
from salawaku.law.months import month_from_index, month_index
from salawaku.law.register import Register
from salawaku.law.situations import Many

GRACE = "bpu.arrears.max_catch_up_months"
Bits = NDArray[Any]
NEVER = -1


class Status(Enum):
    """Where a worker stands on a day."""

    NONE = "none"
    ACTIVE = "active"
    IN_GRACE = "in_grace"
    ENDED = "ended"


class MembershipRules(NamedTuple):
    """The months that the law names, on a day."""

    grace: int
    waiting: int
    scholarship: int

    @classmethod
    def on(cls, law: Register, day: date) -> MembershipRules:
        """Those in force on `day`. OutsideValidityError where they are not known."""
        return cls(law.at(GRACE, day), law.at(WAITING, day), law.at(SCHOLARSHIP_YEARS, day) * 12)


class Clocks:
    """The clocks of many workers on one day. Months are numbers (`month_index`), NEVER where there is none."""

    def __init__(self, bits: Bits, first: date, today: date, law: Register) -> None:
        self.today, self.law, self.rules = today, law, MembershipRules.on(law, today)
        self._first, self._width = month_index(first), _width(bits)
        self._now = month_index(today) - self._first
        # Places are small numbers; as such a million of them stay in the processor's cache.
        self._place = np.int16 if abs(self._now) + self._width + 50 < 2**15 else np.int32
        self._bits = bits
        self._begun = _up_to(bits, self._now, self._width)

    @cached_property
    def has_begun(self) -> NDArray[np.bool_]:
        """Whether any month up to today was paid."""
        return np.asarray(self._begun != 0, dtype=np.bool_)

    @cached_property
    def _last_begun(self) -> Many:
        return self._highest(self._begun)

    @cached_property
    def _last(self) -> Many:
        """The last month of the cover: the last one begun, and what was prepaid after it without a gap."""
        if not 0 <= self._now < self._width:
            return self._last_begun
        ahead = self._bits >> _like(self._bits, self._now)
        prepaid = _trailing_ones(ahead).astype(self._place)
        return np.where(np.greater(prepaid, 0), prepaid + (self._now - 1), self._last_begun)

    @cached_property
    def _start(self) -> Many:
        """The first month of the membership: one that no paid month precedes within the grace."""
        alone = self._begun
        for months in range(1, self.rules.grace + 1):
            alone = alone & ~(self._begun << _like(self._bits, months))
        return self._highest(alone)

    @property
    def last_paid(self) -> Many:
        """The last paid month in a row."""
        return self._as_month(self._last)

    @property
    def membership_start(self) -> Many:
        """The first month of the present membership, or of the last one."""
        return self._as_month(self._start)

    @property
    def membership_end(self) -> Many:
        """The month on whose first day the membership no longer exists if nothing more is paid."""
        return self._as_month(self._last, self.rules.grace + 1)

    @cached_property
    def months_of_membership(self) -> Many:
        """Whole months since the membership began; 0 where there is none or it has ended."""
        return (self._now - self._start) * self.is_member

    @cached_property
    def months_contributed(self) -> Many:
        """Paid months of the membership up to today."""
        since = self._begun >> _shift(self._bits, np.maximum(self._start, 0))
        return _count(since).astype(self._place)

    @cached_property
    def consecutive_months(self) -> Many:
        """Paid months without a gap up to the last one begun."""
        below = _shift(self._bits, np.maximum(self._last_begun, 0))
        gaps = ~self._begun & ((_like(self._bits, 1) << below) - _like(self._bits, 1))
        return (self._last_begun - self._highest(gaps)) * self.has_begun

    @cached_property
    def is_member(self) -> NDArray[np.bool_]:
        """Active or in grace."""
        return np.asarray(self.has_begun & (self._last + self.rules.grace >= self._now), dtype=np.bool_)

    @cached_property
    def is_active(self) -> NDArray[np.bool_]:
        """Covered today."""
        return np.asarray(self.has_begun & (self._last >= self._now), dtype=np.bool_)

    @cached_property
    def status(self) -> Many:
        """The place of each worker's status in `Status`: 0 none, 1 active, 2 in grace, 3 ended."""
        begun = 3 - self.is_member.astype(np.int8) - self.is_active.astype(np.int8)
        return begun * self.has_begun

    @cached_property
    def days_to_lapse(self) -> Many:
        """Days until the membership ends, 0 when it has or there is none."""
        ends = [month_from_index(self._first + self.rules.grace + 1 + last) for last in range(self._width + 1)]
        days = np.array([end.toordinal() - self.today.toordinal() for end in ends], np.int32)
        return days.take(self._last, mode="clip") * self.is_member

    @property
    def full_benefit_from(self) -> Many:
        """The month from whose first day JKM pays in full."""
        return self._as_month(self._start, self.rules.waiting)

    @cached_property
    def scholarship_from(self) -> Many:
        """The month with which the scholarship of JKM begins: the one that makes three years of contributions, when
        every month after the last one begun is paid too."""
        missing = self.rules.scholarship - self.months_contributed
        reached = missing <= 0
        found = np.asarray(self._last_begun + missing)
        if reached.any():
            since = self._begun[reached] >> _shift(self._bits, self._start[reached])
            found[reached] = self._start[reached] + self._highest(_nth_one(since, self.rules.scholarship))
        return self._as_month(found)

    @cached_property
    def arrears(self) -> Many:
        """How many months up to today can still be paid to keep the membership; 0 when active, ended or none."""
        return (self._now - self._last) * (self.is_member & ~self.is_active)

    def _as_month(self, place: Many, later: int = 0) -> Many:
        return np.where(self.has_begun, place + np.int32(self._first + later), np.int32(NEVER))

    def _highest(self, bits: Bits) -> Many:
        return (_filled(bits, self._width) - 1).astype(self._place)


def cover_clocks(paid: NDArray[np.bool_], first: date, today: date, *, law: Register | None = None) -> Clocks:
    """The clocks of many workers: `paid[i, j]` is whether worker i paid the j-th month from `first` on.

    OutsideValidityError for a day on which the rules are not known.
    """
    return Clocks(pack_months(paid), first, today, law or law_now())


def clocks_of_one(months: Iterable[date], today: date, *, law: Register | None = None) -> Clocks:
    """The clocks of one worker from the months paid for, in any order."""
    places = sorted({month_index(month) for month in months})
    first = places[0] if places else month_index(today)
    bits = sum(1 << (place - first) for place in places)
    width = places[-1] - first + 1 if places else 1
    return Clocks(np.array([bits], dtype=_kind(width)), month_from_index(first), today, law or law_now())


def pack_months(paid: NDArray[np.bool_]) -> Bits:
    """Each row of a matrix of months as the bits of one number, the first column lowest."""
    width = paid.shape[1]
    kind = _kind(width)
    if kind is object:
        return np.array([sum(1 << int(place) for place in np.flatnonzero(row)) for row in paid], dtype=object)
    if width % 8:
        paid = np.pad(paid, ((0, 0), (0, -width % 8)))
    packed = np.packbits(paid.reshape(-1), bitorder="little").reshape(paid.shape[0], -1)  # fast only in one piece
    room = np.zeros((paid.shape[0], np.dtype(kind).itemsize), np.uint8)
    room[:, : packed.shape[1]] = packed
    return np.asarray(room.view(np.dtype(kind).newbyteorder("<")).reshape(-1), dtype=kind)


def _kind(width: int) -> Any:
    """Numbers with room for so many months and one more."""
    if width < 32:
        return np.uint32
    return np.uint64 if width < 64 else object


def _width(bits: Bits) -> int:
    """How many months a number of the column can hold."""
    if bits.dtype == object:
        return max((int(number).bit_length() for number in bits), default=1) + 1
    return int(bits.dtype.itemsize * 8 - 1)


def _like(bits: Bits, number: int) -> Any:
    return number if bits.dtype == object else bits.dtype.type(number)


def _shift(bits: Bits, places: Many) -> Many:
    return places.astype(bits.dtype)


def _up_to(bits: Bits, now: int, width: int) -> Bits:
    """The months up to and with the month `now`."""
    if now < 0:
        return np.asarray(bits & _like(bits, 0))
    if now >= width:
        return bits
    return np.asarray(bits & _like(bits, (1 << (now + 1)) - 1))


def _count(bits: Bits) -> Many:
    """How many ones, as small numbers: bits of at most a few hundred months."""
    return np.asarray(np.bitwise_count(bits)).astype(np.int16)


def _filled(bits: Bits, width: int) -> Many:
    """How many places up to the highest one: everything below it is filled, then counted."""
    filled, step = bits, 1
    while step <= width:
        filled = filled | (filled >> _like(bits, step))
        step *= 2
    return _count(filled)


def _trailing_ones(bits: Bits) -> Many:
    """How many ones stand together at the low end."""
    lowest_zero = ~bits & (bits + _like(bits, 1))
    return _count(lowest_zero - _like(bits, 1))


def _nth_one(bits: Bits, number: int) -> Bits:
    """Only the `number`-th one from below: drop the lower ones, keep the lowest that is left."""
    for _ in range(number - 1):
        bits = bits & (bits - _like(bits, 1))
    return np.asarray(bits & (~bits + _like(bits, 1)))
