"""What the ledger offers to the programmes room (programmes/ledger.py)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _
from psycopg.errors import CheckViolation, UniqueViolation

from salawaku import law
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions.closed import closed_meanwhile
from salawaku.cover.models import WorkerMonth
from salawaku.programmes.ledger import MonthSpent, RegionCover
from salawaku.programmes.models import Allocation
from salawaku.programmes.prices import Price

DECREE = """
INSERT INTO cover_workermonth (month, worker_id, programme_id, purse_id, amount, village_code, agency_code)
SELECT price.month, line.worker_id, %(programme)s, line.purse_id, price.amount, line.village_code, line.agency_code
FROM programmes_allocationline line
JOIN unnest(%(purses)s::bigint[], %(sectors)s::boolean[], %(months)s::date[], %(amounts)s::bigint[])
     AS price (purse_id, transport, month, amount)
  ON price.purse_id = line.purse_id AND price.transport = line.transport AND price.month >= line.first_month
 AND price.month < line.first_month + make_interval(months => line.months)
WHERE line.allocation_id = %(allocation)s AND line.chosen
"""
# What is billed stands on the bills, of which there are few, less what BPJS gave back of it; what is only decreed is
# counted in the ledger.
SPENDING = """
SELECT month, sum(workers)::int, sum(decreed)::bigint, sum(billed)::bigint, sum(paid)::bigint
FROM (
    SELECT month, count(*) AS workers, sum(amount) AS decreed, 0 AS billed, 0 AS paid
    FROM cover_workermonth WHERE purse_id = %(purse)s AND status = 'decreed' GROUP BY month
    UNION ALL
    SELECT month, workers, 0, CASE status WHEN 'open' THEN amount ELSE 0 END,
           CASE status WHEN 'paid' THEN amount ELSE 0 END
    FROM cover_bill WHERE purse_id = %(purse)s AND status <> 'void'
    UNION ALL
    SELECT month, -count(*) FILTER (WHERE NOT ledger_kept), 0, 0, -sum(amount)
    FROM cover_refund WHERE purse_id = %(purse)s AND status = 'received' GROUP BY month
) spent
GROUP BY month ORDER BY month
"""
COVER_OF = """
SELECT region, count(*), count(*) FILTER (WHERE l.covered AND w.status = 'living')
FROM (
    SELECT worker_id, bool_or(status = 'paid' AND month >= %(now)s) AS covered
    FROM cover_workermonth
    WHERE month BETWEEN %(first)s AND %(last)s AND programme_id = coalesce(%(programme)s, programme_id)
    GROUP BY worker_id
) l
JOIN registry_worker w ON w.id = l.worker_id
JOIN unnest(%(regions)s::text[]) region ON w.village_code ^@ region
GROUP BY region
"""


class CoverLedger:
    """The table of worker-months."""

    table = WorkerMonth._meta.db_table

    def decree(self, *, allocation: Allocation, prices: list[Price]) -> int:
        """Write a decreed month for each chosen line and month; how many. Refusal where one has a payer."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    DECREE,
                    {
                        "programme": allocation.programme_id,
                        "allocation": allocation.pk,
                        "purses": [price.purse_id for price in prices],
                        "sectors": [price.transport for price in prices],
                        "months": [price.month for price in prices],
                        "amounts": [price.amount for price in prices],
                    },
                )
                return int(cursor.rowcount)
        except IntegrityError as error:
            if closed_meanwhile(error):
                raise Refusal(
                    "cover.month_closed",
                    _("A month of this plan is closed. Nothing was written; make a plan that begins later."),
                ) from error
            if isinstance(error.__cause__, CheckViolation) and "aid of a worker has ended" in str(error):
                raise Refusal(
                    "allocation.aid_ended",
                    _("A worker of this plan earns a wage, moved away or is insured elsewhere. Make a new plan."),
                ) from error
            if not isinstance(error.__cause__, UniqueViolation):
                raise
            raise Refusal(
                "cover.second_payer",
                _("A month of one of these workers has a payer already. Nothing was written; make a new plan."),
            ) from error

    def spending(self, *, purse_id: int) -> list[MonthSpent]:
        """What a purse pays, month by month in order; all of it, whoever asks."""
        with elevated("sums of a purse name nobody"), connection.cursor() as cursor:
            cursor.execute(SPENDING, {"purse": purse_id})
            return [MonthSpent(*row) for row in cursor.fetchall()]

    def cover_of(
        self, *, regions: Sequence[str], first: date, last: date, today: date, programme_id: int | None
    ) -> dict[str, RegionCover]:
        """Cover by region, as programmes/ledger.py says; the rule of "covered" is that of the cover clock."""
        values: dict[str, Any] = {
            "regions": list(regions),
            "first": law.first_of_month(first),
            "last": last,
            "now": law.first_of_month(today),
            "programme": programme_id,
        }
        with elevated("counts of an agreement name nobody"), connection.cursor() as cursor:
            cursor.execute(COVER_OF, values)
            return {row[0]: RegionCover(*row) for row in cursor.fetchall()}
