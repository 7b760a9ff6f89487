"""The page on which a move, a wage or the like is written down: first what would change, then the deed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from salawaku.accounts.access import needs, person
from salawaku.accounts.refusal import Refusal
from salawaku.registry import actions, selectors
from salawaku.registry.actions import Recorded
from salawaku.registry.event_forms import EventForm
from salawaku.registry.models import Worker, WorkerEvent

DEEDS = {
    WorkerEvent.Kind.EMPLOYED: actions.worker_employed,
    WorkerEvent.Kind.ELSEWHERE: actions.worker_covered_elsewhere,
    WorkerEvent.Kind.RETURNED: actions.worker_returned,
}


@needs("register.merge")
@require_http_methods(["GET", "POST"])
def worker_event(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A form; a post shows what would change, a second one with "confirmed" does it."""
    worker = _worker(public_id)
    form = EventForm(request.POST or None, worker=worker, initial={"kind": request.GET.get("kind", "")})
    context: dict[str, Any] = {"worker": worker, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            if "confirmed" in request.POST:
                return _done(request, worker, _deed(request, worker, form.cleaned_data))
            context["told"] = actions.what_would_change(lambda: _deed(request, worker, form.cleaned_data))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return render(request, "registry/worker_event.html", context, status=422 if form.errors else 200)


@needs("register.merge")
@require_POST
def worker_event_undo(request: HttpRequest, public_id: UUID, event_id: UUID) -> HttpResponse:
    """Take an entry back."""
    worker = _worker(public_id)
    try:
        event = selectors.event_get(worker, event_id)
    except WorkerEvent.DoesNotExist as missing:
        raise Http404 from missing
    try:
        told = actions.worker_event_undo(by=person(request), event=event, reason=request.POST.get("reason", "")[:300])
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, " ".join([_("The entry was taken back."), *told]))
    return redirect("worker_detail", public_id=public_id)


def _deed(request: HttpRequest, worker: Worker, given: dict[str, Any]) -> Recorded:
    common = {"by": person(request), "worker": worker, "month": given["month"], "reason": given["reason"]}
    if given["kind"] == WorkerEvent.Kind.MOVED:
        return actions.worker_moved(**common, village_to=given["village_to"])
    return DEEDS[given["kind"]](**common)


def _done(request: HttpRequest, worker: Worker, recorded: Recorded) -> HttpResponse:
    messages.success(request, " ".join([_("It was written down."), *recorded.told]))
    if not selectors.worker_seen(worker.public_id):  # a move can lead out of the own area
        return redirect("worker_list")
    return redirect("worker_detail", public_id=worker.public_id)


def _worker(public_id: UUID) -> Worker:
    try:
        return selectors.worker_get(public_id)
    except Worker.DoesNotExist as missing:
        raise Http404 from missing
