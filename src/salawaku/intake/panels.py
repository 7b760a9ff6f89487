"""What intake shows on the page of a worker."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from salawaku.intake import selectors
from salawaku.registry.models import Worker


def evidence_panel(request: HttpRequest, worker: Worker) -> str:
    """The lists that name the worker."""
    context = {"rows": selectors.worker_evidence(worker), "worker": worker}
    return render_to_string("intake/parts/evidence.html", context, request)
