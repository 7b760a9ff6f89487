"""The border to the cover ledger, which lies above this room and must not be imported here.

A plan asks the ledger who is covered already; an approved plan is written into it; a purse and an agreement ask it
what became of them. The cover room registers itself when Django starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from salawaku.programmes.models import Allocation
    from salawaku.programmes.prices import Price


class MonthSpent(NamedTuple):
    """What a purse pays for one month, in rupiah by how far it is, and for how many workers."""

    month: date
    workers: int
    decreed: int
    billed: int
    paid: int

    @property
    def amount(self) -> int:
        """All of it together."""
        return self.decreed + self.billed + self.paid


class RegionCover(NamedTuple):
    """Workers of a region with a month decided within some days, and those of them who are covered now."""

    region_code: str
    decreed: int
    covered: int


class Ledger(Protocol):
    """What the cover room offers."""

    table: str  # rows of (worker_id, month, programme_id, purse_id, amount, status)

    def decree(self, *, allocation: Allocation, prices: list[Price]) -> int:
        """Write a decreed month for each chosen line and month; how many. Refusal where one has a payer."""
        ...

    def spending(self, *, purse_id: int) -> list[MonthSpent]:
        """What a purse pays, month by month in order; all of it, whoever asks."""
        ...

    def cover_of(
        self, *, regions: Sequence[str], first: date, last: date, today: date, programme_id: int | None
    ) -> dict[str, RegionCover]:
        """Cover by region in the months from `first` to `last`: from all payers, or from one programme's purses.

        Covered is who has the month of `today` paid. Counts of all workers, whoever asks; no person is told.
        """
        ...


_registered: list[Ledger] = []


def register(ledger: Ledger) -> None:
    """Say which ledger to use."""
    _registered[:] = [ledger]


def current() -> Ledger:
    """The ledger in use."""
    return _registered[0]
