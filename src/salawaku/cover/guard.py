"""Who lapses until when: name by name, or counted by village, agency and source, with what keeping them costs.

The price of a worker is one month from whoever paid last, at the law's rate of the day. Everything is seen within the
acting person's scope.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import connection

from salawaku import law
from salawaku.cover.clock_sql import clock_sql, clock_values
from salawaku.cover.selectors import HELPED
from salawaku.programmes.models import Purse
from salawaku.programmes.models.purse_kinds import PAYERS

SOON = 30  # days
BY = {
    "village": ("w.village_code", "coalesce(r.name, w.village_code)"),
    "agency": ("w.agency_code", "coalesce(a.name, w.agency_code)"),
    "source": ("p.id::text", "p.name"),
    "none": ("'all'", "''"),
}
# The clock comes first and each worker is then looked up by key (`OFFSET 0` keeps the planner to that order): it
# cannot know how many workers a clock has, takes them for a few, and else reads all clocks again for each worker.
LAPSING = f"""
FROM clock c
CROSS JOIN LATERAL (
    SELECT * FROM registry_worker WHERE id = c.worker_id AND status = 'living' OFFSET 0
) w
CROSS JOIN LATERAL (
    SELECT purse_id FROM cover_workermonth
    WHERE worker_id = c.worker_id AND month = make_date(c.last_paid / 12, c.last_paid %% 12 + 1, 1) OFFSET 0
) m
JOIN programmes_purse p ON p.id = m.purse_id
LEFT JOIN registry_occupation o ON o.code = w.occupation_id
LEFT JOIN regions_region r ON r.code = w.village_code
LEFT JOIN accounts_agency a ON a.code = w.agency_code
JOIN unnest(%(kinds)s::text[], %(sectors)s::boolean[], %(prices)s::bigint[]) AS price (kind, transport, amount)
  ON price.kind = p.kind AND price.transport = coalesce(o.transport, false)
WHERE c.days_to_lapse > 0 AND c.membership_end > %(after)s AND c.membership_end <= %(until)s AND {HELPED}
  AND (%(village)s = '' OR w.village_code = %(village)s) AND (%(agency)s = '' OR w.agency_code = %(agency)s)
  AND (%(source)s = 0 OR p.id = %(source)s)
"""
NAMES = f"""
WITH {{clock}}
SELECT w.public_id, w.name, w.nik, w.village_code, coalesce(r.name, w.village_code), c.membership_end,
       c.days_to_lapse, c.worker_id, coalesce(a.name, w.agency_code), p.name, price.amount, c.cover_end,
       c.months_to_full, c.months_to_scholarship
{LAPSING} AND c.worker_id > %(beyond)s
ORDER BY c.worker_id LIMIT %(limit)s
"""
GROUPS = f"""
WITH {{clock}}
SELECT {{key}}, {{name}}, count(*), sum(price.amount)::bigint, min(c.membership_end)
{LAPSING}
GROUP BY 1, 2 ORDER BY 3 DESC, 1
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lapses: within `within` days, or on the first of a month; of a village, an agency, the last purse."""

    ends_on: date | None = None
    within: int = SOON
    village: str = ""
    agency: str = ""
    source: int = 0

    def values(self, as_of: date) -> dict[str, Any]:
        """The values of the queries: the membership ends after one day and not later than another."""
        after = self.ends_on - timedelta(days=1) if self.ends_on else as_of
        until = self.ends_on or as_of + timedelta(days=self.within)
        narrowed = {"village": self.village, "agency": self.agency, "source": self.source}
        return clock_values(as_of) | _prices(as_of) | narrowed | {"after": after, "until": until}


class Lapse(NamedTuple):
    """A worker whose membership ends on `membership_end` if nothing more is paid; `price` keeps it for a month.

    `to_full` and `to_scholarship` are the months missing until JKM pays in full and until its scholarship: what a
    lapse would begin anew.
    """

    public_id: str
    name: str
    nik: str
    village_code: str
    village: str
    membership_end: date
    days: int
    worker_id: int
    agency: str
    source: str
    price: int
    cover_end: date
    to_full: int
    to_scholarship: int


class LapseGroup(NamedTuple):
    """How many lapse of a village, an agency or a source, what a month for all costs, and the first day."""

    key: str
    name: str
    workers: int
    cost_to_keep_month: int
    first_end: date

    def as_json(self) -> dict[str, Any]:
        """The fields of `salawaku cover lapses --json`."""
        return {**self._asdict(), "first_end": f"{self.first_end:%Y-%m-%d}"}


def lapses(*, as_of: date, wanted: Wanted | None = None, beyond: int = 0, limit: int = 100) -> list[Lapse]:
    """Who lapses, in the order of the register; paged by the id of the last worker shown."""
    values = (wanted or Wanted()).values(as_of) | {"beyond": beyond, "limit": limit}
    return [Lapse(*row) for row in _rows(NAMES.format(clock=clock_sql()), values)]


def lapse_groups(*, as_of: date, wanted: Wanted | None = None, by: str = "none") -> list[LapseGroup]:
    """Counts and cost by village, agency, source or none, the largest first. KeyError for another grouping."""
    key, name = BY[by]
    query = GROUPS.format(clock=clock_sql(), key=key, name=name)
    return [LapseGroup(*row) for row in _rows(query, (wanted or Wanted()).values(as_of))]


def _prices(day: date) -> dict[str, Any]:
    """One month by kind of purse and sector, as columns."""
    rows = [
        (kind, transport, law.monthly_cost(day, payer=PAYERS.get(kind, law.Payer.APBD), sector=sector))
        for kind in Purse.Kind.values
        for transport, sector in ((True, law.Sector.TRANSPORT), (False, law.Sector.OTHER))
    ]
    kinds, sectors, prices = (list(column) for column in zip(*rows, strict=True))
    return {"kinds": kinds, "sectors": sectors, "prices": prices}


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
