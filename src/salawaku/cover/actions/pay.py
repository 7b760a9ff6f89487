"""What follows when a line of a payment pays a bill: the bill, its months, its purse, in one statement."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.refusal import Refusal

# Whoever pays bills waits for whoever does so now: two cannot both find a bill open. Locking a hundred thousand rows
# of bills would cost as much as writing them.
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('salawaku.pay_bills'))"
PAY = """
WITH kept AS ({lines} RETURNING bill_id, paid_on, outcome, outcome = 'matched' OR decision = 'matched' AS pays),
paid AS (
    UPDATE cover_bill b SET status = 'paid', paid_on = k.paid_on
    FROM kept k WHERE k.pays AND b.id = k.bill_id AND b.status = 'open'
    RETURNING b.id, b.month, b.purse_id, b.amount
), months AS (
    UPDATE cover_workermonth w SET status = 'paid'
    FROM paid b WHERE w.bill_id = b.id AND w.month = b.month AND w.purse_id = b.purse_id
), purses AS (
    UPDATE programmes_purse p SET paid = p.paid + s.amount
    FROM (SELECT purse_id, sum(amount) AS amount FROM paid GROUP BY purse_id) s WHERE p.id = s.purse_id
)
SELECT outcome, count(*), count(*) FILTER (WHERE pays), (SELECT count(*) FROM paid) FROM kept GROUP BY outcome
"""


def wait_for_others() -> None:
    """Be the only one who pays bills until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)


def pay_bills(lines: str, values: dict[str, Any]) -> dict[str, int]:
    """Write lines of payments with our own statement `lines`, and pay what they pay; how many of each outcome.

    Refusal when a bill is not open any more: something that pays no attention to the others has changed it.
    """
    with connection.cursor() as cursor:
        cursor.execute(PAY.format(lines=lines), values)
        counted = cursor.fetchall()
    if any(paid != sum(row[2] for row in counted) for _outcome, _all, _pays, paid in counted):
        raise Refusal(
            "payment.bill_changed", _("A bill changed at this moment. Nothing was taken; please try again.")
        )
    return {outcome: number for outcome, number, _pays, _paid in counted}
