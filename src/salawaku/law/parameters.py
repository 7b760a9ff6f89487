"""The figures of the law with their validity and source.

`confidence` says how the figure was read: "regulation_text" from the regulation itself, "secondary" from a page
that quotes it. What is secondary wants a lawyer's look before it is relied upon.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


class OutsideValidityError(LookupError):
    """A figure was asked for a day on which it was not, or is not known to be, the law."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One quantity from `begin` to `end` (open when None), and where it stands."""

    id: str
    value: int | Fraction
    begin: date
    end: date | None
    source: str
    confidence: str = "secondary"

    def holds(self, day: date) -> bool:
        """Whether this is the law on `day`."""
        return self.begin <= day and (self.end is None or day <= self.end)

    def at(self, day: date) -> int | Fraction:
        """The value on `day`; OutsideValidityError on any other day."""
        if not self.holds(day):
            raise OutsideValidityError(f"{self.id} is not known for {day:%Y-%m-%d}")
        return self.value


# Before February 2021 the relief of PP 49/2020 applied, which this small table does not hold.
_SINCE = date(2021, 2, 1)
JKK_RATE = Parameter("bpu.jkk.rate", Fraction(1, 100), _SINCE, None, "PP 44/2015 Lampiran II")
JKK_BASE = Parameter("bpu.jkk.base_min", 1_000_000, _SINCE, None, "PP 44/2015 Lampiran II, baris 1")
JKM_FLAT = Parameter("bpu.jkm.flat", 6_800, _SINCE, None, "PP 44/2015 (iuran JKM peserta BPU)")
_HALF = Fraction(1, 2)
_PP50 = "PP 50/2025 Pasal 3-4"
RELIEF_TRANSPORT = Parameter("relief.pp50_2025.transport", _HALF, date(2026, 1, 1), date(2027, 3, 31), _PP50)
RELIEF_OTHER = Parameter("relief.pp50_2025.other", _HALF, date(2026, 4, 1), date(2026, 12, 31), _PP50)

_PP82 = "PP 82/2019 Pasal 34"
_BENEFITS_SINCE = date(2019, 12, 2)
DEATH_BENEFIT = 42_000_000
BURIAL_GRANT = 10_000_000
WORK_DEATH_BENEFIT = 70_000_000
JKM_TOTAL = Parameter("jkm.total", DEATH_BENEFIT, _BENEFITS_SINCE, None, f"{_PP82}: 20 + 12 + 10 juta")
JKM_BURIAL = Parameter("jkm.burial", BURIAL_GRANT, _BENEFITS_SINCE, None, _PP82)
JKK_DEATH = Parameter(
    "jkk.death_lowest_band", WORK_DEATH_BENEFIT, _BENEFITS_SINCE, None, "PP 82/2019: 48 × 1 juta + 12 + 10 juta"
)
WAITING_MONTHS = 3
JKM_WAITING = Parameter("jkm.waiting_months", WAITING_MONTHS, date(2025, 2, 24), None, "Permenaker 1/2025")

# "More than three unpaid months in a row ends the membership": at the start of the fourth it is over.
GRACE_MONTHS = 3
MEMBERSHIP_GRACE = Parameter(
    "bpu.arrears.max_catch_up_months", GRACE_MONTHS, date(2015, 7, 1), None, "Perdir BPJS TK 22/PERDIR.02/072022"
)
