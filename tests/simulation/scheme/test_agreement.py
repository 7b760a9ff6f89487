"""The simulation against what it must agree with: the allocation of programmes, and the law's cover clock."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salawaku import law
from salawaku.simulation.allocation import NO_PURSE, Line, Purse, pour
from salawaku.simulation.scheme import Scenario, simulate
from salawaku.simulation.scheme.chance import Drawn, Expected
from salawaku.simulation.scheme.state import State
from salawaku.simulation.scheme.tables import Tables, tables_of
from salawaku.simulation.scheme.taking import take
from tests.simulation.scheme.small import NOBODY_DIES, PRICE, groups, scenario, sources
from tests.simulation.small_regions import purses

DAY = date(2026, 1, 1)


@given(purses(), st.lists(st.tuples(st.integers(0, 12), st.integers(0, 1)), max_size=8))
def test_a_purse_takes_group_by_group_whom_pouring_takes_one_by_one(
    purse: Purse, line: list[tuple[int, int]]
) -> None:
    counts = np.array([[workers for workers, _sector in line]] * 2, np.int64).reshape(2, len(line))
    sectors = np.array([sector for _workers, sector in line], np.int64)
    places = np.repeat(np.arange(len(line)), counts[0])
    poured = pour([purse], Line(places, sectors, np.ones((len(line), 1), bool)))
    wanted = Counter((int(months), int(place)) for months, place in zip(poured.months, places, strict=True) if months)
    for kind in (np.int64, np.float64):
        found: Counter[tuple[int, int]] = Counter()
        for months, workers in take(purse, counts.astype(kind), sectors):
            assert (workers[0] == workers[1]).all(), "each run by itself"
            found.update({(months, place): int(n) for place, n in enumerate(workers[0]) if n})
        assert found == wanted


@given(groups(), sources(first=st.just(3)))
@settings(deadline=None, max_examples=50)
def test_purses_that_begin_together_cover_whom_the_waterfall_of_programmes_covers(
    population: list[dict[str, Any]], money: list[dict[str, Any]]
) -> None:
    found = scenario(population=plain(population), sources=plain(money), rates=NOBODY_DIES, start="2026-03", months=1)
    tables = tables_of(found, bands=True)
    wanted = poured(tables)
    for chance in (Expected(), Drawn(2, np.random.default_rng(1))):
        state = State(tables, chance)
        state.begin(0)
        got: Counter[tuple[int, int, int]] = Counter()
        for seat, workers in state.seats.items():
            for group, n in enumerate(workers[-1]):
                got[seat.source, seat.end, group] += round(float(n))
        assert +got == wanted


def plain(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what the allocation does not know; whoever is too old has left before."""
    return [
        {key: one[key] for key in one if key not in {"age", "joining_per_month", "quota", "sponsors"}}
        for one in found
    ]


def poured(tables: Tables) -> Counter[tuple[int, int, int]]:
    """Source, month of the end and group of every worker whom `simulation.allocation` covers."""
    openings, people = tables.openings[0], _people(tables)
    line = Line(np.array(people, np.int64), tables.sector, tables.reach.T[:, [one.source for one in openings]])
    plan = pour([one.purse for one in openings], line)
    return Counter(
        (openings[purse].source, int(months), group)
        for purse, months, group in zip(plan.purse.tolist(), plan.months, people, strict=True)
        if purse != NO_PURSE
    )


