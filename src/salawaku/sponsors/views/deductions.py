"""The deduction list of an agency and month, and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.documents import attachment
from salawaku.accounts.refusal import Refusal
from salawaku.programmes.fields import month_text
from salawaku.sponsors import actions, selectors
from salawaku.sponsors.deduction_list import deductions_list
from salawaku.sponsors.forms import ListForm, ReturnForm
from salawaku.sponsors.models import Sponsor


@needs("sponsor.view")
@require_GET
def deduction_page(request: HttpRequest) -> HttpResponse:
    """The list of one agency and month: what each sponsor owes and whether it was deducted."""
    form = _form(request, request.GET if "agency" in request.GET else None)
    return _page(request, form)


@needs("sponsor.view")
@require_POST
def deduction_file(request: HttpRequest) -> HttpResponse:
    """The list as a workbook; the event says who took it."""
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, form)
    agency, month = form.cleaned_data["agency"], form.cleaned_data["month"]
    user = person(request)
    content = deductions_list(by=user, region_code=_region(request), agency=agency, month=month)
    return attachment(f"potongan-{agency.pk}-{month_text(month)}.xlsx", content)


@needs("sponsor.manage")
@require_POST
def deduction_hand(request: HttpRequest) -> HttpResponse:
    """Everybody on the list has paid, but those that are ticked."""
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, form)
    ticked = [int(one) for one in request.POST.getlist("unpaid") if one.isdecimal() and len(one) < 19]
    try:
        result = actions.deductions_by_hand(
            by=person(request),
            region_code=_region(request),
            agency_code=form.cleaned_data["agency"].pk,
            month=form.cleaned_data["month"],
            unpaid=list(Sponsor.objects.filter(pk__in=ticked)),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        _tell(request, result)
    return redirect(_address(form))


@needs("sponsor.manage")
@require_POST
def deduction_return(request: HttpRequest) -> HttpResponse:
    """Take in the file of the bank or pay office."""
    agencies = selectors.agencies_of(person(request), _region(request))
    form = ReturnForm(request.POST, request.FILES, agencies=agencies)
    if not form.is_valid():
        messages.error(request, _("Choose the file of the bank or pay office. Nothing was taken."))
        return redirect("deduction_page")
    file = form.cleaned_data["file"]
    try:
        result = actions.deductions_return(
            by=person(request),
            region_code=_region(request),
            agency_code=form.cleaned_data["agency"].pk,
            month=form.cleaned_data["month"],
            file_name=file.name,
            content=file.read(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        _tell(request, result)
    return redirect(_address(form))


def _tell(request: HttpRequest, result: actions.DeductionResult) -> None:
    told = _("%(paid)d sponsors have paid, %(unpaid)d have not.")
    messages.success(request, told % {"paid": result.paid, "unpaid": result.unpaid})
    if result.amount_differs:
        rows = ", ".join(map(str, result.amount_differs[:20]))
        messages.warning(
            request, _("Another amount than on the list in row %(rows)s; please decide.") % {"rows": rows}
        )
    if result.unknown:
        rows = ", ".join(map(str, result.unknown[:20]))
        messages.warning(request, _("Not on the list: row %(rows)s of the file.") % {"rows": rows})
    if result.not_listed:
        messages.warning(request, _("%(n)d sponsors of the list are not in the file.") % {"n": result.not_listed})


def _form(request: HttpRequest, asked: QueryDict | None) -> ListForm:
    agencies = selectors.agencies_of(person(request), _region(request))
    return ListForm(asked, agencies=agencies, initial={"month": timezone.localdate().replace(day=1)})


def _region(request: HttpRequest) -> str:
    """The region whose agencies the person sees."""
    return selectors.region_of(person(request)) or settings.HOME_REGION


def _address(form: ListForm) -> str:
    asked = {"agency": form.cleaned_data["agency"].pk, "month": month_text(form.cleaned_data["month"])}
    return f"{reverse('deduction_page')}?{urlencode(asked)}"


def _page(request: HttpRequest, form: ListForm) -> HttpResponse:
    agency = month = None
    rows: list[selectors.Deduction] = []
    if form.is_bound and form.is_valid():
        agency, month = form.cleaned_data["agency"], form.cleaned_data["month"]
        rows = selectors.deductions(region_code=_region(request), agency_code=agency.pk, month=month)
    context = {
        "form": form,
        "agency": agency,
        "month": month,
        "rows": rows,
        "workers": sum(row.workers for row in rows),
        "amount": sum(row.amount for row in rows),
        "manages": bool(agency) and person(request).can_in("sponsor.manage", _region(request)),
    }
    return render(request, "sponsors/deductions.html", context, status=422 if form.errors else 200)
