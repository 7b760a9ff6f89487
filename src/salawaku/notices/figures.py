"""What the rules of notices count, for all places at once. Read beyond a person's scope; only sums leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet

from salawaku.cover.clock_sql import clock_sql, clock_values
from salawaku.cover.forecast import gap_forecast
from salawaku.cover.models import Bill, Difference
from salawaku.cover.selectors import price_to_keep
from salawaku.intake.models import ListFile, ListRow, Pair
from salawaku.programmes.models import Purse
from salawaku.programmes.purse_outlook import stays_unused

LEVELS = (2, 5, 8, 13)  # length of the codes of province, regency, district, village

LAPSES = f"""
WITH {clock_sql()}
SELECT w.village_code, w.agency_code, count(*)
FROM clock c JOIN registry_worker w ON w.id = c.worker_id AND w.status = 'living'
WHERE c.days_to_lapse > 0 AND c.membership_end = %(ends)s GROUP BY 1, 2
"""

UNBILLED = """
SELECT p.code, p.region_code, count(*), sum(m.amount)::bigint
FROM cover_workermonth m JOIN programmes_programme p ON p.id = m.programme_id
WHERE m.month = %(month)s AND m.status = 'decreed' GROUP BY 1, 2 ORDER BY 1
"""

Places = Counter[tuple[str, str]]


class Unbilled(NamedTuple):
    """Workers of a programme whose month is decreed and on no bill, and what it comes to in rupiah."""

    programme: str
    region_code: str
    workers: int
    amount: int


class OpenDifferences(NamedTuple):
    """Open differences of one month and region with the same owner (or none) and day."""

    owner_id: int | None
    public_id: UUID
    month: date
    region_code: str
    due_on: date
    number: int


def by_place(rows: Iterable[tuple[str, str, int]]) -> Places:
    """Sums over (village, agency, number): for each region and those around it, whole ("") and by agency."""
    places: Places = Counter()
    for village, agency, number in rows:
        for level in (length for length in LEVELS if length <= len(village)):
            for part in {"", agency}:
                places[village[:level], part] += number
    return places


def lapses_on(ends: date, *, as_of: date) -> Places:
    """How many memberships end on that day, by place."""
    return by_place(_rows(LAPSES, clock_values(as_of) | {"ends": ends}))


def bills_due(*, until: date) -> QuerySet[Bill]:
    """Open bills that are due by that day."""
    found = Bill.objects.filter(status=Bill.Status.OPEN, due_on__lte=until)
    return found.select_related("programme").order_by("due_on", "id")


def unbilled(month: date) -> list[Unbilled]:
    """What of a month is decreed and not billed, by programme."""
    return [Unbilled(*row) for row in _rows(UNBILLED, {"month": month})]


def idle_purses(*, as_of: date) -> list[Purse]:
    """Purses of open programmes of the year whose money will stay unused: those of which their own page warns."""
    found = Purse.objects.filter(programme__status="open", programme__year=as_of.year).select_related("programme")
    return [purse for purse in found.order_by("id") if stays_unused(purse, today=as_of)]


def open_differences(*, until: date) -> list[OpenDifferences]:
    """Open differences that are due by that day, by owner, month and day."""
    found = Difference.objects.filter(status=Difference.Status.OPEN, due_on__lte=until).order_by()
    month = "reconciliation__public_id", "reconciliation__month", "reconciliation__region_code"
    rows = found.filter(reconciliation__status="open").values_list("owner_id", *month, "due_on").annotate(Count("pk"))
    return [OpenDifferences(*row) for row in sorted(rows, key=lambda row: (row[2], row[3], row[4], row[0] or 0))]


def pairs_waiting() -> Places:
    """Pairs of records that nobody has decided, by place."""
    found = Pair.objects.filter(decision="", left__status=ListRow.Status.REVIEW)
    found = found.filter(left__file__status__in=[ListFile.Status.CHECKED, ListFile.Status.CONFIRMED])
    return by_place(found.order_by().values_list("village_code", "agency_code").annotate(Count("pk")))


def january_gaps(*, as_of: date) -> tuple[Places, int]:
    """Seen in September: members without a payer in January by place, and what a month costs then."""
    ahead = gap_forecast(as_of=as_of, months=13 - as_of.month)
    rows = ((village.village_code, "", village.gaps[-1]) for village in ahead.villages)
    return by_place(rows), price_to_keep(date(as_of.year + 1, 1, 1))


def last_day_to_keep(ends: date) -> date:
    """The last day on which a payment still keeps a membership that ends on `ends`."""
    return ends - timedelta(days=1)


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
