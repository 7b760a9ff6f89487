"""What does the answer depend on?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

import yaml

from salawaku.law import add_months
from salawaku.simulation.scheme.answers import plain
from salawaku.simulation.scheme.assumptions import FILE as ASSUMPTIONS
from salawaku.simulation.scheme.assumptions import assumed
from salawaku.simulation.scheme.changes import delayed, with_budgets_scaled, with_dropout, with_rates_scaled
from salawaku.simulation.scheme.contribution import contribution_of, with_contribution
from salawaku.simulation.scheme.fields import refuse
from salawaku.simulation.scheme.questions.told import measures, told
from salawaku.simulation.scheme.scenario import Scenario

FILE = ASSUMPTIONS.with_name("ranges.yaml")
EFFECTS = ("benefits", "covered_at_end", "lapsed", "reduced_benefit_families")
TENTH = (0.9, 1.1)


class Bar(NamedTuple):
    """An assumption or a lever between its low and its high value, and the scenario with each."""

    name: str
    low: Any
    high: Any
    scenarios: tuple[Scenario, Scenario]


@cache
def ranges() -> dict[str, tuple[Any, Any]]:
    """Between which values assumptions lie."""
    return {name: (low, high) for name, (low, high) in yaml.safe_load(FILE.read_text(encoding="utf-8")).items()}


def tornado(scenario: Scenario, by: str = "benefits") -> dict[str, Any]:
    """What the answer depends on: one thing after the other at its low and at its high value, all else as it stands.

    The bars: deaths by `worker_selection_factor` and `provincial_factor`, accidents by `accidents_per_1000` and
    `accident_cost`, each between the values of the assumptions; `budgets` of all purses a tenth down and up;
    `first_month` of all decrees as it stands and a month later; `dropout` halved and doubled; `contribution` a tenth
    down and up. Each has `low` and `high` with their value and effects (EFFECTS: the answer's sums, not differences),
    and `spread`, how far the two lie apart. The widest by the effect `by` stands first, equals in the order above.
    `left_out` names what is no assumption here, because the scenario gives it itself or has nothing to turn.

    Assumed deaths are turned as `with_rates_scaled` does it: by the mean of each group over the scenario's months.
    """
    if by not in EFFECTS:
        refuse("by", by, f"one of {', '.join(EFFECTS)} is wanted")
    bars = [_told(bar) for bar in _bars(scenario)]
    names = {bar["name"] for bar in bars}
    return {
        "by": by,
        "now": _effects(scenario),
        "bars": sorted(bars, key=lambda bar: -bar["spread"][by]),
        "left_out": [name for name in NAMES if name not in names],
    }


NAMES = (
    "worker_selection_factor",
    "provincial_factor",
    "accidents_per_1000",
    "accident_cost",
    "budgets",
    "first_month",
    "dropout",
    "contribution",
)


def _bars(scenario: Scenario) -> Iterator[Bar]:
    yield from _of_rates(scenario)
    yield Bar("budgets", *TENTH, _both(with_budgets_scaled(scenario, factor) for factor in TENTH))
    yield Bar("first_month", 0, 1, (scenario, delayed(scenario, 1)))
    if any(source.dropout_per_month for source in scenario.sources):
        yield Bar("dropout", 0.5, 2, _both(_leaving(scenario, factor) for factor in (0.5, 2)))
    yield Bar("contribution", *TENTH, _both(_dearer(scenario, factor) for factor in TENTH))


def _of_rates(scenario: Scenario) -> Iterator[Bar]:
    """What the scenario leaves to the assumptions."""
    rates = scenario.rates
    for name in ("worker_selection_factor", "provincial_factor"):
        if not _given(scenario, rates.death_per_1000):
            factors = [value / assumed(name) for value in ranges()[name]]
            turned = _both(with_rates_scaled(scenario, factor, only_assumed=True) for factor in factors)
            yield Bar(name, *ranges()[name], turned)
    if not _given(scenario, rates.accident_per_1000):
        name = "accidents_per_1000"
        factors = [value / assumed(name) for value in ranges()[name]]
        turned = _both(with_rates_scaled(scenario, 1, factor, only_assumed=True) for factor in factors)
        yield Bar(name, *ranges()[name], turned)
    if rates.accident_cost == assumed("accident_cost"):
        low, high = ranges()["accident_cost"]
        costs = _both(replace(scenario, rates=replace(rates, accident_cost=cost)) for cost in (low, high))
        yield Bar("accident_cost", low, high, costs)


def _given(scenario: Scenario, rate: float | dict[str, float] | None) -> bool:
    """Whether the scenario gives the rate for every group."""
    if isinstance(rate, dict):
        return all(group.id in rate for group in scenario.population)
    return rate is not None


def _leaving(scenario: Scenario, factor: float) -> Scenario:
    for source in scenario.sources:
        scenario = with_dropout(scenario, source.id, min(1.0, source.dropout_per_month * factor))
    return scenario


def _dearer(scenario: Scenario, factor: float) -> Scenario:
    """The contribution of each stretch of months `factor` times as high, to the rupiah."""
    beneath = scenario.law
    months = [add_months(scenario.start, step) for step in range(scenario.months)]
    for rupiah, stretch in groupby(months, lambda month: contribution_of(beneath, month)):
        scenario = with_contribution(scenario, max(1, round(rupiah * factor)), next(stretch))
    return scenario


def _both(scenarios: Iterator[Scenario]) -> tuple[Scenario, Scenario]:
    low, high = scenarios
    return low, high


def _told(bar: Bar) -> dict[str, Any]:
    low, high = (_effects(scenario) for scenario in bar.scenarios)
    return {
        "name": bar.name,
        "low": {"value": bar.low} | low,
        "high": {"value": bar.high} | high,
        "spread": {name: plain(abs(high[name] - low[name])) for name in EFFECTS},
    }


def _effects(scenario: Scenario) -> dict[str, int | float]:
    found = measures(told(scenario))
    return {name: found[name] for name in EFFECTS}
