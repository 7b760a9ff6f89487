"""The waterfall over groups, for many runs at once: the same plan as `simulation.allocation.pour`, worker for worker.

A purse pays all its months for those at the head of the line, group after group, until it can pay no whole worker
more; what is left goes to the next in line whom it buys the minimum or more (`gifts`, the allocation's own).
Where numbers are expected ones, groups that are paid whole keep their fractions; where money decides, workers are
whole.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from salawaku.simulation.allocation.pouring import gifts
from salawaku.simulation.allocation.problem import Purse
from salawaku.simulation.scheme.chance import Counts
from salawaku.simulation.scheme.tables import Numbers

QUARTER = 0.25  # of a rupiah: fractions of workers cost fractions that only nearly add up
SPECK = 1e-9


class Taken(NamedTuple):
    """Who gets so many months: `workers[run, line]`, in the places of the line."""

    months: int
    workers: Counts


def take(purse: Purse, line: Counts, sectors: Numbers, money: Counts | None = None) -> list[Taken]:
    """Whom a purse pays for. `line[run, place]` are workers in line, `sectors[place]` whether they ride (1); `money`
    [run] is what it still holds, if that is not all."""
    if purse.months < purse.least or not line.shape[1]:
        return []
    costs = np.array([prices[-1] for prices in purse.costs], np.int64)[sectors]
    spent = np.cumsum(line * costs, axis=1)
    held = np.full(len(line), purse.left) if money is None else money
    full = spent <= held[:, None] + QUARTER
    taken = np.where(full, line, 0)
    left = held - np.where(full, spent, 0).max(axis=1, initial=0)
    place = full.sum(axis=1)
    at = np.nonzero(place < line.shape[1])[0]
    head = place[at]
    some = np.floor((left[at] + QUARTER) / np.maximum(1, costs[head])).astype(line.dtype)
    taken[at, head] = np.minimum(some, np.floor(line[at, head] + SPECK))
    left[at] -= taken[at, head] * costs[head]
    return [Taken(purse.months, taken), *_rests(purse, left, line - taken, sectors)]


def _rests(purse: Purse, left: Counts, waiting: Counts, sectors: Numbers) -> list[Taken]:
    """What the rest of the money buys in each run, by months."""
    cheapest = max(1, min(costs[purse.least] for costs in purse.costs))
    found: defaultdict[int, Counts] = defaultdict(lambda: np.zeros_like(waiting))
    for run in np.flatnonzero((left + QUARTER >= cheapest) & (waiting >= 1 - SPECK).any(axis=1)).tolist():
        money = int(left[run] + QUARTER)
        heads = np.minimum(np.floor(waiting[run] + SPECK), money // cheapest + 1).astype(np.int64)
        places = np.repeat(np.arange(len(heads)), heads)
        for gift in gifts(purse, money, sectors[places]):
            found[gift.months][run, places[gift.place]] += 1
    return [Taken(months, found[months]) for months in sorted(found, reverse=True)]
