"""Donors, their promises, and the report without names."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.documents import attachment
from salawaku.accounts.refusal import Refusal
from salawaku.programmes.selectors import programmes_managed_by
from salawaku.regions.models import Region
from salawaku.sponsors import actions, report
from salawaku.sponsors.counting import FULL_MONTHS, counted
from salawaku.sponsors.donor_forms import DonorForm, PromiseForm
from salawaku.sponsors.models import Donor, DonorPledge
from salawaku.web.paging import next_page, page_by, uuid_asked

ROWS = 50


@needs("sponsor.view")
@require_http_methods(["GET", "POST"])
def donor_list(request: HttpRequest) -> HttpResponse:
    """All donors of one's area; a post enters one."""
    user = person(request)
    form = DonorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        regions = user.regions_where("sponsor.manage", whole=True)
        if not regions:
            raise PermissionDenied
        if form.is_valid():
            try:
                donor = actions.donor_enter(by=user, region_code=regions[0], **form.cleaned_data)
            except Refusal as refusal:
                form.add_error("organisation", str(refusal))
            else:
                return redirect("donor_detail", public_id=donor.public_id)
    donors, after = page_by(
        Donor.objects.all(), order=("organisation", "id"), after=uuid_asked(request.GET), rows=ROWS
    )
    context = {"donors": donors, "next_url": next_page(after), "form": form}
    return render(request, "sponsors/donor_list.html", context, status=422 if form.errors else 200)


@needs("sponsor.view")
@require_GET
def donor_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One donor and what was promised, with how BPJS counts it."""
    return _page(request, get_object_or_404(Donor, public_id=public_id))


@needs("sponsor.manage")
@require_POST
def donor_promise(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write a promise down; one of under six months is told what it counts for."""
    donor = get_object_or_404(Donor, public_id=public_id)
    form = PromiseForm(request.POST, programmes=programmes_managed_by(person(request)))
    if form.is_valid():
        programme = form.cleaned_data["programme"]
        try:
            actions.donor_promise(by=person(request), donor=donor, programme=programme, terms=form.terms())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if form.cleaned_data["months"] < FULL_MONTHS:
                messages.warning(request, _("Under 6 months BPJS may not count these workers; see below."))
            return redirect("donor_detail", public_id=public_id)
    return _page(request, donor, form=form)


def _page(request: HttpRequest, donor: Donor, **wrong: Form) -> HttpResponse:
    pledges = list(donor.pledges.select_related("programme", "purse"))
    codes = {code for pledge in pledges for code in pledge.villages}
    titles = {region.code: region.title for region in Region.objects.filter(code__in=codes)}
    context: dict[str, Any] = {
        "donor": donor,
        "pledges": [
            (one, counted(one.workers, one.months), [titles.get(code, code) for code in one.villages])
            for one in pledges
        ],
        "manages": person(request).can_in("sponsor.manage", donor.village_code),
        "form": PromiseForm(programmes=programmes_managed_by(person(request))),
    }
    return render(request, "sponsors/donor_detail.html", context | wrong, status=422 if wrong else 200)


@needs("sponsor.manage")
@require_POST
def promise_accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Accept a promise; its purse is opened."""
    pledge = _promise(public_id)
    try:
        actions.donor_accept(by=person(request), pledge=pledge)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The promise is accepted and its purse is open."))
    return redirect("donor_detail", public_id=pledge.donor.public_id)


@needs("sponsor.view")
@require_GET
def promise_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What became of the promise, without a name."""
    pledge = _promise(public_id)
    context = {"pledge": pledge, "report": report.report_of(pledge) if pledge.purse_id else None}
    return render(request, "sponsors/report.html", context)


@needs("sponsor.view")
@require_POST
def promise_pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same as a PDF to hand over."""
    pledge = _promise(public_id)
    return attachment(f"laporan-{pledge.public_id}.pdf", report.report_pdf(by=person(request), pledge=pledge))


def _promise(public_id: UUID) -> DonorPledge:
    """A promise within the person's scope, else 404."""
    found = DonorPledge.objects.select_related("donor", "programme", "purse")
    return get_object_or_404(found, public_id=public_id)
