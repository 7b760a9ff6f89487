"""A scenario month by month: as expected, or drawn many times."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salawaku.simulation.scheme.assumptions import assumed
from salawaku.simulation.scheme.billing import Purses
from salawaku.simulation.scheme.chance import Chance, Counts, Drawn, Expected
from salawaku.simulation.scheme.scenario import Scenario
from salawaku.simulation.scheme.state import Seat, State
from salawaku.simulation.scheme.tables import Numbers, Tables, tables_of

AT_ONCE = 100_000  # runs times groups that are carried at once: what stays in the processor's cache
BANDS = ("under_3_months", "under_36_months", "longer")


@dataclass(frozen=True)
class Course:
    """What happened, each by [run, month], money in whole rupiah.

    `covered` [run, month, source, sector] and `cost` [run, month, source] count whole workers who are billed;
    `benefits` is what families and the injured receive, `reduced` the deaths for which a family receives less because
    the membership had ended before, `waiting_again` how many are covered whose families would. `lapsed_by_cause`
    [run, month, cause] are the lapsed by CAUSES. `joined` and `listed` came into the groups. `states` are everybody
    at the end of the month by place, `bands` the covered by months (BANDS), `scholarships` families in which one
    begins, `scholarship_money` what their children receive a year; drawn courses do not count months up to the
    scholarship, so that these three are those of an expected course. `committed` is by source what seats cost after
    the last month. `covered_of` and `living_of` [run, month, group] are the groups after the first of the month; in
    drawn courses no groups stand there.
    """

    covered: Counts
    cost: Numbers
    expected_covered: Counts
    lapsed: Counts
    lapsed_by_cause: Counts
    dropped: Counts
    deaths: Counts
    deaths_uncovered: Counts
    accidents: Counts
    benefits: Counts
    variance: NDArray[np.float64]
    reduced: Counts
    waiting_again: Counts
    states: Counts
    bands: Counts
    scholarships: Counts
    scholarship_money: NDArray[np.float64]
    joined: Counts
    listed: Counts
    covered_of: Counts
    living_of: Counts
    committed: Counts


STATES = ("uncovered", "waiting", "covered", "in_grace", "ended", "died", "aged_out", "wage_earner")


def expected(scenario: Scenario) -> Course:
    """The expected course, in fractions of workers; decisions of purses are about whole workers.

    Exact as long as no decision of a purse hangs on chance: where a purse could pay for nearly everybody, the mean of
    many runs lies a little lower, because in some runs more people die than in others.
    """
    return _course(tables_of(scenario, bands=True), Expected())


def drawn(scenario: Scenario, runs: int) -> Course:
    """`runs` courses drawn with the scenario's seed. The same seed and number of runs give the same courses."""
    tables = tables_of(scenario, bands=False)
    random = np.random.default_rng(scenario.seed)
    at_once = max(1, AT_ONCE // max(1, len(scenario.population)))
    parts = [_course(tables, Drawn(min(at_once, runs - done), random)) for done in range(0, runs, at_once)]
    return Course(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in NAMES})


NAMES = [field.name for field in fields(Course)]


def _course(tables: Tables, chance: Chance) -> Course:
    state, purses = State(tables, chance), Purses(tables, chance.runs)
    rows: dict[str, list[Any]] = {name: [] for name in NAMES if name != "committed"}
    for month in range(tables.scenario.months):
        row = _month(tables, chance, state, purses, month)
        for name, value in row.items():
            rows[name].append(value)
    columns = {name: np.stack(row, axis=1) for name, row in rows.items()}
    return Course(**columns, committed=purses.committed(state))


