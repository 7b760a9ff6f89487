"""Every write of the cover room."""

from salawaku.cover.actions.bill import BillRun, bill_run
from salawaku.cover.actions.death import cover_close
from salawaku.cover.actions.payment import PaymentResult, payment_import
from salawaku.cover.actions.payment_line import payment_line_match, payment_line_set_aside

__all__ = [
    "BillRun",
    "PaymentResult",
    "bill_run",
    "cover_close",
    "payment_import",
    "payment_line_match",
    "payment_line_set_aside",
]
