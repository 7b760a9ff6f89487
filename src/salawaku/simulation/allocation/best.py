"""The best whole plan that can be found at once."""

from __future__ import annotations

from typing import NamedTuple

from salawaku.simulation.allocation.problem import Classes, Purse
from salawaku.simulation.allocation.relaxed import relax
from salawaku.simulation.allocation.whole import Cell, Draft, from_cells, rounded_down, settled


class Plan(NamedTuple):
    """How many workers of each class get how many months from which purse.

    `bound` is a number of worker-months that no plan exceeds; `million_buys` says for each purse how many
    worker-months the region would gain by one million rupiah more in it.
    """

    cells: list[Cell]
    worker_months: int
    bound: int
    million_buys: list[int]


def optimum(purses: list[Purse], classes: Classes, known: list[Cell] | None = None) -> Plan:
    """The linear programme made whole, unless pouring purse by purse, or a plan `known` before, covers more."""
    relaxed = relax(purses, classes)
    drafts = [settled(rounded_down(Draft(purses, classes), relaxed)), settled(Draft(purses, classes))]
    if known:
        drafts.append(settled(from_cells(Draft(purses, classes), known)))
    best = max(drafts, key=lambda draft: draft.worker_months)
    return Plan(best.as_cells(), best.worker_months, relaxed.bound, relaxed.million_buys)
