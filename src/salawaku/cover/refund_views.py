"""Pages of refunds: what is to be asked back, the letter to BPJS, what came back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.documents import attachment
from salawaku.accounts.refusal import Refusal
from salawaku.cover import actions, bill_selectors, refund_selectors
from salawaku.cover.models import Refund, RefundLetter
from salawaku.cover.money_forms import ReasonForm, ReceivedForm, RequestForm
from salawaku.cover.paging import next_page, page_of, uuid_asked
from salawaku.programmes.models import Purse
from salawaku.web.wording import rupiah

ROWS = 50


@needs("cover.view")
@require_GET
def refund_list(request: HttpRequest) -> HttpResponse:
    """What is to be asked back, by purse, and the letters written."""
    return _list(request, RequestForm(initial={"issued_on": timezone.localdate()}, purses=_purses(request)))


def _purses(request: HttpRequest) -> QuerySet[Purse]:
    return bill_selectors.purses_managed_by(person(request)).filter(pk__in=Refund.objects.values("purse"))


def _list(request: HttpRequest, form: RequestForm, *, status: int = 200) -> HttpResponse:
    purses = refund_selectors.refunds_by_purse(person(request))
    after = uuid_asked(request.GET, "after")
    letters, next_after = page_of(refund_selectors.letters_for(person(request)), after=after, rows=ROWS)
    context = {
        "purses": purses,
        "waiting": sum(row.waiting for row in purses),
        "ready": sum(row.ready for row in purses),
        "letters": letters,
        "next_url": next_page(next_after),
        "form": form,
    }
    return render(request, "cover/refund_list.html", context, status=status)


@needs("bill.run")
@require_POST
def refund_find(request: HttpRequest) -> HttpResponse:
    """Look through all deaths once more."""
    found = actions.refunds_find(by=person(request))
    messages.success(request, _("%(n)d months to ask back were found.") % {"n": found})
    return redirect("refund_list")


@needs("bill.run")
@require_POST
def refund_request(request: HttpRequest) -> HttpResponse:
    """Ask BPJS for what waits of a purse, by a letter."""
    form = RequestForm(request.POST, purses=_purses(request))
    if not form.is_valid():
        return _list(request, form, status=422)
    try:
        letter = actions.refunds_request(by=person(request), **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _list(request, form, status=422)
    messages.success(request, _("The letter holds everything of this purse that was paid. Print it and send it."))
    return redirect("refund_letter", letter.public_id)


@needs("cover.view")
@require_GET
def refund_letter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A letter with its months."""
    letter = _letter(request, public_id)
    rows = list(refund_selectors.refunds_of(letter))
    waits = any(row.status == Refund.Status.REQUESTED for row in rows)
    context = {
        "letter": letter,
        "rows": rows,
        "received": ReceivedForm(initial={"received_on": timezone.localdate()}),
        "refused": ReasonForm(),
        "may_settle": waits and person(request).can("payment.record"),
    }
    return render(request, "cover/refund_letter.html", context)


@needs("cover.view", "payment.record")
@require_POST
def refund_settle(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The months ticked came back, or BPJS refused them."""
    if not person(request).can("payment.record"):
        raise PermissionDenied
    letter = _letter(request, public_id)
    ticked = [int(text) for text in request.POST.getlist("refund") if text.isdecimal() and len(text) < 19]
    try:
        told = _refuse(request, letter, ticked) if "refuse" in request.POST else _receive(request, letter, ticked)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect("refund_letter", public_id)


def _receive(request: HttpRequest, letter: RefundLetter, ticked: list[int]) -> str:
    form = ReceivedForm(request.POST)
    if not form.is_valid():
        raise Refusal("refund.no_receipt", _("Write the receipt number, so that the money can be found again."))
    amount = actions.refunds_receive(by=person(request), letter=letter, refunds=ticked, **form.cleaned_data)
    return _("%(amount)s is back in the purse and can be used again.") % {"amount": rupiah(amount)}


def _refuse(request: HttpRequest, letter: RefundLetter, ticked: list[int]) -> str:
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    number = actions.refunds_refuse(by=person(request), letter=letter, refunds=ticked, reason=reason)
    return _("%(n)d months were refused. The reason is kept beside them.") % {"n": number}


@needs("register.export")
@require_POST
def refund_letter_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The letter as PDF; it names persons, so the trail says who took it."""
    letter = _letter(request, public_id)
    content = actions.refund_letter_taken(by=person(request), letter=letter)
    return attachment(f"pengembalian-{public_id}.pdf", content)


def _letter(request: HttpRequest, public_id: UUID) -> RefundLetter:
    return get_object_or_404(refund_selectors.letters_for(person(request)), public_id=public_id)
