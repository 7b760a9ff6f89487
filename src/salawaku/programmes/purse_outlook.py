"""What becomes of a purse: its months so far and to come, money that nobody will use, and what the law relieves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from salawaku import law
from salawaku.law.reliefs import EXCLUDES
from salawaku.programmes import ledger
from salawaku.programmes.ledger import MonthSpent
from salawaku.programmes.models import Purse

ALERT_FROM = 8  # the month in which there is still time to decree more or to move the money (practice, story 24)
UNUSED_PERCENT = 5  # of the ceiling: what stays over in any year


class Outlook(NamedTuple):
    """The months of a purse and all that is decided for them to the end: this is spent, nothing else is.

    `more_months` is how many months of one worker the money left would pay at today's price.
    """

    months: list[MonthSpent]
    expected: int
    more_months: int


class ReliefSpan(NamedTuple):
    """Months in which the law relieves workers of a sector, and whether it does so for this purse's money."""

    sector: law.Sector
    first: date
    last: date
    applies: bool
    price: int


def purse_outlook(purse: Purse, *, today: date) -> Outlook:
    """The forecast to the purse's last month."""
    months = ledger.current().spending(purse_id=purse.pk)
    day = min(max(law.first_of_month(today), purse.first_month), purse.last_month)
    price = law.monthly_cost(day, payer=purse.payer)
    return Outlook(months, sum(month.amount for month in months), purse.left // price)


def stays_unused(purse: Purse, *, today: date) -> bool:
    """Whether to say that money will stay unused: more than five percent of the ceiling is decided for nobody.

    From August on, or in the last month of a purse that ends earlier, and as long as the purse lasts.
    """
    alert_from = min(date(purse.last_month.year, ALERT_FROM, 1), purse.last_month)
    is_late = alert_from <= law.first_of_month(today) <= purse.last_month
    return is_late and purse.left * 100 > UNUSED_PERCENT * purse.ceiling


def reliefs_of(purse: Purse) -> list[ReliefSpan]:
    """Where the law knows a relief in the purse's months, whether its payer has it, and the price of a month."""
    return [span for sector in (law.Sector.TRANSPORT, law.Sector.OTHER) for span in _spans(purse, sector)]


def _spans(purse: Purse, sector: law.Sector) -> Iterator[ReliefSpan]:
    months = law.months_from(purse.first_month, purse.last_month)
    bases = [law.law_now().at("bpu.jkk.base_min", month) for month in months]
    found = law.contributions(months, bases, sector=sector, payer=purse.payer)
    known = [(month, _relief(found, place), int(found.total[place])) for place, month in enumerate(months)]
    for (applies, price), span in groupby(known, key=lambda one: one[1:]):
        covered = [month for month, _applies, _price in span]
        if applies is not None:
            yield ReliefSpan(sector, covered[0], covered[-1], applies, price)


def _relief(found: law.Contributions, place: int) -> bool | None:
    """Whether a relief is in the price; None where the law has none."""
    used = {basis.parameter for line in found.lines(place) for basis in line.basis if "relief." in basis.parameter}
    return EXCLUDES not in used if used else None
