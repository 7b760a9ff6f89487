"""Where the workers of each group stand, and how a month changes it.

Members are kept by seat or by unpaid months, and by the step of their membership; places where nobody stands in any
run are left out, so that a month costs as much as there are kinds of workers. Nobody is lost: whoever was there at
the start is in one of the places, dead or aged out.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from salawaku.simulation.scheme.chance import Chance, Counts
from salawaku.simulation.scheme.tables import Opening, Tables
from salawaku.simulation.scheme.taking import take


class Seat(NamedTuple):
    """Covered by a source up to before the month `end`, at a step of the membership."""

    source: int
    end: int
    step: int


class Idle(NamedTuple):
    """A member whom nobody pays for: so many whole months are unpaid."""

    unpaid: int
    step: int


class State:
    """All workers of all groups in all runs; `seats`, `idle`, `never`, `ended`, `dead`, `aged` are [run, group]."""

    def __init__(self, tables: Tables, chance: Chance) -> None:
        self.tables, self.chance = tables, chance
        groups = tables.scenario.population
        shape = (chance.runs, len(groups))
        self.seats: dict[Seat, Counts] = {}
        self.idle: dict[Idle, Counts] = {}
        self.never = np.zeros(shape, chance.kind) + [group.workers - group.covered for group in groups]
        self.ended, self.dead, self.aged = (np.zeros(shape, chance.kind) for _ in range(3))
        for number, group in enumerate(groups):
            place = Idle(0, tables.tenure.of(group.covered_months, tables.caps))
            self.idle.setdefault(place, np.zeros(shape, chance.kind))[:, number] += group.covered
        self._tidy()

    @property
    def workers(self) -> Counts:
        """Everybody, the dead and the aged as well: the same in every month."""
        alive = self.never + self.ended + sum(self.seats.values()) + sum(self.idle.values())
        return np.asarray(alive + self.dead + self.aged)

    def begin(self, month: int) -> tuple[Counts, Counts]:
        """The first of the month: birthdays, seats that end or whose payer drops out, memberships that end, purses
        that open. How many memberships ended, and how many payers dropped out, by run."""
        self._age(month)
        dropped = self._seats_go_on(month)
        lapsed = self._lapse(month)
        for opening in self.tables.openings[month]:
            self._open(opening)
        self._stay_idle()
        self._tidy()
        return lapsed, dropped

    def _age(self, month: int) -> None:
        chance = self.tables.ageing[month]
        if not chance.any():
            return
        for places in (self.seats, self.idle):
            for place in places:
                places[place] = self._leave(places[place], chance)  # type: ignore[index]
        self.never, self.ended = self._leave(self.never, chance), self._leave(self.ended, chance)

    def _leave(self, workers: Counts, chance: Counts) -> Counts:
        left = self.chance.hit(workers, chance)
        self.aged += left
        return workers - left

    def _seats_go_on(self, month: int) -> Counts:
        """Whoever has a seat is paid for again; the others begin to be idle."""
        going: dict[Seat, Counts] = {}
        idle: defaultdict[Idle, Counts] = defaultdict(lambda: np.zeros_like(self.never), self.idle)
        dropped = np.zeros(self.chance.runs, self.chance.kind)
        for (source, end, step), workers in self.seats.items():
            if end <= month:
                idle[Idle(0, step)] = idle[Idle(0, step)] + workers
                continue
            gone = self._dropped(source, workers)
            idle[Idle(0, step)] = idle[Idle(0, step)] + gone
            dropped = dropped + gone.sum(axis=1)
            place = Seat(source, end, self.tables.tenure.paid[step])
            going[place] = going.get(place, 0) + workers - gone
        self.seats, self.idle = going, dict(idle)
        return dropped

    def _dropped(self, source: int, workers: Counts) -> Counts:
        chance = self.tables.scenario.sources[source].dropout_per_month
        return self.chance.hit(workers, chance) if chance else np.zeros_like(workers)

    def _lapse(self, month: int) -> Counts:
        """A membership ends with the first of the month after as many unpaid months as can be caught up."""
        lapsed = np.zeros(self.chance.runs, self.chance.kind)
        for place in [place for place in self.idle if place.unpaid >= self.tables.grace[month]]:
            gone = self.idle.pop(place)
            self.ended = self.ended + gone
            lapsed = lapsed + gone.sum(axis=1)
        return lapsed

    def _open(self, opening: Opening) -> None:
        """A purse takes whom it pays for: participants first, former ones too, then those never covered."""
        line = self.tables.line[self.tables.reach[opening.source][self.tables.line]]
        members = sum(self.idle.values(), self.ended)
        counts = np.concatenate([members[:, line], self.never[:, line]], axis=1)
        sectors = np.tile(self.tables.sector[line], 2)
        for months, taken in take(opening.purse, counts, sectors):
            chosen = np.zeros((2, *self.never.shape), self.chance.kind)
            chosen[0][:, line], chosen[1][:, line] = np.split(taken, 2, axis=1)
            self._seat(opening.source, opening.purse.first + months, *chosen)

    def _seat(self, source: int, end: int, members: Counts, newcomers: Counts) -> None:
        tenure = self.tables.tenure
        places = list(self.idle)
        *from_idle, from_ended = self.chance.share([*self.idle.values(), self.ended], members)
        for place, workers in zip(places, from_idle, strict=True):
            self.idle[place] = self.idle[place] - workers
            self._add(Seat(source, end, tenure.paid[place.step]), workers)
        self.ended = self.ended - from_ended
        self._add(Seat(source, end, tenure.first_again), from_ended)
        self.never = self.never - newcomers
        self._add(Seat(source, end, tenure.first), newcomers)

    def _add(self, seat: Seat, workers: Counts) -> None:
        self.seats[seat] = self.seats.get(seat, 0) + workers

    def _stay_idle(self) -> None:
        """Another month unpaid."""
        staying: dict[Idle, Counts] = {}
        for (unpaid, step), workers in self.idle.items():
            place = Idle(unpaid + 1, self.tables.tenure.unpaid[step])
            staying[place] = staying.get(place, 0) + workers
        self.idle = staying

    def die(self, month: int) -> tuple[dict[Seat, Counts], Counts]:
        """The deaths of the month: by seat, and of those not covered by run. Cover ends with the month after."""
        chance = self.tables.death[month]
        covered = {seat: self.chance.hit(workers, chance) for seat, workers in self.seats.items()}
        others = np.zeros_like(self.dead)
        for idle, workers in self.idle.items():
            gone = self.chance.hit(workers, chance)
            self.idle[idle], others = workers - gone, others + gone
        never, ended = self.chance.hit(self.never, chance), self.chance.hit(self.ended, chance)
        self.never, self.ended = self.never - never, self.ended - ended
        for seat, gone in covered.items():
            self.seats[seat] = self.seats[seat] - gone
        others = others + never + ended
        self.dead = self.dead + others + sum(covered.values())
        return covered, others.sum(axis=1)

    def _tidy(self) -> None:
        """Forget places where nobody stands."""
        self.seats = {place: workers for place, workers in self.seats.items() if workers.any()}
        self.idle = {place: workers for place, workers in self.idle.items() if workers.any()}
