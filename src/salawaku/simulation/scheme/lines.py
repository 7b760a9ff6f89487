"""In which order workers stand in line, whom a purse may pay for, and how many of them quotas leave.

A line has two places for each group: those who are or were covered (the number of the group), and those never covered
(so many groups further on).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from salawaku.simulation.allocation.problem import NO_DECILE
from salawaku.simulation.scheme.chance import Counts
from salawaku.simulation.scheme.matching import Matching
from salawaku.simulation.scheme.scenario import Scenario

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Limits(NamedTuple):
    """Quotas of which no group has two: `workers[quota]`; the groups of each quota together, those of one from its
    number of `starts` on, and its places in line likewise, in the order of the line; `quota` is that of each place.
    """

    workers: Numbers
    groups: Numbers
    starts: Numbers
    places: Numbers
    quota: Numbers
    first: Numbers


def line_of(scenario: Scenario) -> Numbers:
    """The places in the order of the scenario's priority; whoever stands alike as the groups are listed."""
    groups = scenario.population
    number, kind = np.tile(np.arange(len(groups)), 2), np.repeat([0, 1], len(groups))
    columns = {
        "decile": np.array([group.decile or NO_DECILE for group in groups]),
        "risk": np.array([-group.risk for group in groups]),
        "age": np.array([1 if group.age is None else -group.age for group in groups]),
    }
    keys = [kind if name == "continuing" else columns[name][number] for name in scenario.priority]
    return np.asarray(np.lexsort([kind, number, *reversed(keys)]), np.int64)


def reach_of(scenario: Scenario) -> Flags:
    """Whom a purse may pay for [source, group]."""
    found = [source.may_pay_for(group) for source in scenario.sources for group in scenario.population]
    return np.array(found, bool).reshape(len(scenario.sources), len(scenario.population))


def limits_of(scenario: Scenario, line: Numbers) -> list[Limits]:
    """The quotas of the scenario, those together that have no group in common; they hold one after the other."""
    matching, layers = Matching(scenario.population), list[list[tuple[int, Flags]]]()
    level = np.zeros(len(scenario.population), np.int64)
    for quota in scenario.quotas:
        groups = matching.all_of(quota.eligible)
        if groups.any():
            at = int(level[groups].max())
            level[groups] = at + 1
            layers += [[]] if at == len(layers) else []
            layers[at].append((quota.workers, groups))
    return [_limits(layer, line) for layer in layers]


def _limits(quotas: list[tuple[int, Flags]], line: Numbers) -> Limits:
    quota_of = np.full(len(quotas[0][1]), -1)
    for number, (_workers, flags) in enumerate(quotas):
        quota_of[flags] = number
    groups, in_line = _together(quota_of), _together(np.tile(quota_of, 2)[line])
    quota = np.tile(quota_of, 2)[line[in_line]]
    numbers = np.arange(len(quotas))
    starts, firsts = np.searchsorted(quota_of[groups], numbers), np.searchsorted(quota, numbers)
    workers = np.array([workers for workers, _flags in quotas], np.int64)
    return Limits(workers, groups, starts, line[in_line], quota, firsts)


def _together(quota: Numbers) -> Numbers:
    """The places of the first quota, then those of the second; none without a quota."""
    order = np.argsort(quota, kind="stable")
    return order[quota[order] >= 0]


def within(limits: list[Limits], waiting: Counts, covered: Counts) -> Counts:
    """How many of those `waiting` [run, place] have a seat within the quotas, the first in line first; `covered`
    [run, group] sit on seats already. As in programmes, a seat is for whoever is next, whichever purse pays."""
    for limit in limits:
        taken = np.add.reduceat(covered[:, limit.groups], limit.starts, axis=1)
        free = np.maximum(limit.workers - taken, 0)
        line = waiting[:, limit.places]
        before = np.cumsum(line, axis=1) - line
        before = before - before[:, limit.first][:, limit.quota]
        waiting[:, limit.places] = np.clip(free[:, limit.quota] - before, 0, line)
    return waiting


def first(line: Counts, places: Counts) -> Counts:
    """The first of a line [run, place] for whom there are `places` [run]."""
    before = np.cumsum(line, axis=1) - line
    return np.asarray(np.clip(places[:, None] - before, 0, line))
