"""The engine of the law: contributions and cover clocks of a million cases, and one case explained."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from salawaku import law
from salawaku.bench import law_by_hand
from salawaku.bench.measure import Figure, apart, best_of, best_of_both, peak_memory_mb, seconds
from salawaku.bench.openfisca import seconds_of_income_tax

CASES, MONTHS = 1_000_000, 24
FIRST, TODAY = date(2025, 1, 1), date(2026, 9, 15)  # of the 24 months 21 have begun
RUNS = 9
CALLS = 200
MILLISECOND = 0.001
CLOCKS = (
    "last_paid",
    "membership_start",
    "membership_end",
    "months_of_membership",
    "months_contributed",
    "consecutive_months",
    "is_member",
    "is_active",
    "status",
    "days_to_lapse",
    "full_benefit_from",
    "scholarship_from",
    "arrears",
)
WORKER = {
    "kind": "contribution",
    "segment": "BPU",
    "programs": ["JKK", "JKM"],
    "month": "2026-02",
    "income": 1_000_000,
    "sector": "transport",
    "payer": "foster",
}
CONTRACT = {
    "kind": "contribution",
    "segment": "JAKON",
    "programs": ["JKK", "JKM"],
    "month": "2026-02",
    "contract_value": 750_000_000,
}


class Measured(NamedTuple):
    """What one step comes to: the best of ours and of the limit, the first call of ours, its peak memory."""

    ours: float
    limit: float
    cold: float
    memory: int


def run() -> dict[str, Figure]:
    """All figures of the law; each step in a process of its own, so that memory peaks do not mix."""
    contributions, clocks = apart(_contributions), apart(_clocks)
    figures = {
        "law.contributions_1m": _million(contributions, 2.0, "hand-written NumPy"),
        "law.clocks_1m": _million(clocks, 3.0, "one NumPy pass over the months"),
        "law.explained_case": apart(_explained),
    }
    theirs = seconds_of_income_tax(CASES)
    if theirs is not None:
        against = "OpenFisca country template, income_tax"
        figures["law.openfisca_1m"] = Figure(contributions.ours / theirs, 1.0, against, CASES)
    return figures


def _million(found: Measured, target: float, against: str) -> Figure:
    """The ratio is of the best runs; `seconds` is the first call, with the law read and its formulas worked out."""
    ratio = found.ours / found.limit
    return Figure(ratio, target, against, CASES, memory_mb=found.memory, seconds=round(found.cold, 2))


def _contributions() -> Measured:
    cases = _cases()
    cold = seconds(lambda: _totals(*cases))
    memory = peak_memory_mb()
    if not np.array_equal(_totals(*cases), law_by_hand.totals(*cases)):
        raise AssertionError("the law and the hand-written rules differ")
    ours, limit = best_of_both(lambda: _totals(*cases), lambda: law_by_hand.totals(*cases), runs=RUNS)
    return Measured(ours, limit, cold, memory)


def _cases() -> tuple[NDArray[np.int64], ...]:
    """Months, incomes, sectors and payers: every band, and the months around and under both reliefs."""
    random = np.random.default_rng(1)
    months = random.integers(2019 * 12, 2028 * 12, CASES)
    incomes = random.integers(0, 25_000_000, CASES)
    sectors = random.integers(0, len(law.Sector), CASES)
    return months, incomes, sectors, random.integers(0, len(law.Payer), CASES)


def _totals(
    months: NDArray[np.int64], incomes: NDArray[np.int64], sectors: NDArray[np.int64], payers: NDArray[np.int64]
) -> NDArray[np.int64]:
    return law.contributions(months, incomes, sector=sectors, payer=payers).total


def _clocks() -> Measured:
    paid = _paid()
    cold = seconds(lambda: _read_clocks(paid))
    memory = peak_memory_mb()
    ours, limit = best_of_both(lambda: _read_clocks(paid), lambda: paid.sum(axis=1), runs=RUNS)
    return Measured(ours, limit, cold, memory)


def _paid() -> NDArray[np.bool_]:
    """Each worker pays some share of the months, from hardly any to nearly all."""
    random = np.random.default_rng(1)
    diligence = random.integers(0, 256, (CASES, 1), np.uint8)
    return random.integers(0, 256, (CASES, MONTHS), np.uint8) < diligence


def _read_clocks(paid: NDArray[np.bool_]) -> None:
    """Every clock of a fresh object: they are worked out when they are first read."""
    clocks = law.cover_clocks(paid, FIRST, TODAY)
    for name in CLOCKS:
        getattr(clocks, name)


def _explained() -> Figure:
    """The slower of a worker's month and a construction contract, each as a whole answer with its basis."""
    slowest = max(_seconds_of_one(case) for case in (WORKER, CONTRACT))
    return Figure(slowest / MILLISECOND, 1.0, "one millisecond", 1, seconds=round(slowest, 6))


def _seconds_of_one(case: dict[str, object]) -> float:
    """The mean of many calls, in the best of some rounds; the formulas are worked out before."""
    if "error" in (answer := law.evaluate([case])[0]):
        raise AssertionError(answer["error"])
    return best_of(lambda: [law.evaluate([case]) for _ in range(CALLS)], runs=RUNS) / CALLS
