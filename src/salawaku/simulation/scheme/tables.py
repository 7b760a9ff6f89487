"""What the law and the scenario say month by month, looked up once: prices, family benefits, rates, windows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from salawaku import law
from salawaku.law import Sector, add_months
from salawaku.law.clocks import GRACE
from salawaku.law.deaths import SCHOLARSHIP_YEARS, WAITING
from salawaku.law.scholarships import AMOUNT
from salawaku.simulation.scheme.assumptions import accident_chance, assumed, death_chance, wage_chance
from salawaku.simulation.scheme.joining import joining, listed
from salawaku.simulation.scheme.lines import Limit, limits_of, line_of, reach_of
from salawaku.simulation.scheme.openings import Opening, openings_of
from salawaku.simulation.scheme.scenario import Scenario
from salawaku.simulation.scheme.tenure import Caps, Tenure, tenure

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
RETIREMENT = "bpu.registration_age_max_exclusive"
COUNTED = "choice.jkm.months_counted"


@dataclass(frozen=True)
class Tables:
    """Months are numbers from the start on, groups and sources stand in the order of the scenario.

    `openings[month]` are the purses that begin then; `family[month, step]` is what the family of somebody covered
    receives for a death not at work, `grace[month]` how many unpaid months a membership outlasts; `death[month,
    group]`, `ageing[month, group]`, `accident[group]` and `wage[group]` are chances; `line` are the places in the
    order in which purses take them (lines.py), `reach[source, group]` whom a purse may pay for, `opened[month,
    group]` whether one that could pay for the group has opened since January; `joined` and `listed` [month, group]
    come in. `in_detail` says that months are counted up to the scholarship and groups are told apart in the course.
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
    wage: Floats
    line: Numbers
    reach: NDArray[np.bool_]
    limits: list[Limit]
    opened: NDArray[np.bool_]
    joined: Numbers
    listed: Numbers
    sector: Numbers
    scholarship_money: list[float]
    in_detail: bool


def tables_of(scenario: Scenario, *, bands: bool) -> Tables:
    """Look everything up; with `bands` the months are counted up to the scholarship as well.

    OutsideValidityError for months in which the law is not known.
    """
    months = [add_months(scenario.start, step) for step in range(scenario.months)]
    scholarship = [_known(scenario.law, SCHOLARSHIP_YEARS, month) * 12 for month in months]
    caps = _caps(scenario.law, months, max(scholarship) if bands else 1)
    steps = tenure(caps)
    groups = scenario.population
    openings, line, reach = openings_of(scenario), line_of(scenario), reach_of(scenario)
    return Tables(
        scenario=scenario,
        tenure=steps,
        caps=caps,
        scholarship=scholarship,
        openings=openings,
        family=_family(scenario.law, months, steps),
        grace=[_grace(scenario.law, month) for month in months],
        death=_deaths(scenario),
        ageing=_ageing(scenario),
        accident=np.array([accident_chance(scenario.rates, group) for group in groups]),
        wage=np.array([wage_chance(scenario.rates, group) for group in groups]),
        line=line,
        reach=reach,
        limits=limits_of(scenario, line),
        opened=_opened(scenario, openings, reach),
        joined=joining(scenario),
        listed=listed(scenario),
        sector=np.array([group.sector is Sector.TRANSPORT for group in groups], np.int64),
        scholarship_money=[_scholarship_money(scenario.law, month) for month in months],
        in_detail=bands,
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


def _opened(scenario: Scenario, openings: list[list[Opening]], reach: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether a purse with money that may pay for a group has opened since January [month, group]."""
    found = np.zeros((scenario.months, reach.shape[1]), bool)
    for month, opening in enumerate(openings):
        if month and (scenario.start.month - 1 + month) % 12:
            found[month] = found[month - 1]
        for one in opening:
            found[month] |= reach[one.source] & (one.purse.left > 0)
    return found


def _scholarship_money(register: law.Register, month: date) -> float:
    """What the children of one family receive a year, 0 while the law knows no yearly amounts."""
    amounts: dict[str, int] = next((one.value for one in register[AMOUNT].values if one.holds(month)), {})
    each = sum(part * int(amounts.get(level, 0)) for level, part in assumed("scholarship_levels").items())
    return float(assumed("scholarship_children") * each)
