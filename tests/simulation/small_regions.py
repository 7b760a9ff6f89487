"""Small allocation problems: as Hypothesis draws them, and every plan of them by brute force."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from hypothesis import strategies as st

from salawaku.bench.programmes import Problem
from salawaku.simulation.allocation import Purse

PLACES = 3


@st.composite
def purses(draw: st.DrawFn, *, months: int = 6) -> Purse:
    """A purse whose price may rise or fall once; transport costs as much or half."""
    span = draw(st.integers(1, months))
    turn = draw(st.integers(0, span))
    early, late = draw(st.sampled_from([(16_800, 16_800), (16_800, 8_400), (8_400, 16_800)]))
    outside = tuple(early if month < turn else late for month in range(span))
    inside = outside if draw(st.booleans()) else tuple(8_400 for _ in outside)
    minimum = draw(st.integers(0, span))
    left = draw(st.integers(0, 40)) * 8_400 + draw(st.integers(0, 8_399))
    return Purse(left, months - span, minimum, (outside, inside), draw(st.booleans()))


@st.composite
def problems(draw: st.DrawFn, *, workers: int = 40, purse_count: int = 5) -> Problem:
    """Some workers in three places, some purses that reach some of them."""
    count = draw(st.integers(0, workers))
    limits = ((0, PLACES - 1), (0, 1), (0, 1), (0, 10), (0, 4))
    columns = [np.array(draw(st.lists(st.integers(*ends), min_size=count, max_size=count)), int) for ends in limits]
    found = draw(st.lists(purses(), min_size=1, max_size=purse_count))
    reach = st.lists(st.booleans(), min_size=len(found), max_size=len(found))
    eligible = np.array([draw(reach) for _ in range(PLACES)], bool)
    return Problem(columns, found, eligible)


def most_by_hand(problem: Problem) -> int:
    """The most worker-months of all plans there are, tried one by one."""
    people = list(zip(*(column.tolist() for column in problem.columns[:2]), strict=True))
    choices = [list(_choices(problem, place, sector)) for place, sector in people]
    return max((_months(problem, plan) for plan in product(*choices)), default=0)


def _choices(problem: Problem, place: int, sector: int) -> Iterator[tuple[int, int, int]]:
    """Nothing, or a purse with months and cost."""
    yield -1, 0, 0
    for number, purse in enumerate(problem.purses):
        if problem.eligible[place, number]:
            for months in range(max(1, purse.minimum), purse.months + 1):
                yield number, months, sum(purse.prices[sector][:months])


def _months(problem: Problem, plan: tuple[tuple[int, int, int], ...]) -> int:
    spent = [0] * len(problem.purses)
    for number, _months_given, cost in plan:
        if number >= 0:
            spent[number] += cost
    within = all(one <= purse.left for one, purse in zip(spent, problem.purses, strict=True))
    return sum(months for _number, months, _cost in plan) if within else -1


def poured_by_hand(problem: Problem) -> int:
    """The worker-months of a plain waterfall: purse by purse, worker by worker in line, all months or none."""
    columns = (column.tolist() for column in problem.columns)
    line = sorted(zip(*columns, strict=True), key=lambda one: (-one[2], one[3] or 11, -one[4]))
    covered = 0
    for number, purse in enumerate(problem.purses):
        left, waiting = purse.left, []
        for worker in line:
            cost = sum(purse.prices[worker[1]])
            if problem.eligible[worker[0], number] and purse.minimum <= purse.months and cost <= left:
                left -= cost
                covered += purse.months
            else:
                waiting.append(worker)
        line = waiting
    return covered