def _month(tables: Tables, chance: Chance, state: State, purses: Purses, month: int) -> dict[str, Any]:
    lapsed, dropped = state.begin(month)
    covered, by_source = _covered(tables, state)
    billed, cost = purses.bill(month, by_source)
    accidents = chance.hit(covered, tables.accident)
    bands, waiting = _bands(tables, state, month)
    told = slice(None) if tables.in_detail else slice(0)
    row = {"covered_of": covered[:, told], "living_of": state.living[:, told], "bands": bands, "dropped": dropped}
    dead, uncovered = state.die(month)
    row |= _losses(tables, dead, accidents.sum(axis=1), month)
    row |= {"covered": billed, "cost": cost, "expected_covered": covered.sum(axis=1), "lapsed": lapsed.sum(axis=1)}
    row |= {"lapsed_by_cause": lapsed, "deaths_uncovered": uncovered, "waiting_again": waiting}
    for name, more in (("joined", tables.joined), ("listed", tables.listed)):
        row[name] = np.full(chance.runs, more[month].sum(), np.int64)
    return row | {"states": _states(state, tables.opened[month])}


def _covered(tables: Tables, state: State) -> tuple[Counts, Counts]:
    """Everybody with a seat by group, and by source and sector."""
    covered = np.zeros_like(state.never)
    by_source = np.zeros((len(covered), len(tables.scenario.sources), 2), covered.dtype)
    for seat, workers in state.seats.items():
        covered += workers
        inside = workers @ tables.sector.astype(covered.dtype)
        by_source[:, seat.source, 1] += inside
        by_source[:, seat.source, 0] += workers.sum(axis=1) - inside
    return covered, by_source


def _losses(tables: Tables, dead: dict[Seat, Counts], accidents: Counts, month: int) -> dict[str, Any]:
    """Deaths and accidents with what is paid for them, and how far benefits scatter (each event by itself)."""
    family, steps = tables.family[month], tables.tenure.steps
    each = {seat: workers.sum(axis=1) for seat, workers in dead.items()}
    cost, none = tables.scenario.rates.accident_cost, np.zeros_like(accidents)
    full = family.max()
    reduced = sum((n for seat, n in each.items() if steps[seat.step][0] and family[seat.step] < full), none)
    squares = sum((n * float(family[seat.step]) ** 2 for seat, n in each.items()), none * 0.0)
    longest = (n for seat, n in each.items() if steps[seat.step][2] >= tables.scholarship[month])
    families = (sum(longest, none) + accidents * assumed("deaths_at_work_share")) * assumed("scholarship_families")
    return {
        "scholarships": families,
        "scholarship_money": families * tables.scholarship_money[month],
        "deaths": sum(each.values(), none),
        "accidents": accidents,
        "benefits": sum((n * family[seat.step] for seat, n in each.items()), accidents * cost),
        "variance": squares + accidents * float(cost) ** 2,
        "reduced": reduced,
    }


def _bands(tables: Tables, state: State, month: int) -> tuple[Counts, Counts]:
    """The covered by how long: waiting for the full benefit, waiting for the scholarship, neither; and those who wait
    again because a membership ended."""
    family, steps = tables.family[month], tables.tenure.steps
    bands = np.zeros((len(state.never), len(BANDS)), state.never.dtype)
    again = np.zeros(len(state.never), state.never.dtype)
    for seat, workers in state.seats.items():
        waits, (was_member, _membership, contributed) = family[seat.step] < family.max(), steps[seat.step]
        band = 0 if waits else 1 if contributed < tables.scholarship[month] else 2
        bands[:, band] += workers.sum(axis=1)
        if waits and was_member:
            again += workers.sum(axis=1)
    return bands, again


def _states(state: State, opened: NDArray[np.bool_]) -> Counts:
    """Everybody by place; whoever is uncovered or ended waits where a purse has opened that could pay for him."""
    zero = np.zeros_like(state.never)
    uncovered, ended = (np.where(opened, 0, workers) for workers in (state.never, state.ended))
    places = (
        uncovered,
        state.never + state.ended - uncovered - ended,
        sum(state.seats.values(), zero),
        sum(state.idle.values(), zero),
        ended,
        state.dead,
        state.aged,
        state.wage,
    )
    return np.stack([place.sum(axis=1) for place in places], axis=1)
