"""The waterfall itself: purse by purse, whoever it may pay for, in line.

Each purse in its turn pays all its months for whole workers in line until it holds no such worker more; what is left
then goes to the next in line whom it buys the purse's minimum or more, for as many months as it buys, until it can
buy nobody the minimum. Workers are weighed all at once, purses one after the other; money is counted in whole rupiah.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

import numpy as np

from salawaku.simulation.allocation.problem import SECTORS, Flags, Numbers, Purse

NO_PURSE = -1


class Line(NamedTuple):
    """Workers in line, the first first, and whom the purses may pay for.

    `class_[worker]` is the class of each worker, `sector[class]` whether it rides (1) or not (0), and
    `reach[class, purse]` says which purses may pay for it.
    """

    class_: Numbers
    sector: Numbers
    reach: Flags


class Poured(NamedTuple):
    """What each worker in line gets: number of the purse (NO_PURSE for none), months, whole rupiah."""

    purse: Numbers
    months: Numbers
    amount: Numbers


class Gift(NamedTuple):
    """What the rest of a purse buys: for whom, counted from the head of its line, how many months, for how much."""

    place: int
    months: int
    cost: int


def line_of(ranks: list[Numbers], sector: Numbers, reach: Flags) -> tuple[Numbers, Line]:
    """The ranks of all classes in order, and their line; `ranks[class]` are those of its workers in any order."""
    rank = np.concatenate([np.zeros(0, np.int64), *ranks])
    order = np.argsort(rank)
    class_ = np.repeat(np.arange(len(ranks)), [len(one) for one in ranks])
    return rank[order], Line(class_[order], sector, reach)


def pour(purses: list[Purse], line: Line) -> Poured:
    """Pour the purses one after the other. The same line and purses give the same plan."""
    length = len(line.class_)
    poured = Poured(np.full(length, NO_PURSE), np.zeros(length, np.int64), np.zeros(length, np.int64))
    waiting = np.arange(length)
    for number, purse in enumerate(purses):
        if purse.months < purse.least:
            continue
        queue = waiting[line.reach[:, number][line.class_[waiting]]]
        _pour_one(poured, number, purse, queue, line.sector[line.class_[queue]])
        waiting = waiting[poured.purse[waiting] == NO_PURSE]
    return poured


def _pour_one(poured: Poured, number: int, purse: Purse, queue: Numbers, sectors: Numbers) -> None:
    """All months for those at the head of the line, then the rest."""
    costs = np.array([purse.costs[sector][-1] for sector in SECTORS], np.int64)[sectors]
    spent = np.cumsum(costs)
    whole = int(np.searchsorted(spent, purse.left, side="right"))
    left = purse.left - (int(spent[whole - 1]) if whole else 0)
    _write(poured, number, queue[:whole], purse.months, costs[:whole])
    for gift in gifts(purse, left, sectors[whole:]):
        place = whole + gift.place
        _write(poured, number, queue[place : place + 1], gift.months, gift.cost)


def _write(poured: Poured, number: int, workers: Numbers, months: int, amount: Numbers | int) -> None:
    poured.purse[workers], poured.months[workers], poured.amount[workers] = number, months, amount


def gifts(purse: Purse, left: int, sectors: Numbers) -> list[Gift]:
    """Who of the line `sectors` gets what from the `left` of a purse; only the head of each sector can be next."""
    heads = [iter(np.flatnonzero(sectors == sector).tolist()) for sector in SECTORS]
    first = [next(head, None) for head in heads]
    found: list[Gift] = []
    while options := [
        (Gift(place, months, purse.costs[sector][months]), sector)
        for sector, place in enumerate(first)
        if place is not None and (months := bisect_right(purse.costs[sector], left) - 1) >= purse.least
    ]:
        gift, sector = min(options)
        found.append(gift)
        left -= gift.cost
        first[sector] = next(heads[sector], None)
    return found
