"""A scheme for 5,000,000 workers in groups, 60 months, 1,000 runs, against a plain simulation of single workers.

The plain one is what one would write first: columns of workers in NumPy, a loop over months and runs, the same rules
(purse in line from January, deaths, sponsors who leave, memberships that end, benefits with their waiting time). It
works on a sample and is scaled up to the same workers, months and runs. `simulation.5m_exact` is the expected course
alone against the same.
"""

from __future__ import annotations

from itertools import product
from typing import Any, NamedTuple

import numpy as np

from salawaku import law
from salawaku.bench.measure import Figure, apart, best_of, best_of_both, peak_memory_mb, seconds
from salawaku.simulation import scheme

WORKERS, GROUPS, MONTHS, RUNS = 5_000_000, 500, 60, 1_000
SAMPLE = 200_000
SMALL, LARGE, GROWTH_RUNS = 250, 2_500, 100
YEARS = range(2026, 2026 + MONTHS // 12)
PRICE, FULL, REDUCED, ACCIDENT = 16_800, 42_000_000, 10_000_000, 17_000_000
DEATHS, ACCIDENTS, DROPOUT = 4.3, 3.0, 0.01
AGAINST = "plain NumPy on single workers"


class Measured(NamedTuple):
    """Seconds of all runs with the expected course, of the expected course alone, of the plain way scaled up."""

    ours: float
    exact: float
    plain: float
    memory: int


def run() -> dict[str, Figure]:
    """The figures of the simulation."""
    found, growth = apart(_measured), apart(_growth)
    return {
        "simulation.5m": Figure(found.ours / found.plain, 0.01, AGAINST, WORKERS, found.memory, round(found.ours, 2)),
        "simulation.5m_exact": Figure(found.exact / found.plain, 0.01, AGAINST, WORKERS, None, round(found.exact, 3)),
        "simulation.growth": Figure(growth, 1.2, f"time per group at {SMALL} groups", LARGE),
    }


def _measured() -> Measured:
    law.law_now()
    scenario = invented(WORKERS, GROUPS, MONTHS, RUNS)
    ours = seconds(lambda: scheme.simulate(scenario))
    memory = peak_memory_mb()
    exact = best_of(lambda: scheme.expected(scenario))
    plain = best_of(lambda: one_by_one(SAMPLE, MONTHS, np.random.default_rng(1)), runs=2)
    return Measured(ours, exact, plain * WORKERS / SAMPLE * RUNS, memory)


def _growth() -> float:
    """Time per group with many groups over that with few, each group of the same size."""
    law.law_now()
    few, many = (invented(groups * 1_000, groups, MONTHS, GROWTH_RUNS) for groups in (SMALL, LARGE))
    large, small = best_of_both(
        lambda: scheme.drawn(many, GROWTH_RUNS), lambda: scheme.drawn(few, GROWTH_RUNS), runs=4
    )
    return (large / LARGE) / (small / SMALL)


def invented(workers: int, groups: int, months: int, runs: int) -> scheme.Scenario:
    """Groups that differ in age, sex, sector, decile, risk and village; a city, villages, sponsors who leave."""
    names = ("age", "sex", "sector", "decile", "village_kind", "risk")
    kinds = product(range(20, 60, 4), "MF", ("other", "transport"), range(1, 6), ("desa", "kelurahan"), range(1, 5))
    every = list(kinds)
    each = workers // groups
    population = [
        {"id": f"group {number}", "workers": each, "covered": each * 2 // 5}
        | dict(zip(names, every[number * 7 % len(every)], strict=True))
        for number in range(groups)
    ]
    return scheme.scenario_of(
        {
            "name": "bench",
            "start": "2026-01",
            "months": months,
            "denominator": workers,
            "population": population,
            "sources": _sources(workers),
            "rates": {"death_per_1000": DEATHS, "accident_per_1000": ACCIDENTS},
            "runs": runs,
        }
    )


def _sources(workers: int) -> list[dict[str, Any]]:
    shares: dict[str, tuple[str, float, float, dict[str, str]]] = {
        "city": ("apbd", 0.4, 0, {}),
        "villages": ("village_fund", 0.1, 0, {"village_kind": "desa"}),
        "sponsors": ("foster", 0.1, DROPOUT, {"sector": "transport"}),
    }
    return [
        {
            "id": name,
            "kind": kind,
            "budget": {year: int(workers * share) * 12 * PRICE for year in YEARS},
            "dropout_per_month": dropout,
            "eligible": eligible,
        }
        for name, (kind, share, dropout, eligible) in shares.items()
    ]


def one_by_one(workers: int, months: int, random: np.random.Generator) -> int:
    """One run over single workers, three purses; what families and the injured receive."""
    alive, rides, village = np.ones(workers, bool), random.random(workers) < 0.5, random.random(workers) < 0.5
    purse = np.full(workers, -1)
    unpaid = np.where(random.random(workers) < 0.4, 0, 9)
    tenure = np.where(unpaid == 0, 12, 0)
    order = np.argsort(random.integers(1, 6, workers) * 5 - random.integers(1, 5, workers), kind="stable")
    benefits = 0
    for month in range(months):
        if month % 12 == 0:
            purse = _chosen(order, [(0.4, alive), (0.1, alive & village), (0.1, alive & rides)], unpaid)
        else:
            purse[(purse == 2) & (random.random(workers) < DROPOUT)] = -1
        paid = alive & (purse >= 0)
        tenure = np.where(paid & (unpaid > 3), 0, tenure + 1)
        unpaid = np.where(paid, 0, unpaid + 1)
        dies = alive & (random.random(workers) < DEATHS / 12_000)
        hurt = paid & (random.random(workers) < ACCIDENTS / 12_000)
        grants = np.where(tenure < 3, REDUCED, FULL)[dies & paid]
        benefits += int(grants.sum()) + int(hurt.sum()) * ACCIDENT
        alive &= ~dies
        purse[dies] = -1
    return benefits


def _chosen(order: Any, purses: list[tuple[float, Any]], unpaid: Any) -> Any:
    """Each purse takes those in line until its seats are full, participants first."""
    line = order[np.argsort(unpaid[order] > 3, kind="stable")]
    found = np.full(len(order), -1)
    for number, (share, reach) in enumerate(purses):
        waiting = line[(reach & (found < 0))[line]]
        found[waiting[: int(len(order) * share)]] = number
    return found
