"""Home, health, and what to say when a form came too late."""

from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from salawaku.accounts.access import needs
from salawaku.web.selectors import dashboard_for

if TYPE_CHECKING:
    from salawaku.accounts.models import User


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 once the site is ready."""
    return HttpResponse("ok\n", content_type="text/plain")


@needs()
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    board = dashboard_for(cast("User", request.user), today=timezone.localdate())
    return render(request, "web/home.html", {"board": board})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form must be sent again, and lead back to the page that still has it."""
    return render(request, "403_csrf.html", {"back_url": _page_before(request)}, status=403)


def _page_before(request: HttpRequest) -> str:
    """The page of our own that sent the form, else the home page."""
    referrer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referrer, {request.get_host()}):
        return "/"
    parts = urlsplit(referrer)
    return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
