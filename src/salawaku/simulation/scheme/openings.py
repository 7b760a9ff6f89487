"""When purses open: once a year, or month after month as sponsors join; and what a worker costs them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from typing import NamedTuple

from salawaku import law
from salawaku.law import Payer, Sector, add_months
from salawaku.simulation.allocation.problem import Purse
from salawaku.simulation.scheme.joining import whole_steps
from salawaku.simulation.scheme.scenario import Scenario, ScenarioError, Source

Prices = tuple[tuple[int, ...], tuple[int, ...]]


class Opening(NamedTuple):
    """A purse of one year: what it holds and pays, `first` counted in months from the start of the scenario.

    `places` is how many workers it takes at most, None for as many as the money pays. With sponsors a purse opens
    each month for the places of those who join, and what it holds is shared by all openings of the year; `renewed`
    says that those who go on from the year before are among them.
    """

    source: int
    year: int
    purse: Purse
    places: int | None
    renewed: bool = False


def openings_of(scenario: Scenario) -> list[list[Opening]]:
    """The purses that open in each month."""
    found: list[list[Opening]] = [[] for _ in range(scenario.months)]
    costs = cache(partial(_costs, scenario))  # what a payer pays is looked up once
    for number, source in enumerate(scenario.sources):
        begun: int | None = None
        for year in sorted(source.budget):
            place, end = _months(scenario, source, year)
            if place >= 0 and place < scenario.months:
                begun = place if begun is None else begun
                for opening in _of_year(scenario, number, year, (begun, place, end), costs):
                    found[opening.purse.first].append(opening)
    return found


def _months(scenario: Scenario, source: Source, year: int) -> tuple[int, int]:
    """The first month of a purse in a year and the one after its last; -1 for a year that is over."""
    first = max(scenario.start, date(year, source.first_month[year], 1))
    place = law.month_index(first) - law.month_index(scenario.start)
    return (place if first.year == year else -1), place + max(0, source.last_month[year] - first.month + 1)


def _of_year(
    scenario: Scenario, number: int, year: int, months: tuple[int, int, int], costs: Callable[[Payer], Prices]
) -> list[Opening]:
    source, (begun, place, end) = scenario.sources[number], months
    outside, inside = costs(source.payer)

    def purse(first: int) -> Purse:
        return Purse(source.budget[year], first, source.min_months, (outside[first:end], inside[first:end]))

    if source.sponsors is None:
        return [Opening(number, year, purse(place), source.quota)]
    last = max(place + 1, min(end, scenario.months))
    joined = whole_steps(source.sponsors.joining_per_month, last - begun)
    sponsors = [int(joined[: month - begun].sum()) + source.sponsors.start for month in range(begun, last)]
    found = []
    for month in range(place, last):
        more = sponsors[month - begun] - (sponsors[month - begun - 1] if month > place else 0)
        if more or month == place:
            places = more * source.sponsors.workers_each
            found.append(Opening(number, year, purse(month), places, month == place and month > begun))
    return found


def _costs(scenario: Scenario, payer: Payer) -> Prices:
    """What a worker outside and inside the transport sector costs in each month to December of the last year, in the
    lowest income band."""
    last = add_months(scenario.start, scenario.months - 1)
    months = law.months_from(scenario.start, date(last.year, 12, 1))
    bases = [scenario.law.at("bpu.jkk.base_min", month) for month in months]
    outside, labour, inside = (
        tuple(law.contributions(months, bases, sector=sector, payer=payer, law=scenario.law).total.tolist())
        for sector in (Sector.OTHER, Sector.LABOUR_INTENSIVE, Sector.TRANSPORT)
    )
    if labour != outside and any(group.sector is Sector.LABOUR_INTENSIVE for group in scenario.population):
        raise ScenarioError("overlays", "labour_intensive", "this sector must cost as much as other")
    return outside, inside
