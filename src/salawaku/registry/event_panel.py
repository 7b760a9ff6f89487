"""What was written down about a worker, on the worker's page, with the way to take it back."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from salawaku.accounts.access import person
from salawaku.regions.models import Region
from salawaku.registry.models import Worker, WorkerEvent
from salawaku.registry.selectors import events_standing


def event_panel(request: HttpRequest, worker: Worker) -> str:
    """Moves, wages and cover elsewhere that stand; and for whoever may, the link to write one down."""
    events = list(events_standing(worker))
    may = person(request).can("register.merge")
    if not events and not (may and worker.status == Worker.Status.LIVING):
        return ""
    villages = {r.code: r.title for r in Region.objects.filter(code__in=[event.village_to for event in events])}
    context = {
        "worker": worker,
        "events": [(event, villages.get(event.village_to, "")) for event in events],
        "kinds": WorkerEvent.Kind.choices,
        "may": may,
    }
    return render_to_string("registry/parts/events.html", context, request)
