"""Bills to the purses, in whole workers and whole rupiah."""

from __future__ import annotations

import numpy as np

from salawaku.simulation.scheme.chance import Counts
from salawaku.simulation.scheme.openings import Opening
from salawaku.simulation.scheme.state import State
from salawaku.simulation.scheme.tables import Numbers, Tables


class Purses:
    """The money: each month the living with a seat are billed, in whole workers, never above what a purse holds.

    Whom death, age or a payer who stops takes off the bill leaves money in the purse; it stays there unspent.
    """

    def __init__(self, tables: Tables, runs: int) -> None:
        self.tables = tables
        self.open: dict[tuple[int, int], Opening] = {}
        for one in (one for month in tables.openings for one in month):
            self.open.setdefault((one.source, one.year), one)  # the first of a year pays all its months
        self.left = {key: np.full(runs, one.purse.left, np.int64) for key, one in self.open.items()}

    def bill(self, month: int, workers: Counts) -> tuple[Numbers, Numbers]:
        """Billed workers [run, source, sector] and their cost [run, source]; half a worker and more is one."""
        billed = np.zeros(workers.shape, np.int64)
        cost = np.zeros(workers.shape[:2], np.int64)
        for source in range(workers.shape[1]):
            key = (source, self._year(month))
            if key not in self.open or not workers[:, source].any():
                continue
            for sector, prices in enumerate(self.open[key].purse.prices):
                price = prices[month - self.open[key].purse.first]
                wanted = np.floor(workers[:, source, sector] + 0.5).astype(np.int64)
                paid = np.minimum(wanted, self.left[key] // price) if price else wanted
                billed[:, source, sector], cost[:, source] = paid, cost[:, source] + paid * price
                self.left[key] = self.left[key] - paid * price
        return billed, cost

    def committed(self, state: State) -> Counts:
        """What the seats will cost after the last month, by run and source, as far as the purses hold it."""
        months, year = self.tables.scenario.months, self._year(self.tables.scenario.months - 1)
        found = np.zeros((len(state.never), len(self.tables.scenario.sources)))
        for (source, end, _step), workers in state.seats.items():
            purse = self.open[source, year].purse
            inside = workers @ self.tables.sector.astype(workers.dtype)
            each = [sum(prices[months - purse.first : end - purse.first]) for prices in purse.prices]
            found[:, source] += (workers.sum(axis=1) - inside) * each[0] + inside * each[1]
        for source in range(found.shape[1]):
            if (source, year) in self.left:
                found[:, source] = np.minimum(found[:, source], self.left[source, year])
        return np.rint(found)

    def _year(self, month: int) -> int:
        start = self.tables.scenario.start
        return start.year + (start.month - 1 + month) // 12
