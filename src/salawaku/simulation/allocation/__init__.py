"""Who is covered from which purse: the officials' waterfall (pouring.py), and beside it the most worker-months.

For the optimum workers are never weighed one by one. Those whom the same purses reach at the same price are a
class; a linear programme says how many of each class every purse covers for how many months (relaxed.py), a second
step makes whole workers of it without exceeding any ceiling (whole.py). Within a class the first in line come first.
Money is counted in whole rupiah; floats only propose how many workers; every rupiah is counted in whole numbers when
they are taken.
"""

from salawaku.simulation.allocation.best import Plan, optimum
from salawaku.simulation.allocation.pouring import NO_PURSE, Line, Poured, line_of, pour
from salawaku.simulation.allocation.problem import Classes, Groups, Purse, classes_of, group_workers
from salawaku.simulation.allocation.whole import Cell

__all__ = [
    "NO_PURSE",
    "Cell",
    "Classes",
    "Groups",
    "Line",
    "Plan",
    "Poured",
    "Purse",
    "classes_of",
    "group_workers",
    "line_of",
    "optimum",
    "pour",
]
