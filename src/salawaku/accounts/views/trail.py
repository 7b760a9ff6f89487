"""The audit trail, and who looked at whole identity numbers."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from salawaku.accounts import selectors
from salawaku.accounts.access import needs, person
from salawaku.accounts.forms import TrailForm
from salawaku.accounts.selectors import TrailFilter
from salawaku.accounts.wording import KINDS


@needs("audit.view")
@require_GET
def trail_list(request: HttpRequest) -> HttpResponse:
    """Who did what to what, when and why, in the reader's regions."""
    form = TrailForm(request.GET)
    return _page(request, form.wanted(), "trail_list", {"form": form})


@needs("audit.view")
@require_GET
def unmask_list(request: HttpRequest) -> HttpResponse:
    """Every look at a whole NIK."""
    return _page(request, TrailFilter(kind="nik.unmasked"), "unmask_list", {})


def _page(request: HttpRequest, wanted: TrailFilter, name: str, context: dict[str, object]) -> HttpResponse:
    given = request.GET.get("sebelum", "")
    before = int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None
    shown, key = selectors.trail_page(selectors.trail(person(request), wanted), before=before)
    filters = {field: value for field, value in wanted._asdict().items() if value and name == "trail_list"}
    next_url = f"{reverse(name)}?{urlencode({**filters, 'sebelum': key})}" if key else ""
    events = [(event, KINDS.get(event.kind, event.kind), _details(event.detail)) for event in shown]
    return render(request, f"accounts/{name}.html", {**context, "events": events, "next_url": next_url})


def _details(detail: dict[str, object]) -> list[tuple[str, object]]:
    return [(key, value) for key, value in detail.items() if value not in ("", [], None)]
