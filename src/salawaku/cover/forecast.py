"""Months ahead without a payer: for each village and month, members for whom nobody has decreed the month.

The January without a budget is seen in the autumn: members are those covered or in grace today, and a month that is
decreed, billed or paid has a payer. The price is that of a public purse, so that nobody plans too little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from salawaku import law
from salawaku.cover.clock_sql import clock_sql, clock_values
from salawaku.cover.selectors import HELPED, price_to_keep

MONTHS_AHEAD = 12

GAPS = f"""
WITH {clock_sql()}, member AS (
    SELECT c.worker_id, w.village_code
    FROM clock c JOIN registry_worker w ON w.id = c.worker_id AND w.status = 'living'
    WHERE c.status <> 'ended' AND {HELPED}
), members AS (SELECT village_code, count(*) AS members FROM member GROUP BY village_code),
payable AS (
    SELECT m.village_code, l.month, count(DISTINCT l.worker_id) AS carried
    FROM member m JOIN cover_workermonth l ON l.worker_id = m.worker_id AND l.month BETWEEN %(first)s AND %(last)s
    GROUP BY m.village_code, l.month
)
SELECT v.village_code, coalesce(r.name, v.village_code), coalesce(r.kind, ''), v.members, ahead::date,
       v.members - coalesce(p.carried, 0)
FROM members v
CROSS JOIN generate_series(%(first)s::date, %(last)s::date, interval '1 month') ahead
LEFT JOIN payable p ON p.village_code = v.village_code AND p.month = ahead::date
LEFT JOIN regions_region r ON r.code = v.village_code
ORDER BY v.village_code, ahead
"""


class VillageGaps(NamedTuple):
    """One village: its members today, and for each month ahead how many of them nobody pays for yet."""

    village_code: str
    name: str
    kind: str
    members: int
    gaps: tuple[int, ...]


class MonthGap(NamedTuple):
    """One month of the whole area: members without a payer, and what paying for them costs in rupiah."""

    month: date
    gap: int
    cost: int


class Forecast(NamedTuple):
    """The grid: months as columns, villages as rows, and the sum of each month."""

    months: tuple[MonthGap, ...]
    villages: tuple[VillageGaps, ...]

    @property
    def first_gap(self) -> MonthGap | None:
        """The first month in which somebody has no payer."""
        return next((month for month in self.months if month.gap), None)

    @property
    def cost(self) -> int:
        """What closing every gap costs in rupiah."""
        return sum(month.cost for month in self.months)


def gap_forecast(*, as_of: date, months: int = MONTHS_AHEAD) -> Forecast:
    """The gaps of the `months` after the month of `as_of`, seen within the acting person's scope."""
    ahead = law.months_from(law.add_months(as_of, 1), law.add_months(as_of, months))
    values = clock_values(as_of) | {"first": ahead[0], "last": ahead[-1]}
    with connection.cursor() as cursor:
        cursor.execute(GAPS, values)
        villages = tuple(_villages(cursor.fetchall()))
    sums = [sum(village.gaps[place] for village in villages) for place in range(months)]
    return Forecast(tuple(_priced(month, gap) for month, gap in zip(ahead, sums, strict=True)), villages)


def _villages(rows: Iterable[tuple[Any, ...]]) -> Iterable[VillageGaps]:
    gaps: dict[tuple[str, str, str, int], list[int]] = defaultdict(list)
    for *village, _month, gap in rows:
        gaps[tuple(village)].append(gap)
    return (VillageGaps(*village, tuple(found)) for village, found in gaps.items())


def _priced(month: date, gap: int) -> MonthGap:
    return MonthGap(month, gap, gap * price_to_keep(month))
