"""Pages of bills: making them, one bill with its chain, its letter, its instalments."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku import law
from salawaku.accounts.access import needs, person
from salawaku.accounts.documents import attachment
from salawaku.accounts.refusal import Refusal
from salawaku.cover import actions, bill_selectors, letters
from salawaku.cover.models import Bill
from salawaku.cover.money_forms import RunForm, SplitForm
from salawaku.cover.paging import month_asked, next_page, uuid_asked
from salawaku.programmes.fields import month_text
from salawaku.programmes.selectors import programmes_managed_by
from salawaku.web import wording

ROWS = 50


@needs("cover.view")
@require_http_methods(["GET", "POST"])
def bill_list(request: HttpRequest) -> HttpResponse:
    """Bills, the latest month first; a post makes those of a month, or of several months ahead."""
    user = person(request)
    form = RunForm(
        request.POST if request.method == "POST" else None,
        initial={"month": law.first_of_month(timezone.localdate())},
        purses=bill_selectors.purses_managed_by(user),
    )
    if request.method == "POST":
        return _make_bills(request, form)
    month = month_asked(request.GET)
    bills, next_after = bill_selectors.bill_page(user, month=month, after=uuid_asked(request.GET, "after"), rows=ROWS)
    context = {
        "bills": bills,
        "form": form,
        "open_amount": bill_selectors.open_amount(user),
        "own": set(programmes_managed_by(user).values_list("pk", flat=True)),
        "month": month,
        "months": bill_selectors.months_billed(user),
        "chips": [{"label": wording.month(month), "remove_url": reverse("bill_list")}] if month else [],
        "next_url": next_page(next_after, month=month_text(month) if month else ""),
    }
    return render(request, "cover/bill_list.html", context)


def _make_bills(request: HttpRequest, form: RunForm) -> HttpResponse:
    if not person(request).can("bill.run"):
        raise PermissionDenied
    if not form.is_valid():
        messages.error(request, _("Please name a month. No bill was made."))
        return redirect("bill_list")
    month, through, purse = (form.cleaned_data[name] for name in ("month", "through", "purse"))
    several = bool(through) and through != month
    try:
        if through or purse:
            ahead = actions.bills_prepay(
                by=person(request), first=month, last=through or month, purses=[purse] if purse else []
            )
            _tell_ahead(request, ahead)
        else:
            _tell(request, actions.bill_run(by=person(request), month=month))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    # The list of one month shows its bills however old it is; months ahead stand on top of the whole list.
    return redirect("bill_list" if several else f"{reverse('bill_list')}?month={month_text(month)}")


def _tell(request: HttpRequest, run: actions.BillRun) -> None:
    workers = sum(bill.workers for bill in run.bills)
    if run.bills:
        done = _("%(bills)d bills for %(workers)d workers were made.")
        messages.success(request, done % {"bills": len(run.bills), "workers": workers})
    else:
        nothing = _("Nothing new to bill: %(n)d workers of this month are on a bill already.")
        messages.info(request, nothing % {"n": run.already_billed})


def _tell_ahead(request: HttpRequest, ahead: actions.Prepayment) -> None:
    if not ahead.bills:
        nothing = _("Nothing new to bill: %(n)d months of cover are on a bill already.")
        messages.info(request, nothing % {"n": ahead.already_billed})
        return
    done = _("%(bills)d bills for %(months)d months of cover were made, each with its own due date.")
    messages.success(request, done % {"bills": len(ahead.bills), "months": ahead.worker_months})
    if not ahead.usual:
        messages.info(request, _("BPJS usually takes 1, 3, 6 or 12 months ahead. Ask the branch about this period."))


@needs("cover.view")
@require_GET
def bill_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One bill: decree, bill, payment order, receipt, and what does not agree."""
    bill = _bill(request, public_id)
    villages = bill_selectors.villages_of(bill)
    chain = bill_selectors.chain_of(bill)
    siblings = bill_selectors.siblings(bill)
    is_open = bill.status == Bill.Status.OPEN
    context = {
        "bill": bill,
        "chain": chain,
        "villages": villages,
        "siblings": siblings,
        "joinable": [one for one in siblings if is_open and one.status == Bill.Status.OPEN],
        "split": SplitForm(villages=villages),
        "may_split": is_open and bill.workers > 1 and person(request).can("bill.run"),
        "ordered": any(line.live for line in chain.orders),
    }
    return render(request, "cover/bill_detail.html", context)


@needs("cover.view")
@require_GET
def bill_letter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The letter of the bill as PDF."""
    bill = _bill(request, public_id)
    return attachment(f"tagihan-{bill.billing_code}.pdf", letters.bill_letter(bill))


@needs("bill.run")
@require_POST
def bill_split(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an instalment out of the bill."""
    bill = _bill(request, public_id)
    form = SplitForm(request.POST, villages=bill_selectors.villages_of(bill))
    if not form.is_valid():
        messages.error(request, _("Name an amount or choose villages. Nothing was changed."))
        return redirect("bill_detail", public_id)
    try:
        part = actions.bill_split(by=person(request), bill=bill, **form.cleaned_data)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("bill_detail", public_id)
    messages.success(request, _("This instalment has its own billing code. The rest stays on the other bill."))
    return redirect("bill_detail", part.public_id)


@needs("bill.run")
@require_POST
def bill_join(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put the bill back into another part."""
    bill = _bill(request, public_id)
    chosen = request.POST.get("into", "")
    into = next((one for one in bill_selectors.siblings(bill) if str(one.public_id) == chosen), None)
    if into is None:
        messages.error(request, _("Choose the bill to join with. Nothing was changed."))
        return redirect("bill_detail", public_id)
    try:
        actions.bill_join(by=person(request), bill=bill, into=into)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("bill_detail", public_id)
    messages.success(request, _("The two bills are one again. The other billing code pays nothing any more."))
    return redirect("bill_detail", into.public_id)


def _bill(request: HttpRequest, public_id: UUID) -> Bill:
    return get_object_or_404(bill_selectors.bills_managed_by(person(request)), public_id=public_id)
