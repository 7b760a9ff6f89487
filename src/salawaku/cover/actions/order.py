"""Recording the order by which the treasury pays bills (SP2D), and voiding a wrong one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.documents import scan_kind
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions.open_bill import locked_bill
from salawaku.cover.models import Bill, OrderBill, OrderProof, PaymentOrder
from salawaku.web.wording import rupiah

LARGEST_PROOF = 5 * 1024 * 1024  # bytes: a scan of some pages
# How each kind of file begins; what it is called does not matter.


@transaction.atomic
def order_record(
    *, by: User, number: str, issued_on: date, amount: int, bills: Sequence[Bill], proof: bytes = b""
) -> PaymentOrder:
    """Write down which bills an order pays; `proof` is the scanned order (PDF, JPG or PNG), which may come with it.

    The bills may be paid already: an order and its receipt come in either order. Refusal when the bills do not add up
    to `amount`, one is void, on another order or of another region, the number was recorded before, the day lies
    ahead, or the proof is no such file.
    """
    kind = _kind(proof)
    locked = _bills(by, bills)
    _refuse_unfit(number, issued_on, amount, locked)
    region = locked[0].programme.region_code
    try:
        with transaction.atomic():
            order = PaymentOrder.objects.create(
                region_code=region,
                year=issued_on.year,
                number=number.strip(),
                issued_on=issued_on,
                amount=amount,
                recorded_by=by,
            )
            OrderBill.objects.bulk_create(OrderBill(order=order, bill=bill, amount=bill.amount) for bill in locked)
    except IntegrityError as error:
        raise _taken(error) from error
    if kind:
        _keep_proof(order, kind, proof)
    detail = {"amount": amount, "bills": [bill.billing_code for bill in locked], "proof": bool(kind)}
    audit.record(by=by, kind="order.recorded", subject=order, detail=detail, region_code=region)
    return order


@transaction.atomic
def order_void(*, by: User, order: PaymentOrder, reason: str) -> PaymentOrder:
    """Take back an order that was recorded wrongly; it stays to be seen, its number and bills are free again.

    Refusal without a reason, for an order of another area and for one that is void.
    """
    if not reason.strip():
        raise Refusal("order.no_reason", _("Please say why this order is void. Nothing was changed."))
    found = PaymentOrder.objects.select_for_update().get(pk=order.pk)
    if not found.region_code.startswith(tuple(by.regions)):
        raise Refusal("order.foreign", _("This order is not in your area. Nothing was changed."))
    if found.voided_at:
        raise Refusal("order.void", _("This order is void already."))
    found.voided_by, found.voided_at, found.void_reason = by, timezone.now(), reason.strip()[:300]
    found.save(update_fields=["voided_by", "voided_at", "void_reason"])
    found.lines.update(live=False)
    detail = {"amount": found.amount}
    audit.record(
        by=by, kind="order.voided", subject=found, detail=detail, reason=reason.strip(), region_code=found.region_code
    )
    return found


@transaction.atomic
def order_proof_taken(*, by: User, order: PaymentOrder) -> OrderProof:
    """Hand the scanned order out; the event says who took it. Refusal if none is kept where the person works."""
    proof = OrderProof.objects.filter(order=order).first()
    if proof is None:
        raise Refusal("order.no_proof", _("No proof is kept with this order."))
    audit.record(by=by, kind="order.proof_taken", subject=order, region_code=order.region_code)
    return proof


def _kind(proof: bytes) -> str:
    """What kind of file the proof is; nothing when there is none."""
    if not proof:
        return ""
    if len(proof) > LARGEST_PROOF:
        raise Refusal("order.proof_too_large", _("The proof is larger than 5 MB. Scan it smaller and try again."))
    if not (kind := scan_kind(proof)):
        raise Refusal("order.proof_unreadable", _("The proof is neither PDF nor JPG nor PNG. Nothing was recorded."))
    return kind


def _bills(by: User, bills: Sequence[Bill]) -> list[Bill]:
    """The bills, each once, locked in the order of their purses, as bill runs lock them."""
    if not bills:
        raise Refusal("order.no_bill", _("Choose at least one bill that the order pays."))
    found = [locked_bill(by, bill) for bill in sorted(set(bills), key=lambda bill: (bill.purse_id, bill.pk))]
    if len({bill.programme.region_code for bill in found}) > 1:
        raise Refusal("order.two_regions", _("These bills are of two regions. Record an order for each."))
    if any(bill.status == Bill.Status.VOID for bill in found):
        raise Refusal("bill.void", _("This bill was joined with another one. Nothing was changed."))
    return found


def _refuse_unfit(number: str, issued_on: date, amount: int, bills: Sequence[Bill]) -> None:
    if not number.strip():
        raise Refusal("order.no_number", _("Write the number of the order as it stands on it."))
    if issued_on > timezone.localdate():
        raise Refusal("order.in_future", _("The day of the order lies in the future."))
    owed = sum(bill.amount for bill in bills)
    if amount != owed:
        raise Refusal(
            "order.amount_differs",
            _("The order is for %(amount)s, its bills ask for %(owed)s. Nothing was recorded; mend one of them."),
            amount=rupiah(amount),
            owed=rupiah(owed),
        )


def _taken(error: IntegrityError) -> Refusal:
    if "orderbill_bill_has_one_order" in str(error):
        return Refusal("order.bill_taken", _("One of these bills stands on another order. Nothing was recorded."))
    if "paymentorder_number_once" in str(error):
        return Refusal(
            "order.number_taken", _("An order of this number was recorded this year. Nothing was recorded.")
        )
    raise error


def _keep_proof(order: PaymentOrder, kind: str, content: bytes) -> None:
    with elevated("a proof belongs to the region of its order"):
        OrderProof.objects.create(
            village_code=order.region_code,
            order=order,
            kind=kind,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
        )
