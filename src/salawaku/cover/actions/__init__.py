"""Every write of the cover room."""

from salawaku.cover.actions.bill import BillRun, bill_run
from salawaku.cover.actions.death import cover_close
from salawaku.cover.actions.following import cover_follow, cover_follow_back
from salawaku.cover.actions.lapses_export import lapses_export
from salawaku.cover.actions.payment import PaymentResult, payment_import
from salawaku.cover.actions.payment_line import payment_line_match, payment_line_set_aside
from salawaku.cover.actions.reconcile import (
    WORKDAYS_TO_SETTLE,
    ReconcileResult,
    difference_assign,
    difference_settle,
    differences_sign_off,
    month_close,
    month_reconcile,
)
from salawaku.cover.actions.release import months_release, release_preview

__all__ = [
    "WORKDAYS_TO_SETTLE",
    "BillRun",
    "PaymentResult",
    "ReconcileResult",
    "bill_run",
    "cover_close",
    "cover_follow",
    "cover_follow_back",
    "difference_assign",
    "difference_settle",
    "differences_sign_off",
    "lapses_export",
    "month_close",
    "month_reconcile",
    "months_release",
    "payment_import",
    "payment_line_match",
    "payment_line_set_aside",
    "release_preview",
]
