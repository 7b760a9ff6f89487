"""The waterfall: a plan that officials can follow, made by SQL over all workers of a region at once.

1. Every worker gets the first reason against him, if there is one (criteria.py).
2. The others stand in line: continuing participants first, then the lower welfare decile (unknown last), the
   higher risk, the earlier proposal, the lower id.
3. In each village as many as it has seats stay; the rest is the waiting list.
4. Purse by purse, in order of priority: whoever it may pay for, in line, for all months of the purse, until it holds
   no whole worker more.
5. What is left in a purse then goes to the next in line whom it pays for the purse's minimum of months or more, for
   as many months as it pays, until it can buy nobody the minimum.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from salawaku import law
from salawaku.programmes import ledger
from salawaku.programmes.criteria import Criteria
from salawaku.programmes.eligibility import FITS, WORK
from salawaku.programmes.models import Allocation, AllocationLine, Programme
from salawaku.programmes.prices import Offer

IN_LINE = "continuing DESC, welfare_decile NULLS LAST, risk DESC, proposed_on, worker_id"

CANDIDATES = """
CREATE TEMPORARY TABLE candidate ON COMMIT DROP AS
SELECT w.id AS worker_id, w.village_code, w.agency_code, r.kind AS village_kind, w.occupation_id,
       coalesce(o.transport, false) AS transport, coalesce(o.risk, 0) AS risk, w.welfare_decile, w.proposed_on,
       coalesce(l.continuing, false) AS continuing, coalesce(l.ours, false) AS ours,
       CASE WHEN w.status = 'died' THEN 'died' WHEN l.covered THEN 'already_covered' {failures} END AS reason
FROM registry_worker w
LEFT JOIN registry_occupation o ON o.code = w.occupation_id
LEFT JOIN regions_region r ON r.code = w.village_code
LEFT JOIN (
    SELECT worker_id, bool_or(month < %(first)s) AS continuing, bool_or(month >= %(first)s) AS covered,
           bool_or(month >= %(first)s AND programme_id = %(programme)s) AS ours
    FROM {ledger} WHERE month >= %(continues_since)s AND month <= %(last)s GROUP BY worker_id
) l ON l.worker_id = w.id
WHERE w.village_code LIKE %(region)s AND w.status <> 'merged'
"""

PLAN = f"""
CREATE TEMPORARY TABLE plan ON COMMIT DROP AS
WITH seats AS (
    SELECT q.village_code, q.seats - count(c.worker_id) AS free
    FROM programmes_quota q LEFT JOIN candidate c ON c.village_code = q.village_code AND c.ours
    WHERE q.programme_id = %(programme)s GROUP BY q.village_code, q.seats
), line AS (
    SELECT worker_id, row_number() OVER (ORDER BY {IN_LINE}) AS rank,
           row_number() OVER (PARTITION BY village_code ORDER BY {IN_LINE}) AS seat
    FROM candidate WHERE reason IS NULL
)
SELECT c.worker_id, c.village_code, c.agency_code, c.village_kind, {WORK} AS work, c.transport,
       c.continuing, line.rank,
       CASE WHEN c.reason IS NOT NULL THEN c.reason
            WHEN (SELECT count(*) FROM seats) > 0 AND line.seat > coalesce(seats.free, 0) THEN 'over_quota'
       END AS reason,
       NULL::bigint AS purse_id, NULL::date AS first_month, 0 AS months, 0::bigint AS amount
FROM candidate c
LEFT JOIN line ON line.worker_id = c.worker_id
LEFT JOIN seats ON seats.village_code = c.village_code
"""

# Months are cut at the end, never at the beginning, so that nobody waits longer for cover than the purse does.
CHOSEN = """
purse_id = %(purse)s, first_month = %(first_month)s,
reason = CASE WHEN plan.continuing THEN 'chosen_continuing' ELSE 'chosen_quota' END
"""
POUR = f"""
WITH poured AS (
    UPDATE plan SET months = %(months)s, amount = poured.cost, {CHOSEN}
    FROM (
        SELECT worker_id, cost, sum(cost) OVER (ORDER BY rank) AS spent
        FROM (
            SELECT p.worker_id, p.rank, CASE WHEN p.transport THEN %(transport)s ELSE %(other)s END::bigint AS cost
            FROM plan p JOIN programmes_purse u ON u.id = %(purse)s
            WHERE p.reason IS NULL AND {FITS.format(plan="p", purse="u")}
        ) waiting
    ) poured
    WHERE poured.worker_id = plan.worker_id AND poured.spent <= %(left)s
    RETURNING plan.amount
)
SELECT coalesce(sum(amount), 0) FROM poured
"""
POUR_THE_REST = f"""
WITH poured AS (
    UPDATE plan SET months = next.months, amount = next.cost, {CHOSEN}
    FROM (
        SELECT p.worker_id, option.months, option.cost
        FROM plan p JOIN programmes_purse u ON u.id = %(purse)s
        JOIN unnest(%(sectors)s::boolean[], %(options)s::int[], %(costs)s::bigint[])
             AS option (transport, months, cost) ON option.transport = p.transport AND option.cost <= %(left)s
        WHERE p.reason IS NULL AND {FITS.format(plan="p", purse="u")}
        ORDER BY p.rank, option.months DESC LIMIT 1
    ) next
    WHERE next.worker_id = plan.worker_id
    RETURNING plan.amount
)
SELECT coalesce(sum(amount), 0) FROM poured
"""
LEFT_OUT = f"""
UPDATE plan SET reason = CASE WHEN EXISTS (
    SELECT 1 FROM programmes_purse u WHERE u.id = ANY(%(purses)s) AND {FITS.format(plan="plan", purse="u")}
) THEN 'purse_empty' ELSE 'no_purse' END
WHERE reason IS NULL
"""
BY_PURSE = """
SELECT purse_id, count(*), sum(months), sum(amount) FROM plan WHERE purse_id IS NOT NULL GROUP BY purse_id
"""
HASH = """
SELECT encode(sha256(convert_to(coalesce(string_agg(line, E'\n' ORDER BY worker_id), ''), 'UTF8')), 'hex')
FROM (SELECT worker_id, concat_ws('|', worker_id, purse_id, first_month, months, amount, reason) AS line
      FROM plan) lines
