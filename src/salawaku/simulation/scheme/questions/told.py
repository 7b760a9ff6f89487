"""What questions read off a scenario: its expected course as told, without drawing any."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from salawaku.simulation.scheme.answers import plain, simulate
from salawaku.simulation.scheme.scenario import Scenario

# What changes are weighed by, and where it stands in the totals of an answer.
MEASURES = ("worker_months", "covered_at_end", "lapsed", "deaths_uncovered", "reduced_benefit_families", "benefits")


def told(scenario: Scenario) -> dict[str, Any]:
    """The answer without drawn courses: exact, in hundredths of a second."""
    return simulate(replace(scenario, runs=0))


def measures(answer: dict[str, Any]) -> dict[str, int | float]:
    """The sums of MEASURES; of benefits the mean."""
    totals = answer["totals"] | {"benefits": answer["totals"]["benefits"]["mean"]}
    return {name: totals[name] for name in MEASURES}


def more(after: dict[str, Any], before: dict[str, Any]) -> dict[str, int | float]:
    """By how much the first answer is above the second, measure by measure."""
    above, below = measures(after), measures(before)
    return {name: plain(above[name] - below[name]) for name in MEASURES}


def spent(answer: dict[str, Any]) -> dict[str, int]:
    """Rupiah spent, by purse."""
    return {source: money["spent"] for source, money in answer["totals"]["by_source"].items()}
