"""The waterfall's engine: its rules, whatever the line and the purses, and a slow reference that reads like them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from salawaku.simulation.allocation import Purse
from salawaku.simulation.allocation.pouring import NO_PURSE, Line, Poured, gifts, pour
from tests.simulation.small_regions import purses

CLASSES = 4
YEAR = (16_800,) * 12


class Case(NamedTuple):
    """A line and the purses that are poured over it."""

    purses: list[Purse]
    line: Line


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Up to sixty workers of four classes, up to six purses that reach some of the classes."""
    found = draw(st.lists(purses(), max_size=6))
    flags = st.lists(st.booleans(), min_size=len(found), max_size=len(found))
    reach = np.array([draw(flags) for _ in range(CLASSES)], bool).reshape(CLASSES, len(found))
    class_ = draw(st.lists(st.integers(0, CLASSES - 1), max_size=60))
    return Case(found, Line(np.array(class_, np.int64), np.array([0, 0, 1, 1]), reach))


def by_hand(case: Case) -> list[tuple[int, int, int]]:
    """The fourth and the fifth rule of the waterfall, worker by worker."""
    line = case.line
    got = [(NO_PURSE, 0, 0)] * len(line.class_)
    for number, purse in enumerate(case.purses):
        if purse.months < purse.least:
            continue
        left = purse.left
        for worker, class_ in enumerate(line.class_):
            cost = purse.costs[line.sector[class_]][-1]
            if got[worker][0] == NO_PURSE and line.reach[class_, number]:
                if cost > left:
                    break
                got[worker] = (number, purse.months, cost)
                left -= cost
        while gift := _next_by_hand(case, got, number, left):
            worker, months, cost = gift
            got[worker] = (number, months, cost)
            left -= cost
    return got


def _next_by_hand(case: Case, got: list[tuple[int, int, int]], number: int, left: int) -> tuple[int, int, int] | None:
    purse = case.purses[number]
    for worker, class_ in enumerate(case.line.class_):
        if got[worker][0] == NO_PURSE and case.line.reach[class_, number]:
            costs = purse.costs[case.line.sector[class_]]
            for months in range(purse.months, purse.least - 1, -1):
                if costs[months] <= left:
                    return worker, months, costs[months]
    return None


def rows(poured: Poured) -> list[tuple[int, ...]]:
    return list(zip(*(column.tolist() for column in poured), strict=True))


@given(cases())
def test_the_engine_agrees_with_the_rules_done_by_hand(case: Case) -> None:
    assert rows(pour(*case)) == by_hand(case)


@given(cases())
def test_no_purse_is_exceeded_and_everybody_chosen_gets_whole_months_of_the_right_price(case: Case) -> None:
    poured = pour(*case)
    for number, purse in enumerate(case.purses):
        assert poured.amount[poured.purse == number].sum() <= purse.left
    for class_, (number, months, amount) in zip(case.line.class_, rows(poured), strict=True):
        if number == NO_PURSE:
            assert (months, amount) == (0, 0)
        else:
            purse = case.purses[number]
            assert case.line.reach[class_, number]
            assert purse.least <= months <= purse.months
            assert amount == purse.costs[case.line.sector[class_]][months]


@given(cases())
def test_nobody_is_passed_over_by_a_later_one_of_the_same_cost(case: Case) -> None:
    """Of two alike the earlier gets a purse no later than the other, and from the same purse no fewer months."""
    poured = pour(*case)
    purse = np.where(poured.purse == NO_PURSE, len(case.purses), poured.purse)
    for class_ in range(CLASSES):
        mine = np.flatnonzero(case.line.class_ == class_)
        standing = list(zip(purse[mine].tolist(), (-poured.months[mine]).tolist(), strict=True))
        assert standing == sorted(standing)


@given(cases())
def test_what_is_left_buys_nobody_who_waits_the_minimum(case: Case) -> None:
    poured = pour(*case)
    for number, purse in enumerate(case.purses):
        left = purse.left - int(poured.amount[poured.purse == number].sum())
        for worker in np.flatnonzero(poured.purse == NO_PURSE):
            class_ = case.line.class_[worker]
            if case.line.reach[class_, number] and purse.months >= purse.least:
                assert purse.costs[case.line.sector[class_]][purse.least] > left


@given(cases(), st.randoms(use_true_random=False))
def test_how_the_classes_are_numbered_changes_nothing(case: Case, chance: object) -> None:
    order = np.array(chance.sample(range(CLASSES), CLASSES))  # type: ignore[attr-defined]
    back = np.argsort(order)
    turned = Line(back[case.line.class_], case.line.sector[order], case.line.reach[order])
    assert rows(pour(case.purses, turned)) == rows(pour(*case)) == rows(pour(*case))


def test_a_year_for_two_and_nine_months_for_the_third() -> None:
    money = Purse(33 * 16_800 + 16_799, 0, 6, (YEAR, YEAR))
    line = Line(np.zeros(5, np.int64), np.array([0]), np.ones((1, 1), bool))
    assert pour([money], line).months.tolist() == [12, 12, 9, 0, 0]


def test_what_is_too_little_for_the_next_goes_to_a_rider_behind_him() -> None:
    sponsor = Purse(15 * 16_800, 0, 12, (YEAR, (8_400,) * 12))
    assert gifts(sponsor, 3 * 16_800, np.array([0, 1])) == []
    assert [tuple(gift) for gift in gifts(sponsor, 12 * 8_400, np.array([0, 0, 1]))] == [(2, 12, 12 * 8_400)]


def test_nobody_in_line_and_no_purse() -> None:
    nobody = Line(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, 1), bool))
    assert rows(pour([Purse(10**6, 0, 1, (YEAR, YEAR))], nobody)) == []
    alone = Line(np.zeros(1, np.int64), np.zeros(1, np.int64), np.zeros((1, 0), bool))
    assert rows(pour([], alone)) == [(NO_PURSE, 0, 0)]


def test_a_purse_that_ends_before_its_minimum_pays_for_nobody() -> None:
    short = Purse(10**9, 7, 6, (YEAR[:5], YEAR[:5]))
    line = Line(np.zeros(2, np.int64), np.array([0]), np.ones((1, 2), bool))
    assert pour([short, Purse(10**9, 0, 6, (YEAR, YEAR))], line).purse.tolist() == [1, 1]
