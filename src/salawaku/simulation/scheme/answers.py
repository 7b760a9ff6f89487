"""The answer to a scenario as one JSON document: months, totals, targets, what stays unspent, and under which law."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from salawaku.law import add_months
from salawaku.simulation.scheme.chance import Counts
from salawaku.simulation.scheme.coverage import coverage_of, disparity_of
from salawaku.simulation.scheme.running import BANDS, STATES, Course, drawn, expected
from salawaku.simulation.scheme.scenario import Scenario
from salawaku.simulation.scheme.state import CAUSES

DIGITS = 4  # expected numbers of people are fractions
NINETY = 1.6448536269514722  # so many standard deviations hold nine of ten, five of a hundred being above
LOW, HIGH = 5, 95


@dataclass(frozen=True)
class Outcome:
    """The expected course, and the drawn ones if any were asked for."""

    scenario: Scenario
    mean: Course
    runs: Course | None


def outcome_of(scenario: Scenario) -> Outcome:
    """Simulate. The same scenario gives the same outcome."""
    return Outcome(scenario, expected(scenario), drawn(scenario, scenario.runs) if scenario.runs else None)


def simulate(scenario: Scenario) -> dict[str, Any]:
    """The answer of `salawaku simulate --json`."""
    return answer_of(outcome_of(scenario))


def answer_of(outcome: Outcome) -> dict[str, Any]:
    """The same from an outcome that is at hand."""
    scenario = outcome.scenario
    return {
        "name": scenario.name,
        "start": f"{scenario.start:%Y-%m}",
        "denominator": scenario.denominator,
        "law": _law(scenario),
        "interval": {"method": "monte_carlo", "runs": scenario.runs, "seed": scenario.seed}
        if outcome.runs
        else {"method": "normal"},
        "months": _months(outcome),
        "totals": _totals(outcome),
        "targets": [_target(outcome, at) for at in range(len(scenario.targets))],
        "unspent": {source: money["unspent"] for source, money in _money(outcome).items()},
    }


def _months(outcome: Outcome) -> list[dict[str, Any]]:
    coverage = coverage_of(outcome.scenario, outcome.mean)
    disparity = disparity_of(outcome.scenario, outcome.mean)
    return [
        _month(outcome, at) | {"coverage": coverage[at], "disparity": disparity[at]}
        for at in range(outcome.scenario.months)
    ]


def _month(outcome: Outcome, at: int) -> dict[str, Any]:
    course, scenario = outcome.mean, outcome.scenario
    covered, cost = int(course.covered[0, at].sum()), int(course.cost[0, at].sum())
    benefits = _benefits(outcome, slice(at, at + 1))
    return {
        "month": f"{add_months(scenario.start, at):%Y-%m}",
        "covered": covered,
        "share": covered / scenario.denominator,
        "shares": {one.id: covered / one.workers for one in scenario.denominators},
        "cost": cost,
        "by_source": _by_source(scenario, course.cost[0, at]),
        "covered_by_source": _by_source(scenario, course.covered[0, at].sum(axis=1)),
        "joined": plain(course.joined[0, at]),
        "listed": plain(course.listed[0, at]),
        "lapsed": plain(course.lapsed[0, at]),
        "lapsed_by_cause": _by_cause(course.lapsed_by_cause[0, at]),
        "dropped_out": plain(course.dropped[0, at]),
        "deaths": plain(course.deaths[0, at]),
        "deaths_uncovered": plain(course.deaths_uncovered[0, at]),
        "accidents": plain(course.accidents[0, at]),
        "benefits": benefits,
        "benefit_ratio": _ratio(benefits["mean"], cost),
        "scholarships": _scholarships(course, slice(at, at + 1)),
        "reduced_benefit_families": plain(course.reduced[0, at]),
        "waiting_again": plain(course.waiting_again[0, at]),
        "membership": {band: plain(n) for band, n in zip(BANDS, course.bands[0, at], strict=True)},
        "states": {state: plain(n) for state, n in zip(STATES, course.states[0, at], strict=True)},
    }


def _totals(outcome: Outcome) -> dict[str, Any]:
    course, everything = outcome.mean, slice(0, outcome.scenario.months)
    covered = course.covered[0].sum(axis=(1, 2))
    cost, benefits = int(course.cost.sum()), _benefits(outcome, everything)
    sums = {
        "joined": course.joined,
        "listed": course.listed,
        "lapsed": course.lapsed,
        "dropped_out": course.dropped,
        "deaths": course.deaths,
        "deaths_uncovered": course.deaths_uncovered,
        "accidents": course.accidents,
        "reduced_benefit_families": course.reduced,
    }
    return {
        "workers": sum(group.workers for group in outcome.scenario.population),
        "worker_months": int(covered.sum()),
        "covered_at_end": int(covered[-1]),
        "cost": cost,
        "budget": sum(sum(source.budget.values()) for source in outcome.scenario.sources),
        "unspent": sum(money["unspent"] for money in _money(outcome).values()),
        "by_source": _money(outcome),
        "benefits": benefits,
        "benefit_ratio": _ratio(benefits["mean"], cost),
        "scholarships": _scholarships(course, everything),
        "lapsed_by_cause": _by_cause(course.lapsed_by_cause[0].sum(axis=0)),
        **{name: plain(numbers.sum()) for name, numbers in sums.items()},
        **_of_runs(outcome),
    }


def _money(outcome: Outcome) -> dict[str, dict[str, int]]:
    """By source: spent and unspent make the budget; what seats cost after the last month is part of the unspent."""
    course, found = outcome.mean, {}
    for at, source in enumerate(outcome.scenario.sources):
        budget, spent = sum(source.budget.values()), int(course.cost[0, :, at].sum())
        found[source.id] = {
            "budget": budget,
            "spent": spent,
            "unspent": budget - spent,
            "committed_after": int(course.committed[0, at]),
            "worker_months": int(course.covered[0, :, at].sum()),
        }
    return found


def _benefits(outcome: Outcome, months: slice) -> dict[str, int]:
    """The expected benefits of some months, and between which amounts nine of ten courses lie."""
    mean = float(outcome.mean.benefits[0, months].sum())
    if outcome.runs:
        low, high = np.percentile(outcome.runs.benefits[:, months].sum(axis=1), [LOW, HIGH])
    else:
        spread = NINETY * float(outcome.mean.variance[0, months].sum()) ** 0.5
        low, high = max(0.0, mean - spread), mean + spread
    return {"mean": round(mean), "p05": round(low), "p95": round(high)}


def _ratio(benefits: int, cost: int) -> float | None:
    """Benefits for each rupiah of contributions."""
    return round(benefits / cost, DIGITS) if cost else None


def _by_cause(lapsed: Counts) -> dict[str, int | float]:
    return {cause: plain(n) for cause, n in zip(CAUSES, lapsed, strict=True)}


def _scholarships(course: Course, months: slice) -> dict[str, int | float]:
    """Families in which one begins, and what their children receive a year."""
    families, money = (part[0, months].sum() for part in (course.scholarships, course.scholarship_money))
    return {"families": plain(families), "per_year": round(float(money))}


def _of_runs(outcome: Outcome) -> dict[str, Any]:
    """The mean of the drawn courses with its standard error, to hold against the expected one."""
    if not outcome.runs:
        return {}
    drawn_sums = outcome.runs.benefits.sum(axis=1)
    error = float(drawn_sums.std(ddof=1)) / len(drawn_sums) ** 0.5 if len(drawn_sums) > 1 else 0.0
    return {"monte_carlo": {"benefits_mean": round(float(drawn_sums.mean())), "standard_error": round(error)}}


def _target(outcome: Outcome, at: int) -> dict[str, Any]:
    """When the share is first reached; `month` is by when it was to be."""
    target, scenario = outcome.scenario.targets[at], outcome.scenario
    shares = [Fraction(int(n), scenario.denominator) for n in outcome.mean.covered[0].sum(axis=(1, 2))]
    reached = next((number for number, share in enumerate(shares) if share >= target.share), None)
    month = None if reached is None else f"{add_months(scenario.start, reached):%Y-%m}"
    on_time = month is not None and month <= f"{target.month:%Y-%m}"
    return {
        "month": f"{target.month:%Y-%m}",
        "share": float(target.share),
        "workers": -(-target.share.numerator * scenario.denominator // target.share.denominator),
        "reached": month,
        "on_time": on_time,
    }


def _law(scenario: Scenario) -> dict[str, Any]:
    """Under which law; `changed` says that it is another than the scenario was kept with."""
    overlays = [
        {
            "parameter": change.parameter,
            "from": str(change.value.begin) if change.value.begin else None,
            "to": str(change.value.end) if change.value.end else None,
            "value": change.value.value if isinstance(change.value.value, int) else str(change.value.value),
            "decree": change.value.article,
        }
        for change in scenario.overlays
    ]
    changed = scenario.law_hash is not None and scenario.law_hash != scenario.law.hash
    return {"hash": scenario.law.hash, "overlays": overlays, "changed": changed}


def _by_source(scenario: Scenario, numbers: Counts) -> dict[str, int]:
    return {source.id: int(n) for source, n in zip(scenario.sources, numbers, strict=True)}


def plain(number: Any) -> int | float:
    """An expected number of people as JSON: whole where it is whole."""
    rounded = round(float(number), DIGITS)
    return int(rounded) if rounded.is_integer() else rounded
