"""How numbers of workers part: as expected, or drawn.

Everything that happens to workers is one of two questions: of these, how many meet with something of this chance
(`hit`); and of these in several places, how many of each are among those chosen (`share`).
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[Any]  # [run, group]: fractions when expected, whole numbers when drawn
SPARSE = 8  # with fewer than one in so many places taken, only those are drawn


class Chance(Protocol):
    """Either way."""

    runs: int
    kind: Any

    def hit(self, workers: Counts, chance: Any) -> Counts:
        """How many of `workers` meet with something of this `chance`."""
        ...

    def share(self, places: list[Counts], chosen: Counts) -> list[Counts]:
        """How many of each of `places` are among the `chosen`, who are taken from all of them without preference."""
        ...


class Expected:
    """The expected numbers: one run, in fractions of workers."""

    runs, kind = 1, np.float64

    def hit(self, workers: Counts, chance: Any) -> Counts:
        """The expected number."""
        return np.asarray(workers * chance)

    def share(self, places: list[Counts], chosen: Counts) -> list[Counts]:
        """In proportion."""
        whole = np.sum(places, axis=0)
        part = np.divide(chosen, whole, out=np.zeros_like(whole), where=whole > 0)
        return [place * part for place in places]


class Drawn:
    """Numbers drawn for many runs at once: binomial, and without replacement among the chosen."""

    kind = np.int64

    def __init__(self, runs: int, random: np.random.Generator) -> None:
        self.runs, self.random = runs, random

    def hit(self, workers: Counts, chance: Any) -> Counts:
        """A binomial draw for each run and group."""
        if np.count_nonzero(workers) * SPARSE > workers.size:
            return self.random.binomial(workers, chance)
        found = np.zeros_like(workers)
        at = np.nonzero(workers)
        found[at] = self.random.binomial(workers[at], np.broadcast_to(chance, workers.shape)[at])
        return found

    def share(self, places: list[Counts], chosen: Counts) -> list[Counts]:
        """Whole places where all are chosen, else drawn one place after the other."""
        rest, wanted, found = np.sum(places, axis=0), chosen.copy(), []
        for place in places:
            rest = rest - place
            taken = np.where(rest > 0, 0, wanted)
            at = np.nonzero((rest > 0) & (wanted > 0))
            everybody = wanted[at] == place[at] + rest[at]
            taken[at] = np.where(everybody, place[at], self.random.hypergeometric(place[at], rest[at], wanted[at]))
            wanted = wanted - taken
            found.append(taken)
        return found
