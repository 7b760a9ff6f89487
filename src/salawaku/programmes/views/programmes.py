"""Programmes: list, opening, criteria, seats, purses."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.programmes import actions, selectors
from salawaku.programmes.bars import purse_bars
from salawaku.programmes.criteria import Criteria
from salawaku.programmes.criteria_wording import told
from salawaku.programmes.forms import ProgrammeForm, ProposeForm, QuotaForm
from salawaku.programmes.models import Programme
from salawaku.programmes.purse_forms import PurseForm
from salawaku.programmes.purse_outlook import stays_unused
from salawaku.programmes.views.purses import tell
from salawaku.regions.models import Region

SEATS = re.compile(r"^seats-([0-9.]{13})$")


@needs("programme.view")
@require_GET
def programme_list(request: HttpRequest) -> HttpResponse:
    """All programmes of one's area."""
    programmes = selectors.programmes_for(person(request)).prefetch_related("purses")
    rows = [(programme, sum(purse.left for purse in programme.purses.all())) for programme in programmes]
    return render(request, "programmes/programme_list.html", {"rows": rows})


@needs("programme.manage")
@require_http_methods(["GET", "POST"])
def programme_new(request: HttpRequest) -> HttpResponse:
    """Open a programme."""
    regions = Region.objects.filter(code__in=person(request).regions)
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None,
        regions=[(region.code, region.title) for region in regions],
    )
    if request.method == "POST" and form.is_valid():
        try:
            programme = actions.programme_open(by=person(request), **form.values())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("programme_detail", public_id=programme.public_id)
    return render(request, "programmes/programme_new.html", {"form": form}, status=422 if form.errors else 200)


@needs("programme.view")
@require_GET
def programme_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One programme with its rule, seats, purses, plans and decrees."""
    programme = get_object_or_404(selectors.programmes_for(person(request)), public_id=public_id)
    return _page(request, programme)


@needs("programme.manage")
@require_POST
def programme_quotas(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Set the seats of all villages at once."""
    programme = managed(request, public_id)
    form = QuotaForm(request.POST)
    if not form.is_valid():
        return _page(request, programme, quota=form)
    total = actions.quotas_set(by=person(request), programme=programme, **form.cleaned_data)
    messages.success(request, _("%(n)d seats were set.") % {"n": total})
    return redirect("programme_detail", public_id=public_id)


@needs("programme.manage")
@require_POST
def programme_quota_table(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Set the seats of each village by hand."""
    programme = managed(request, public_id)
    given = {found[1]: value for key, value in request.POST.items() if (found := SEATS.match(key)) and value}
    wrong = [code for code, value in given.items() if not re.fullmatch(r"[0-9]{1,7}", str(value))]
    if wrong:
        messages.error(request, _("Not a number of seats for %s. Nothing was saved.") % ", ".join(wrong))
        return redirect("programme_detail", public_id=public_id)
    seats = {code: int(str(value)) for code, value in given.items()}
    try:
        total = actions.quotas_set(by=person(request), programme=programme, method="hand", by_village=seats)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(n)d seats were set.") % {"n": total})
    return redirect("programme_detail", public_id=public_id)


@needs("programme.manage")
@require_POST
def programme_purse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a purse."""
    programme = managed(request, public_id)
    form = PurseForm(request.POST, programme=programme)
    if form.is_valid():
        try:
            purse = actions.purse_open(by=person(request), programme=programme, terms=form.terms())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, purse, _("The purse was opened."))
            return redirect("programme_detail", public_id=public_id)
    return _page(request, programme, purse=form)


def managed(request: HttpRequest, public_id: UUID) -> Programme:
    """A programme that this person may change, else 404."""
    return get_object_or_404(selectors.programmes_managed_by(person(request)), public_id=public_id)


def _page(request: HttpRequest, programme: Programme, **wrong: Form) -> HttpResponse:
    """The programme's page; `wrong` are forms that come back with their errors and what was typed."""
    manages = selectors.programmes_managed_by(person(request)).filter(pk=programme.pk).exists()
    villages = selectors.villages_of(programme)
    purses = list(programme.purses.all())
    context: dict[str, Any] = {
        "programme": programme,
        "manages": manages,
        "villages": villages,
        "seats": sum(village.seats or 0 for village in villages),
        "purses": purses,
        "bars": purse_bars(purses),
        "unused": {purse.pk for purse in purses if stays_unused(purse, today=timezone.localdate())},
        "left": sum(purse.left for purse in purses),
        "allocations": programme.allocations.select_related("proposed_by", "approved_by")[:20],
        "decrees": programme.decrees.all()[:20],
        "rules": told(Criteria.from_json(programme.criteria)),
        "quota": QuotaForm(),
        "purse": PurseForm(programme=programme),
        "propose": ProposeForm(),
    }
    return render(request, "programmes/programme_detail.html", context | wrong, status=422 if wrong else 200)
