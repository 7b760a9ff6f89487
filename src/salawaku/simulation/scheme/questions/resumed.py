"""Trying many budgets of one year: what lies before that year is reckoned once."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date

from salawaku.law import add_months, month_index
from salawaku.simulation.scheme.billing import Purses
from salawaku.simulation.scheme.chance import Expected
from salawaku.simulation.scheme.openings import Opening
from salawaku.simulation.scheme.running import _month
from salawaku.simulation.scheme.scenario import Scenario
from salawaku.simulation.scheme.state import State
from salawaku.simulation.scheme.tables import tables_of


class Resumed:
    """The expected course up to a scenario's last month, again and again from the January of that month's year."""

    def __init__(self, scenario: Scenario) -> None:
        self._chance, self._tables = Expected(), tables_of(scenario, bands=True)
        self._year = add_months(scenario.start, scenario.months - 1).year
        self._first = max(0, month_index(date(self._year, 1, 1)) - month_index(scenario.start))
        self._state = State(self._tables, self._chance)
        purses = Purses(self._tables, 1)
        for month in range(self._first):
            _month(self._tables, self._chance, self._state, purses, month)

    def covered(self, money: Mapping[str, int]) -> int:
        """How many are covered in the last month when these purses hold so much in its year: the same as
        `simulate` says of the scenario `with_budget`. The purses have that year among their budgets."""
        openings = [[self._holding(one, money) for one in month] for month in self._tables.openings]
        tables = replace(self._tables, openings=openings)
        state = deepcopy(self._state, {id(self._tables): tables, id(self._chance): self._chance})
        purses, row = Purses(tables, 1), {}
        for month in range(self._first, tables.scenario.months):
            row = _month(tables, self._chance, state, purses, month)
        return int(row["covered"].sum())

    def _holding(self, opening: Opening, money: Mapping[str, int]) -> Opening:
        source = self._tables.scenario.sources[opening.source].id
        if opening.year != self._year or source not in money:
            return opening
        return opening._replace(purse=replace(opening.purse, left=money[source]))
