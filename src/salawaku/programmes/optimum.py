"""The border to the allocation engine: the plan of the waterfall made again with the most worker-months.

Reads the table `plan` that the waterfall made as groups, has the engine share out the same purses among the same
workers with a seat, and writes the answer into `plan`: one statement ranks the workers of each class as they stand
in line and joins them with the counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, NamedTuple

import numpy as np
from django.db.backends.utils import CursorWrapper

from salawaku.programmes.eligibility import Place, reach
from salawaku.programmes.models import Programme
from salawaku.programmes.prices import Offer
from salawaku.programmes.reasons import UNFUNDED
from salawaku.programmes.waterfall import as_purse
from salawaku.simulation.allocation import Cell, Classes, Groups, Plan, classes_of, optimum

SEATED = "(plan.purse_id IS NOT NULL OR plan.reason = ANY(%(unfunded)s))"
GROUPS = f"""
SELECT plan.village_code, coalesce(plan.village_kind, ''), plan.work, plan.transport::int, plan.continuing::int,
       coalesce(c.welfare_decile, 0), c.risk, count(*)
FROM plan JOIN candidate c USING (worker_id)
WHERE {SEATED} GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
"""
POURED = """
SELECT village_code, coalesce(village_kind, ''), work, transport::int, purse_id, months, count(*)
FROM plan WHERE purse_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
"""
KEY = "concat_ws('|', plan.village_code, plan.work, plan.transport::int)"
SHARE_OUT = f"""
UPDATE plan SET purse_id = given.purse, first_month = given.first_month, months = coalesce(given.months, 0),
       amount = coalesce(given.amount, 0),
       reason = CASE WHEN given.purse IS NOT NULL AND seat.continuing THEN 'chosen_continuing'
                     WHEN given.purse IS NOT NULL THEN 'chosen_quota'
                     WHEN seat.reached THEN 'purse_empty' ELSE 'no_purse' END
FROM (
    SELECT plan.worker_id, plan.continuing, c.class, c.reached,
           row_number() OVER (PARTITION BY c.class ORDER BY plan.rank) AS number
    FROM plan JOIN unnest(%(keys)s::text[], %(classes)s::int[], %(reached)s::boolean[]) AS c (key, class, reached)
      ON c.key = {KEY}  -- one key: of three the planner thinks that hardly any row is left, and loops over all
    WHERE {SEATED}
) seat
LEFT JOIN (
    SELECT class, number, purse, first_month, months, amount  -- a row for each seat, so that it can be hashed
    FROM unnest(%(of)s::int[], %(after)s::bigint[], %(until)s::bigint[], %(purses)s::bigint[], %(firsts)s::date[],
                %(months)s::int[], %(amounts)s::bigint[])
         AS stretch (class, after, until, purse, first_month, months, amount),
         generate_series(stretch.after + 1, stretch.until) AS number
) given ON given.class = seat.class AND given.number = seat.number
WHERE seat.worker_id = plan.worker_id
"""
UNFUNDED_CODES = {"unfunded": list(UNFUNDED)}


class Told(NamedTuple):
    """What the engine says besides the plan: a number of worker-months that none exceeds, what a million buys."""

    bound: int
    million_buys: dict[int, int]


def share_out(cursor: CursorWrapper, *, programme: Programme, offers: list[Offer]) -> Told:
    """Turn the table `plan` of the waterfall into the optimum; never fewer worker-months than it had."""
    cursor.execute("ANALYZE plan")
    purses = [as_purse(offer, is_local=_is_local(offer, programme)) for offer in offers]
    places, fits = reach(cursor, offers)
    classes = classes_of(_groups(cursor, places), fits)
    plan = optimum(purses, classes, _poured(cursor, places, classes, offers))
    if places:
        cursor.execute(SHARE_OUT, UNFUNDED_CODES | _classes(places, classes) | _given(plan, classes, offers))
    return Told(plan.bound, {offer.purse.pk: buys for offer, buys in zip(offers, plan.million_buys, strict=True)})


def _is_local(offer: Offer, programme: Programme) -> bool:
    """Whether the money may be spent in a part of the programme's region only."""
    purse = offer.purse
    return bool(purse.village_kinds) or any(code != programme.region_code for code in purse.regions)


def _groups(cursor: CursorWrapper, places: dict[Place, int]) -> Groups:
    """The workers with a seat counted by what matters, each group with the number of its place."""
    cursor.execute(GROUPS, UNFUNDED_CODES)
    numbers = [(places[Place(*row[:3])], *row[3:]) for row in cursor.fetchall()]
    return Groups(*np.array(numbers, np.int64).reshape(-1, len(Groups._fields)).T)


def _poured(cursor: CursorWrapper, places: dict[Place, int], classes: Classes, offers: list[Offer]) -> list[Cell]:
    """The waterfall's own plan by class, which the engine may better but not fall short of."""
    numbers = {offer.purse.pk: number for number, offer in enumerate(offers)}
    cursor.execute(POURED)
    counted: Counter[tuple[int, int, int]] = Counter()
    for village, kind, work, sector, purse, months, workers in cursor.fetchall():
        class_ = int(classes.of_place[places[Place(village, kind, work)], sector])
        counted[class_, numbers[purse], months] += workers
    return [Cell(*place, workers) for place, workers in counted.items()]


def _classes(places: dict[Place, int], classes: Classes) -> dict[str, Any]:
    """Which class the workers of each place and sector belong to, as columns."""
    reached = [bool(row.any()) for row in classes.reach]
    rows = [
        (f"{place.village_code}|{place.work}|{sector}", int(class_), reached[class_])
        for place, number in places.items()
        for sector, class_ in enumerate(classes.of_place[number])
    ]
    return dict(zip(("keys", "classes", "reached"), map(list, zip(*rows, strict=True)), strict=True))


def _given(plan: Plan, classes: Classes, offers: list[Offer]) -> dict[str, Any]:
    """Which stretch of each class's line gets what, as columns."""
    names = ("of", "after", "until", "purses", "firsts", "months", "amounts")
    ends: defaultdict[int, int] = defaultdict(int)
    columns: dict[str, Any] = {name: [] for name in names}
    for cell in plan.cells:
        offer = offers[cell.purse]
        after, ends[cell.class_] = ends[cell.class_], ends[cell.class_] + cell.workers
        amount = offer.costs(transport=bool(classes.sector[cell.class_]))[cell.months - 1]
        row = (cell.class_, after, ends[cell.class_], offer.purse.pk, offer.first_month, cell.months, amount)
        for name, value in zip(names, row, strict=True):
            columns[name].append(value)
    return columns
