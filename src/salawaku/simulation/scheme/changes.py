"""Turning the levers of a scenario: each change gives another scenario, the one beneath stays as it is.

Every change is as a person could have written it into the file: what could not be read there is refused here, with
field and value (ScenarioError). Purses are named by their id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from salawaku.simulation.scheme import levers
from salawaku.simulation.scheme.assumptions import accident_chance, death_chance
from salawaku.simulation.scheme.contribution import with_contribution
from salawaku.simulation.scheme.fields import MOST_WORKERS, Fields, exact, number, refuse, whole
from salawaku.simulation.scheme.reading import MOST_MONEY
from salawaku.simulation.scheme.scenario import Group, Rates, Scenario, Source

__all__ = [
    "delayed",
    "source_of",
    "with_budget",
    "with_budgets_scaled",
    "with_campaign",
    "with_contribution",
    "with_dropout",
    "with_first_month",
    "with_min_months",
    "with_priority",
    "with_quota",
    "with_rates_scaled",
    "with_sources_ordered",
    "with_sponsors",
]

MOST_TIMES = 1000  # a factor beyond that is a slip of the hand
MOST_RATE = 1000.0
PER_YEAR = 12 * 1000


def source_of(scenario: Scenario, source_id: str) -> Source:
    """The purse of this id."""
    known = {source.id: source for source in scenario.sources}
    if source_id not in known:
        refuse("sources", source_id, f"one of {', '.join(known) or 'no purse'} is wanted")
    return known[source_id]


def with_budget(scenario: Scenario, source_id: str, year: int, rupiah: int) -> Scenario:
    """The purse holds so many rupiah in that year. A year that it had not pays from January to December."""
    source = source_of(scenario, source_id)
    field = f"sources.{source_id}.budget"
    money = whole(f"{field}.{year}", rupiah, 0, MOST_MONEY)
    whole(f"{field} (year)", year, 1, 9998)
    return _with(
        scenario,
        source,
        budget=source.budget | {year: money},
        first_month={year: 1} | source.first_month,
        last_month={year: 12} | source.last_month,
    )


def with_budgets_scaled(
    scenario: Scenario,
    factor: float | str,
    sources: Iterable[str] | None = None,
    years: Iterable[int] | None = None,
) -> Scenario:
    """The budgets of these purses and years (all unless named) times `factor` (1.1 or "110%"), down to the whole
    rupiah."""
    times = exact("factor", factor, 0, MOST_TIMES)
    chosen = None if years is None else set(years)

    def scaled(source: Source) -> Source:
        budget = {
            year: whole(f"sources.{source.id}.budget.{year}", int(money * times), 0, MOST_MONEY)
            if chosen is None or year in chosen
            else money
            for year, money in source.budget.items()
        }
        return replace(source, budget=budget)

    return _each(scenario, sources, scaled)


def with_first_month(scenario: Scenario, source_id: str, year: int, month: int) -> Scenario:
    """The purse pays from that month of the year on (1 to 12), never after its last month."""
    source = source_of(scenario, source_id)
    field = f"sources.{source_id}.first_month.{year}"
    if year not in source.budget:
        refuse(field, month, f"a year in which the purse has money is wanted: {_listed(source.budget)}")
    first = whole(field, month, 1, source.last_month[year])
    return _with(scenario, source, first_month=source.first_month | {year: first})


def delayed(scenario: Scenario, months: int, sources: Iterable[str] | None = None) -> Scenario:
    """Each decree so many months later, of these purses or of all, in every year.

    A purse that begins before the scenario's start begins with it, and is late from there. One that would begin after
    its last month does not open that year: its budget of the year is nothing, the money is not carried over.
    """
    late = whole("months", months, 0, 12)
    return _each(scenario, sources, lambda source: _late(source, late, scenario.start))


def _late(source: Source, months: int, start: date) -> Source:
    budget, first_month = dict(source.budget), dict(source.first_month)
    for year in budget:
        first = max(first_month[year], start.month if year == start.year else 1) + months
        if first > source.last_month[year]:
            budget[year] = 0
        else:
            first_month[year] = first
    return replace(source, budget=budget, first_month=first_month) if months else source


def with_min_months(scenario: Scenario, source_id: str, months: int) -> Scenario:
    """The purse pays a worker for so many months at least (0 to 12)."""
    least = whole(f"sources.{source_id}.min_months", months, 0, 12)
    return _with(scenario, source_of(scenario, source_id), min_months=least)


def with_dropout(scenario: Scenario, source_id: str, share: float) -> Scenario:
    """Each month the purse stops paying for this share of its participants (0 to 1)."""
    leaving = number(f"sources.{source_id}.dropout_per_month", share, 0, 1)
    return _with(scenario, source_of(scenario, source_id), dropout_per_month=leaving)


def with_sources_ordered(scenario: Scenario, ids: Sequence[str]) -> Scenario:
    """The purses in this order, in which they choose when they begin in the same month; each is named once."""
    known = {source.id: source for source in scenario.sources}
    if sorted(ids) != sorted(known):
        refuse("sources", list(ids), f"each of {', '.join(known) or 'no purse'} is wanted once")
    return replace(scenario, sources=tuple(known[one] for one in ids))


def with_quota(scenario: Scenario, source_id: str, workers: int | None) -> Scenario:
    """The purse covers so many workers at once at most; None for as many as its money pays."""
    most = None if workers is None else whole(f"sources.{source_id}.quota", workers, 0, MOST_WORKERS)
    return _with(scenario, source_of(scenario, source_id), quota=most)


def with_sponsors(
    scenario: Scenario, source_id: str, start: int, joining_per_month: float = 0, workers_each: int = 1
) -> Scenario:
    """The purse has so many sponsors at first and so many more each month, who each pay for so many workers."""
    said = {"start": start, "joining_per_month": joining_per_month, "workers_each": workers_each}
    found = levers.sponsors(said, f"sources.{source_id}.sponsors")
    return _with(scenario, source_of(scenario, source_id), sponsors=found)


def with_campaign(
    scenario: Scenario, month: date, workers: int, eligible: Mapping[str, Any] | None = None
) -> Scenario:
    """Lists name so many more workers in that month, in the groups that meet the conditions of a scenario file (all
    groups unless said)."""
    said = {"campaigns": [{"month": month, "workers": workers, "eligible": eligible or {}}]}
    found = levers.campaigns(Fields(said, ""), scenario.population)
    return replace(scenario, campaigns=scenario.campaigns + found)


def with_priority(scenario: Scenario, order: Sequence[str]) -> Scenario:
    """Workers stand in line in this order (`continuing`, `decile`, `risk`, `age`)."""
    return replace(scenario, priority=levers.priority(Fields({"priority": list(order)}, "")))


def with_rates_scaled(
    scenario: Scenario, deaths: float = 1, accidents: float = 1, *, only_assumed: bool = False
) -> Scenario:
    """Deaths and accidents so many times as frequent, never above certainty; `only_assumed` leaves those as they are
    that the scenario gives itself.

    What the scenario leaves to the assumptions is given for each group from then on, as the mean over the scenario's
    months: groups no longer die more often as they grow older. A factor of 1 changes nothing.
    """
    rates, groups = scenario.rates, scenario.population
    factors = [
        number(field, factor, 0, MOST_TIMES) for field, factor in (("deaths", deaths), ("accidents", accidents))
    ]
    given = (rates.death_per_1000, rates.accident_per_1000)
    usual: tuple[Callable[[Group], float], ...] = (
        lambda group: _mean_deaths(scenario, group),
        lambda group: accident_chance(Rates(None, None, 0), group) * PER_YEAR,
    )
    scaled = [
        rate if factor == 1 else _scaled(rate, factor, groups, assumed, only_assumed=only_assumed)
        for rate, factor, assumed in zip(given, factors, usual, strict=True)
    ]
    return replace(scenario, rates=Rates(scaled[0], scaled[1], rates.accident_cost))


def _scaled(
    rate: float | dict[str, float] | None,
    factor: float,
    groups: Sequence[Group],
    assumed: Callable[[Group], float],
    *,
    only_assumed: bool,
) -> float | dict[str, float]:
    """The rate for all groups, or by group, `factor` times as high."""
    own = 1 if only_assumed else factor
    if isinstance(rate, int | float):
        return min(MOST_RATE, rate * own)
    said = rate or {}
    return {
        group.id: min(MOST_RATE, said[group.id] * own if group.id in said else assumed(group) * factor)
        for group in groups
    }


def _mean_deaths(scenario: Scenario, group: Group) -> float:
    """Deaths per 1,000 a year as assumed, on the average of the scenario's months."""
    nothing_given = Rates(None, None, 0)
    chances = [death_chance(nothing_given, group, month) for month in range(scenario.months)]
    return sum(chances) / len(chances) * PER_YEAR


def _with(scenario: Scenario, source: Source, **changes: Any) -> Scenario:
    """The scenario with one purse changed."""
    changed = replace(source, **changes)
    return replace(scenario, sources=tuple(changed if one is source else one for one in scenario.sources))


def _each(scenario: Scenario, sources: Iterable[str] | None, change: Callable[[Source], Source]) -> Scenario:
    """The scenario with these purses changed, or with all."""
    every = [source.id for source in scenario.sources]
    chosen = {source_of(scenario, one).id for one in (every if sources is None else sources)}
    return replace(scenario, sources=tuple(change(one) if one.id in chosen else one for one in scenario.sources))


def _listed(years: Iterable[int]) -> str:
    return ", ".join(map(str, years)) or "none"
