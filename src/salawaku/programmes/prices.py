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
        Price(purse.pk, transport, month, law.contribution(month, purse.payer, transport=transport))
        for purse in purses
        for transport in (True, False)
        for month in law.months_from(max(first, purse.first_month), min(last, purse.last_month))
    ]


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
