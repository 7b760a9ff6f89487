"""The income bands of non-wage workers: the base on which JKK and JHT are paid, and the wage of JKK benefits.

Source: PP 44/2015 Lampiran II. Printed edges are whole thousands; incomes between them are rounded down to one
first (choice.bpu.band_rounding).
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from salawaku.law.basis import Basis, basis
from salawaku.law.money import Rupiah
from salawaku.law.register import Register, Value
from salawaku.law.situations import Many

BANDS = "bpu.income_bands"
ROUNDING = "choice.bpu.band_rounding"


class Bands(NamedTuple):
    """One table of bands: the base of each whole `step` of income up to the last edge, and the rows they stand in."""

    step: int
    table: NDArray[np.int64]
    rows: tuple[Any, ...]

    def base(self, income: Rupiah) -> Rupiah:
        """The base of each income; above the last edge it is that of the highest band."""
        return self.table.take(income // self.step, mode="clip")

    def row(self, income: int) -> Any:
        """The row in which one income lies."""
        base = int(self.base(np.array(income)))
        return next(row for row in self.rows if row["base"] == base)


def bands(law: Register, day: date) -> Bands:
    """The bands on `day`."""
    value, step = law[BANDS].at(day), law.at(ROUNDING, day)
    known = law.formulas.get(("bands", value, step))
    if known is None:
        known = law.formulas["bands", value, step] = _bands(value, step)
    found: Bands = known
    return found


def _bands(value: Value, step: int) -> Bands:
    rows = value.value
    edges = [0, *(row["income_to"] // step + 1 for row in rows[:-1])]
    widths = [*(after - before for before, after in pairwise(edges)), 1]
    return Bands(step, np.repeat([row["base"] for row in rows], widths).astype(np.int64), rows)


def band_basis(law: Register, day: date, income: int) -> Basis:
    """The row of the table that holds `income`, with how sure that row is."""
    row = bands(law, day).row(income)
    return basis(law, BANDS, day, pick=row["base"], confidence=row["confidence"])


def bases_on(law: Register, spells: Many, income: Rupiah) -> Rupiah:
    """The base of each income by the bands of its spell; `spells` are broadcast against the incomes."""
    here = np.flatnonzero(np.bincount(spells.ravel()))
    tables = {id(found): found for spell in here if (found := bands(law, law.spells.starts[spell]))}
    if len(tables) == 1:
        return next(iter(tables.values())).base(income)
    bases = np.zeros(income.shape, np.int64)
    for spell in here:
        where = np.broadcast_to(spells == spell, income.shape)
        bases[where] = bands(law, law.spells.starts[spell]).base(income[where])
    return bases
