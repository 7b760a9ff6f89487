"""Decreed months given back to their purse: the one statement that every closing of cover uses.

A month that is billed or paid is never given back here; it is counted for a refund. A closed month stays as it was
closed, and the month in which a worker died keeps its cover.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper

from salawaku.accounts.scoping import elevated

# Which months: conditions over `m` (cover_workermonth), `g` (its programme) and `p` (its purse).
OF_WORKER = "m.worker_id = %(worker)s AND m.month >= %(first)s"
FITS_VILLAGE = """(
    %(village)s ^@ g.region_code AND (p.regions = '{}' OR %(village)s ^@ ANY(p.regions))
    AND (p.village_kinds = '{}' OR (SELECT kind FROM regions_region WHERE code = %(village)s) = ANY(p.village_kinds))
)"""
OF_WORKER_MOVED = f"{OF_WORKER} AND NOT {FITS_VILLAGE}"
OF_PURSE = """m.purse_id = %(purse)s AND m.month >= %(first)s
AND (%(workers)s::bigint[] IS NULL OR m.worker_id = ANY(%(workers)s))"""

OPEN = """
FROM cover_workermonth m
JOIN programmes_purse p ON p.id = m.purse_id
JOIN programmes_programme g ON g.id = m.programme_id
JOIN registry_worker w ON w.id = m.worker_id
WHERE {which} AND (w.died_on IS NULL OR m.month > w.died_on)
"""
# Purses before months, as the bill run takes them, so that neither waits for the other for ever.
LOCK = f"""
SELECT id FROM programmes_purse
WHERE id IN (SELECT m.purse_id {OPEN} AND m.status = 'decreed') ORDER BY id FOR UPDATE
"""
GIVE_BACK = f"""
WITH chosen AS (
    SELECT m.month, m.worker_id, m.insurance {OPEN} AND m.status = 'decreed'
       AND NOT cover_is_closed(m.month, m.village_code)
), gone AS (
    DELETE FROM cover_workermonth m USING chosen c
    WHERE (m.month, m.worker_id, m.insurance) = (c.month, c.worker_id, c.insurance) AND m.status = 'decreed'
    RETURNING m.worker_id, m.month, m.programme_id, m.purse_id, m.amount, m.village_code, m.agency_code
), kept AS (
    INSERT INTO cover_monthgivenback (worker_id, month, programme_id, purse_id, amount, village_code, agency_code,
                                      cause, event_id, by_id)
    SELECT worker_id, month, programme_id, purse_id, amount, village_code, agency_code, %(cause)s, %(event)s, %(by)s
    FROM gone
), freed AS (SELECT purse_id, sum(amount) AS amount, count(*) AS months FROM gone GROUP BY purse_id),
given_back AS (
    UPDATE programmes_purse p SET committed = committed - freed.amount FROM freed WHERE p.id = freed.purse_id
    RETURNING freed.months, freed.amount
)
SELECT coalesce(sum(g.months), 0)::int, coalesce(sum(g.amount), 0)::bigint,
       (SELECT count(DISTINCT worker_id) FROM gone)
FROM given_back g
"""
COUNT = f"""
SELECT count(*) FILTER (WHERE m.status = 'decreed'),
       coalesce(sum(m.amount) FILTER (WHERE m.status = 'decreed'), 0)::bigint,
       count(DISTINCT m.worker_id) FILTER (WHERE m.status = 'decreed'),
       count(*) FILTER (WHERE m.status <> 'decreed'),
       count(*) FILTER (WHERE m.status = 'decreed' AND cover_is_closed(m.month, m.village_code))
{OPEN}
"""


class GivenBack(NamedTuple):
    """Months, rupiah and workers that a purse has back."""

    months: int
    amount: int
    workers: int


class Standing(NamedTuple):
    """What would be given back, what is billed or paid already, and how much of it lies in closed months."""

    months: int
    amount: int
    workers: int
    billed: int
    closed: int


def give_back(
    which: str, values: dict[str, Any], *, cause: str, by: int | None, event: int | None = None
) -> GivenBack:
    """Take the decreed months that `which` names out of the ledger, with their money back to the purses.

    Only inside a transaction; the caller writes the audit event.
    """
    values = values | {"cause": cause, "by": by, "event": event}
    with elevated("closing cover reaches all months, whoever pays them"), connection.cursor() as cursor:
        cursor.execute(LOCK.format(which=which), values)
        cursor.execute(GIVE_BACK.format(which=which), values)
        return GivenBack(*cursor.fetchone())


def standing(which: str, values: dict[str, Any]) -> Standing:
    """Count the months that `which` names, beyond the reader's scope: numbers only."""
    with elevated("a preview counts all months it would change"), connection.cursor() as cursor:
        return _standing(cursor, which, values)


def _standing(cursor: CursorWrapper, which: str, values: dict[str, Any]) -> Standing:
    cursor.execute(COUNT.format(which=which), values)
    return Standing(*cursor.fetchone())


def months_not_owed(which: str, values: dict[str, Any]) -> int:
    """How many months that `which` names are billed or paid though they are not owed: those a refund is asked for.

    The one place where every closing of cover (death, wage, move, cover elsewhere) meets the refunds.
    """
    return standing(which, values).billed
