"""The cover ledger, bills, payments and reconciliations."""

from salawaku.cover.models.bill import Bill
from salawaku.cover.models.given_back import MonthGivenBack
from salawaku.cover.models.payment import Payment, PaymentLine
from salawaku.cover.models.reconciliation import Difference, Reconciliation
from salawaku.cover.models.worker_month import WorkerMonth

__all__ = ["Bill", "Difference", "MonthGivenBack", "Payment", "PaymentLine", "Reconciliation", "WorkerMonth"]
