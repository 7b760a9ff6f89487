"""From fractions to whole workers: round down, then use what is left, never above a ceiling."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from salawaku.simulation.allocation.problem import Classes, Purse
from salawaku.simulation.allocation.relaxed import SPECK, Relaxed, in_turn

NOBODY = 10**6


class Cell(NamedTuple):
    """Workers of one class who get so many months from one purse."""

    class_: int
    purse: int
    months: int
    workers: int


class Draft:
    """A plan in the making. It is valid at every moment: `take` is the only way in and checks everything."""

    def __init__(self, purses: list[Purse], classes: Classes) -> None:
        self.purses = purses
        self.sector: list[int] = classes.sector.tolist()
        self.free: list[int] = classes.segments.sum(axis=1).tolist()
        self.left = [purse.left for purse in purses]
        self.cells: list[Counter[tuple[int, int]]] = [Counter() for _ in purses]
        self.given: list[Counter[tuple[int, int]]] = [Counter() for _ in self.sector]
        self.reached: list[list[int]] = [np.flatnonzero(column).tolist() for column in classes.reach.T]
        self.seats = [list(accumulate(row)) for row in classes.segments.tolist()]

    @property
    def worker_months(self) -> int:
        """How much the plan covers."""
        return sum(months * n for cells in self.cells for (_class, months), n in cells.items())

    def cost(self, purse: int, class_: int, months: int) -> int:
        """What one worker costs."""
        return self.purses[purse].costs[self.sector[class_]][months]

    def take(self, purse: int, class_: int, months: int, workers: int) -> int:
        """Take as many of `workers` as there are and as the purse can pay; how many those were."""
        cost = self.cost(purse, class_, months)
        paid = workers if cost == 0 else min(workers, self.left[purse] // cost)
        taken = max(0, min(paid, self.free[class_]))
        if taken:
            self.free[class_] -= taken
            self.left[purse] -= taken * cost
            self.cells[purse][class_, months] += taken
            self.given[class_][months, purse] += taken
        return taken

    def give_back(self, purse: int, class_: int, months: int, workers: int = 1) -> None:
        """Undo a `take`."""
        self.free[class_] += workers
        self.left[purse] += workers * self.cost(purse, class_, months)
        self.cells[purse][class_, months] -= workers
        self.given[class_][months, purse] -= workers

    def shortest(self, class_: int) -> tuple[int, int]:
        """The fewest months that somebody of a class gets, and from which purse; NOBODY if nobody does."""
        return min((cell for cell, workers in self.given[class_].items() if workers), default=(NOBODY, 0))

    def waiting(self, purse: int) -> list[int]:
        """The classes within reach that still have somebody, by who is next in line."""
        found = [class_ for class_ in self.reached[purse] if self.free[class_]]
        return sorted(found, key=lambda class_: (self.next_in_line(class_), class_))

    def next_in_line(self, class_: int) -> int:
        """The tier of the first worker of a class who has no purse yet."""
        seats = self.seats[class_]
        return bisect_right(seats, seats[-1] - self.free[class_])

    def held(self, purse: int) -> list[tuple[int, int]]:
        """Class and months of those whom a purse pays for, the last in line and the longest first."""
        cells = [cell for cell, workers in self.cells[purse].items() if workers]
        return sorted(cells, key=lambda cell: (-cell[1], -self.next_in_line(cell[0]), cell[0]))

    def as_cells(self) -> list[Cell]:
        """The plan; within a class the purse that begins first, then the one that pays longest, comes first."""
        cells = [
            Cell(class_, purse, months, workers)
            for purse, counted in enumerate(self.cells)
            for (class_, months), workers in counted.items()
            if workers
        ]
        return sorted(cells, key=lambda cell: (cell.class_, self.purses[cell.purse].first, -cell.months, cell.purse))


def rounded_down(draft: Draft, relaxed: Relaxed) -> Draft:
    """Take the whole part of every choice."""
    whole = np.floor(relaxed.workers + SPECK).astype(np.int64)
    columns = relaxed.columns
    for number in np.flatnonzero(whole).tolist():
        place = int(columns.purse[number]), int(columns.class_[number]), int(columns.months[number])
        draft.take(*place, int(whole[number]))
    return draft


def from_cells(draft: Draft, cells: list[Cell]) -> Draft:
    """Take a plan that somebody else made."""
    for cell in cells:
        draft.take(cell.purse, cell.class_, cell.months, cell.workers)
    return draft


def settled(draft: Draft) -> Draft:
    """Use the money that is left, step by step, each over all purses: nobody is cut short whom another can pay."""
    for step in (_fill_whole, _fill, _draw_over, _lengthen, _squeeze, _draw_over, _lengthen):
        for purse in in_turn(draft.purses):
            step(draft, purse)
    return draft


def _fill_whole(draft: Draft, purse: int) -> None:
    """Whoever is next in line gets all months, the cheaper class first."""
    months = draft.purses[purse].months
    if months >= draft.purses[purse].least:
        for class_ in sorted(draft.waiting(purse), key=lambda class_: draft.cost(purse, class_, months)):
            draft.take(purse, class_, months, draft.free[class_])


def _fill(draft: Draft, purse: int) -> None:
    """When money is short: as many months as it pays for the next in line, never under the minimum."""
    while waiting := draft.waiting(purse):
        months = {class_: _affordable(draft, purse, class_) for class_ in waiting}
        class_ = max(waiting, key=lambda one: (months[one], -draft.cost(purse, one, months[one])))
        if months[class_] < draft.purses[purse].least:
            return
        draft.take(purse, class_, months[class_], 1)


def _draw_over(draft: Draft, purse: int) -> None:
    """Whoever gets fewer months elsewhere than the rest of this purse pays comes over."""
    for class_ in draft.reached[purse]:
        months = _affordable(draft, purse, class_)
        while months >= draft.purses[purse].least and draft.shortest(class_)[0] < months:
            shorter, other = draft.shortest(class_)
            draft.give_back(other, class_, shorter)
            draft.take(purse, class_, months, 1)
            months = _affordable(draft, purse, class_)


def _affordable(draft: Draft, purse: int, class_: int) -> int:
    """How many months the rest of the purse pays for one worker."""
    return bisect_right(draft.purses[purse].costs[draft.sector[class_]], draft.left[purse]) - 1


def _lengthen(draft: Draft, purse: int) -> None:
    """Whoever got fewer months than the purse has gets more of them, as far as the money goes."""
    for class_, months in reversed(draft.held(purse)):
        while months < draft.purses[purse].months and draft.cells[purse][class_, months]:
            draft.give_back(purse, class_, months)
            longer = _affordable(draft, purse, class_)
            draft.take(purse, class_, longer, 1)
            if longer == months:
                break


def _squeeze(draft: Draft, purse: int) -> None:
    """One more worker for the minimum of months, when shortening others by fewer months than that pays for it."""
    least = draft.purses[purse].least
    for class_ in draft.waiting(purse):
        shortened = _shortened(draft, purse, draft.cost(purse, class_, least) - draft.left[purse])
        if shortened and sum(months for _class, _from, months in shortened) < least:
            for other, months, fewer in shortened:
                draft.give_back(purse, other, months)
                draft.take(purse, other, months - fewer, 1)
            draft.take(purse, class_, least, 1)
            return


def _shortened(draft: Draft, purse: int, missing: int) -> list[tuple[int, int, int]]:
    """Who gives up months so that `missing` rupiah come free: class, months now, months fewer; nobody if too few."""
    given: list[tuple[int, int, int]] = []
    for class_, months in draft.held(purse):
        for _worker in range(draft.cells[purse][class_, months]):
            costs = draft.purses[purse].costs[draft.sector[class_]]
            needed = months - bisect_right(costs, costs[months] - missing, 0, months) + 1
            fewer = min(needed, months - draft.purses[purse].least)
            if fewer <= 0 or len(given) > draft.purses[purse].least:
                return []
            given.append((class_, months, fewer))
            missing -= costs[months] - costs[months - fewer]
            if missing <= 0:
                return given
    return []
