"""How the months of a donor count, by the two ways that are told; none of them is hidden.

The branches of BPJS count a worker of a company (CSR) only from six months on and not at all below; a worker of a
government counts pro rata below six (domain: key figures of a branch). What donors are told is the pro rata figure:
1,000 workers for 3 months as 500. Both stand on the page, each with where it comes from.
"""

from __future__ import annotations

from typing import NamedTuple

FULL_MONTHS = 6


class Counted(NamedTuple):
    """Workers counted by each rule."""

    strict: int
    pro_rata: int

    @property
    def differ(self) -> bool:
        """Whether the two rules tell different figures."""
        return self.strict != self.pro_rata


def counted(workers: int, months: int) -> Counted:
    """`workers` for `months` months: full from six months on; below, nothing or the part of six, rounded down."""
    if months >= FULL_MONTHS:
        return Counted(workers, workers)
    return Counted(0, workers * months // FULL_MONTHS)
