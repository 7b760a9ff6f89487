"""The waterfall: a plan that officials can follow, made for all workers of a region at once.

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
from typing import Any, NamedTuple

import numpy as np
from django.db import connection
from django.db.backends.utils import CursorWrapper

from salawaku import law
from salawaku.programmes import ledger
from salawaku.programmes.criteria import NO_FAMILY_CARD, Criteria
from salawaku.programmes.eligibility import FITS, WORK
from salawaku.programmes.models import Allocation, AllocationLine, Programme
from salawaku.programmes.prices import Offer
from salawaku.registry.declared import LATEST
from salawaku.registry.endings import has_ended
from salawaku.simulation.allocation import NO_PURSE, Line, Poured, Purse, line_of, pouring
from salawaku.simulation.allocation.problem import Numbers

# Whoever earns a wage or is insured elsewhere from a month of the plan on is not chosen for the earlier ones either.
AID_ENDED = " ".join(
    f"WHEN {has_ended('w.id', by='%(last)s', kind=kind)} THEN '{reason}'"
    for kind, reason in (("employed", "employed"), ("elsewhere", "covered_elsewhere"), ("moved", "moved_out"))
)
IN_LINE = "continuing DESC, urgency, welfare_decile NULLS LAST, risk DESC, proposed_on, worker_id"

CANDIDATES = """
CREATE TEMPORARY TABLE candidate ON COMMIT DROP AS
SELECT w.id AS worker_id, w.village_code, w.agency_code, r.kind AS village_kind, w.occupation_id,
       coalesce(o.transport, false) AS transport, coalesce(o.risk, 0) AS risk, w.welfare_decile, w.proposed_on,
       {urgency} AS urgency, coalesce(l.continuing, false) AS continuing, coalesce(l.ours, false) AS ours,
       w.family_card, d.id AS declaration_id,
       CASE WHEN w.status = 'died' THEN 'died' {ended} WHEN l.covered THEN 'already_covered' {failures} END AS reason
FROM registry_worker w {join}
LEFT JOIN registry_occupation o ON o.code = w.occupation_id
LEFT JOIN regions_region r ON r.code = w.village_code
LEFT JOIN ({declarations}) d ON d.worker_id = w.id
LEFT JOIN (
    SELECT worker_id, bool_or(month < %(first)s) AS continuing, bool_or(month >= %(first)s) AS covered,
           bool_or(month >= %(first)s AND programme_id = %(programme)s) AS ours
    FROM {ledger} WHERE month >= %(continues_since)s AND month <= %(last)s GROUP BY worker_id
) l ON l.worker_id = w.id
WHERE w.village_code LIKE %(region)s AND w.status <> 'merged'
"""

# The seat of a family goes to whoever is covered by the programme already, else to the first of it in line.
ONE_PER_FAMILY = f"""
UPDATE candidate SET reason = 'family_taken'
FROM (
    SELECT w.worker_id, row_number() OVER (PARTITION BY w.family_card ORDER BY ours DESC, {IN_LINE}) AS place
    FROM candidate w
    WHERE (reason IS NULL OR (reason = 'already_covered' AND ours)) AND NOT {NO_FAMILY_CARD}
) family
WHERE family.worker_id = candidate.worker_id AND family.place > 1 AND candidate.reason IS NULL
"""

LINE = f"""
CREATE TEMPORARY TABLE line ON COMMIT DROP AS
WITH seats AS (
    SELECT q.village_code, q.seats - count(c.worker_id) AS free
    FROM programmes_quota q LEFT JOIN candidate c ON c.village_code = q.village_code AND c.ours
    WHERE q.programme_id = %(programme)s GROUP BY q.village_code, q.seats
), ranked AS (
    SELECT worker_id, row_number() OVER (ORDER BY {IN_LINE}) AS rank,
           row_number() OVER (PARTITION BY village_code ORDER BY {IN_LINE}) AS seat
    FROM candidate WHERE reason IS NULL
)
SELECT c.*, {WORK} AS work, ranked.rank, ranked.seat,
       CASE WHEN (SELECT count(*) FROM seats) > 0 AND ranked.seat > coalesce(seats.free, 0) THEN 'over_quota'
       END AS no_seat
FROM candidate c
LEFT JOIN ranked ON ranked.worker_id = c.worker_id
LEFT JOIN seats ON seats.village_code = c.village_code
"""

# All workers alike in what a purse asks for are one class; a class is known by these columns.
FITS_ASKS = "village_code, village_kind, work"
# The ranks of a class come as four bytes each: seventy thousand rows would take longer to fetch than to pour.
CLASSES = f"""
SELECT kind.transport, kind.ranks,
       (SELECT string_agg(CASE WHEN {FITS.format(plan="kind", purse="u")} THEN '1' ELSE '0' END, '' ORDER BY o.turn)
        FROM unnest(%(purses)s::bigint[]) WITH ORDINALITY AS o (id, turn) JOIN programmes_purse u ON u.id = o.id)
FROM (
    SELECT {FITS_ASKS}, transport, string_agg(int4send(rank::int), '') AS ranks
    FROM line WHERE rank IS NOT NULL AND no_seat IS NULL GROUP BY {FITS_ASKS}, transport
) kind
"""
POURED = """
CREATE TEMPORARY TABLE poured (rank bigint, purse_id bigint, first_month date, months int, amount bigint,
                               reason varchar(30)) ON COMMIT DROP
