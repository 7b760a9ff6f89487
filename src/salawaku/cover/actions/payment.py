"""Taking payments in."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions.bill import whose
from salawaku.cover.models import Bill, Payment
from salawaku.cover.payment_file import Receipt, read_receipts

STAGE = """
CREATE TEMPORARY TABLE receipt (row integer, receipt text, billing_code text, amount bigint, paid_on date)
ON COMMIT DROP
"""
# Bills are locked before they are compared, so that two imports cannot both find the same bill open.
LOCK_BILLS = """
SELECT id FROM cover_bill WHERE billing_code IN (SELECT billing_code FROM receipt) ORDER BY id FOR UPDATE
"""
KEEP = """
INSERT INTO cover_paymentline (payment_id, row, receipt, billing_code, amount, paid_on, bill_id, outcome)
SELECT %(payment)s, r.row, r.receipt, r.billing_code, r.amount, r.paid_on, b.id,
       CASE WHEN b.id IS NULL THEN 'only_theirs' WHEN b.amount <> r.amount THEN 'amount_differs'
            WHEN b.status = 'paid' OR r.turn > 1 THEN 'already_paid' ELSE 'matched' END
FROM (SELECT *, row_number() OVER (PARTITION BY f.billing_code, f.amount ORDER BY f.row) AS turn
      FROM (SELECT DISTINCT ON (receipt) * FROM receipt ORDER BY receipt, row) f
      WHERE NOT EXISTS (SELECT 1 FROM cover_paymentline p WHERE p.receipt = f.receipt)) r
LEFT JOIN cover_bill b ON b.billing_code = r.billing_code AND (
    %(every)s OR b.programme_id IN (SELECT id FROM programmes_programme WHERE region_code LIKE ANY(%(regions)s)))
ON CONFLICT (receipt) DO NOTHING
RETURNING outcome
"""
PAY_BILLS = """
UPDATE cover_bill b SET status = 'paid', paid_on = l.paid_on
FROM cover_paymentline l WHERE l.payment_id = %(payment)s AND l.outcome = 'matched' AND b.id = l.bill_id
"""
PAY_MONTHS = """
UPDATE cover_workermonth w SET status = 'paid'
FROM cover_paymentline l JOIN cover_bill b ON b.id = l.bill_id
WHERE l.payment_id = %(payment)s AND l.outcome = 'matched' AND w.bill_id = b.id AND w.month = b.month
"""
PAY_PURSES = """
UPDATE programmes_purse p SET paid = paid + s.amount
FROM (SELECT b.purse_id, sum(b.amount) AS amount FROM cover_paymentline l JOIN cover_bill b ON b.id = l.bill_id
      WHERE l.payment_id = %(payment)s AND l.outcome = 'matched' GROUP BY b.purse_id) s
WHERE p.id = s.purse_id
"""


@dataclass(frozen=True, slots=True)
class PaymentResult:
    """What a file brought; `lines` is the sum of the others except `only_ours`, the bills still open."""

    lines: int
    matched: int = 0
    amount_differs: int = 0
    only_theirs: int = 0
    already_paid: int = 0
    repeated: int = 0
    only_ours: int = 0

    def as_json(self) -> dict[str, Any]:
        """The fields of `salawaku payments import --json`."""
        return asdict(self)


@transaction.atomic
def payment_import(*, by: User | None, file_name: str, content: bytes) -> PaymentResult:
    """Match the receipts of a file with bills and mark their months paid; again changes nothing.

    Refusal when a line cannot be read: then nothing of the file is taken.
    """
    receipts = read_receipts(content)
    payment, is_new = Payment.objects.get_or_create(
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={"file_name": file_name[-200:], "lines_read": len(receipts)},
    )
    counted = _match(by, payment, receipts) if is_new else Counter()
    result = PaymentResult(
        lines=len(receipts),
        **counted,
        repeated=len(receipts) - counted.total(),
        only_ours=Bill.objects.filter(status=Bill.Status.OPEN).count(),
    )
    if is_new:
        audit.record(by=by, kind="payment.imported", subject=payment, detail=result.as_json())
    return result


def _match(by: User | None, payment: Payment, receipts: list[Receipt]) -> Counter[str]:
    values = {"payment": payment.pk, **whose(by)}
    with elevated("a paid bill covers all its workers"), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.receipt")
        cursor.execute(STAGE)
        with cursor.copy("COPY receipt FROM STDIN") as copy:
            for receipt in receipts:
                copy.write_row(receipt)
        cursor.execute(LOCK_BILLS)
        cursor.execute(KEEP, values)
        outcomes = Counter(outcome for (outcome,) in cursor.fetchall())
        for statement in (PAY_BILLS, PAY_MONTHS, PAY_PURSES):
            cursor.execute(statement, values)
    return outcomes
