"""What each purse pays per month, from the law: a small table that SQL joins with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
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
    """What a purse can pay for one worker in a plan: its months and what they cost together."""

    purse: Purse
    first_month: date
    months: int
    cost_transport: int
    cost_other: int


def prices_for(purses: Iterable[Purse], first: date, last: date) -> list[Price]:
    """The price of every purse, sector and month that both the purse and the plan have."""
    return [
        Price(purse.pk, sector is law.Sector.TRANSPORT, month, amount)
        for purse in purses
        for sector in (law.Sector.TRANSPORT, law.Sector.OTHER)
        for month, amount in _costs(purse, sector, max(first, purse.first_month), min(last, purse.last_month))
    ]


def _costs(purse: Purse, sector: law.Sector, first: date, last: date) -> Iterable[tuple[date, int]]:
    """Each month with its price in the lowest income band, in which vulnerable workers are registered."""
    months = law.months_from(first, last)
    bases = [law.law_now().at("bpu.jkk.base_min", month) for month in months]
    total = law.contributions(months, bases, sector=sector, payer=purse.payer).total
    return zip(months, total.tolist(), strict=True)


def offers_for(purses: Iterable[Purse], first: date, last: date) -> list[Offer]:
    """The purses that can pay at least their minimum of months, in their order."""
    offers = [_offer(purse, first, last) for purse in purses]
    return [offer for offer in offers if offer.months >= max(1, offer.purse.minimum_months)]


def _offer(purse: Purse, first: date, last: date) -> Offer:
    prices = prices_for([purse], first, last)
    transport, other = (
        sum(price.amount for price in prices if price.transport is sector) for sector in (True, False)
    )
    return Offer(purse, max(first, purse.first_month), len(prices) // 2, transport, other)
