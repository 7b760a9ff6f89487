"""Pages of the cover room."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from salawaku import law
from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.cover import actions, forecast, selectors
from salawaku.cover.forms import BillForm

ROWS = 50


@needs("cover.view")
@require_GET
def cover_board(request: HttpRequest) -> HttpResponse:
    """The months from decree to payment, and who is about to lapse."""
    today = timezone.localdate()
    standing = selectors.cover_status(as_of=today)
    this_month, next_month = selectors.lapse_counts(as_of=today)
    price = selectors.price_to_keep(today)
    context = {
        "today": today,
        "standing": standing[0] if standing else None,
        "lapses": [
            (law.add_months(today, 1), this_month, this_month * price),
            (law.add_months(today, 2), next_month, next_month * price),
        ],
        "months": selectors.month_board(first=law.add_months(today, -11), last=law.add_months(today, 12)),
    }
    return render(request, "cover/board.html", context)


@needs("cover.view")
@require_GET
def village_list(request: HttpRequest) -> HttpResponse:
    """Covered, target and gap of each village."""
    today = timezone.localdate()
    villages = selectors.coverage_by_village(as_of=today)
    covered, target = sum(row.covered for row in villages), sum(row.target for row in villages)
    context = {"today": today, "villages": villages, "covered": covered, "target": target}
    return render(request, "cover/village_list.html", context)


@needs("cover.view")
@require_GET
def gap_forecast(request: HttpRequest) -> HttpResponse:
    """Members without a payer in the year ahead, by village and month."""
    today = timezone.localdate()
    context = {"today": today, "forecast": forecast.gap_forecast(as_of=today)}
    return render(request, "cover/forecast.html", context)


@needs("cover.view")
@require_http_methods(["GET", "POST"])
def bill_list(request: HttpRequest) -> HttpResponse:
    """Bills, the latest month first; a post makes those of a month."""
    user = person(request)
    form = BillForm(
        request.POST if request.method == "POST" else None,
        initial={"month": law.first_of_month(timezone.localdate())},
    )
    if request.method == "POST":
        return _make_bills(request, form)
    bills = list(selectors.bills_for(user)[:ROWS])
    open_amount = sum(bill.amount for bill in bills if bill.status == "open")
    return render(request, "cover/bill_list.html", {"bills": bills, "form": form, "open_amount": open_amount})


def _make_bills(request: HttpRequest, form: BillForm) -> HttpResponse:
    if not person(request).can("bill.run"):
        raise PermissionDenied
    if not form.is_valid():
        messages.error(request, _("Please name a month. No bill was made."))
        return redirect("bill_list")
    try:
        run = actions.bill_run(by=person(request), month=form.cleaned_data["month"])
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("bill_list")
    workers = sum(bill.workers for bill in run.bills)
    if run.bills:
        done = _("%(bills)d bills for %(workers)d workers were made.")
        messages.success(request, done % {"bills": len(run.bills), "workers": workers})
    else:
        nothing = _("Nothing new to bill: %(n)d workers of this month are on a bill already.")
        messages.info(request, nothing % {"n": run.already_billed})
    return redirect("bill_list")
