"""Instalments: an open bill becomes two of whole workers, so that what is paid protects its workers at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions.closed import unless_closed
from salawaku.cover.actions.open_bill import locked_bill, refuse_unless_open
from salawaku.cover.models import Bill

# By village, then by worker: the same workers each time, and villages stay together as long as the money allows.
CHOSEN = """
SELECT month, worker_id, insurance, amount
FROM (SELECT month, worker_id, insurance, amount, sum(amount) OVER (ORDER BY village_code, worker_id) AS up_to
      FROM cover_workermonth
      WHERE purse_id = %(purse)s AND month = %(month)s AND bill_id = %(bill)s
        AND (%(villages)s::text[] IS NULL OR village_code = ANY(%(villages)s))) m
WHERE %(at_most)s::bigint IS NULL OR up_to <= %(at_most)s
"""
MEASURE = f"SELECT count(*), coalesce(sum(amount), 0)::bigint FROM ({CHOSEN}) chosen"
MOVE = f"""
UPDATE cover_workermonth w SET bill_id = %(new)s FROM ({CHOSEN}) chosen
WHERE w.month = chosen.month AND w.worker_id = chosen.worker_id AND w.insurance = chosen.insurance
"""
JOIN = """
UPDATE cover_workermonth SET bill_id = %(new)s
WHERE purse_id = %(purse)s AND month = %(month)s AND bill_id = %(bill)s
"""
# A refund names the bill that its month is on.
REFUNDS = """
UPDATE cover_refund r SET bill_id = %(new)s FROM cover_workermonth w
WHERE r.bill_id = %(bill)s AND w.month = r.month AND w.worker_id = r.worker_id AND w.bill_id = %(new)s
"""


@unless_closed()
@transaction.atomic
def bill_split(*, by: User | None, bill: Bill, at_most: int | None = None, villages: Sequence[str] = ()) -> Bill:
    """Take an instalment out of an open bill: workers of `villages` (all when none is named), by village and worker,
    as many as `at_most` rupiah pay. Returns the new bill; the earlier one keeps the rest.

    Nobody is paid for in part and the purse owes what it owed. Refusal when the bill is paid, void, on an order or of
    a closed month, and when nobody or everybody would be taken.
    """
    bill = locked_bill(by, bill)
    refuse_unless_open(bill)
    values: dict[str, Any] = {
        "purse": bill.purse_id,
        "month": bill.month,
        "bill": bill.pk,
        "at_most": at_most,
        "villages": list(villages) or None,
    }
    with elevated("a bill holds all workers of its purse"), connection.cursor() as cursor:
        cursor.execute(MEASURE, values)
        workers, amount = cursor.fetchone()
        _refuse_no_part(bill, workers)
        part = _new_part(bill, workers, amount)
        values["new"] = part.pk
        cursor.execute(MOVE, values)
        cursor.execute(REFUNDS, values)
    bill.workers, bill.amount = bill.workers - workers, bill.amount - amount
    bill.save(update_fields=["workers", "amount"])
    detail = {"of": bill.billing_code, "workers": workers, "amount": amount, "left": bill.amount}
    audit.record(by=by, kind="bill.split", subject=part, detail=detail, region_code=bill.programme.region_code)
    return part


@unless_closed()
@transaction.atomic
def bill_join(*, by: User | None, bill: Bill, into: Bill) -> Bill:
    """Put an open bill back into another open one of the same purse and month; `bill` is void, its code pays nothing.

    Refusal when either is paid, void, on an order or of a closed month, or when they do not belong together.
    """
    bill, into = locked_bill(by, bill), locked_bill(by, into)
    if bill.pk == into.pk or (bill.purse_id, bill.month) != (into.purse_id, into.month):
        raise Refusal("bill.not_of_one", _("Only two bills of the same purse and month can be joined."))
    for one in (bill, into):
        refuse_unless_open(one)
    values: dict[str, Any] = {"purse": bill.purse_id, "month": bill.month, "bill": bill.pk, "new": into.pk}
    with elevated("a bill holds all workers of its purse"), connection.cursor() as cursor:
        cursor.execute(JOIN, values)
        cursor.execute(REFUNDS, values)
    into.workers, into.amount = into.workers + bill.workers, into.amount + bill.amount
    into.save(update_fields=["workers", "amount"])
    bill.status, bill.joined_into = Bill.Status.VOID, into
    bill.save(update_fields=["status", "joined_into"])
    detail = {"joined": bill.billing_code, "workers": bill.workers, "amount": bill.amount}
    audit.record(by=by, kind="bill.joined", subject=into, detail=detail, region_code=into.programme.region_code)
    return into


def _refuse_no_part(bill: Bill, workers: int) -> None:
    if not workers:
        raise Refusal("bill.split_nobody", _("That pays for nobody on this bill. Nothing was changed."))
    if workers == bill.workers:
        raise Refusal("bill.split_everybody", _("That is the whole bill: pay it as it is. Nothing was changed."))


def _new_part(bill: Bill, workers: int, amount: int) -> Bill:
    part = Bill.objects.filter(purse_id=bill.purse_id, month=bill.month).count() + 1
    return Bill.objects.create(
        programme_id=bill.programme_id,
        purse_id=bill.purse_id,
        month=bill.month,
        part=part,
        amount=amount,
        workers=workers,
        billing_code=f"{bill.month:%Y%m}-{bill.purse_id:06d}-{part}",
        due_on=bill.due_on,
        law_hash=bill.law_hash,
        split_from=bill,
    )
