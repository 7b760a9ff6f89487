"""An allocation of 70,000 workers, 400 purses and 50 villages: the waterfall, and the optimum beside a bound.

The seconds are those of both plans together, from columns of workers on. The ratio is that of the optimum.

The bound is the linear relaxation, set up here a second time and without the engine's reductions: every village and
sector by itself, every number of months, no preferences. The true optimum in whole workers is at most this bound, so
the ratio printed is at least the one asked for.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from salawaku import law
from salawaku.bench.measure import Figure, apart, best_of, peak_memory_mb
from salawaku.simulation.allocation import (
    Plan,
    Poured,
    Purse,
    classes_of,
    group_workers,
    line_of,
    optimum,
    pour,
)

WORKERS, PURSES, VILLAGES, KELURAHAN = 70_000, 400, 50, 20
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 1)
WITHIN_SECONDS = 1.0


class Problem(NamedTuple):
    """Single workers as columns, purses, and which village each purse reaches."""

    columns: list[NDArray[Any]]
    purses: list[Purse]
    eligible: NDArray[np.bool_]


class Measured(NamedTuple):
    """What one process found; `seconds` is the faster of two runs, `memory` the peak before the bound."""

    seconds: float
    memory: int
    plan: Plan
    bound: int


def run() -> dict[str, Figure]:
    """The figure of the allocation; a plan that is not the same again, or took too long, is an error."""
    found = apart(_measured)
    if found.seconds > WITHIN_SECONDS:
        raise AssertionError(f"the allocation took {found.seconds:.2f} s; asked for is {WITHIN_SECONDS} s")
    ratio = found.bound / found.plan.worker_months
    figure = Figure(ratio, 1.001, "linear bound of the optimum", WORKERS, found.memory, round(found.seconds, 2))
    return {"programmes.allocate_70k": figure}


def _measured() -> Measured:
    problem = invented(WORKERS, PURSES, VILLAGES, seed=1)
    plans: list[tuple[Poured, Plan]] = []
    taken = best_of(lambda: plans.append((poured(problem), solved(problem))), runs=2)
    memory = peak_memory_mb()
    (first, best), (again, best_again) = plans
    if best != best_again or not np.array_equal(first, again):
        raise AssertionError("the same input gave another plan")
    return Measured(taken, memory, best, bound(problem))


def solved(problem: Problem) -> Plan:
    """The whole engine: from columns of workers to the plan."""
    return optimum(problem.purses, classes_of(group_workers(*problem.columns), problem.eligible))


def poured(problem: Problem) -> Poured:
    """The waterfall's engine: the workers in line, purse by purse."""
    place, transport, continuing, decile, risk = (np.asarray(column, np.int64) for column in problem.columns)
    rank = np.empty(len(place), np.int64)
    rank[np.lexsort((-risk, np.where(decile == 0, 11, decile), -continuing))] = np.arange(len(place))
    classes = [(village, sector) for village in range(len(problem.eligible)) for sector in (0, 1)]
    ranks = [rank[(place == village) & (transport == sector)] for village, sector in classes]
    sectors = np.array([sector for _village, sector in classes])
    _ranks, line = line_of(ranks, sectors, np.repeat(problem.eligible, 2, axis=0))
    return pour(problem.purses, line)


def invented(workers: int, purses: int, villages: int, *, seed: int) -> Problem:
    """A region: some villages are kelurahan and have no money of their own; a seventh of the workers are riders."""
    random = np.random.default_rng(seed)
    columns = [
        random.integers(0, villages, workers),
        random.random(workers) < 1 / 7,
        random.random(workers) < 2 / 5,
        random.integers(0, 11, workers),
        random.integers(1, 5, workers),
    ]
    kelurahan = np.arange(villages) < villages * KELURAHAN // VILLAGES
    made = [_purse(random, number, kelurahan, workers) for number in range(purses)]
    return Problem(columns, [purse for purse, _reach in made], np.array([reach for _purse, reach in made]).T)


def _purse(
    random: np.random.Generator, number: int, kelurahan: NDArray[np.bool_], workers: int
) -> tuple[Purse, NDArray[np.bool_]]:
    """City and province first, then villages' own money, companies (some for villages only), foster sponsors."""
    villages = np.flatnonzero(~kelurahan)
    everywhere = np.ones(len(kelurahan), bool)
    if number < 4:
        return _money(random, law.Payer.APBD, workers // 20, 12, is_local=False), everywhere
    if number < 4 + 2 * len(villages):
        own = np.arange(len(kelurahan)) == villages[number % len(villages)]
        return _money(random, law.Payer.VILLAGE_FUND, workers // 500, 9, is_local=True), own
    if number % 10 == 0:
        reach = ~kelurahan if number % 20 else everywhere
        return _money(random, law.Payer.CSR, workers // 400, 8, is_local=False), reach
    return _money(random, law.Payer.FOSTER, workers // 1_400, 6, is_local=False), everywhere


def _money(random: np.random.Generator, payer: law.Payer, mean: int, months: int, *, is_local: bool) -> Purse:
    """A purse of at least `months` months up to December for about `mean` workers."""
    first = int(random.integers(0, 12 - months + 1))
    start = law.add_months(FIRST, first)
    outside, inside = (_prices(payer, sector, start) for sector in (law.Sector.OTHER, law.Sector.TRANSPORT))
    left = int(random.integers(mean // 2, mean * 3 // 2 + 2)) * sum(outside) + int(random.integers(0, 200_000))
    return Purse(left, first, int(random.integers(3, 7)), (outside, inside), is_local)


def _prices(payer: law.Payer, sector: law.Sector, first: date) -> tuple[int, ...]:
    months = law.months_from(first, LAST)
    return tuple(law.contributions(months, [1_000_000] * len(months), sector=sector, payer=payer).total.tolist())


def bound(problem: Problem) -> int:
    """More worker-months than this no plan covers: the relaxation, written down as it stands."""
    place, transport = (np.asarray(column, np.int64) for column in problem.columns[:2])
    supply = np.bincount(place * 2 + transport, minlength=2 * len(problem.eligible))
    rows = [
        (purse, village * 2 + sector, months, sum(one.prices[sector][:months]))
        for purse, one in enumerate(problem.purses)
        for village in np.flatnonzero(problem.eligible[:, purse])
        for sector in (0, 1)
        for months in range(max(1, one.minimum), one.months + 1)
    ]
    purse, group, months, cost = np.array(rows, np.int64).T
    choices = np.arange(len(rows))
    money = csr_array((cost / 10_000, (purse, choices)), shape=(len(problem.purses), len(rows)))
    people = csr_array((np.ones(len(rows)), (group, choices)), shape=(len(supply), len(rows)))
    left = np.array([one.left for one in problem.purses])
    limits = np.concatenate([left / 10_000, supply])
    found = linprog(-months, A_ub=vstack([money, people]), b_ub=limits, method="highs")
    return int(-found.fun + 0.001)
