"""The monthly bill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from salawaku import law
from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal, law_known
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions.closed import CLOSED, unless_closed
from salawaku.cover.models import Bill

# The locks make two runs at once wait for each other; the second finds nothing left to bill. A month that is closed
# in the programme's region is not billed any more.
LOCK = f"""
SELECT id FROM programmes_purse p
WHERE EXISTS (SELECT 1 FROM cover_workermonth w WHERE w.purse_id = p.id AND w.month = %(month)s)
  AND (%(every)s OR programme_id IN (SELECT id FROM programmes_programme WHERE region_code LIKE ANY(%(regions)s)))
  AND programme_id NOT IN (SELECT programme_id FROM ({CLOSED}) shut WHERE month = %(month)s)
ORDER BY id FOR UPDATE
"""
MAKE = """
INSERT INTO cover_bill (programme_id, purse_id, month, part, amount, workers, billing_code, due_on, law_hash)
SELECT owed.programme_id, owed.purse_id, %(month)s, next.part, owed.amount, owed.workers,
       to_char(%(month)s::date, 'YYYYMM') || '-' || lpad(owed.purse_id::text, 6, '0') || '-' || next.part,
       %(due)s, %(law)s
FROM (SELECT programme_id, purse_id, sum(amount) AS amount, count(*) AS workers
      FROM cover_workermonth WHERE month = %(month)s AND status = 'decreed' AND purse_id = ANY(%(purses)s)
      GROUP BY programme_id, purse_id) owed
CROSS JOIN LATERAL (SELECT count(*) + 1 AS part FROM cover_bill b
                    WHERE b.purse_id = owed.purse_id AND b.month = %(month)s) next
RETURNING id
"""
MOVE = """
UPDATE cover_workermonth w SET status = 'billed', bill_id = b.id
FROM cover_bill b
WHERE b.id = ANY(%(bills)s) AND w.month = %(month)s AND w.purse_id = b.purse_id AND w.status = 'decreed'
"""
SHIFT = """
UPDATE programmes_purse p SET committed = committed - b.amount, billed = billed + b.amount
FROM cover_bill b WHERE b.id = ANY(%(bills)s) AND p.id = b.purse_id
"""
SHUT = f"""
SELECT EXISTS (SELECT 1 FROM cover_workermonth WHERE month = %(month)s AND status = 'decreed'
               AND programme_id IN (SELECT programme_id FROM ({CLOSED}) shut WHERE month = %(month)s))
"""
BEFORE = """
SELECT coalesce(sum(workers), 0) FROM cover_bill
WHERE month = %(month)s AND status <> 'void' AND purse_id = ANY(%(purses)s)
"""


@dataclass(frozen=True, slots=True)
class BillRun:
    """What a run made; `already_billed` counts the workers of the month that were on a bill before it."""

    month: date
    bills: list[Bill]
    already_billed: int

    def as_json(self) -> dict[str, Any]:
        """The fields of `salawaku bill --json`."""
        return {
            "month": f"{self.month:%Y-%m}",
            "bills": len(self.bills),
            "workers": sum(bill.workers for bill in self.bills),
            "amount": sum(bill.amount for bill in self.bills),
            "by_source": [
                {
                    "source": bill.purse.name,
                    "billing_code": bill.billing_code,
                    "workers": bill.workers,
                    "amount": bill.amount,
                    "due_on": f"{bill.due_on:%Y-%m-%d}",
                }
                for bill in self.bills
            ],
            "already_billed": self.already_billed,
        }


@unless_closed()
@law_known()
@transaction.atomic
def bill_run(*, by: User | None, month: date) -> BillRun:
    """Bill every purse for the decreed months of `month`; a second run bills only what was decreed since.

    `by` bills the programmes of his own regions; the command line, without a person, all. Refusal for a closed month
    and one whose law is not known.
    """
    month = law.first_of_month(month)
    with elevated("a bill holds all workers of its purse"), connection.cursor() as cursor:
        values: dict[str, Any] = {"month": month, "due": law.due_date(month), "law": law.law_now().hash, **whose(by)}
        cursor.execute(LOCK, values)
        values["purses"] = [purse for (purse,) in cursor.fetchall()]
        if not values["purses"]:
            _refuse_closed(cursor, values)
        cursor.execute(BEFORE, values)
        already = int(cursor.fetchone()[0])
        cursor.execute(MAKE, values)
        values["bills"] = [bill for (bill,) in cursor.fetchall()]
        cursor.execute(MOVE, values)
        cursor.execute(SHIFT, values)
    bills = list(
        Bill.objects.filter(pk__in=values["bills"]).select_related("purse", "programme").order_by("purse_id")
    )
    for bill in bills:
        detail = {"month": f"{month:%Y-%m}", "workers": bill.workers, "amount": bill.amount}
        audit.record(by=by, kind="bill.made", subject=bill, detail=detail, region_code=bill.programme.region_code)
    return BillRun(month, bills, already)


def _refuse_closed(cursor: CursorWrapper, values: dict[str, Any]) -> None:
    cursor.execute(SHUT, values)
    if cursor.fetchone() == (True,):
        raise Refusal("month.closed", _("This month is closed. Nothing was billed."))


def whose(by: User | None) -> dict[str, Any]:
    """Query values: a person reaches the programmes in his own regions, the command line every one."""
    return {"every": by is None, "regions": [f"{code}%" for code in by.regions] if by else []}
