"""What the register shows of a worker's match with Dukcapil."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from salawaku.exchange import selectors
from salawaku.registry.models import Worker

KINDS = {"valid": "good", "dead": "danger", "moved": "warning", "not_found": "warning", "different": "warning"}


def match_panel(request: HttpRequest, worker: Worker) -> str:
    """The latest result, its day and the agreement; nothing when Dukcapil was never asked."""
    match = selectors.latest_match(worker)
    if match is None:
        return ""
    context = {"match": match, "worker": worker, "kind": KINDS[str(match.result)]}
    return render_to_string("exchange/parts/match.html", context, request)
