"""One pledge: its workers, its paper, accepting, withdrawing, taking a worker out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.documents import ENDINGS, attachment
from salawaku.accounts.refusal import Refusal
from salawaku.registry.models import Worker
from salawaku.sponsors import actions, selectors
from salawaku.sponsors.models import Pledge, PowerOfAttorney
from salawaku.web.paging import next_page, page_by, uuid_asked

ROWS = 50


@needs("sponsor.view")
@require_GET
def pledge_list(request: HttpRequest) -> HttpResponse:
    """Pledges that wait to be accepted."""
    rows, after = page_by(selectors.pledges_waiting(), order=("id",), after=uuid_asked(request.GET), rows=ROWS)
    return render(request, "sponsors/pledge_list.html", {"rows": rows, "next_url": next_page(after)})


@needs("sponsor.view")
@require_GET
def pledge_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was promised and who is carried; a worker's name only for whoever may see the worker."""
    pledge = _pledge(public_id)
    user = person(request)
    carried = selectors.carried_by(pledge)
    seen = user.can("register.view")
    workers = Worker.objects.in_bulk([one.worker_id for one in carried]) if seen else {}
    context = {
        "pledge": pledge,
        "rows": [(one, workers.get(one.worker_id)) for one in carried],
        "has_paper": PowerOfAttorney.objects.filter(pledge=pledge).exists(),
        "manages": user.can_in("sponsor.manage", pledge.village_code),
        "this_month": timezone.localdate().replace(day=1),
    }
    return render(request, "sponsors/pledge_detail.html", context)


@needs("sponsor.manage")
@require_POST
def pledge_accept(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Accept it; the purse grows."""
    try:
        actions.pledge_accept(by=person(request), pledge=_pledge(public_id))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The pledge is accepted and the purse has grown by what it is worth."))
    return redirect("pledge_detail", public_id=public_id)


@needs("sponsor.manage")
@require_POST
def pledge_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take it back before it was accepted."""
    try:
        actions.pledge_withdraw(
            by=person(request), pledge=_pledge(public_id), reason=request.POST.get("reason", "")[:300]
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("pledge_detail", public_id=public_id)


@needs("sponsor.manage")
@require_POST
def pledge_undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a worker from the pledge from this month on."""
    pledge, number = _pledge(public_id), request.POST.get("worker", "")
    if not (number.isdecimal() and len(number) < 19):
        raise Http404
    worker = get_object_or_404(Worker, pk=int(number))
    try:
        months = actions.match_undo(
            by=person(request), pledge=pledge, worker=worker, first_month=timezone.localdate()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(n)d months were freed. The worker needs another sponsor.") % {"n": months})
    return redirect("pledge_detail", public_id=public_id)


@needs("sponsor.manage")
@require_POST
def pledge_paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand the power of attorney out; the event says who took it."""
    pledge = _pledge(public_id)
    paper = get_object_or_404(PowerOfAttorney, pledge=pledge)
    actions.pledge_paper_taken(by=person(request), pledge=pledge)
    return attachment(f"surat-kuasa-{pledge.public_id}.{ENDINGS[paper.kind]}", bytes(paper.content))


def _pledge(public_id: UUID) -> Pledge:
    """A pledge within the person's scope, else 404."""
    found = Pledge.objects.select_related("sponsor", "purse__programme", "wish_worker")
    return get_object_or_404(found, public_id=public_id)
