"""What the law and the scenario say month by month, looked up once: prices, family benefits, rates, windows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from salawaku import law
from salawaku.law import Payer, Sector, add_months
from salawaku.law.clocks import GRACE
from salawaku.law.deaths import SCHOLARSHIP_YEARS, WAITING
from salawaku.simulation.allocation.problem import NO_DECILE, Purse
from salawaku.simulation.scheme.assumptions import accident_chance, assumed, death_chance
from salawaku.simulation.scheme.scenario import Scenario, ScenarioError
from salawaku.simulation.scheme.tenure import Caps, Tenure, tenure

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
RETIREMENT = "bpu.registration_age_max_exclusive"
COUNTED = "choice.jkm.months_counted"


class Opening(NamedTuple):
    """A purse of one year: what it holds and pays, `first` counted in months from the start of the scenario."""

    source: int
    year: int
    purse: Purse

    @property
    def end(self) -> int:
        """The month after its last one."""
        return self.purse.first + self.purse.months


@dataclass(frozen=True)
class Tables:
    """Months are numbers from the start on, groups and sources stand in the order of the scenario.

    `openings[month]` are the purses that begin then; `family[month, step]` is what the family of somebody covered
    receives for a death not at work, `grace[month]` how many unpaid months a membership outlasts; `death[month,
    group]`, `ageing[month, group]` and `accident[group]` are chances; `line` are the groups in the order in which
    purses take them, `reach[source, group]` whom a purse may pay for.
    """

    scenario: Scenario
    tenure: Tenure
    caps: Caps
    scholarship: list[int]
    openings: list[list[Opening]]
    family: Numbers
    grace: list[int]
    death: Floats
    ageing: Floats
    accident: Floats
    line: Numbers
    reach: NDArray[np.bool_]
    sector: Numbers


def tables_of(scenario: Scenario, *, bands: bool) -> Tables:
    """Look everything up; with `bands` the months are counted up to the scholarship as well.

    OutsideValidityError for months in which the law is not known.
    """
    months = [add_months(scenario.start, step) for step in range(scenario.months)]
    scholarship = [_known(scenario.law, SCHOLARSHIP_YEARS, month) * 12 for month in months]
    caps = _caps(scenario.law, months, max(scholarship) if bands else 1)
    steps = tenure(caps)
    groups = scenario.population
    return Tables(
        scenario=scenario,
        tenure=steps,
        caps=caps,
        scholarship=scholarship,
        openings=_openings(scenario),
        family=_family(scenario.law, months, steps),
        grace=[_grace(scenario.law, month) for month in months],
        death=_deaths(scenario),
        ageing=_ageing(scenario),
        accident=np.array([accident_chance(scenario.rates, group) for group in groups]),
        line=np.array(_line(scenario), np.int64),
        reach=_reach(scenario),
        sector=np.array([group.sector is Sector.TRANSPORT for group in groups], np.int64),
    )


def _known(register: law.Register, name: str, month: date) -> int:
    """A number of the law, 0 in months before anything was asked."""
    return next((int(value.value) for value in register[name].values if value.holds(month)), 0)


def _caps(register: law.Register, months: list[date], scholarship: int) -> Caps:
    waiting = max(_known(register, WAITING, month) for month in months)
    if register.at(COUNTED, months[0]) == "membership":
        return Caps(waiting, scholarship)
    return Caps(0, max(waiting, scholarship))


def _family(register: law.Register, months: list[date], steps: Tenure) -> Numbers:
    membership, contributed = (np.array(column) for column in list(zip(*steps.steps, strict=True))[1:])
    found = law.death_benefits(
        [month for month in months for _step in steps.steps],
        months_of_membership=np.tile(membership, len(months)),
        months_contributed=np.tile(contributed, len(months)),
        law=register,
    )
    return np.array(found.total, np.int64).reshape(len(months), len(steps.steps))


def _grace(register: law.Register, month: date) -> int:
    return int(register.at(GRACE, max(month, assumed("earliest_grace"))))


def _deaths(scenario: Scenario) -> Floats:
    years = [
        [death_chance(scenario.rates, group, year * 12) for group in scenario.population]
        for year in range((scenario.months + 11) // 12)
    ]
    return np.repeat(np.array(years), 12, axis=0)[: scenario.months]


def _ageing(scenario: Scenario) -> Floats:
    """Who reaches the age limit leaves; birthdays are spread evenly over the year."""
    limit = scenario.law.at(RETIREMENT, add_months(scenario.start, scenario.months - 1))
    ages = np.array([-1 if group.age is None else group.age for group in scenario.population])
    reached = np.arange(scenario.months)[:, None] - 12 * (limit - 1 - ages)
    chance = np.where(reached > 0, 1 / np.maximum(1, 13 - reached), 0.0)
    chance = np.where(ages >= limit, 1.0, chance)
    return np.asarray(np.where(ages < 0, 0.0, chance))


def _reach(scenario: Scenario) -> NDArray[np.bool_]:
    found = [source.may_pay_for(group) for source in scenario.sources for group in scenario.population]
    return np.array(found, bool).reshape(len(scenario.sources), len(scenario.population))


def _line(scenario: Scenario) -> list[int]:
    """The lower decile first (unknown last), then the higher risk, then as the scenario lists them."""
    groups = scenario.population
    return sorted(range(len(groups)), key=lambda at: (groups[at].decile or NO_DECILE, -groups[at].risk))


def _openings(scenario: Scenario) -> list[list[Opening]]:
    found: list[list[Opening]] = [[] for _ in range(scenario.months)]
    costs = cache(partial(_costs, scenario))  # what a payer pays is looked up once
    for number, source in enumerate(scenario.sources):
        for year, money in source.budget.items():
            first = max(scenario.start, date(year, source.first_month[year], 1))
            place = law.month_index(first) - law.month_index(scenario.start)
            if first.year == year and place < scenario.months:
                end = place + max(0, source.last_month[year] - first.month + 1)
                outside, inside = (prices[place:end] for prices in costs(source.payer))
                found[place].append(Opening(number, year, Purse(money, place, source.min_months, (outside, inside))))
    return found


def _costs(scenario: Scenario, payer: Payer) -> tuple[tuple[int, ...], tuple[int, ...]]:
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
