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
from salawaku.simulation.scheme.scenario import Quota, Scenario, all_hold

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Limit(NamedTuple):
    """A quota: at most so many of some groups, whose places in line stand in its order."""

    workers: int
    groups: Flags
    places: Numbers


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


def limits_of(scenario: Scenario, line: Numbers) -> list[Limit]:
    """The quotas of the scenario."""
    return [_limit(quota, scenario, line) for quota in scenario.quotas]


def _limit(quota: Quota, scenario: Scenario, line: Numbers) -> Limit:
    groups = np.array([all_hold(quota.eligible, group) for group in scenario.population])
    return Limit(quota.workers, groups, line[np.tile(groups, 2)[line]])


def within(limits: list[Limit], waiting: Counts, covered: Counts) -> Counts:
    """How many of those `waiting` [run, place] have a seat within the quotas, the first in line first; `covered`
    [run, group] sit on seats already. As in programmes, a seat is for whoever is next, whichever purse pays."""
    for limit in limits:
        free = np.maximum(limit.workers - covered[:, limit.groups].sum(axis=1), 0)
        waiting[:, limit.places] = first(waiting[:, limit.places], free)
    return waiting


def first(line: Counts, places: Counts) -> Counts:
    """The first of a line [run, place] for whom there are `places` [run]."""
    before = np.cumsum(line, axis=1) - line
    return np.asarray(np.clip(places[:, None] - before, 0, line))
