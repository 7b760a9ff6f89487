"""The cover ledger, bills and payments."""

from salawaku.cover.models.bill import Bill
from salawaku.cover.models.payment import Payment, PaymentLine
from salawaku.cover.models.worker_month import WorkerMonth

__all__ = ["Bill", "Payment", "PaymentLine", "WorkerMonth"]
