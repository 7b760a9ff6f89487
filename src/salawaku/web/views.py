"""Home and health."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from salawaku.accounts.access import needs


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 once the site is ready."""
    return HttpResponse("ok\n", content_type="text/plain")


@needs()
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    return render(request, "web/home.html")
