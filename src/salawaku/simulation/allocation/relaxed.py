"""The linear programme over classes, purses and numbers of months, solved by HiGHS.

It maximises worker-months. Among plans with equally many it prefers those first in line, then local money and the
purses that pay first: their weights are so small that all of them together weigh less than one worker-month.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array

from salawaku.simulation.allocation.problem import SECTORS, Classes, Numbers, Purse

Floats = NDArray[np.float64]

MONTH = 1000.0  # the weight of one worker-month; what all preferences of all workers together stay under
LINE, ORDER = 0.8, 0.1  # the shares of it for the place in line and for the order of the purses
RUPIAH = 1e-4  # money rows in units of ten thousand, which keeps the solver's numbers near one
MILLION = 1_000_000
SPECK = 1e-6


class Columns(NamedTuple):
    """The choices: so many workers of a class for so many months from a purse."""

    class_: Numbers
    purse: Numbers
    months: Numbers
    cost: Numbers


class Relaxed(NamedTuple):
    """How many workers each choice takes, in fractions; a bound that no plan exceeds; what a million more buys."""

    columns: Columns
    workers: Floats
    bound: int
    million_buys: list[int]


def corners(purse: Purse, sector: int) -> list[int]:
    """The numbers of months that a linear programme needs: corners of the hull of months over cost.

    At a steady price that is all months of the purse; where prices rise, fewer months may buy more.
    """
    costs = purse.costs[sector]
    kept = [0]
    for months in range(purse.least, purse.months + 1):
        while len(kept) > 1 and _is_below(costs, kept[-2], kept[-1], months):
            kept.pop()
        kept.append(months)
    return kept[1:]


def _is_below(costs: list[int], before: int, middle: int, after: int) -> bool:
    """Whether `middle` buys no more per rupiah than the straight line from `before` to `after`."""
    return (middle - before) * (costs[after] - costs[middle]) <= (after - middle) * (costs[middle] - costs[before])


def columns_of(purses: list[Purse], classes: Classes) -> Columns:
    """Every choice that may be part of an optimum."""
    options = np.array(
        [
            (number, sector, months, purse.costs[sector][months])
            for number, purse in enumerate(purses)
            for sector in SECTORS
            for months in corners(purse, sector)
        ],
        np.int64,
    ).reshape(-1, 4)
    purse, sector, months, cost = options.T
    wanted = (classes.sector[:, None] == sector) & classes.reach[:, purse]
    wanted &= (classes.segments.sum(axis=1) > 0)[:, None]
    class_, option = np.nonzero(wanted)
    return Columns(class_.astype(np.int64), purse[option], months[option], cost[option])


def relax(purses: list[Purse], classes: Classes) -> Relaxed:
    """Solve it. The same input gives the same answer: the solver works in one thread and keeps no clock."""
    columns = columns_of(purses, classes)
    class_, tier = np.nonzero(classes.segments)
    if not len(columns.class_):
        return Relaxed(columns, np.zeros(0), 0, [0] * len(purses))
    found = linprog(
        np.concatenate([-_months_weight(columns, purses, classes), -_line_weight(classes, tier)]),
        A_ub=_money(columns, len(purses), len(class_)),
        b_ub=np.array([purse.left for purse in purses]) * RUPIAH,
        A_eq=_supply(columns, class_, len(classes.sector)),
        b_eq=np.zeros(len(classes.sector)),
        bounds=_bounds(columns, classes.segments[class_, tier]),
        method="highs-ds",
    )
    if found.status != 0:
        raise RuntimeError(f"HiGHS found no optimum: {found.message}")
    worth = -found.ineqlin.marginals * RUPIAH * MILLION / MONTH
    return Relaxed(
        columns,
        found.x[: len(columns.class_)],
        int(-found.fun / MONTH + _most_withheld(classes) + SPECK),
        [int(months + SPECK) for months in worth],
    )


def _months_weight(columns: Columns, purses: list[Purse], classes: Classes) -> Floats:
    """Worker-months, less a trifle for money that should be used later."""
    order = np.empty(len(purses))
    order[in_turn(purses)] = np.arange(len(purses)) / len(purses)
    return np.asarray(columns.months * MONTH - order[columns.purse] * ORDER * _trifle(classes))


def _line_weight(classes: Classes, tier: Numbers) -> Floats:
    tiers = classes.segments.shape[1]
    return np.asarray((tiers - tier) / tiers * LINE * _trifle(classes))


def _trifle(classes: Classes) -> float:
    """What a preference may weigh for one worker: a thousandth of a month, less where there are many workers."""
    return MONTH / max(MONTH, int(classes.segments.sum()))


def _most_withheld(classes: Classes) -> float:
    """How many worker-months the order of the purses takes off the objective at most."""
    return ORDER * _trifle(classes) * int(classes.segments.sum()) / MONTH


def in_turn(purses: list[Purse]) -> list[int]:
    """The purses in the order in which they should be used: local money first, then as given."""
    return sorted(range(len(purses)), key=lambda number: (not purses[number].is_local, number))


def _money(columns: Columns, purses: int, segments: int) -> csr_array:
    """One row per purse: what its workers cost."""
    place = (columns.purse, np.arange(len(columns.purse)))
    return coo_array((columns.cost * RUPIAH, place), shape=(purses, len(columns.purse) + segments)).tocsr()


def _supply(columns: Columns, class_: Numbers, classes: int) -> csr_array:
    """One row per class: its chosen workers are those of its segments."""
    rows = np.concatenate([columns.class_, class_])
    values = np.concatenate([np.ones(len(columns.class_)), -np.ones(len(class_))])
    return coo_array((values, (rows, np.arange(len(rows)))), shape=(classes, len(rows))).tocsr()


def _bounds(columns: Columns, segments: Numbers) -> Floats:
    most = np.concatenate([np.full(len(columns.class_), np.inf), segments])
    return np.column_stack([np.zeros(len(most)), most])
