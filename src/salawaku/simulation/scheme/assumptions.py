"""What a scenario takes for granted: rates of deaths and accidents, each with its basis."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from salawaku.simulation.scheme.scenario import Group, Rates

FILE = Path(__file__).with_name("data") / "assumptions.yaml"
PER = 1000 * 12  # rates are per 1,000 workers a year, steps are months


@cache
def assumptions() -> dict[str, dict[str, Any]]:
    """All assumptions by name, as the file says them."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def assumed(name: str) -> Any:
    """The value of one assumption."""
    return assumptions()[name]["value"]


def death_chance(rates: Rates, group: Group, month: int) -> float:
    """How likely a worker of the group dies in the `month`-th month: a twelfth of the yearly rate at that age."""
    given = _given(rates.death_per_1000, group)
    return min(1.0, (_deaths_per_1000(group, month) if given is None else given) / PER)


def accident_chance(rates: Rates, group: Group) -> float:
    """How many accidents at work a covered worker of the group has in a month, at most one."""
    given = _given(rates.accident_per_1000, group)
    if given is None:
        given = assumed("accidents_per_1000") * assumed("accident_factor_by_risk")[group.risk]
    return min(1.0, given / PER)


def wage_chance(rates: Rates, group: Group) -> float:
    """How likely a worker of the group becomes a wage earner in a month; 0 for groups of which nothing is said."""
    return (_given(rates.wage_per_1000, group) or 0.0) / PER


def _given(rate: float | dict[str, float] | None, group: Group) -> float | None:
    return rate.get(group.id) if isinstance(rate, dict) else rate


def _deaths_per_1000(group: Group, month: int) -> float:
    factor: float = assumed("worker_selection_factor") * assumed("provincial_factor")
    if group.age is None:
        return float(assumed("deaths_per_1000_age_unknown")) * factor
    table = assumptions()["deaths_per_1000_by_age"]
    age = group.age + month // 12
    band = sum(first <= age for first in table["first_age"]) - 1
    column = {"M": "male", "F": "female"}.get(group.sex, "both")
    return float(table[column][max(0, band)]) * factor
