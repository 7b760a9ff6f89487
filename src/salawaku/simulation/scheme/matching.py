"""Which groups meet conditions, for all groups at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from salawaku.simulation.scheme.scenario import Condition, Group

Flags = NDArray[np.bool_]


class Matching:
    """Groups whose fields are looked at once, however many conditions are asked."""

    def __init__(self, groups: tuple[Group, ...]) -> None:
        self.groups = groups
        self._columns: dict[str, tuple[dict[Any, int], NDArray[np.int64]]] = {}

    def all_of(self, conditions: tuple[Condition, ...]) -> Flags:
        """Which groups meet all of them [group], as `all_hold` says of one."""
        found = np.ones(len(self.groups), bool)
        for condition in conditions:
            found &= self._one(condition)
        return found

    def _one(self, condition: Condition) -> Flags:
        numbers, column = self._column(condition.field)
        if condition.values:
            wanted = [numbers[value] for value in condition.values if value in numbers]
        else:
            wanted = [number for value, number in numbers.items() if condition.allows(value)]
        return np.isin(column, wanted)

    def _column(self, field: str) -> tuple[dict[Any, int], NDArray[np.int64]]:
        """The values of a field, numbered, and the number of each group's."""
        if field not in self._columns:
            values = [getattr(group, field) for group in self.groups]
            numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
            self._columns[field] = numbers, np.array([numbers[value] for value in values], np.int64)
        return self._columns[field]
