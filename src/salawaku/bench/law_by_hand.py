"""The limit for the engine of the law: JKK and JKM of non-wage workers, written by hand in NumPy.

Deliberately without the register, so nothing here may be used elsewhere: rates, bands and reliefs are constants, and
no line can say where it comes from.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

JKM = 6_800
TRANSPORT = 0
APBN, VILLAGE_FUND = 2, 4  # and between them APBD
AUGUST_2020, JANUARY_2021 = 2020 * 12 + 7, 2021 * 12
JANUARY_2026, APRIL_2026, DECEMBER_2026, MARCH_2027 = 2026 * 12, 2026 * 12 + 3, 2026 * 12 + 11, 2027 * 12 + 2

# The incomes with which the second band and each later one begins, and the base of each band.
BEGINS = np.concatenate(
    [
        np.arange(1_100_000, 2_700_001, 200_000),
        np.arange(3_200_000, 8_200_001, 500_000),
        np.arange(9_200_000, 20_200_001, 1_000_000),
    ]
)
BASES = np.concatenate(
    [
        np.arange(1_000_000, 2_600_001, 200_000),
        np.arange(2_950_000, 7_950_001, 500_000),
        np.arange(8_700_000, 20_700_001, 1_000_000),
    ]
)


def totals(months: Numbers, incomes: Numbers, sectors: Numbers, payers: Numbers) -> Numbers:
    """What each case pays for JKK (1% of the base of its band) and JKM, each rounded half up."""
    percent = _percent_to_pay(months, sectors, payers)
    bases = BASES[np.searchsorted(BEGINS, incomes, side="right")]
    jkk = (bases * percent + 5_000) // 10_000
    jkm = (JKM * percent + 50) // 100
    return np.asarray(jkk + jkm)


def _percent_to_pay(months: Numbers, sectors: Numbers, payers: Numbers) -> NDArray[Any]:
    """1 in the pandemic (PP 49/2020), 50 under PP 50/2025 unless the government pays, else 100."""
    pandemic = (months >= AUGUST_2020) & (months <= JANUARY_2021)
    transport = (sectors == TRANSPORT) & (months >= JANUARY_2026) & (months <= MARCH_2027)
    others = (sectors != TRANSPORT) & (months >= APRIL_2026) & (months <= DECEMBER_2026)
    private = (payers < APBN) | (payers > VILLAGE_FUND)
    return np.where(pandemic, 1, np.where((transport | others) & private, 50, 100))
