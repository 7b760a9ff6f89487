"""Who left a programme before the months decreed were over: for the waiting list, and for the change decree."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from salawaku.programmes import ledger
from salawaku.programmes.models import Allocation, Decree, Programme

# Codes stand in the canonical text of decrees and never change.
LEFT: dict[str, Promise] = {
    "died": _("Died"),
    "merged": _("The same person as another record"),
    "moved": _("Moved to another village"),
    "cover_ended": _("The months of cover were taken back"),
}


def word(reason: str) -> Promise | str:
    """A reason in words."""
    return LEFT.get(reason, reason)


WHY = """
CASE WHEN w.status <> 'living' THEN w.status WHEN w.village_code <> l.village_code THEN 'moved' ELSE 'cover_ended' END
"""
SINCE = """
CASE WHEN w.status = 'died' THEN w.died_on
     WHEN w.status = 'merged' THEN (
         SELECT (max(m.at) AT TIME ZONE %(zone)s)::date FROM registry_merge m
         WHERE m.gone_id = w.id AND m.undone_at IS NULL)
     WHEN w.village_code <> l.village_code THEN (
         SELECT (min(h.pgh_created_at) AT TIME ZONE %(zone)s)::date FROM registry_workerhistory h
         WHERE h.pgh_obj_id = w.id AND h.village_code = w.village_code)
     ELSE coalesce(kept.until, l.first_month) END
"""
# `until` is the month after the last month of cover from this programme.
KEPT = """
LEFT JOIN LATERAL (
    SELECT (max(m.month) + interval '1 month')::date AS until FROM {ledger} m
    WHERE m.worker_id = l.worker_id AND m.programme_id = %(programme)s
) kept ON true
"""
SEATS_LEFT = f"""
SELECT DISTINCT ON (l.worker_id) w.public_id, w.name, w.nik, {WHY}, {SINCE}, coalesce(kept.until > %(month)s, false)
FROM programmes_allocationline l
JOIN programmes_allocation a ON a.id = l.allocation_id AND a.programme_id = %(programme)s AND a.status = 'approved'
JOIN registry_worker w ON w.id = l.worker_id
{KEPT}
WHERE l.chosen AND l.village_code = %(village)s
  AND l.first_month + make_interval(months => l.months) > %(month)s
  AND (w.status <> 'living' OR w.village_code <> l.village_code OR kept.until IS NULL OR kept.until <= %(month)s)
ORDER BY l.worker_id, a.id DESC LIMIT %(limit)s
"""


# Entries of the decree that is changed, and of those it changed itself, that no later one of them took out.
REMOVALS = f"""
WITH RECURSIVE chain AS (
    SELECT id, changes_id FROM programmes_decree WHERE id = %(changes)s
    UNION SELECT d.id, d.changes_id FROM programmes_decree d JOIN chain ON chain.changes_id = d.id
), gone AS (
    SELECT DISTINCT ON (l.worker_id) l.id AS line_id, d.number AS decree, l.number, l.nik, l.name, l.address,
           l.village, {WHY} AS reason, coalesce({SINCE}, %(month)s) AS since, l.village_code, l.agency_code
    FROM programmes_decreeline l
    JOIN programmes_decree d ON d.id = l.decree_id AND d.id IN (SELECT id FROM chain)
    JOIN registry_worker w ON w.id = l.worker_id
    {KEPT}
    WHERE l.first_month + make_interval(months => l.months) > %(month)s
      AND (w.status <> 'living' OR kept.until IS NULL OR kept.until <= %(month)s)
      AND NOT EXISTS (
          SELECT 1 FROM programmes_decreeremoval r JOIN programmes_decreeline x ON x.id = r.line_id
          WHERE r.decree_id IN (SELECT id FROM chain) AND r.decree_id > l.decree_id AND x.worker_id = l.worker_id)
      AND NOT EXISTS (
          SELECT 1 FROM programmes_allocationline a
          WHERE a.allocation_id = %(allocation)s AND a.chosen AND a.worker_id = l.worker_id)
    ORDER BY l.worker_id, l.decree_id DESC
)
SELECT row_number() OVER (ORDER BY village_code, name, line_id)::int, decree, number, nik, name, address, village,
       reason, since, village_code, agency_code, line_id
FROM gone ORDER BY 1
"""


class Gone(NamedTuple):
    """Who left a seat of a village, why (LEFT) and since when; `covered` if cover goes on elsewhere."""

    public_id: UUID
    name: str
    nik: str
    reason: str
    since: date | None
    covered: bool


def left_since(programme: Programme, *, month: date, village: str, limit: int) -> list[Gone]:
    """Who had a seat of the village for `month` or later and has left it, as far as one may see them."""
    values: dict[str, Any] = {
        "programme": programme.pk,
        "month": month,
        "village": village,
        "zone": settings.TIME_ZONE,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(SEATS_LEFT.format(ledger=ledger.current().table), values)
        return [Gone(*row) for row in cursor.fetchall()]


class Removal(NamedTuple):
    """An entry that a change decree takes out: which of which decree, whom, why and since when."""

    number: int
    decree: str
    line: int
    nik: str
    name: str
    address: str
    village: str
    reason: str
    since: date
    village_code: str
    agency_code: str
    line_id: int

    @property
    def word(self) -> Promise | str:
        """The reason in words."""
        return word(self.reason)

    def canonical(self) -> tuple[object, ...]:
        """What of it stands in the canonical text of the annex."""
        return tuple(self)[:9]


def removals(*, changes: Decree, allocation: Allocation) -> list[Removal]:
    """Whom a decree of `allocation` takes out of the decree it `changes`: who is not covered any more by then."""
    values: dict[str, Any] = {
        "changes": changes.pk,
        "allocation": allocation.pk,
        "programme": allocation.programme_id,
        "month": allocation.first_month,
        "zone": settings.TIME_ZONE,
    }
    with connection.cursor() as cursor:
        cursor.execute(REMOVALS.format(ledger=ledger.current().table), values)
        return [Removal(*row) for row in cursor.fetchall()]