@given(groups(), sources(first=st.just(3)), st.lists(st.integers(0, 40), min_size=3, max_size=3))
@settings(deadline=None, max_examples=50)
def test_quotas_of_villages_leave_in_line_whom_the_waterfall_of_programmes_leaves(
    population: list[dict[str, Any]], money: list[dict[str, Any]], seats: list[int]
) -> None:
    """The waterfall counts off the seats of each village down the line; whoever has none is never poured."""
    by_village = dict(zip(["Latta", "Lata", "Halong"], seats, strict=True))
    quotas = [{"workers": n, "eligible": {"village": name}} for name, n in by_village.items()]
    found = scenario(
        population=plain(population),
        sources=plain(money),
        rates=NOBODY_DIES,
        start="2026-03",
        months=1,
        quotas=quotas,
    )
    tables = tables_of(found, bands=True)
    taken: Counter[str] = Counter()
    people = []
    for group in _people(tables):
        village = found.population[group].village
        taken[village] += 1
        if taken[village] <= by_village.get(village, 10**9):
            people.append(group)
    openings = tables.openings[0]
    line = Line(np.array(people, np.int64), tables.sector, tables.reach.T[:, [one.source for one in openings]])
    plan = pour([one.purse for one in openings], line)
    wanted = Counter(group for purse, group in zip(plan.purse.tolist(), people, strict=True) if purse != NO_PURSE)
    for chance in (Expected(), Drawn(2, np.random.default_rng(1))):
        state = State(tables, chance)
        state.begin(0)
        covered = sum(state.seats.values(), np.zeros_like(state.never))[-1]
        assert +Counter({group: round(float(n)) for group, n in enumerate(covered)}) == wanted


def _people(tables: Tables) -> list[int]:
    """The group of each worker in line, place after place."""
    population = tables.scenario.population
    waiting = [group.covered for group in population] + [group.workers - group.covered for group in population]
    return [place % len(population) for place in tables.line.tolist() for _ in range(waiting[place])]


@given(st.lists(st.booleans(), min_size=1, max_size=30), st.integers(1, 40))
@settings(deadline=None, max_examples=50)
def test_a_membership_goes_through_the_states_of_the_laws_cover_clock(paid: list[bool], before: int) -> None:
    """One worker whose months are paid as `paid` says, a purse of one month for each."""
    months = [law.add_months(DAY, step) for step in range(len(paid))]
    money = [
        {"id": f"p{month:%Y-%m}", "kind": "apbd", "budget": {month.year: PRICE},
         "first_month": {month.year: month.month}, "last_month": {month.year: month.month}}
        for month, is_paid in zip(months, paid, strict=True) if is_paid
    ]  # fmt: skip
    one = [{"id": "one", "workers": 1, "covered": 1, "covered_months": before}]
    found = scenario(population=one, sources=money, months=len(paid), denominator=1)
    history = [law.add_months(DAY, -step) for step in range(1, before + 1)]
    for month, row in zip(months, told(found), strict=True):
        history += [month for is_paid, one_month in zip(paid, months, strict=True) if is_paid and one_month == month]
        clock = law.cover_clock(history, month)
        assert row["status"] == clock.status.value
        if clock.status is law.Status.ACTIVE:
            assert row["family"] == clock.family_receives
            assert row["scholarship"] == (clock.months_contributed >= 36)


def told(found: Scenario) -> list[dict[str, Any]]:
    """Status, what the family would receive and whether a scholarship would be paid, of the one worker."""
    tables = tables_of(found, bands=True)
    state, rows = State(tables, Expected()), []
    for month in range(found.months):
        state.begin(month)
        status = "active" if state.seats else "in_grace" if state.idle else "ended"
        step = next((seat.step for seat in state.seats), 0)
        contributed = tables.tenure.steps[step][2]
        rows.append({"status": status, "family": tables.family[month, step], "scholarship": contributed >= 36})
    return rows


@pytest.mark.parametrize("counted", ["membership", "contributed"])
def test_which_months_count_for_the_full_benefit_is_the_choice_of_the_law(counted: str) -> None:
    choice = {"parameter": "choice.jkm.months_counted", "from": None, "to": None, "value": counted, "checked": DAY}
    newcomers = [{"id": "all", "workers": 40}]
    answer = simulate(scenario(population=newcomers, overlays=[choice], rates={"death_per_1000": 12}))
    waiting = [month["membership"]["under_3_months"] > 0 for month in answer["months"]]
    assert waiting.index(False) == {"membership": 3, "contributed": 2}[counted]
