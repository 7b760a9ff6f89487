"""The optimum of an allocation: what every plan keeps, and how near to the best it comes."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku.bench import programmes as bench
from salawaku.bench.programmes import Problem, invented, solved
from salawaku.simulation.allocation import Cell, Groups, Purse, classes_of, group_workers, optimum
from salawaku.simulation.allocation.relaxed import corners
from tests.simulation.small_regions import most_by_hand, poured_by_hand, problems, purses

YEAR = (16_800,) * 12


def one_place(workers: int, *found: Purse, **columns: list[int]) -> Problem:
    """A problem of one village whose workers are alike unless `columns` says otherwise."""
    names = ("place", "transport", "continuing", "decile", "risk")
    given_columns = [np.array(columns.get(name, [0] * workers)) for name in names]
    return Problem(given_columns, list(found), np.ones((1, len(found)), bool))


def money(left: int, *, first: int = 0, minimum: int = 6, prices: tuple[int, ...] = YEAR) -> Purse:
    return Purse(left, first, minimum, (prices, prices))


@given(problems())
def test_every_plan_keeps_the_rules(problem: Problem) -> None:
    classes = classes_of(group_workers(*problem.columns), problem.eligible)
    plan = optimum(problem.purses, classes)
    spent: Counter[int] = Counter()
    taken: Counter[int] = Counter()
    for cell in plan.cells:
        purse = problem.purses[cell.purse]
        assert cell.workers > 0
        assert classes.reach[cell.class_, cell.purse]
        assert purse.least <= cell.months <= purse.months
        spent[cell.purse] += cell.workers * sum(purse.prices[classes.sector[cell.class_]][: cell.months])
        taken[cell.class_] += cell.workers
    assert all(spent[number] <= purse.left for number, purse in enumerate(problem.purses))
    assert all(taken[number] <= many for number, many in enumerate(classes.segments.sum(axis=1)))
    assert plan.worker_months == sum(cell.workers * cell.months for cell in plan.cells)


@given(problems())
def test_a_plan_lies_between_the_waterfall_and_the_bound(problem: Problem) -> None:
    plan = solved(problem)
    assert poured_by_hand(problem) <= plan.worker_months <= plan.bound


@given(problems())
def test_the_same_input_gives_the_same_plan(problem: Problem) -> None:
    assert solved(problem) == solved(problem)
    turned = problem._replace(columns=[column[::-1] for column in problem.columns])
    assert solved(turned) == solved(problem)


@given(problems(workers=4, purse_count=2))
def test_small_plans_are_those_of_brute_force(problem: Problem) -> None:
    best, plan = most_by_hand(problem), solved(problem)
    assert plan.worker_months <= best <= plan.bound
    assert best - plan.worker_months <= max(purse.months for purse in problem.purses)


@given(purses(months=12), st.sampled_from([0, 1]))
def test_no_number_of_months_beats_the_corners(purse: Purse, sector: int) -> None:
    """Between two corners the straight line buys at least as much as any number of months there."""
    costs, found = purse.costs[sector], corners(purse, sector)
    ends = [0, *found]
    assert ends == sorted(set(ends))
    for months in range(purse.least, purse.months + 1):
        line = np.interp(costs[months], [costs[end] for end in ends], ends)
        assert months <= line + 1e-9
    assert (not found) == (purse.least > purse.months)


def test_the_best_plan_beats_pouring_where_a_cheap_payer_is_wasted() -> None:
    """A sponsor pays half for riders; pouring gives him others, who cost all, and leaves the riders to the city."""
    sponsor = Purse(12 * 16_800, 0, 12, (YEAR, (8_400,) * 12))
    city = money(12 * 16_800, minimum=12)
    problem = one_place(3, sponsor, city, transport=[0, 1, 1], decile=[1, 5, 6])
    assert poured_by_hand(problem) == 24
    assert solved(problem).worker_months == 36


def test_whoever_stands_first_in_line_is_covered_when_it_costs_no_months() -> None:
    problem = Problem(
        [np.array([0, 1, 2]), np.zeros(3), np.array([0, 1, 0]), np.array([1, 9, 2]), np.zeros(3)],
        [money(12 * 16_800, minimum=12), *(money(0) for _ in range(3))],
        np.array([[True, *row] for row in np.eye(3, dtype=bool).tolist()]),
    )
    classes = classes_of(group_workers(*problem.columns), problem.eligible)
    (cell,) = optimum(problem.purses, classes).cells
    assert cell.class_ == classes.of_place[1, 0], "the continuing worker, whatever his decile"


def test_village_money_is_used_before_the_money_of_all() -> None:
    everybody, own = money(12 * 16_800), money(12 * 16_800)
    local = Purse(own.left, own.first, own.minimum, own.prices, is_local=True)
    plan = solved(one_place(1, everybody, local))
    assert [cell.purse for cell in plan.cells] == [1]


def test_a_purse_is_used_up_to_less_than_one_month() -> None:
    """Two workers and three months: nobody gets the minimum for it alone, so one of the two gives up three months."""
    problem = one_place(3, money(27 * 16_800 + 8_000))
    plan = solved(problem)
    assert plan.worker_months == plan.bound == 27
    assert sorted(cell.months for cell in plan.cells for _ in range(cell.workers)) == [6, 9, 12]


def test_nobody_is_cut_short_whom_another_purse_pays_longer() -> None:
    """The rest of the first purse pays one month for the second worker, the second purse two."""
    first, second = (money(left, minimum=1, prices=(16_800,) * 2) for left in (50_400, 33_600))
    plan = solved(one_place(2, first, second))
    assert plan.worker_months == 4
    assert [cell.months for cell in plan.cells for _ in range(cell.workers)] == [2, 2]


def test_the_first_in_line_get_what_begins_first_and_lasts_longest() -> None:
    later = money(12 * 16_800, first=6, prices=YEAR[:6])
    plan = solved(one_place(4, later, money(18 * 16_800)))
    assert [(cell.purse, cell.months, cell.workers) for cell in plan.cells] == [(1, 12, 1), (1, 6, 1), (0, 6, 2)]


def test_a_million_more_buys_what_the_price_says() -> None:
    plan = solved(one_place(100, money(20 * 12 * 16_800), money(0, first=3, prices=(8_400,) * 9)))
    assert plan.million_buys == [59, 119]
    rich = solved(one_place(1, money(10**9)))
    assert rich.million_buys == [0]


def test_a_plan_known_before_is_never_beaten_by_the_optimum_beside_it() -> None:
    problem = one_place(3, money(27 * 16_800))
    classes = classes_of(group_workers(*problem.columns), problem.eligible)
    known = [Cell(0, 0, 12, 2), Cell(0, 0, 6, 5)]
    assert optimum(problem.purses, classes, known).worker_months == 27


def test_nobody_and_nothing() -> None:
    nobody = Groups(*(np.zeros(0, np.int64) for _ in range(6)))
    classes = classes_of(nobody, np.ones((1, 1), bool))
    plan = optimum([money(10**6)], classes)
    assert (plan.cells, plan.worker_months, plan.bound, plan.million_buys) == ([], 0, 0, [0])
    unreached = Problem([np.zeros(2)] * 5, [money(10**6)], np.zeros((1, 1), bool))
    assert solved(unreached).cells == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_small_region_comes_within_a_hundredth_of_the_bound(seed: int) -> None:
    problem = invented(3_000, 40, 20, seed=seed)
    plan = solved(problem)
    bound = bench.bound(problem)
    assert plan.worker_months <= bound <= plan.bound + 1
    assert bound <= plan.worker_months * 1.01


def test_a_purse_that_pays_nine_months_pays_nine_to_the_last_in_line() -> None:
    """No whole choice of the relaxed problem fits: the one worker gets what the money lasts for, and nobody waits."""
    plan = solved(one_place(1, money(9 * 16_800)))
    assert [(cell.months, cell.workers) for cell in plan.cells] == [(9, 1)]


def test_a_purse_that_owes_more_than_it_has_is_an_error_and_no_plan() -> None:
    with pytest.raises(RuntimeError, match="HiGHS found no optimum"):
        solved(one_place(1, money(-1)))
