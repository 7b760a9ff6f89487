"""What a pledge is worth: the law's price of each month, whole rupiah."""

from __future__ import annotations

from datetime import date

from salawaku.programmes.models import Purse
from salawaku.programmes.prices import prices_for


def price_of_months(purse: Purse, first: date, last: date) -> dict[date, int]:
    """The dearest price of each month in this purse, so that it is enough for whoever is matched.

    A foster sponsor pays 8,400 for a transport worker from January 2026 on, and for another only from April
    (PP 50/2025): until March the 16,800 of the others are planned. OutsideValidityError for unknown months.
    """
    dearest: dict[date, int] = {}
    for price in prices_for([purse], first, last):
        dearest[price.month] = max(price.amount, dearest.get(price.month, 0))
    return dearest


def value_of(purse: Purse, workers: int, first: date, last: date) -> int:
    """What so many workers cost from `first` to `last` at most."""
    return workers * sum(price_of_months(purse, first, last).values())
