"""Who is added to the groups: those who begin the work, and those whom a campaign lists."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from salawaku.law import month_index
from salawaku.simulation.scheme.scenario import Campaign, Scenario, all_hold

Numbers = NDArray[np.int64]


def joining(scenario: Scenario) -> Numbers:
    """Whole workers who begin the work [month, group]: a fraction a month is somebody every few months."""
    return np.array([whole_steps(group.joining_per_month, scenario.months) for group in scenario.population]).T


def whole_steps(each: float, steps: int) -> Numbers:
    """`each` in every step as whole numbers, rounded down in the sum."""
    if not each:
        return np.zeros(steps, np.int64)
    sums = [int(Fraction(str(each)) * step) for step in range(steps + 1)]
    return np.array([after - before for before, after in pairwise(sums)], np.int64)


def listed(scenario: Scenario) -> Numbers:
    """Workers whom campaigns list [month, group]."""
    found = np.zeros((scenario.months, len(scenario.population)), np.int64)
    for campaign in scenario.campaigns:
        month = month_index(campaign.month) - month_index(scenario.start)
        if 0 <= month < scenario.months:
            found[month] += spread(scenario, campaign)
    return found


def spread(scenario: Scenario, campaign: Campaign) -> Numbers:
    """The workers of a campaign by group, in proportion to those there, the rest by the largest remainder."""
    weights = [group.workers * all_hold(campaign.eligible, group) for group in scenario.population]
    whole, wanted = sum(weights), [weight * campaign.workers for weight in weights]
    found = np.array([one // whole for one in wanted], np.int64)
    order = sorted(range(len(weights)), key=lambda at: -(wanted[at] % whole))
    found[order[: campaign.workers - int(found.sum())]] += 1
    return found
