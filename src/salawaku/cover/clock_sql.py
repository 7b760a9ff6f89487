"""The cover clock of every worker as one SQL statement: the same rules as `salawaku.law.cover_clock`.

A test compares both on random ledgers. Months are counted as integers since year 0, which PostgreSQL compares
faster than dates. `clock` has one row per worker who was covered before: worker_id, started, last_paid,
membership_end, status, days_to_lapse, full_from.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from salawaku import law

MONTH = "make_date(({0}) / 12, ({0}) %% 12 + 1, 1)"

CLOCK = f"""
clock AS (
    SELECT worker_id, started, last_paid, {MONTH.format("last_paid + %(grace)s + 1")} AS membership_end,
           {MONTH.format("started + %(waiting)s")} AS full_from,
           CASE WHEN last_paid >= %(now)s THEN 'active' WHEN last_paid + %(grace)s >= %(now)s THEN 'in_grace'
                ELSE 'ended' END AS status,
           {MONTH.format("last_paid + %(grace)s + 1")} - %(today)s::date AS days_to_lapse
    FROM (
        SELECT worker_id,
               max(m) FILTER (WHERE m <= %(now)s AND (before IS NULL OR m - before > %(grace)s)) AS started,
               CASE WHEN max(m) FILTER (WHERE m <= %(now)s) = %(now)s
                    THEN min(m) FILTER (WHERE m >= %(now)s AND (after IS NULL OR after > m + 1))
                    ELSE max(m) FILTER (WHERE m <= %(now)s) END AS last_paid
        FROM (
            SELECT worker_id, m, lag(m) OVER months AS before, lead(m) OVER months AS after
            FROM (SELECT worker_id, month_index AS m FROM cover_workermonth
                  WHERE status = 'paid' {{only}}) paid
            WINDOW months AS (PARTITION BY worker_id ORDER BY m)
        ) steps
        GROUP BY worker_id
    ) ends
    WHERE last_paid IS NOT NULL
)
"""


def clock_sql(only: str = "") -> str:
    """The common table expression `clock`; `only` is a further condition on cover_workermonth."""
    return CLOCK.format(only=only)


def clock_values(today: date) -> dict[str, Any]:
    """The values that `clock` needs. OutsideValidityError for a day on which the rules are not known."""
    rules = law.MembershipRules.on(law.law_now(), today)
    return {"today": today, "now": law.month_index(today), "grace": rules.grace, "waiting": rules.waiting}