"""
KEEP = f"""
INSERT INTO {AllocationLine._meta.db_table}
       (allocation_id, worker_id, village_code, agency_code, purse_id, first_month, months, amount, transport, rank,
        chosen, reason)
SELECT %(allocation)s, worker_id, village_code, agency_code, purse_id, first_month, months, amount, transport, rank,
       purse_id IS NOT NULL, reason
FROM plan ORDER BY purse_id IS NULL, rank NULLS LAST, worker_id  -- so that pages by id show the line
"""


def pour(
    cursor: CursorWrapper, *, programme: Programme, criteria: Criteria, first: date, offers: list[Offer]
) -> None:
    """Make the temporary table `plan` for the months from `first` to the programme's end."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.candidate, pg_temp.plan")
    _candidates(cursor, programme, criteria, first)
    cursor.execute(PLAN, {"programme": programme.pk})
    cursor.execute("ANALYZE plan")
    for offer in offers:
        _pour_one(cursor, offer)
    cursor.execute(LEFT_OUT, {"purses": [offer.purse.pk for offer in offers]})


def _pour_one(cursor: CursorWrapper, offer: Offer) -> None:
    """All months for whole workers in line, then what is left to those whom it buys the minimum."""
    sectors, options, costs = (list(column) for column in zip(*_choices(offer), strict=True))
    values: dict[str, Any] = {
        "purse": offer.purse.pk,
        "first_month": offer.first_month,
        "months": offer.months,
        "transport": offer.costs(transport=True)[-1],
        "other": offer.costs(transport=False)[-1],
        "sectors": sectors,
        "options": options,
        "costs": costs,
    }
    left = offer.purse.left
    left -= _taken(cursor, POUR, values | {"left": left})
    while left >= min(costs) and (taken := _taken(cursor, POUR_THE_REST, values | {"left": left})):
        left -= taken


def _choices(offer: Offer) -> list[tuple[bool, int, int]]:
    """Sector, number of months from the minimum on, and what they cost."""
    return [
        (transport, months, cost)
        for transport in (True, False)
        for months, cost in enumerate(offer.costs(transport=transport), 1)
        if months >= offer.least
    ]


def _taken(cursor: CursorWrapper, statement: str, values: dict[str, Any]) -> int:
    cursor.execute(statement, values)
    return int(cursor.fetchone()[0])


def _candidates(cursor: CursorWrapper, programme: Programme, criteria: Criteria, first: date) -> None:
    failures = criteria.failures(first)
    parameters: dict[str, Any] = {
        "programme": programme.pk,
        "region": f"{programme.region_code}%",
        "first": first,
        "last": programme.last_month,
        "continues_since": law.add_months(first, -law.MembershipRules.on(law.law_now(), first).grace),
    }
    for _reason, _condition, values in failures:
        parameters |= values
    cases = " ".join(f"WHEN {condition} THEN '{reason}'" for reason, condition, _values in failures)
    cursor.execute(CANDIDATES.format(failures=cases, ledger=ledger.current().table), parameters)


def by_purse() -> dict[int, tuple[int, int, int]]:
    """Workers, worker-months and rupiah per purse of the plan made last."""
    with connection.cursor() as cursor:
        cursor.execute(BY_PURSE)
        return {purse: (workers, months, int(amount)) for purse, workers, months, amount in cursor.fetchall()}


def reasons() -> dict[str, int]:
    """How many workers have which reason in the plan made last."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason, count(*) FROM plan GROUP BY reason ORDER BY reason")
        return dict(cursor.fetchall())


def plan_hash() -> str:
    """The hash of the plan made last: the same input gives the same plan."""
    with connection.cursor() as cursor:
        cursor.execute(HASH)
        return str(cursor.fetchone()[0])


def keep(allocation: Allocation) -> None:
    """Write the plan made last as the lines of `allocation`."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP, {"allocation": allocation.pk})
