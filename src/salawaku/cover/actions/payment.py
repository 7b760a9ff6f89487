"""Taking payments in."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions.bill import whose
from salawaku.cover.actions.closed import CLOSED, unless_closed
from salawaku.cover.actions.pay import pay_bills, wait_for_others
from salawaku.cover.models import Bill, Payment
from salawaku.cover.payment_files import Receipt, read_receipts

ESCAPED = {ord("\\"): "\\\\", ord("\t"): "\\t", ord("\n"): "\\n", ord("\r"): "\\r", 0: None}  # what COPY minds
AT_ONCE = 1_000  # lines in memory
STAGE = """
CREATE TEMPORARY TABLE receipt (row integer, receipt text, billing_code text, amount bigint, paid_on date)
ON COMMIT DROP
"""
# In the order in which a bill run locks them, so that the two never wait for each other.
LOCK_PURSES = """
SELECT id FROM programmes_purse
WHERE id IN (SELECT b.purse_id FROM cover_bill b JOIN receipt r ON r.billing_code = b.billing_code)
ORDER BY id FOR UPDATE
"""
# A receipt number that stands on another payment, in this file or before, is no repetition: that line is kept too.
# `copy < 2`, not `= 1`: the planner would take an equation for a rare thing and walk through the bills one by one.
KEEP = f"""
INSERT INTO cover_paymentline (payment_id, row, receipt, billing_code, amount, paid_on, bill_id, outcome)
SELECT %(payment)s, r.row, r.receipt, r.billing_code, r.amount, r.paid_on, b.id,
       CASE WHEN r.reused THEN 'receipt_reused' WHEN b.id IS NULL THEN 'only_theirs'
            WHEN b.amount <> r.amount THEN 'amount_differs'
            WHEN b.status = 'open' AND shut.month IS NOT NULL THEN 'month_closed'
            WHEN b.status = 'paid' OR r.turn > 1 THEN 'already_paid' ELSE 'matched' END
FROM (SELECT f.*, row_number() OVER (PARTITION BY f.billing_code, f.amount, f.reused ORDER BY f.row) AS turn
      FROM (SELECT n.*, n.first_row < n.row OR p.receipt IS NOT NULL AS reused
            FROM (SELECT *, min(row) OVER (PARTITION BY receipt) AS first_row,
                         row_number() OVER (PARTITION BY receipt, billing_code, amount ORDER BY row) AS copy
                  FROM receipt) n
            LEFT JOIN cover_paymentline p ON p.receipt = n.receipt AND p.outcome <> 'receipt_reused'
            WHERE n.copy < 2 AND (p.receipt IS NULL OR (p.billing_code, p.amount) <> (n.billing_code, n.amount))
              AND NOT EXISTS (SELECT 1 FROM cover_paymentline k
                              WHERE k.outcome = 'receipt_reused' AND k.receipt = n.receipt
                                AND k.billing_code = n.billing_code AND k.amount = n.amount)) f) r
LEFT JOIN cover_bill b ON b.billing_code = r.billing_code AND b.status <> 'void' AND (
    %(every)s OR b.programme_id IN (SELECT id FROM programmes_programme WHERE region_code LIKE ANY(%(regions)s)))
LEFT JOIN ({CLOSED}) shut ON shut.month = b.month AND shut.programme_id = b.programme_id
ORDER BY r.row
"""


@dataclass(frozen=True, slots=True)
class PaymentResult:
    """What a file brought.

    `lines` = `matched` + `amount_differs` + `only_theirs` + `repeated`. Of `only_theirs`, `already_paid` are for
    bills that were paid before and `month_closed` for open bills of a closed month; of `repeated`, `receipt_reused`
    bear the number of another payment. `only_ours` counts the bills still open.
    """

    lines: int
    matched: int = 0
    amount_differs: int = 0
    only_ours: int = 0
    only_theirs: int = 0
    repeated: int = 0
    already_paid: int = 0
    month_closed: int = 0
    receipt_reused: int = 0

    @property
    def no_bill(self) -> int:
        """Receipts whose code no bill has."""
        return self.only_theirs - self.already_paid - self.month_closed

    @property
    def taken_before(self) -> int:
        """Receipts that were there already, with nothing to look at."""
        return self.repeated - self.receipt_reused

    def as_json(self) -> dict[str, Any]:
        """The fields of `salawaku payments import --json`."""
        return asdict(self)


@unless_closed()
@transaction.atomic
def payment_import(*, by: User | None, file_name: str, content: bytes) -> PaymentResult:
    """Match the receipts of a file with bills and mark their months paid; again changes nothing.

    Refusal when a line cannot be read: then nothing of the file is taken.
    """
    payment, is_new = Payment.objects.get_or_create(
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={"file_name": file_name[-200:], "lines_read": 0, "region_code": _office(by)},
    )
    if not is_new:
        return _result(payment.lines_read, Counter())
    with elevated("a paid bill covers all its workers"):
        payment.lines_read = _stage(read_receipts(file_name, content))
        outcomes = _match(by, payment)
    payment.save(update_fields=["lines_read"])
    result = _result(payment.lines_read, outcomes)
    audit.record(by=by, kind="payment.imported", subject=payment, detail=result.as_json())
    return result


def _office(by: User | None) -> str:
    return by.regions[0] if by and by.regions else str(settings.HOME_REGION)


def _stage(receipts: Iterator[Receipt]) -> int:
    """Put the receipts beside the lines, as they are read; how many."""
    lines = 0
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.receipt")
        cursor.execute(STAGE)
        with cursor.copy("COPY receipt FROM STDIN") as copy:
            while some := list(islice(receipts, AT_ONCE)):
                copy.write("".join(map(_as_text, some)))
                lines += len(some)
    return lines


def _as_text(receipt: Receipt) -> str:
    """A line for COPY."""
    row, number, code, amount, paid_on = receipt
    return f"{row}\t{number.translate(ESCAPED)}\t{code.translate(ESCAPED)}\t{amount}\t{paid_on}\n"


def _match(by: User | None, payment: Payment) -> Counter[str]:
    wait_for_others()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute(LOCK_PURSES)
    return Counter(pay_bills(KEEP, {"payment": payment.pk, **whose(by)}))


def _result(lines: int, outcomes: Counter[str]) -> PaymentResult:
    new = outcomes.total() - outcomes["receipt_reused"]
    return PaymentResult(
        lines=lines,
        matched=outcomes["matched"],
        amount_differs=outcomes["amount_differs"],
        only_ours=Bill.objects.filter(status=Bill.Status.OPEN).count(),
        only_theirs=outcomes["only_theirs"] + outcomes["already_paid"] + outcomes["month_closed"],
        repeated=lines - new,
        already_paid=outcomes["already_paid"],
        month_closed=outcomes["month_closed"],
        receipt_reused=outcomes["receipt_reused"],
    )