"""
PLAN = """
CREATE TEMPORARY TABLE plan ON COMMIT DROP AS
SELECT line.worker_id, line.village_code, line.agency_code, line.village_kind, line.work, line.transport,
       line.continuing, line.rank,
       CASE WHEN poured.purse_id IS NOT NULL AND line.continuing THEN 'chosen_continuing'
            WHEN poured.purse_id IS NOT NULL THEN 'chosen_quota'
            ELSE coalesce(line.reason, line.no_seat, poured.reason) END AS reason,
       poured.purse_id, poured.first_month, coalesce(poured.months, 0) AS months,
       coalesce(poured.amount, 0) AS amount
FROM line LEFT JOIN poured ON poured.rank = line.rank
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
        chosen, reason, declaration_id)
SELECT %(allocation)s, worker_id, village_code, agency_code, purse_id, first_month, months, amount, transport, rank,
       purse_id IS NOT NULL, reason, declaration_id
FROM plan LEFT JOIN (SELECT worker_id, declaration_id FROM candidate) declared USING (worker_id)
ORDER BY purse_id IS NULL, rank NULLS LAST, worker_id  -- so that pages by id show the line
"""


class Restriction(NamedTuple):
    """Only some workers: a join on worker `w`, and how urgent each is (an SQL number; the lowest stands first)."""

    join: str = ""
    urgency: str = "0"


EVERYBODY = Restriction()


def pour(
    cursor: CursorWrapper,
    *,
    programme: Programme,
    criteria: Criteria,
    first: date,
    offers: list[Offer],
    last: date | None = None,
    only: Restriction = EVERYBODY,
) -> None:
    """Make the temporary table `plan` for the months from `first` to `last`, else to the programme's end."""
    stand_in_line(cursor, programme=programme, criteria=criteria, first=first, last=last, only=only)
    ranks, line = _line(cursor, offers)
    poured = pouring.pour([as_purse(offer) for offer in offers], line)
    cursor.execute(POURED)
    with cursor.copy("COPY poured FROM STDIN") as copy:
        copy.write(_rows(ranks, line, poured, offers))
    cursor.execute(PLAN)


def stand_in_line(
    cursor: CursorWrapper,
    *,
    programme: Programme,
    criteria: Criteria,
    first: date,
    within: str = "",
    last: date | None = None,
    only: Restriction = EVERYBODY,
) -> None:
    """Make the temporary table `line`: everybody with the reason against him, or his place and whether it has a seat.

    `within` leaves all villages out but those whose code begins so; `seat` counts within a village, `rank` in all.
    """
    cursor.execute("DROP TABLE IF EXISTS pg_temp.line, pg_temp.poured, pg_temp.plan")
    candidates(cursor, programme=programme, criteria=criteria, first=first, within=within, last=last, only=only)
    cursor.execute(LINE, {"programme": programme.pk})


def as_purse(offer: Offer, *, is_local: bool = False) -> Purse:
    """A purse as the engine sees it."""
    prices = (offer.prices_other, offer.prices_transport)
    return Purse(offer.purse.left, law.month_index(offer.first_month), offer.purse.minimum_months, prices, is_local)


def _line(cursor: CursorWrapper, offers: list[Offer]) -> tuple[Numbers, Line]:
    """The ranks of those with a seat, in order, and their line as the engine reads it."""
    cursor.execute(CLASSES, {"purses": [offer.purse.pk for offer in offers]})
    classes = cursor.fetchall()
    ranks = [np.frombuffer(ranks, ">i4").astype(np.int64) for _transport, ranks, _fits in classes]
    reach = [[fit == "1" for fit in fits or ""] for _transport, _ranks, fits in classes]
    sector = np.array([int(transport) for transport, _ranks, _fits in classes], np.int64)
    return line_of(ranks, sector, np.array(reach, bool).reshape(len(classes), len(offers)))


def _rows(ranks: Numbers, line: Line, poured: Poured, offers: list[Offer]) -> str:
    """The rows of `poured` as COPY reads them; most workers get one of a few things, so each is written once."""
    heads = [f"\t{offer.purse.pk}\t{offer.first_month}\t" for offer in offers]
    reached = np.any(line.reach, axis=1, keepdims=True)[line.class_, 0]
    nothing = {True: "\t\\N\t\\N\t0\t0\tpurse_empty\n", False: "\t\\N\t\\N\t0\t0\tno_purse\n"}
    columns = (column.tolist() for column in (ranks, *poured, reached))
    return "".join(
        f"{rank}{nothing[reach]}" if purse == NO_PURSE else f"{rank}{heads[purse]}{months}\t{amount}\t\\N\n"
        for rank, purse, months, amount, reach in zip(*columns, strict=True)
    )


def candidates(
    cursor: CursorWrapper,
    *,
    programme: Programme,
    criteria: Criteria,
    first: date,
    within: str = "",
    last: date | None = None,
    only: Restriction = EVERYBODY,
) -> None:
    """Make the temporary table `candidate`: each worker of the region with the reason against him."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.candidate")
    failures = criteria.failures(first)
    parameters: dict[str, Any] = {
        "programme": programme.pk,
        "region": f"{within or programme.region_code}%",
        "first": first,
        "last": last or programme.last_month,
        "continues_since": law.add_months(first, -law.MembershipRules.on(law.law_now(), first).grace),
    }
    for _reason, _condition, values in failures:
        parameters |= values
    cases = " ".join(f"WHEN {condition} THEN '{reason}'" for reason, condition, _values in failures)
    statement = CANDIDATES.format(
        failures=cases, ledger=ledger.current().table, declarations=LATEST, ended=AID_ENDED, **only._asdict()
    )
    cursor.execute(statement, parameters)
    if criteria.one_per_family:
        cursor.execute(ONE_PER_FAMILY)


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
