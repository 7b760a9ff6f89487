"""Bridging: which purse with money left carries those who are about to lapse, for how long, at which price.

The waterfall of a programme on a few months, for workers whose membership ends within some days (or, for a gap that
is known beforehand, for every member), the nearest lapse first. Whoever has a decreed month in the span has a payer
already: that purse must pay, or give the months back (actions/release.py), before another can carry the worker.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from salawaku import law
from salawaku.accounts.models import User
from salawaku.accounts.refusal import law_known
from salawaku.accounts.scoping import elevated
from salawaku.cover.clock_sql import clock_sql, clock_values
from salawaku.programmes import actions as programmes
from salawaku.programmes.actions import Plan
from salawaku.programmes.models import Programme
from salawaku.programmes.waterfall import Restriction
from salawaku.registry.endings import has_ended

EVERY_MEMBER = 0
MONTHS, WITHIN = 3, 90

URGENT = f"""
CREATE TEMPORARY TABLE urgent ON COMMIT DROP AS
WITH {{clock}}
SELECT c.worker_id, c.days_to_lapse AS days
FROM clock c JOIN registry_worker w ON w.id = c.worker_id AND w.status = 'living'
WHERE c.status <> 'ended' AND w.village_code LIKE %(region)s
  AND (%(within)s = {EVERY_MEMBER} OR c.days_to_lapse BETWEEN 1 AND %(within)s)
  AND NOT {has_ended("c.worker_id", by="%(today)s")}
"""
URGENT_ONES = Restriction("JOIN urgent ON urgent.worker_id = w.id", "urgent.days")
CARRIED = """
SELECT u.name, p.transport, p.first_month, p.months, count(*), sum(p.amount)::bigint
FROM plan p JOIN programmes_purse u ON u.id = p.purse_id
GROUP BY u.priority, u.id, u.name, p.transport, p.first_month, p.months
ORDER BY u.priority, u.id, p.months DESC, p.transport
"""
REST = """
SELECT p.transport, count(*) FROM plan p
WHERE p.purse_id IS NULL AND p.reason NOT IN ('already_covered', 'died') GROUP BY p.transport
"""


class Carried(NamedTuple):
    """So many workers of one sector that a purse carries for so many months, and what that costs in rupiah."""

    source: str
    transport: bool
    first_month: date
    months: int
    workers: int
    amount: int

    @property
    def price(self) -> int:
        """What a month of one of them costs."""
        return self.amount // (self.workers * self.months)

    def as_json(self) -> dict[str, Any]:
        """Months as text."""
        return {**self._asdict(), "first_month": f"{self.first_month:%Y-%m}", "price": self.price}


@dataclass(frozen=True, slots=True)
class Bridge:
    """A bridge: the plan behind it, whom it carries, and what is left over.

    `urgent` are all who lapse in time, `with_payer` those of them with a decreed month in the span, `rest` those
    whom no purse carries. One month of the rest costs `rest_cheapest` from a payer with relief and `rest_full`
    from a public purse. `too_short` are purses that ask for more months than the bridge has.
    """

    plan: Plan
    months: int
    within: int
    carried: list[Carried]
    rest: int
    rest_cheapest: int
    rest_full: int
    too_short: list[str]

    @property
    def with_payer(self) -> int:
        """Those who have a decreed month in the span."""
        return self.plan.reasons.get("already_covered", 0)

    @property
    def urgent(self) -> int:
        """All who lapse in time."""
        return self.plan.workers + self.with_payer + self.rest

    def as_json(self) -> dict[str, Any]:
        """The fields of `salawaku bridge --json`."""
        return self.plan.as_json() | {
            "within": self.within,
            "months": self.months,
            "lapsing": self.urgent,
            "with_payer": self.with_payer,
            "carried": [row.as_json() for row in self.carried],
            "rest": self.rest,
            "rest_cost_cheapest": self.rest_cheapest,
            "rest_cost_full": self.rest_full,
            "too_short": self.too_short,
        }


@law_known()
@transaction.atomic
def bridge_plan(
    *,
    programme: Programme,
    within: int = WITHIN,
    first_month: date | None = None,
    months: int = MONTHS,
    as_of: date | None = None,
) -> Bridge:
    """Work a bridge out and keep nothing. `within` days until the lapse; 0 for every member."""
    today = as_of or timezone.localdate()
    first = first_month or max(law.first_of_month(today), programme.first_month)
    _find_urgent(programme, within, today)
    plan, offers = programmes.bridging_plan(programme=programme, first_month=first, months=months, only=URGENT_ONES)
    with connection.cursor() as cursor:
        cursor.execute(CARRIED)
        carried = [Carried(*row) for row in cursor.fetchall()]
        cursor.execute(REST)
        rest = {law.Sector.TRANSPORT if transport else law.Sector.OTHER: count for transport, count in cursor}
    offering = {offer.purse.pk for offer in offers}
    return Bridge(
        plan,
        months,
        within,
        carried,
        sum(rest.values()),
        sum(count * _cheapest(first, sector) for sector, count in rest.items()),
        sum(count * law.monthly_cost(first, payer=law.Payer.APBD, sector=sector) for sector, count in rest.items()),
        [purse.name for purse in plan.purses if purse.pk not in offering],
    )


@law_known()
@transaction.atomic
def bridge_propose(
    *,
    by: User | None,
    programme: Programme,
    within: int = WITHIN,
    first_month: date | None = None,
    months: int = MONTHS,
    as_of: date | None = None,
) -> Bridge:
    """Keep the bridge as a proposal that a colleague approves like any other."""
    found = bridge_plan(programme=programme, within=within, first_month=first_month, months=months, as_of=as_of)
    return replace(found, plan=programmes.bridging_propose(by=by, plan=found.plan))


def _find_urgent(programme: Programme, within: int, today: date) -> None:
    values = clock_values(today) | {"region": f"{programme.region_code}%", "within": within}
    with elevated("a bridge looks for all who lapse in the programme's region"), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.urgent")
        cursor.execute(URGENT.format(clock=clock_sql()), values)
        cursor.execute("ANALYZE urgent")


def _cheapest(month: date, sector: law.Sector) -> int:
    return min(law.monthly_cost(month, payer=payer, sector=sector) for payer in law.Payer)
