"""A bill that may still be changed: locked, open, in an open month, on no payment order."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.cover.actions.closed import is_closed
from salawaku.cover.actions.pay import wait_for_others
from salawaku.cover.models import Bill
from salawaku.programmes.models import Purse
from salawaku.programmes.selectors import programmes_managed_by


def locked_bill(by: User | None, bill: Bill) -> Bill:
    """The bill as it is now, locked until the transaction ends, after whoever pays bills and after its purse: the
    order in which payments and bill runs lock. Refusal when it belongs to another area."""
    wait_for_others()
    Purse.objects.select_for_update().get(pk=bill.purse_id)
    seen = Bill.objects.filter(programme__in=programmes_managed_by(by)) if by else Bill.objects.all()
    found = Bill.objects.select_for_update().filter(pk=bill.pk, pk__in=seen.values("pk")).first()
    if found is None:
        raise Refusal("payment.foreign_bill", _("This bill is not in your area. Nothing was changed."))
    return found


def refuse_unless_open(bill: Bill) -> None:
    """Refusal when the bill is paid or void, its month closed, or an order pays it."""
    if bill.status == Bill.Status.PAID:
        raise Refusal("bill.paid", _("This bill is paid. Nothing was changed."))
    if bill.status == Bill.Status.VOID:
        raise Refusal("bill.void", _("This bill was joined with another one. Nothing was changed."))
    if is_closed(programme_id=bill.programme_id, month=bill.month):
        raise Refusal("month.closed", _("This month is closed. Nothing was changed."))
    if bill.order_lines.filter(live=True).exists():
        raise Refusal(
            "bill.on_an_order",
            _("A payment order pays this bill as it is. Void the order first; nothing was changed."),
        )
