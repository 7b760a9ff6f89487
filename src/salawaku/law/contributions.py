"""The monthly contribution of a non-wage worker (BPU) in the lowest band, JKK and JKM, by payer and sector."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from salawaku.law import parameters as law
from salawaku.law.money import Rounding, to_rupiah
from salawaku.law.months import first_of_month


class Payer(Enum):
    """Whose money pays; the relief of PP 50/2025 depends on it."""

    SELF = "self"
    EMPLOYER = "employer"
    APBN = "apbn"
    APBD = "apbd"
    VILLAGE_FUND = "village_fund"
    CSR = "csr"
    FOSTER = "foster"


# The regulation excludes APBN and APBD. Whether village funds count as such is not settled: they pay in full
# until somebody decides otherwise, so that no purse is planned too small.
WITHOUT_RELIEF = frozenset({Payer.APBN, Payer.APBD, Payer.VILLAGE_FUND})


@dataclass(frozen=True, slots=True)
class Contribution:
    """A month's contribution in rupiah with the figures it rests on."""

    jkk: int
    jkm: int
    basis: tuple[law.Parameter, ...]

    @property
    def total(self) -> int:
        """Both together."""
        return self.jkk + self.jkm


def contribution(month: date, payer: Payer, *, transport: bool = False) -> int:
    """What one month costs in rupiah. OutsideValidityError for months before February 2021."""
    return contribution_explained(month, payer, transport=transport).total


def contribution_explained(month: date, payer: Payer, *, transport: bool = False) -> Contribution:
    """The same with its parts and their sources."""
    day = first_of_month(month)
    basis: tuple[law.Parameter, ...] = (law.JKK_RATE, law.JKK_BASE, law.JKM_FLAT)
    jkk = Fraction(law.JKK_RATE.at(day)) * law.JKK_BASE.at(day)
    jkm = Fraction(law.JKM_FLAT.at(day))
    relief = law.RELIEF_TRANSPORT if transport else law.RELIEF_OTHER
    if payer not in WITHOUT_RELIEF and relief.holds(day):
        jkk, jkm, basis = jkk * (1 - relief.value), jkm * (1 - relief.value), (*basis, relief)
    return Contribution(to_rupiah(jkk, Rounding.HALF_UP), to_rupiah(jkm, Rounding.HALF_UP), basis)
