"""Scholarships for the children of a worker who died or was totally disabled.

Sources: PP 82/2019 with its annex, Permenaker 5/2021 with 1/2025 Pasal 103; before 2 December 2019 a lump sum for
one child (PP 44/2015). A child is paid every year by the level it attends, under 23, for at most so many years in
each level; at most two children.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from salawaku.law.basis import Basis, basis
from salawaku.law.kinds import Level
from salawaku.law.register import Register

AMOUNT, YEARS, CHILDREN, LEGACY = (
    f"scholarship.{name}" for name in ("amount_per_year", "max_years", "max_children", "legacy_lump")
)
ELIGIBILITY, GENERAL = "scholarship.eligibility", "general"


class Child(NamedTuple):
    """A child: the level it attends, its age, and how many years it still has in that level, if that is known."""

    level: Level
    age: int
    years_left: int | None = None


class SchoolYear(NamedTuple):
    """One yearly payment: which year from now on, at what age, in which level, how much."""

    year: int
    age: int
    level: Level
    amount: int


class Scholarship(NamedTuple):
    """The most that can still be paid: a plan of years for each child that gets one, and on what it rests."""

    plans: tuple[tuple[SchoolYear, ...], ...]
    basis: tuple[Basis, ...]
    lump: int = 0

    @property
    def total(self) -> int:
        """Everything together in rupiah."""
        return self.lump + sum(year.amount for plan in self.plans for year in plan)


def scholarship(law: Register, day: date, children: Sequence[Child]) -> Scholarship:
    """The most that can be paid to the children of a worker struck on `day`; with more children than count, the
    ones who would receive most. OutsideValidityError before 1 July 2015."""
    at_most = law.at(CHILDREN, day)
    if law[AMOUNT].values[0].first_day > day:
        return _legacy(law, day, children)
    plans = sorted((_plan(law, day, child) for child in children), key=_sum, reverse=True)
    found = [basis(law, name, day) for name in (AMOUNT, YEARS, CHILDREN)]
    limit = basis(law, ELIGIBILITY, _payable(law, day), case=GENERAL, pick=_under_age(law, day))
    return Scholarship(tuple(plans[:at_most]), (*found, limit))


def _legacy(law: Register, day: date, children: Sequence[Child]) -> Scholarship:
    paid = min(len(children), law.at(CHILDREN, day))
    found = (basis(law, LEGACY, day), basis(law, CHILDREN, day))
    return Scholarship((), found, lump=law.at(LEGACY, day) * paid)


def _plan(law: Register, day: date, child: Child) -> tuple[SchoolYear, ...]:
    """Year by year from now on: the present level to its end, then the next ones, until the age limit."""
    amounts, most, limit = law.at(AMOUNT, day), law.at(YEARS, day), _under_age(law, day)
    levels = [level for level in _levels_from(child.level) for _ in range(_years(child, level, most))]
    ages = range(child.age, limit)
    return tuple(
        SchoolYear(year, age, level, amounts[level.value])
        for year, (age, level) in enumerate(zip(ages, levels, strict=False), start=1)
    )


def _under_age(law: Register, day: date) -> int:
    return int(law.at(ELIGIBILITY, _payable(law, day), GENERAL)["under_age"])


def _payable(law: Register, day: date) -> date:
    """The scholarship is owed since PP 82/2019, but was paid only by the rules of Permenaker 5/2021 and after."""
    return max(day, min(value.first_day for value in law[ELIGIBILITY].values if value.case == GENERAL))


def _levels_from(level: Level) -> list[Level]:
    order = list(Level)
    return order[order.index(level) :]


def _years(child: Child, level: Level, most: dict[str, Any]) -> int:
    if level is child.level and child.years_left is not None:
        return min(child.years_left, int(most[level.value]))
    return int(most[level.value])


def _sum(plan: tuple[SchoolYear, ...]) -> int:
    return sum(year.amount for year in plan)
