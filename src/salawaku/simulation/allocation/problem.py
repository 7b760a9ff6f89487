"""What is to be shared out: purses, groups of workers, and the classes within which workers are alike for money."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

NO_DECILE = 11  # a welfare decile that nobody knows stands last
SECTORS = (0, 1)  # outside and inside the transport sector


@dataclass(frozen=True)
class Purse:
    """Money for whole workers, each for `minimum` or more months in a row from month number `first` on.

    `prices[sector]` is what one worker costs in each month of the purse, in whole rupiah. `is_local` says that the
    money may be spent in a part of the region only, such as a village's own.
    """

    left: int
    first: int
    minimum: int
    prices: tuple[tuple[int, ...], tuple[int, ...]]
    is_local: bool = False

    @property
    def months(self) -> int:
        """How many months the purse can pay."""
        return len(self.prices[0])

    @property
    def least(self) -> int:
        """How many months a worker gets at least."""
        return max(1, self.minimum)

    @cached_property
    def costs(self) -> tuple[list[int], list[int]]:
        """`costs[sector][months]` is what that many months cost together."""
        outside, inside = (list(accumulate(prices, initial=0)) for prices in self.prices)
        return outside, inside


class Groups(NamedTuple):
    """Columns of equal length: workers of one place who also stand alike in line. `decile` 0 is unknown.

    A place is whatever the purses tell apart, such as a village, or those of one occupation in a village.
    """

    place: Numbers
    transport: Numbers
    continuing: Numbers
    decile: Numbers
    risk: Numbers
    workers: Numbers


class Classes(NamedTuple):
    """Workers whom the same purses reach at the same price.

    `reach[class, purse]`; `of_place[place, sector]` is the class there; `segments[class, tier]` counts workers by
    their place in line: the lower the tier the earlier.
    """

    reach: Flags
    sector: Numbers
    of_place: Numbers
    segments: Numbers


def group_workers(*columns: NDArray[Any]) -> Groups:
    """Count single workers, given as place, transport, continuing, decile and risk."""
    numbers = [np.asarray(column, np.int64) for column in columns]
    packed = np.ravel_multi_index(tuple(numbers), shape := tuple(int(one.max(initial=0)) + 1 for one in numbers))
    keys, workers = np.unique(packed, return_counts=True)
    place, transport, continuing, decile, risk = (one.astype(np.int64) for one in np.unravel_index(keys, shape))
    return Groups(place, transport, continuing, decile, risk, workers.astype(np.int64))


def classes_of(groups: Groups, eligible: Flags) -> Classes:
    """The classes of `groups`; `eligible[place, purse]` says whom a purse may pay for."""
    kinds, kind = np.unique(eligible, axis=0, return_inverse=True)
    kind = kind.reshape(-1).astype(np.int64)
    of_place = kind[:, None] * len(SECTORS) + np.array(SECTORS)
    tiers, tier = np.unique(_line(groups), return_inverse=True)
    segments = np.zeros((len(kinds) * len(SECTORS), max(1, len(tiers))), np.int64)
    np.add.at(segments, (of_place[groups.place, groups.transport], tier.reshape(-1)), groups.workers)
    return Classes(np.repeat(kinds, len(SECTORS), axis=0), np.tile(SECTORS, len(kinds)), of_place, segments)


def _line(groups: Groups) -> Numbers:
    """A number per group that is lower for whoever comes earlier: continuing, then lower decile, then higher risk."""
    decile = np.where(groups.decile == 0, NO_DECILE, groups.decile)
    highest = int(groups.risk.max(initial=0))
    newcomer = 1 - groups.continuing
    return np.asarray((newcomer * (NO_DECILE + 1) + decile) * (highest + 1) + highest - groups.risk, np.int64)
