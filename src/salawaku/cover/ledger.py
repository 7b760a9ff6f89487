"""What the ledger offers to the programmes room (programmes/ledger.py)."""

from __future__ import annotations

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _
from psycopg.errors import CheckViolation, UniqueViolation

from salawaku.accounts.refusal import Refusal
from salawaku.cover.models import WorkerMonth
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
            if isinstance(error.__cause__, CheckViolation) and "closed month" in str(error):
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
