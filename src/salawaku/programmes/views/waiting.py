"""The waiting list: free seats by village, the line of a village, filling the free seats."""

from __future__ import annotations

import re
import tempfile
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import covers
from salawaku.programmes import actions, selectors, waiting
from salawaku.programmes.fields import month_text
from salawaku.programmes.forms import FillForm
from salawaku.programmes.leaving import left_since, word
from salawaku.programmes.models import Programme
from salawaku.programmes.views.programmes import managed
from salawaku.regions.models import Region
from salawaku.registry import panels
from salawaku.registry.models import Worker

ROWS = 50
MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


@needs("programme.view")
@require_GET
def programme_waiting(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Seats, free seats and how many wait in each village."""
    programme = _seen(request, public_id)
    month = _month(request, programme)
    user = person(request)
    villages = waiting.waiting_by_village(programme, month=month, regions=user.regions)
    context = _said(programme, month) | {
        "villages": villages,
        "free": sum(village.free for village in villages),
        "waiting": sum(village.waiting for village in villages),
        "fill": FillForm(initial={"month": month}),
        "manages": selectors.programmes_managed_by(user).filter(pk=programme.pk).exists(),
    }
    return render(request, "programmes/waiting.html", context)


@needs("programme.view")
@require_GET
def programme_waiting_village(request: HttpRequest, public_id: UUID, village: str) -> HttpResponse:
    """Who stands where in a village's line and why; who left a seat of it."""
    if not person(request).can("register.view"):
        raise PermissionDenied
    programme = _seen(request, public_id)
    month, region = _month(request, programme), _village(request, programme, village)
    after = request.GET.get("setelah", "")
    beyond = int(after) if after.isdecimal() and len(after) < 10 else 0
    line = waiting.waiting_in(programme, month=month, village=village, after=beyond, limit=ROWS + 1)
    standing = waiting.waiting_by_village(programme, month=month, regions=[village])[0]
    more = f"?bulan={month_text(month)}&setelah={line[ROWS - 1].place}" if len(line) > ROWS else ""
    gone = left_since(programme, month=month, village=village, limit=ROWS)
    context = _said(programme, month) | {
        "village": region,
        "standing": standing,
        "rows": _with_cells(request, line[:ROWS]),
        "next_url": more,
        "gone": [(one, word(one.reason)) for one in gone],
    }
    return render(request, "programmes/waiting_village.html", context)


@needs("register.export")
@require_POST
def programme_waiting_export(request: HttpRequest, public_id: UUID, village: str) -> HttpResponseBase:
    """The line of a village as a workbook; the event says who took how many."""
    programme = _seen(request, public_id)
    _village(request, programme, village)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "antrean.xlsx"
        month = _month(request, programme)
        actions.waiting_export(by=person(request), programme=programme, month=month, village=village, target=path)
        # The open file outlives its name: nothing with persons stays on the disk.
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"antrean-{village}.xlsx")


@needs("allocation.propose")
@require_POST
def programme_fill(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make a plan that gives the free seats to the next in line."""
    programme = managed(request, public_id)
    form = FillForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal("allocation.form", _("Please choose a month. No plan was made."))
        plan = actions.seats_fill(by=person(request), programme=programme, first_month=form.cleaned_data["month"])
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("programme_waiting", public_id=public_id)
    allocation = plan.allocation
    return redirect("allocation_detail", public_id=allocation.public_id if allocation else public_id)


def _seen(request: HttpRequest, public_id: UUID) -> Programme:
    return get_object_or_404(selectors.programmes_for(person(request)), public_id=public_id)


def _month(request: HttpRequest, programme: Programme) -> date:
    """The month asked for, if it lies in the programme; else the first that can still be filled."""
    text = request.GET.get("bulan", "") or request.POST.get("month", "")
    if MONTH.fullmatch(text):
        month = date.fromisoformat(f"{text}-01")
        if programme.first_month <= month <= programme.last_month:
            return month
    return waiting.next_month(programme)


def _village(request: HttpRequest, programme: Programme, code: str) -> Region:
    """A village of the programme and of the person's area, else 404."""
    inside = covers(programme.region_code, code) and any(covers(own, code) for own in person(request).regions)
    if not inside:
        raise Http404
    return get_object_or_404(Region, code=code, level=4)


def _said(programme: Programme, month: date) -> dict[str, Any]:
    return {
        "programme": programme,
        "month": month,
        "month_text": month_text(month),
        "has_seats": waiting.has_seats(programme),
        "back": reverse("programme_waiting", args=[programme.public_id]),
    }


def _with_cells(request: HttpRequest, line: list[waiting.Waiting]) -> list[tuple[waiting.Waiting, list[str]]]:
    """Each person in line with the cells of the other rooms."""
    workers = list(Worker.objects.filter(pk__in=[one.worker_id for one in line]))
    cells = panels.cells_for(request, workers)
    return [(one, [cell.get(one.worker_id, "") for cell in cells]) for one in line]
