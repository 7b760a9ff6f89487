"""Home, health, and what to say when a form came too late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from salawaku.accounts.access import needs, page_before, person
from salawaku.web.selectors import dashboard_for


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 once the site is ready."""
    return HttpResponse("ok\n", content_type="text/plain")


@needs()
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    board = dashboard_for(person(request), today=timezone.localdate())
    return render(request, "web/home.html", {"board": board})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form must be sent again, and lead back to the page that still has it."""
    return render(request, "403_csrf.html", {"back_url": page_before(request)}, status=403)
