"""The border to the cover ledger, which lies above this room and must not be imported here.

A plan asks the ledger who is covered already; an approved plan is written into it. The cover room registers
itself when Django starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from salawaku.programmes.models import Allocation
    from salawaku.programmes.prices import Price


class Ledger(Protocol):
    """What the cover room offers."""

    table: str  # rows of (worker_id, month, programme_id, purse_id, amount, status)

    def decree(self, *, allocation: Allocation, prices: list[Price]) -> int:
        """Write a decreed month for each chosen line and month; how many. Refusal where one has a payer."""
        ...


_registered: list[Ledger] = []


def register(ledger: Ledger) -> None:
    """Say which ledger to use."""
    _registered[:] = [ledger]


def current() -> Ledger:
    """The ledger in use."""
    return _registered[0]
