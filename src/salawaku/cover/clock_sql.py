"""The cover clock of every worker as one SQL statement: the same rules as `salawaku.law.cover_clock`.

A test compares both on random ledgers. `clock` has one row per worker who was covered before: worker_id, started,
last_paid, membership_end, status, days_to_lapse, full_from; months are numbers since year 0, which PostgreSQL
compares faster than dates. Further the last day of cover (cover_end), the months contributed to the membership, and
how many months are missing until JKM pays in full and until its scholarship, if every month is paid.

One pass over the ledger gathers the paid months of a worker as bits, the newest first, such as 0011101: the last paid
month is the first 1, the membership begins with the first 1 that is followed by as many 0 as the grace has months.
Sorting and window functions over 24 million months take twice as long. The bits reach from AHEAD months after today
to thirteen years before it; nobody prepays longer, and a membership without a gap for longer counts from there.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from salawaku import law

MONTH = "make_date(({0}) / 12, ({0}) %% 12 + 1, 1)"
BITS, WORDS, AHEAD = 63, 3, 24  # a bigint has 63 bits beside its sign
NEWEST = "(%(now)s + {ahead} - {before})"

TEMPLATE = """
clock AS (
    SELECT worker_id, started, last_paid, {membership_end} AS membership_end, {full_from} AS full_from,
           CASE WHEN last_paid >= %(now)s THEN 'active' WHEN last_paid + %(grace)s >= %(now)s THEN 'in_grace'
                ELSE 'ended' END AS status,
           {membership_end} - %(today)s::date AS days_to_lapse,
           {cover_end} - 1 AS cover_end,
           greatest(started + %(waiting)s - %(now)s, 0) AS months_to_full,
           bit_count(substring(begun FOR %(now)s + 1 - started))::int AS contributed,
           greatest(%(scholarship)s - bit_count(substring(begun FOR %(now)s + 1 - started))::int, 0)
               AS months_to_scholarship
    FROM (
        SELECT worker_id, begun, %(now)s + 1 - position(%(alone)s::varbit IN begun || %(unpaid)s::varbit) AS started,
               %(now)s + CASE WHEN last > 1 THEN 1 - last
                              ELSE position('0' IN reverse(ahead::text) || '0') - 1 END AS last_paid
        FROM (
            SELECT worker_id, begun, ahead, position(B'1' IN begun) AS last
            FROM (
                SELECT worker_id, substring(months FROM {ahead} + 1) AS begun, substring(months FOR {ahead}) AS ahead
                FROM (SELECT worker_id, {bits} AS months
                      FROM (SELECT worker_id, {words} FROM cover_workermonth WHERE status = 'paid' {only}
                            GROUP BY worker_id) words
                      OFFSET 0) bits  -- or each use of the bits would build them anew
            ) sides
        ) ends
        WHERE last > 0
    ) places
)
"""


def _word(place: int) -> str:
    """The bits of one word: its newest month is the highest."""
    newest = NEWEST.format(ahead=AHEAD, before=BITS * place)
    within = f"month_index BETWEEN {newest} - {BITS - 1} AND {newest}"
    return (
        f"coalesce(bit_or(1::bigint << ({BITS - 1} - {newest} + month_index)) FILTER (WHERE {within}), 0) AS w{place}"
    )


CLOCK = TEMPLATE.format(
    membership_end=MONTH.format("last_paid + %(grace)s + 1"),
    cover_end=MONTH.format("last_paid + 1"),
    full_from=MONTH.format("started + %(waiting)s"),
    ahead=AHEAD,
    bits=" || ".join(f"substring(w{place}::bit(64) FROM 2)" for place in range(WORDS)),
    words=", ".join(_word(place) for place in range(WORDS)),
    only="{only}",
)


def clock_sql(only: str = "") -> str:
    """The common table expression `clock`; `only` is a further condition on cover_workermonth."""
    return CLOCK.format(only=only)


def clock_values(today: date) -> dict[str, Any]:
    """The values that `clock` needs. OutsideValidityError for a day on which the rules are not known."""
    rules = law.MembershipRules.on(law.law_now(), today)
    return {
        "today": today,
        "now": law.month_index(today),
        "grace": rules.grace,
        "waiting": rules.waiting,
        "scholarship": rules.scholarship,
        "alone": f"1{'0' * rules.grace}",
        "unpaid": "0" * rules.grace,
    }
