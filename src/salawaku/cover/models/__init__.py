"""The cover ledger, bills, payment orders, payments, refunds and reconciliations."""

from salawaku.cover.models.bill import Bill
from salawaku.cover.models.given_back import MonthGivenBack
from salawaku.cover.models.order import OrderBill, OrderProof, PaymentOrder
from salawaku.cover.models.payment import Payment, PaymentLine
from salawaku.cover.models.reconciliation import Difference, Reconciliation
from salawaku.cover.models.refund import Refund, RefundLetter
from salawaku.cover.models.worker_month import WorkerMonth

__all__ = [
    "Bill",
    "Difference",
    "MonthGivenBack",
    "OrderBill",
    "OrderProof",
    "Payment",
    "PaymentLine",
    "PaymentOrder",
    "Reconciliation",
    "Refund",
    "RefundLetter",
    "WorkerMonth",
]
