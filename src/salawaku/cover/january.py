"""The plan for January, made in September: who is covered in December, and who pays the first months after it.

Budgets begin late every year. Whoever is paid to December lapses when the months that the law lets be caught up have
passed: until the last working day before that, a decree must be signed and a month paid. Everything is seen within
the acting person's scope.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db import connection

from salawaku import law
from salawaku.cover.selectors import HELPED
from salawaku.law.workdays import is_working_day
from salawaku.programmes.models import Purse
from salawaku.programmes.models.purse_kinds import PAYERS

GAP_MONTHS = 3
DECEMBER = f"""
SELECT m.village_code, coalesce(r.name, m.village_code), p.name, p.kind, coalesce(o.transport, false), ahead::date,
       count(*), count(*) - count(paid.worker_id)
FROM cover_workermonth m
JOIN registry_worker w ON w.id = m.worker_id AND w.status = 'living'
JOIN programmes_purse p ON p.id = m.purse_id
LEFT JOIN registry_occupation o ON o.code = w.occupation_id
LEFT JOIN regions_region r ON r.code = m.village_code
CROSS JOIN generate_series(%(first)s::date, %(last)s::date, interval '1 month') ahead
LEFT JOIN (SELECT worker_id, month FROM cover_workermonth
           WHERE month BETWEEN %(first)s AND %(last)s) paid  -- named as dates, so that only their partition is read
  ON paid.worker_id = m.worker_id AND paid.month = ahead::date
WHERE m.month = %(december)s AND {HELPED}
GROUP BY 1, 2, p.id, p.name, p.kind, 5, 6 ORDER BY 1, p.priority, p.id
"""


class Renewal(NamedTuple):
    """Workers of a village whom a purse covers in December, and what the open months after it cost in rupiah."""

    village_code: str
    village: str
    source: str
    workers: int
    cost: int


@dataclass(frozen=True, slots=True)
class JanuaryPlan:
    """December's workers, the cost of the first months after it, the purses of next year, and the last day.

    `decree_by` is the last working day on which a month can still be paid so that nobody covered in December
    lapses; `due_on` the due date of January's contribution.
    """

    year: int
    rows: list[Renewal]
    purses: list[Purse]
    due_on: date
    decree_by: date

    @property
    def workers(self) -> int:
        """Covered in December."""
        return sum(row.workers for row in self.rows)

    @property
    def cost(self) -> int:
        """What the months without a payer cost."""
        return sum(row.cost for row in self.rows)

    @property
    def left(self) -> int:
        """What the purses of next year hold for these months."""
        return sum(purse.left for purse in self.purses)

    @property
    def missing(self) -> int:
        """What nobody has yet."""
        return max(self.cost - self.left, 0)

    def as_json(self) -> dict[str, Any]:
        """The fields of `salawaku cover january --json`."""
        return {
            "year": self.year,
            "workers": self.workers,
            "cost": self.cost,
            "left": self.left,
            "missing": self.missing,
            "due_on": f"{self.due_on:%Y-%m-%d}",
            "decree_by": f"{self.decree_by:%Y-%m-%d}",
            "by_village": [row._asdict() for row in self.rows],
            "purses": [{"source": purse.name, "kind": purse.kind, "left": purse.left} for purse in self.purses],
        }


def january_plan(*, year: int, purses: list[Purse]) -> JanuaryPlan:
    """The plan after December of `year`; `purses` are those the reader may see, of any year."""
    december, first, last = date(year, 12, 1), date(year + 1, 1, 1), date(year + 1, GAP_MONTHS, 1)
    values = {"december": december, "first": first, "last": last, "today": first}
    with connection.cursor() as cursor:
        cursor.execute(DECEMBER, values)
        rows = _priced(cursor.fetchall())
    ahead = [purse for purse in purses if purse.first_month <= last and purse.last_month >= first]
    return JanuaryPlan(year, rows, ahead, law.due_date(first), _last_day(december))


def _priced(found: list[tuple[Any, ...]]) -> list[Renewal]:
    """One row for each village and purse: its workers, and the open months at the price of the same payer."""
    workers: dict[tuple[str, str, str], dict[bool, int]] = defaultdict(dict)
    cost: dict[tuple[str, str, str], int] = defaultdict(int)
    price = cache(law.monthly_cost)  # the same few prices for each village and purse
    for code, village, source, kind, transport, month, number, still_open in found:
        place = (code, village, source)
        workers[place][transport] = number  # the same for each month ahead
        sector = law.Sector.TRANSPORT if transport else law.Sector.OTHER
        payer = PAYERS.get(kind, law.Payer.APBD)
        cost[place] += still_open * price(month, payer=payer, sector=sector)
    return [Renewal(*place, sum(workers[place].values()), cost[place]) for place in workers]


def _last_day(december: date) -> date:
    """The last working day on which whoever was paid to December is still a member."""
    grace = law.MembershipRules.on(law.law_now(), december).grace
    day = law.add_months(december, grace + 1) - timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
