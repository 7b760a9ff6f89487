"""Every write of the cover room."""

from salawaku.cover.actions.bill import BillRun, bill_run
from salawaku.cover.actions.death import cover_close
from salawaku.cover.actions.following import cover_follow, cover_follow_back
from salawaku.cover.actions.lapses_export import lapses_export
from salawaku.cover.actions.merged import cover_merged, cover_parted
from salawaku.cover.actions.order import order_proof_taken, order_record, order_void
from salawaku.cover.actions.payment import PaymentResult, payment_import
from salawaku.cover.actions.payment_line import payment_line_match, payment_line_set_aside
from salawaku.cover.actions.prepay import Prepayment, bills_prepay
from salawaku.cover.actions.reconcile import (
    WORKDAYS_TO_SETTLE,
    ReconcileResult,
    difference_assign,
    difference_settle,
    differences_sign_off,
    month_close,
    month_reconcile,
)
from salawaku.cover.actions.refund import (
    refunds_find,
    refunds_make,
    refunds_of_death,
    refunds_receive,
    refunds_refuse,
    refunds_request,
)
from salawaku.cover.actions.refund_letter import refund_letter_taken
from salawaku.cover.actions.release import months_release, release_preview
from salawaku.cover.actions.split import bill_join, bill_split

__all__ = [
    "WORKDAYS_TO_SETTLE",
    "BillRun",
    "PaymentResult",
    "Prepayment",
    "ReconcileResult",
    "bill_join",
    "bill_run",
    "bill_split",
    "bills_prepay",
    "cover_close",
    "cover_follow",
    "cover_follow_back",
    "cover_merged",
    "cover_parted",
    "difference_assign",
    "difference_settle",
    "differences_sign_off",
    "lapses_export",
    "month_close",
    "month_reconcile",
    "months_release",
    "order_proof_taken",
    "order_record",
    "order_void",
    "payment_import",
    "payment_line_match",
    "payment_line_set_aside",
    "refund_letter_taken",
    "refunds_find",
    "refunds_make",
    "refunds_of_death",
    "refunds_receive",
    "refunds_refuse",
    "refunds_request",
    "release_preview",
]
