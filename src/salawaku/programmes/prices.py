"""What each purse pays per month, from the law: a small table that SQL joins with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from salawaku import law
from salawaku.programmes.models import Purse


class Price(NamedTuple):
    """The contribution of one month for a worker inside or outside the transport sector."""

    purse_id: int
    transport: bool
    month: date
    amount: int


class Offer(NamedTuple):
    """What a purse can pay for one worker in a plan: months in a row from `first_month`, with their prices."""

    purse: Purse
    first_month: date
    prices_other: tuple[int, ...]
    prices_transport: tuple[int, ...]

    @property
    def months(self) -> int:
        """How many months the purse and the plan have in common."""
        return len(self.prices_other)

    @property
    def least(self) -> int:
        """How many months a worker gets at least."""
        return max(1, self.purse.minimum_months)

    def costs(self, *, transport: bool) -> list[int]:
        """What one month costs, two months together, and so on."""
        return list(accumulate(self.prices_transport if transport else self.prices_other))


def prices_for(purses: Iterable[Purse], first: date, last: date) -> list[Price]:
    """The price of every purse, sector and month that both the purse and the plan have."""
    costs = cache(_costs)  # hundreds of purses pay the same prices; the cache goes with this call and its law
    return [
        Price(purse.pk, sector is law.Sector.TRANSPORT, month, amount)
        for purse in purses
        for sector in (law.Sector.TRANSPORT, law.Sector.OTHER)
        for month, amount in costs(purse.payer, sector, max(first, purse.first_month), min(last, purse.last_month))
    ]


def _costs(payer: law.Payer, sector: law.Sector, first: date, last: date) -> list[tuple[date, int]]:
    """Each month with its price in the lowest income band, in which vulnerable workers are registered."""
    months = law.months_from(first, last)
    if not months:  # the purse ends before the plan begins
        return []
    bases = [law.law_now().at("bpu.jkk.base_min", month) for month in months]
    total = law.contributions(months, bases, sector=sector, payer=payer).total
    return list(zip(months, total.tolist(), strict=True))


def offers_for(purses: Iterable[Purse], first: date, last: date) -> list[Offer]:
    """The purses that can pay at least their minimum of months, in their order."""
    purses = list(purses)
    amounts: defaultdict[tuple[int, bool], list[int]] = defaultdict(list)
    for price in prices_for(purses, first, last):
        amounts[price.purse_id, price.transport].append(price.amount)
    offers = [
        Offer(purse, max(first, purse.first_month), *(tuple(amounts[purse.pk, sector]) for sector in (False, True)))
        for purse in purses
    ]
    return [offer for offer in offers if offer.months >= offer.least]
