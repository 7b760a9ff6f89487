"""Which inputs of two scenarios differ, as a person would say it: field, before, after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from salawaku.law.register import percent_text
from salawaku.simulation.scheme.scenario import Condition, Scenario, Source

Told = Iterator[tuple[str, Any]]
MEANT_OTHERWISE = {"name", "law", "law_hash", "population", "sources", "rates", "overlays"}


def inputs_of(scenario: Scenario) -> dict[str, Any]:
    """The inputs by name: `months`, `population.workers`, `sources.city.budget.2026`, `overlays.bpu.jkm.flat` …

    Of the population the sums are told, of rates by group their number and mean; what a scenario is called is none.
    """
    found = {one.name: _plain(getattr(scenario, one.name)) for one in fields(scenario)}
    found = {name: value for name, value in found.items() if name not in MEANT_OTHERWISE}
    found |= dict(_population(scenario))
    for source in scenario.sources:
        found |= dict(_source(source))
    found["sources.order"] = ", ".join(source.id for source in scenario.sources)
    found |= {f"rates.{one.name}": _plain(getattr(scenario.rates, one.name)) for one in fields(scenario.rates)}
    return found | dict(_overlays(scenario))


def differing(before: Scenario, after: Scenario) -> list[dict[str, Any]]:
    """`field`, `from` and `to` of each input that differs; what one does not have is None.

    Groups that differ although their sums are the same are told as `population.groups_that_differ`.
    """
    one, other = inputs_of(before), inputs_of(after)
    names = [*one, *(name for name in other if name not in one)]
    found = [
        {"field": name, "from": one.get(name), "to": other.get(name)}
        for name in names
        if one.get(name) != other.get(name)
    ]
    groups = {group.id: group for group in before.population}, {group.id: group for group in after.population}
    changed = sum(groups[0].get(name) != groups[1].get(name) for name in groups[0] | groups[1])
    if changed:
        found.append({"field": "population.groups_that_differ", "from": None, "to": changed})
    return found


def _population(scenario: Scenario) -> Told:
    groups = scenario.population
    yield "population.groups", len(groups)
    yield "population.workers", sum(group.workers for group in groups)
    yield "population.covered", sum(group.covered for group in groups)


def _source(source: Source) -> Told:
    for one in fields(source):
        at, value = f"sources.{source.id}.{one.name}", getattr(source, one.name)
        if one.name == "eligible":
            yield at, "; ".join(map(_condition, value))
        elif isinstance(value, dict):
            yield from ((f"{at}.{year}", _plain(each)) for year, each in value.items())
        elif one.name not in {"id", "payer"}:
            yield at, _plain(value)


def _condition(condition: Condition) -> str:
    if condition.values:
        return f"{condition.field} {', '.join(sorted(str(_plain(value)) for value in condition.values))}"
    ends = ("" if end is None else str(end) for end in (condition.least, condition.most))
    return f"{condition.field} {'-'.join(ends)}"


def _overlays(scenario: Scenario) -> Told:
    for parameter, value in scenario.overlays:
        end = f" to {value.end}" if value.end else ""
        begin = f" from {value.begin}" if value.begin else ""
        said = str(value.value) if isinstance(value.value, dict | tuple) else _plain(value.value)
        yield f"overlays.{parameter}{begin}{end}", said


def _plain(value: Any) -> Any:
    """As JSON says it; several things, and the fields of one, in a line."""
    if isinstance(value, dict):
        mean = sum(value.values()) / len(value) if value else 0
        return {"groups": len(value), "mean": round(mean, 4)}
    if isinstance(value, tuple):
        return "; ".join(str(_plain(one)) for one in value)
    if is_dataclass(value):
        return ", ".join(f"{one.name} {_plain(getattr(value, one.name))}" for one in fields(value))
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    if isinstance(value, Fraction):
        return percent_text(value)
    return value.value if isinstance(value, Enum) else value
