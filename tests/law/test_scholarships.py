"""Scholarships: which child gets how much in which year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku.law import Change, Child, Level, law_now, scholarship

DAY = date(2025, 8, 1)
CHILDREN = st.builds(Child, st.sampled_from(Level), st.integers(0, 30))


def total(*children: Child, day: date = DAY) -> int:
    return scholarship(law_now(), day, children).total


@pytest.mark.parametrize(
    ("child", "amount"),
    [
        (Child(Level.TK_SD, 4), 87_000_000),
        (Child(Level.TK_SD, 5), 75_000_000),
        (Child(Level.SMP, 13), 6_000_000 + 9_000_000 + 4 * 12_000_000),
        (Child(Level.SMP, 14, years_left=2), 4_000_000 + 9_000_000 + 4 * 12_000_000),
        (Child(Level.SMP, 14, years_left=9), 6_000_000 + 9_000_000 + 3 * 12_000_000),
        (Child(Level.SMA, 16), 9_000_000 + 4 * 12_000_000),
        (Child(Level.SMA, 18, years_left=0), 5 * 12_000_000),
        (Child(Level.PT, 18), 60_000_000),
        (Child(Level.PT, 17), 60_000_000),
        (Child(Level.PT, 20), 36_000_000),
        (Child(Level.PT, 22), 12_000_000),
        (Child(Level.PT, 23), 0),
        (Child(Level.SMA, 22), 3_000_000),
    ],
)
def test_the_most_that_can_still_be_paid(child: Child, amount: int) -> None:
    assert total(child) == amount


def test_the_plan_tells_each_year() -> None:
    (plan,) = scholarship(law_now(), DAY, [Child(Level.SMA, 17, years_left=1)]).plans
    assert [tuple(year) for year in plan] == [
        (1, 17, Level.SMA, 3_000_000),
        *[(year, 16 + year, Level.PT, 12_000_000) for year in range(2, 7)],
    ]


def test_two_children_count_the_ones_that_get_most() -> None:
    small, big = Child(Level.TK_SD, 4), Child(Level.PT, 22)
    assert total(big, small, small) == 174_000_000
    assert total(small, big) == 99_000_000
    assert total() == 0


def test_before_the_change_one_child_gets_a_lump_sum() -> None:
    before = date(2019, 12, 1)
    found = scholarship(law_now(), before, [Child(Level.TK_SD, 4)] * 2)
    assert (found.total, found.plans) == (12_000_000, ())
    assert [used.parameter for used in found.basis] == ["scholarship.legacy_lump", "scholarship.max_children"]
    assert total(day=before) == 0
    assert total(Child(Level.PT, 22), day=date(2019, 12, 2)) == 12_000_000


def test_the_age_limit_is_that_of_the_day() -> None:
    now = law_now()
    limit = now["scholarship.eligibility"].at(DAY, "general")
    of_2022 = replace(limit, begin=date(2022, 1, 1), end=date(2022, 12, 31), value={**limit.value, "under_age": 21})
    other = now.overlay([Change("scholarship.eligibility", of_2022)])
    for day, years in ((date(2021, 12, 31), 3), (date(2022, 1, 1), 1), (date(2023, 1, 1), 3)):
        (plan,) = scholarship(other, day, [Child(Level.PT, 20)]).plans
        assert len(plan) == years


def test_it_names_on_what_it_rests() -> None:
    found = scholarship(law_now(), date(2020, 1, 1), [Child(Level.PT, 20)])
    assert [used.parameter for used in found.basis] == [
        "scholarship.amount_per_year", "scholarship.max_years", "scholarship.max_children", "scholarship.eligibility",
    ]  # fmt: skip
    assert found.basis[-1].value == "23"


@given(st.lists(CHILDREN, max_size=5))
def test_never_more_than_the_highest_sum_and_one_payment_a_year(children: list[Child]) -> None:
    found = scholarship(law_now(), DAY, children)
    assert 0 <= found.total <= 174_000_000
    assert len(found.plans) <= 2
    for plan in found.plans:
        assert [year.year for year in plan] == list(range(1, len(plan) + 1))
        assert all(year.age < 23 for year in plan)
        levels = [list(Level).index(year.level) for year in plan]
        assert levels == sorted(levels)
