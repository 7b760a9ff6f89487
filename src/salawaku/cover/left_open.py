"""What the taking back of an entry does not take back: months without a payer, refunds asked for though owed.

A death mended to a later day, an undone merge and an undone wage leave these; the worker's page says so.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from salawaku import law
from salawaku.accounts.scoping import elevated
from salawaku.registry.models import Worker

STANDING = """SELECT s.* FROM registry_workerevent s WHERE s.undoes_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM registry_workerevent u WHERE u.undoes_id = s.id)"""
# Nothing says any more that this month is not owed: neither a day of death before it nor a wage, cover elsewhere or a
# move out of the city from which the worker had not come back by then.
OWED = f"""
(w.died_on IS NULL OR x.month <= w.died_on)
AND NOT EXISTS (
    SELECT 1 FROM ({STANDING}) e WHERE e.worker_id = x.worker_id
       AND (e.kind IN ('employed', 'elsewhere') AND e.month <= x.month
            OR e.kind = 'moved' AND e.village_to = '' AND e.month < x.month)
       AND NOT EXISTS (
           SELECT 1 FROM ({STANDING}) r WHERE r.worker_id = x.worker_id AND r.month BETWEEN e.month AND x.month
              AND r.id > e.id AND (r.kind = 'returned' AND e.kind <> 'moved'
                                   OR r.kind = 'moved' AND r.village_to <> '' AND e.kind = 'moved')))
"""
# Of somebody who lives only what can still be decreed; of somebody who died all up to the month of death.
WITHOUT_PAYER = f"""
SELECT count(DISTINCT x.month), min(x.month), max(x.month)
FROM cover_monthgivenback x JOIN registry_worker w ON w.id = x.worker_id
WHERE x.worker_id = %(worker)s AND w.status <> 'merged' AND {OWED}
  AND (x.cause = 'died' AND w.died_on IS NOT NULL OR w.died_on IS NULL AND x.month >= %(now)s)
  AND NOT EXISTS (SELECT 1 FROM cover_workermonth m WHERE m.worker_id = x.worker_id AND m.month = x.month)
"""
ASKED_BACK = f"""
SELECT count(*) FILTER (WHERE x.status = 'requested'), count(*) FILTER (WHERE x.status = 'received')
FROM cover_refund x JOIN registry_worker w ON w.id = x.worker_id
WHERE x.worker_id = %(worker)s AND w.status <> 'merged' AND {OWED}
"""


class LeftOpen(NamedTuple):
    """Months given back that nobody pays, from the first to the last, and refunds of months that are owed."""

    months: int
    first: date | None
    last: date | None
    requested: int
    received: int


def left_open(worker: Worker, *, today: date) -> LeftOpen:
    """What of a worker's cover a person has to see to, because taking an entry back did not."""
    values: dict[str, Any] = {"worker": worker.pk, "now": law.first_of_month(today)}
    with elevated("counts of one worker, whoever pays"), connection.cursor() as cursor:
        cursor.execute(WITHOUT_PAYER, values)
        months = cursor.fetchone()
        cursor.execute(ASKED_BACK, values)
        return LeftOpen(*months, *cursor.fetchone())
