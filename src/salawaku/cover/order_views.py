"""Pages of payment orders (SP2D)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.documents import attachment
from salawaku.accounts.refusal import Refusal
from salawaku.cover import actions, bill_selectors
from salawaku.cover.models import Bill, OrderProof, PaymentOrder
from salawaku.cover.money_forms import OrderForm, ReasonForm
from salawaku.cover.paging import next_page, page_of, uuid_asked
from salawaku.web.paging import page_by

ROWS = 50


@needs("cover.view", "payment.record")
@require_http_methods(["GET", "POST"])
def order_list(request: HttpRequest) -> HttpResponse:
    """The orders recorded; a post records one."""
    user = person(request)
    bills = bill_selectors.bills_without_order(user)
    if request.method == "POST":
        shown, _after = _offered(request)
        return _record(request, OrderForm(request.POST, request.FILES, bills=bills, shown=shown))
    chosen = bills.filter(public_id__in=_asked(request))
    initial = {"bills": list(chosen), "amount": f"{sum(bill.amount for bill in chosen)}"} if chosen else {}
    shown, _after = _offered(request)
    return _list(request, OrderForm(initial=initial, bills=bills, shown=shown))


def _offered(request: HttpRequest) -> tuple[list[Bill], UUID | None]:
    """A page of the bills that wait for an order, the earliest due day first, and where the next one begins."""
    bills = bill_selectors.bills_without_order(person(request))
    return page_by(bills, order=("due_on", "id"), after=uuid_asked(request.GET, "bills_after"), rows=ROWS)


def _asked(request: HttpRequest) -> list[UUID]:
    """The bill that the page one comes from names."""
    try:
        return [UUID(request.GET["bill"])]
    except (KeyError, ValueError):
        return []


def _record(request: HttpRequest, form: OrderForm) -> HttpResponse:
    if not person(request).can("payment.record"):
        raise PermissionDenied
    if not form.is_valid():
        return _list(request, form, status=422)
    given = form.cleaned_data
    proof = given.pop("proof")
    try:
        order = actions.order_record(by=person(request), proof=proof.read() if proof else b"", **given)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _list(request, form, status=422)
    messages.success(request, _("The order is recorded. Its bills are paid once their receipts come in."))
    return redirect("order_detail", order.public_id)


def _list(request: HttpRequest, form: OrderForm, *, status: int = 200) -> HttpResponse:
    user = person(request)
    after = uuid_asked(request.GET, "after")
    orders, next_after = page_of(bill_selectors.orders_for(user), after=after, rows=ROWS)
    context = {
        "orders": orders,
        "next_url": next_page(next_after),
        "form": form,
        "more_bills_url": next_page(_offered(request)[1], "bills_after"),
        "waiting": bill_selectors.bills_without_order(user).count(),
    }
    return render(request, "cover/order_list.html", context, status=status)


@needs("cover.view", "payment.record")
@require_GET
def order_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One order, its bills and what receipts have paid of them."""
    order = _order(request, public_id)
    paid = bill_selectors.paid_of(order)
    context = {
        "order": order,
        "lines": order.lines.select_related("bill", "bill__purse"),
        "paid": paid,
        "missing": order.amount - paid,
        "proof": OrderProof.objects.filter(order=order).defer("content").first(),
        "void": ReasonForm(),
    }
    return render(request, "cover/order_detail.html", context)


@needs("cover.view", "payment.record")
@require_POST
def order_void(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Void a wrong order."""
    if not person(request).can("payment.record"):
        raise PermissionDenied
    order, form = _order(request, public_id), ReasonForm(request.POST)
    try:
        actions.order_void(
            by=person(request), order=order, reason=form.cleaned_data["reason"] if form.is_valid() else ""
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The order is void. It stays to be seen, and its number is free again."))
    return redirect("order_detail", public_id)


@needs("payment.record", "bill.run", "audit.view")
@require_POST
def order_proof(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand the scanned order out; the event says who took it."""
    try:
        proof = actions.order_proof_taken(by=person(request), order=_order(request, public_id))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("order_detail", public_id)
    return attachment(f"sp2d-{public_id}.{proof.kind}", bytes(proof.content))


def _order(request: HttpRequest, public_id: UUID) -> PaymentOrder:
    orders = bill_selectors.orders_for(person(request)).select_related("recorded_by", "voided_by")
    return get_object_or_404(orders, public_id=public_id)
