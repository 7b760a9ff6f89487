"""Pages of payments: taking a file in, and the receipts that wait for a person."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.cover import actions, selectors
from salawaku.cover.forms import MatchForm, PaymentForm, SetAsideForm
from salawaku.cover.models import PaymentLine

ROWS = 50
BILLS = 20


@needs("cover.view", "payment.record")
@require_http_methods(["GET", "POST"])
def payments(request: HttpRequest) -> HttpResponse:
    """Take a payment file in, and what waits for somebody to look at."""
    if request.method == "POST":
        return _take_payments(request)
    return _payments_page(request, PaymentForm())


def _take_payments(request: HttpRequest) -> HttpResponse:
    _only_who_records(request)
    form = PaymentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _payments_page(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        result = actions.payment_import(by=person(request), file_name=file.name, content=file.read())
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return _payments_page(request, form, status=422)
    return _payments_page(request, PaymentForm(), result=result)


def _payments_page(
    request: HttpRequest, form: PaymentForm, *, result: actions.PaymentResult | None = None, status: int = 200
) -> HttpResponse:
    waiting = selectors.unmatched_receipts(person(request))
    before = request.GET.get("before", "")
    older = waiting.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 19 else waiting
    found = list(older.order_by("-pk")[: ROWS + 1])
    context = {
        "form": form,
        "result": result,
        "number": waiting.count(),
        "waiting": found[:ROWS],
        "next_url": f"?before={found[ROWS - 1].pk}" if len(found) > ROWS else "",
    }
    return render(request, "cover/payments.html", context, status=status)


@needs("cover.view", "payment.record")
@require_GET
def payment_line(request: HttpRequest, line_id: int) -> HttpResponse:
    """One receipt that waits: the bills it could pay, or why it is not ours."""
    line = _line(request, line_id)
    bills = selectors.bills_for_line(person(request), line)[:BILLS]
    context = {"line": line, "bills": bills, "match": MatchForm(bills=bills), "set_aside": SetAsideForm()}
    return render(request, "cover/payment_line.html", context)


@needs("cover.view", "payment.record")
@require_POST
def payment_line_match(request: HttpRequest, line_id: int) -> HttpResponse:
    """Let the receipt pay the bill that was chosen."""
    _only_who_records(request)
    line = _line(request, line_id)
    form = MatchForm(request.POST, bills=selectors.bills_for_line(person(request), line))
    if not form.is_valid():
        messages.error(request, _("Choose one of the open bills. The receipt still waits."))
        return redirect("payment_line", line_id=line_id)
    try:
        actions.payment_line_match(by=person(request), line=line, bill=form.cleaned_data["bill"])
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("payment_line", line_id=line_id)
    messages.success(request, _("The bill is paid with this receipt, and so are its months."))
    return redirect("payments")


@needs("cover.view", "payment.record")
@require_POST
def payment_line_set_aside(request: HttpRequest, line_id: int) -> HttpResponse:
    """Put the receipt aside: it pays none of our bills."""
    _only_who_records(request)
    line = _line(request, line_id)
    form = SetAsideForm(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        actions.payment_line_set_aside(by=person(request), line=line, reason=reason)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("payment_line", line_id=line_id)
    messages.success(request, _("The receipt was set aside. The reason is in its trail."))
    return redirect("payments")


def _only_who_records(request: HttpRequest) -> None:
    if not person(request).can("payment.record"):
        raise PermissionDenied


def _line(request: HttpRequest, line_id: int) -> PaymentLine:
    lines = selectors.lines_managed_by(person(request)).select_related("payment", "bill", "decided_by")
    return get_object_or_404(lines, pk=line_id)
