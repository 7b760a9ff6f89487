"""Where the workers of each group stand, and how a month changes it.

Members are kept by seat or by unpaid months, and by the step of their membership; places where nobody stands in any
run are left out, so that a month costs as much as there are kinds of workers. Nobody is lost: whoever was there at
the start or came in later is in one of the places, dead, aged out or a wage earner.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from salawaku.simulation.scheme.chance import Chance, Counts
from salawaku.simulation.scheme.lines import first, within
from salawaku.simulation.scheme.openings import Opening
from salawaku.simulation.scheme.tables import Tables
from salawaku.simulation.scheme.taking import QUARTER, Taken, take

CAUSES = ("payer_left", "money_ended", "before")
PAYER_LEFT, MONEY_ENDED, BEFORE = range(3)


class Seat(NamedTuple):
    """Covered by a source up to before the month `end`, at a step of the membership."""

    source: int
    end: int
    step: int


class Idle(NamedTuple):
    """A member whom nobody pays for: so many whole months are unpaid, for one of the CAUSES."""

    unpaid: int
    step: int
    cause: int


class State:
    """All workers of all groups in all runs; `seats`, `idle`, `never`, `ended`, `dead`, `aged`, `wage` and all that
    came in, `entered`, are [run, group]; `left` is what purses with sponsors hold by source and year, `given_up` how
    many places their sponsors have given up by source [run]."""

    def __init__(self, tables: Tables, chance: Chance) -> None:
        self.tables, self.chance = tables, chance
        groups = tables.scenario.population
        shape = (chance.runs, len(groups))
        self.seats: dict[Seat, Counts] = {}
        self.idle: dict[Idle, Counts] = {}
        self.never = np.zeros(shape, chance.kind) + [group.workers - group.covered for group in groups]
        self.ended, self.dead, self.aged, self.wage = (np.zeros(shape, chance.kind) for _ in range(4))
        self.entered = np.zeros(shape, chance.kind) + [group.workers for group in groups]
        self.left: dict[tuple[int, int], Counts] = {}
        self.given_up: dict[int, Counts] = {}
        for number, group in enumerate(groups):
            place = Idle(0, tables.tenure.of(group.covered_months, tables.caps), BEFORE)
            self.idle.setdefault(place, np.zeros(shape, chance.kind))[:, number] += group.covered
        self._tidy()

    @property
    def workers(self) -> Counts:
        """Everybody, those who left as well: as many as have entered."""
        alive = self.never + self.ended + sum(self.seats.values()) + sum(self.idle.values())
        return np.asarray(alive + self.dead + self.aged + self.wage)

    @property
    def living(self) -> Counts:
        """Who is still in the groups."""
        return self.entered - self.dead - self.aged - self.wage

    def begin(self, month: int) -> tuple[Counts, Counts]:
        """The first of the month: who comes and leaves, seats that end or whose payer drops out, memberships that
        end, purses that open. The memberships that ended [run, cause], and the payers who dropped out [run].
        """
        self._come(month)
        self.aged = self.aged + self._leave(self.tables.ageing[month])
        self.wage = self.wage + self._leave(self.tables.wage)
        dropped = self._seats_go_on(month)
        lapsed = self._lapse(month)
        if self.tables.openings[month]:
            self._open(month)
        self._stay_idle()
        self._tidy()
        return lapsed, dropped

    def _come(self, month: int) -> None:
        more = self.tables.joined[month] + self.tables.listed[month]
        if more.any():
            self.never, self.entered = self.never + more, self.entered + more

    def _leave(self, chance: Counts) -> Counts:
        """Who leaves the groups with this chance, wherever he stands."""
        left = np.zeros_like(self.never)
        if not chance.any():
            return left
        for places in (self.seats, self.idle):
            for place, workers in places.items():
                gone = self.chance.hit(workers, chance)
                places[place] = workers - gone  # type: ignore[index]
                left += gone
        never, ended = self.chance.hit(self.never, chance), self.chance.hit(self.ended, chance)
        self.never, self.ended = self.never - never, self.ended - ended
        return np.asarray(left + never + ended)

    def _seats_go_on(self, month: int) -> Counts:
        """Whoever has a seat is paid for again; the others begin to be idle."""
        going: dict[Seat, Counts] = {}
        idle: defaultdict[Idle, Counts] = defaultdict(lambda: np.zeros_like(self.never), self.idle)
        dropped = np.zeros(self.chance.runs, self.chance.kind)
        for (source, end, step), workers in self.seats.items():
            if end <= month:
                over = Idle(0, step, MONEY_ENDED)
                idle[over] = idle[over] + workers
                continue
            gone = self._dropped(source, workers)
            if gone is not None:
                left = Idle(0, step, PAYER_LEFT)
                idle[left] = idle[left] + gone
                dropped = dropped + gone.sum(axis=1)
                workers = workers - gone  # noqa: PLW2901
            place = Seat(source, end, self.tables.tenure.paid[step])
            going[place] = going.get(place, 0) + workers
        self.seats, self.idle = going, dict(idle)
        return dropped

    def _dropped(self, source: int, workers: Counts) -> Counts | None:
        """Those whose payer stops, None where payers do not."""
        chance = self.tables.scenario.sources[source].dropout_per_month
        if not chance:
            return None
        gone = self.chance.hit(workers, chance)
        self.given_up[source] = self.given_up.get(source, 0) + gone.sum(axis=1)
        return gone

    def _lapse(self, month: int) -> Counts:
        """A membership ends with the first of the month after as many unpaid months as can be caught up."""
        lapsed = np.zeros((self.chance.runs, len(CAUSES)), self.chance.kind)
        for place in [place for place in self.idle if place.unpaid >= self.tables.grace[month]]:
            gone = self.idle.pop(place)
            self.ended = self.ended + gone
            lapsed[:, place.cause] += gone.sum(axis=1)
        return lapsed

    def _open(self, month: int) -> None:
        """The purses of the month take whom they pay for, one after the other, within the quotas."""
        tables = self.tables
        waiting = np.concatenate([sum(self.idle.values(), self.ended), self.never], axis=1)
        if tables.limits:
            waiting = within(tables.limits, waiting, sum(self.seats.values(), np.zeros_like(self.never)))
        for opening in tables.openings[month]:
            line = tables.line[np.tile(tables.reach[opening.source], 2)[tables.line]]
            for months, taken in self._taken(opening, waiting[:, line], np.tile(tables.sector, 2)[line]):
                chosen = np.zeros_like(waiting)
                chosen[:, line] = taken
                waiting = waiting - chosen
                self._seat(opening.source, opening.purse.first + months, *np.split(chosen, 2, axis=1))

    def _taken(self, opening: Opening, line: Counts, sectors: Counts) -> list[Taken]:
        """Whom a purse takes of its line, at most so many as it has places."""
        if opening.places is not None:
            line = first(line, self._places(opening))
        if self.tables.scenario.sources[opening.source].sponsors is None:
            return take(opening.purse, line, sectors)
        held = self.left.setdefault((opening.source, opening.year), np.full(self.chance.runs, opening.purse.left))
        found = take(opening.purse, line, sectors, held)
        for months, workers in found:
            each = np.array([costs[months] for costs in opening.purse.costs])[sectors]
            held = held - workers @ each
        self.left[opening.source, opening.year] = np.floor(held + QUARTER)
        return found

    def _places(self, opening: Opening) -> Counts:
        places = np.full(self.chance.runs, opening.places, self.chance.kind)
        if not opening.renewed:
            return places
        return np.maximum(places - self.given_up.get(opening.source, 0), 0)

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
        for (unpaid, step, cause), workers in self.idle.items():
            place = Idle(unpaid + 1, self.tables.tenure.unpaid[step], cause)
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
