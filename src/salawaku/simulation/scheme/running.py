"""A scenario month by month: as expected, or drawn many times."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
    the membership had ended before, `waiting_again` how many are covered whose families would. `states` are everybody
    at the end of the month by place, `bands` the covered by months (BANDS; drawn courses do not count up to the
    scholarship), `committed` by source what seats cost after the last month.
    """

    covered: Counts
    cost: Numbers
    expected_covered: Counts
    lapsed: Counts
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
    committed: Counts


STATES = ("uncovered", "covered", "in_grace", "ended", "died", "aged_out")


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
    dead, uncovered = state.die(month)
    row = _losses(tables, dead, accidents.sum(axis=1), month)
    row |= {"covered": billed, "cost": cost, "expected_covered": covered.sum(axis=1), "lapsed": lapsed}
    row |= {"dropped": dropped, "deaths_uncovered": uncovered, "bands": bands, "waiting_again": waiting}
    return row | {"states": _states(state)}


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
    return {
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


def _states(state: State) -> Counts:
    zero = np.zeros_like(state.never)
    places = (
        state.never,
        sum(state.seats.values(), zero),
        sum(state.idle.values(), zero),
        state.ended,
        state.dead,
        state.aged,
    )
    return np.stack([place.sum(axis=1) for place in places], axis=1)


class Purses:
    """The money: each month the living with a seat are billed, in whole workers, never above what a purse holds.

    Whom death, age or a payer who stops takes off the bill leaves money in the purse; it stays there unspent.
    """

    def __init__(self, tables: Tables, runs: int) -> None:
        self.tables = tables
        self.open = {(one.source, one.year): one for month in tables.openings for one in month}
        self.left = {key: np.full(runs, one.purse.left, np.int64) for key, one in self.open.items()}

    def bill(self, month: int, workers: Counts) -> tuple[Numbers, Numbers]:
        """Billed workers [run, source, sector] and their cost [run, source]; half a worker and more is one."""
        billed = np.zeros(workers.shape, np.int64)
        cost = np.zeros(workers.shape[:2], np.int64)
        for source in range(workers.shape[1]):
            key = (source, self._year(month))
            if key not in self.open or not workers[:, source].any():
                continue
            for sector, prices in enumerate(self.open[key].purse.prices):
                price = prices[month - self.open[key].purse.first]
                wanted = np.floor(workers[:, source, sector] + 0.5).astype(np.int64)
                paid = np.minimum(wanted, self.left[key] // price) if price else wanted
                billed[:, source, sector], cost[:, source] = paid, cost[:, source] + paid * price
                self.left[key] = self.left[key] - paid * price
        return billed, cost

    def committed(self, state: State) -> Counts:
        """What the seats will cost after the last month, by run and source, as far as the purses hold it."""
        months, year = self.tables.scenario.months, self._year(self.tables.scenario.months - 1)
        found = np.zeros((len(state.never), len(self.tables.scenario.sources)))
        for (source, end, _step), workers in state.seats.items():
            purse = self.open[source, year].purse
            inside = workers @ self.tables.sector.astype(workers.dtype)
            each = [sum(prices[months - purse.first : end - purse.first]) for prices in purse.prices]
            found[:, source] += (workers.sum(axis=1) - inside) * each[0] + inside * each[1]
        for source in range(found.shape[1]):
            if (source, year) in self.left:
                found[:, source] = np.minimum(found[:, source], self.left[source, year])
        return np.rint(found)

    def _year(self, month: int) -> int:
        start = self.tables.scenario.start
        return start.year + (start.month - 1 + month) // 12
