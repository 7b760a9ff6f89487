"""What a person makes of a receipt that matched no bill."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions.closed import is_closed, unless_closed
from salawaku.cover.actions.pay import pay_bills, wait_for_others
from salawaku.cover.models import Bill, PaymentLine
from salawaku.cover.selectors import lines_managed_by
from salawaku.programmes.selectors import programmes_managed_by

MATCH = """
UPDATE cover_paymentline SET bill_id = %(bill)s, decision = 'matched', decided_by_id = %(by)s, decided_at = now()
WHERE id = %(line)s
"""


@unless_closed()
@transaction.atomic
def payment_line_match(*, by: User | None, line: PaymentLine, bill: Bill) -> PaymentLine:
    """Let a receipt pay an open bill of the same amount; the same again changes nothing.

    Refusal when somebody decided otherwise before, or the bill is paid, of a closed month, of another amount or
    another area.
    """
    wait_for_others()
    bill, line = _bill(by, bill), _waiting(by, line)
    if (line.decision, line.bill_id) == ("matched", bill.pk):
        return line
    _refuse_decided(line)
    if bill.status == Bill.Status.VOID:
        raise Refusal("bill.void", _("This bill was joined with another one. Nothing was changed."))
    if bill.status != Bill.Status.OPEN:
        raise Refusal("payment.bill_paid", _("This bill is paid already. Nothing was changed; choose another one."))
    if is_closed(programme_id=bill.programme_id, month=bill.month):
        raise Refusal("month.closed", _("This month is closed. Nothing was changed."))
    if bill.amount != line.amount:
        raise Refusal("payment.amount_differs", _("The bill asks for another amount. Nothing was changed."))
    with elevated("a paid bill covers all its workers"):
        pay_bills(MATCH, {"line": line.pk, "bill": bill.pk, "by": by.pk if by else None})
    line.refresh_from_db()
    detail = {"bill": bill.billing_code, "amount": line.amount, "receipt": line.pk}
    region = bill.programme.region_code
    audit.record(by=by, kind="payment.matched", subject=line.payment, detail=detail, region_code=region)
    return line


@transaction.atomic
def payment_line_set_aside(*, by: User | None, line: PaymentLine, reason: str) -> PaymentLine:
    """Say that a receipt pays none of our bills, and why; the same again changes nothing.

    Refusal without a reason, or when somebody decided otherwise before.
    """
    if not reason.strip():
        raise Refusal("payment.no_reason", _("Please say why this payment is not ours. It still waits."))
    line = _waiting(by, line)
    if line.decision == PaymentLine.Decision.NOT_OURS:
        return line
    _refuse_decided(line)
    line.decision, line.decided_by, line.decided_at = PaymentLine.Decision.NOT_OURS, by, timezone.now()
    line.save(update_fields=["decision", "decided_by", "decided_at"])
    detail = {"amount": line.amount, "receipt": line.pk}
    audit.record(by=by, kind="payment.set_aside", subject=line.payment, detail=detail, reason=reason.strip())
    return line


def _waiting(by: User | None, line: PaymentLine) -> PaymentLine:
    """The line as it is now, locked: whoever comes second sees what the first decided."""
    seen = lines_managed_by(by) if by else PaymentLine.objects.all()
    found = PaymentLine.objects.select_for_update().filter(pk=line.pk, pk__in=seen.values("pk")).first()
    if found is None:
        raise Refusal("payment.foreign_line", _("This receipt is not in your area. Nothing was changed."))
    return found


def _bill(by: User | None, bill: Bill) -> Bill:
    seen = Bill.objects.filter(programme__in=programmes_managed_by(by)) if by else Bill.objects.all()
    found = Bill.objects.select_for_update().filter(pk=bill.pk, pk__in=seen.values("pk")).first()
    if found is None:
        raise Refusal("payment.foreign_bill", _("This bill is not in your area. Nothing was changed."))
    return found


def _refuse_decided(line: PaymentLine) -> None:
    if line.outcome == PaymentLine.Outcome.MATCHED:
        raise Refusal("payment.line_matched", _("This receipt has paid its bill. There is nothing to decide."))
    if line.decision:
        told = _("Somebody has decided this receipt meanwhile: %(decision)s. Nothing was changed.")
        raise Refusal("payment.line_decided", told, decision=line.get_decision_display())
