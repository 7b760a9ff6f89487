"""Who is left out: the covered of the living by welfare decile, sex and kind of village, and how far villages differ.

Reckoned from the expected course alone, for all months at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salawaku.simulation.scheme.running import Course
from salawaku.simulation.scheme.scenario import Group, Scenario

Floats = NDArray[np.float64]
DIGITS = 4
UNKNOWN = "unknown"
CLASSES: dict[str, Callable[[Group], str]] = {
    "by_decile": lambda group: str(group.decile or UNKNOWN),
    "by_sex": lambda group: group.sex or UNKNOWN,
    "by_village_kind": lambda group: group.village_kind or UNKNOWN,
}


def coverage_of(scenario: Scenario, course: Course) -> list[dict[str, Any]]:
    """For each month the workers living in the groups after its first day, the covered and their share, by class."""
    months: list[dict[str, Any]] = [{} for _ in range(scenario.months)]
    for name, kind in CLASSES.items():
        classes = [kind(group) for group in scenario.population]
        names = sorted(set(classes), key=lambda one: (one == UNKNOWN, len(one), one))
        living, covered = (_sums(numbers[0], classes, names) for numbers in (course.living_of, course.covered_of))
        rows = _rows(living, covered)
        for month, row in zip(months, rows, strict=True):
            month[name] = dict(zip(names, row, strict=True))
    return months


def disparity_of(scenario: Scenario, course: Course) -> list[dict[str, Any] | None]:
    """For each month the villages with the lowest and the highest share of covered, and the Gini coefficient of the
    shares, villages weighing as many workers as live there. None where no group names its village, or all are empty.
    """
    at = [number for number, group in enumerate(scenario.population) if group.village]
    if not at:
        return [None] * scenario.months
    villages = [scenario.population[number].village for number in at]
    names = sorted(set(villages))
    living, covered = (_sums(numbers[0][:, at], villages, names) for numbers in (course.living_of, course.covered_of))
    return [_disparity(names, *month) for month in zip(living, covered, strict=True)]


def _disparity(names: list[str], living: Floats, covered: Floats) -> dict[str, Any] | None:
    there = np.flatnonzero(living > 10.0**-DIGITS)
    if not len(there):
        return None
    share = covered[there] / living[there]
    order = np.argsort(share, kind="stable")
    lowest, highest = ({"village": names[there[at]], "share": _plain(share[at])} for at in (order[0], order[-1]))
    gini = gini_of(living[there][order], covered[there][order])
    return {"villages": len(there), "lowest": lowest, "highest": highest, "gini": _plain(gini)}


def gini_of(workers: Floats, covered: Floats) -> float:
    """The Gini coefficient of shares covered ÷ workers, the lowest first; 0 where nobody is covered."""
    if not covered.any():
        return 0.0
    before = np.cumsum(covered) - covered
    area = float((workers * (2 * before + covered)).sum()) / float(workers.sum() * covered.sum())
    return max(0.0, 1.0 - area)


def _sums(numbers: Floats, classes: list[str], names: list[str]) -> Floats:
    """Numbers [month, group] by class [month, class]."""
    number = {name: at for at, name in enumerate(names)}
    place = np.array([number[one] for one in classes])
    order = np.argsort(place, kind="stable")
    starts = np.searchsorted(place[order], np.arange(len(names)))
    return np.asarray(np.add.reduceat(numbers[:, order], starts, axis=1))


def _rows(living: Floats, covered: Floats) -> list[list[dict[str, Any]]]:
    share = np.divide(covered, living, out=np.zeros_like(covered), where=living > 0)
    columns = (np.round(one, DIGITS).tolist() for one in (living, covered, share))
    return [
        [{"workers": _whole(n), "covered": _whole(c), "share": _whole(s)} for n, c, s in zip(*month, strict=True)]
        for month in zip(*columns, strict=True)
    ]


def _plain(number: float) -> float:
    return round(float(number), DIGITS)


def _whole(number: float) -> float:
    return int(number) if number.is_integer() else number
