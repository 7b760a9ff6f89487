"""Which sponsor carries whom, month by month, by SQL over all workers of a purse at once.

Workers stand in line by need: whose membership lapses soonest, the lower welfare decile (unknown last), the higher
risk, the earlier proposal, the lower id. Places of pledges stand in line by the day of signing and the id. In each
month, those in line meet

1. by the wish for a worker, 2. by the tie: whoever carried the worker in the nearest month carries him on,
3. by the wish for a village, 4. by need alone.

Each step pairs the first in line with the first place, the second with the second and so on, separately for each
wish, tie or village: the steps differ in the key that worker and place must share. Same data, same pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.backends.utils import CursorWrapper

from salawaku.cover.clock_sql import clock_sql, clock_values

WANT = """
CREATE TEMPORARY TABLE want ON COMMIT DROP AS
SELECT m.worker_id, m.month, m.village_code
FROM cover_workermonth m JOIN registry_worker w ON w.id = m.worker_id AND w.status = 'living'
WHERE m.purse_id = %(purse)s AND m.month >= %(first)s
  AND (%(only)s::bigint[] IS NULL OR m.worker_id = ANY(%(only)s::bigint[]))
  AND NOT EXISTS (SELECT 1 FROM sponsors_sponsoredmonth s WHERE s.worker_id = m.worker_id AND s.month = m.month)
"""
NEED = """
CREATE TEMPORARY TABLE need ON COMMIT DROP AS
WITH {clock}
SELECT w.id AS worker_id, row_number() OVER (
           ORDER BY CASE WHEN c.days_to_lapse > 0 THEN c.days_to_lapse END NULLS LAST,
                    w.welfare_decile NULLS LAST, coalesce(o.risk, 0) DESC, w.proposed_on, w.id) AS turn
FROM registry_worker w
LEFT JOIN clock c ON c.worker_id = w.id
LEFT JOIN registry_occupation o ON o.code = w.occupation_id
WHERE w.id IN (SELECT worker_id FROM want)
"""
PLACE = """
CREATE TEMPORARY TABLE place ON COMMIT DROP AS
SELECT p.id AS pledge_id, p.signed_on, p.wish_worker_id, p.wish_village, months.month::date AS month, place.number
FROM sponsors_pledge p
CROSS JOIN LATERAL generate_series(
    greatest(p.first_month, %(first)s::date)::timestamp,
    least(p.last_month::timestamp, p.ended_from::timestamp - interval '1 month'), interval '1 month') months (month)
LEFT JOIN (SELECT pledge_id, month, count(*)::int AS n FROM sponsors_sponsoredmonth WHERE month >= %(first)s
           GROUP BY pledge_id, month) used ON used.pledge_id = p.id AND used.month = months.month
CROSS JOIN LATERAL generate_series(1, p.workers - coalesce(used.n, 0)) place (number)
WHERE p.purse_id = %(purse)s AND p.status = 'accepted'
"""
GIVEN = """
CREATE TEMPORARY TABLE given (worker_id bigint, month date, pledge_id bigint, how text) ON COMMIT DROP
"""
TIES = """
DROP TABLE IF EXISTS pg_temp.tie;
CREATE TEMPORARY TABLE tie ON COMMIT DROP AS
SELECT DISTINCT ON (worker_id) worker_id, pledge_id
FROM (SELECT worker_id, month, pledge_id FROM sponsors_sponsoredmonth
      WHERE worker_id IN (SELECT worker_id FROM want WHERE month = %(month)s)
      UNION ALL SELECT worker_id, month, pledge_id FROM given) carried
ORDER BY worker_id, abs(month - %(month)s::date), month, pledge_id
"""
STEPS = (
    ("wish", "t.worker_id", "wish_worker_id"),
    ("tie", "tie.pledge_id", "pledge_id"),
    ("village", "t.village_code", "nullif(wish_village, '')"),
    ("need", "0", "0"),
)
PAIR = """
WITH line AS (
    SELECT t.worker_id, {worker} AS key, row_number() OVER (PARTITION BY {worker} ORDER BY n.turn) AS turn
    FROM want t JOIN need n ON n.worker_id = t.worker_id LEFT JOIN tie ON tie.worker_id = t.worker_id
    WHERE t.month = %(month)s
), places AS (
    SELECT pledge_id, number, {place} AS key,
           row_number() OVER (PARTITION BY {place} ORDER BY signed_on, pledge_id, number) AS turn
    FROM place WHERE month = %(month)s
), pairs AS (
    SELECT line.worker_id, places.pledge_id, places.number
    FROM line JOIN places ON places.key = line.key AND places.turn = line.turn
), served AS (
    DELETE FROM want USING pairs WHERE want.month = %(month)s AND want.worker_id = pairs.worker_id
), filled AS (
    DELETE FROM place USING pairs
    WHERE place.month = %(month)s AND place.pledge_id = pairs.pledge_id AND place.number = pairs.number
)
INSERT INTO given SELECT worker_id, %(month)s, pledge_id, %(how)s FROM pairs
"""
KEEP = """
INSERT INTO sponsors_sponsoredmonth (month, worker_id, pledge_id, village_code, agency_code)
SELECT g.month, g.worker_id, g.pledge_id, p.village_code, p.agency_code
FROM given g JOIN sponsors_pledge p ON p.id = g.pledge_id ORDER BY g.month, g.worker_id
"""
HASH = """
SELECT coalesce(encode(sha256(string_agg(format('%%s %%s %%s', month, worker_id, pledge_id), ','
                                         ORDER BY month, worker_id)::bytea), 'hex'), '') FROM given
"""
COUNT = """
SELECT (SELECT count(DISTINCT worker_id) FROM given), (SELECT count(*) FROM given),
       (SELECT count(DISTINCT worker_id) FROM want), (SELECT count(*) FROM want), (SELECT count(*) FROM place)
"""


def pair_up(cursor: CursorWrapper, *, purse_id: int, first: date, today: date, only: Sequence[int] | None) -> None:
    """Leave the pairs in the temporary table `given`, who found nobody in `want`, what is free in `place`.

    Looks at all workers whatever the scope: call it elevated, in a transaction. `only` are the ids of the workers to
    be matched, None for all. OutsideValidityError for a day on which the rules of membership are not known.
    """
    values: dict[str, Any] = {"purse": purse_id, "first": first, "only": only}
    cursor.execute("DROP TABLE IF EXISTS pg_temp.want, pg_temp.need, pg_temp.place, pg_temp.given, pg_temp.tie")
    cursor.execute(WANT, values)
    clock = clock_sql("AND worker_id IN (SELECT worker_id FROM want)")
    cursor.execute(NEED.format(clock=clock), clock_values(today))
    cursor.execute(PLACE, values)
    cursor.execute(GIVEN)
    cursor.execute("ANALYZE want, need, place")
    cursor.execute("SELECT DISTINCT month FROM want ORDER BY month")
    for (month,) in cursor.fetchall():
        cursor.execute(TIES, {"month": month})
        for how, worker, place in STEPS:
            cursor.execute(PAIR.format(worker=worker, place=place), {"month": month, "how": how})
