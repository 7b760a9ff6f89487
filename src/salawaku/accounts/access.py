"""The gate in front of every view."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from salawaku.accounts.models import User

View = Callable[..., HttpResponseBase]


def needs(*permissions: str) -> Callable[[View], View]:
    """Let a view answer only people who have one of the permissions; others log in or are refused."""

    def decorate(view: View) -> View:
        @wraps(view)
        def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_login(request)
            if permissions and not any(request.user.can(code) for code in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        gate.needs = permissions  # type: ignore[attr-defined]  # the route test reads it
        return gate

    return decorate


def _to_login(request: HttpRequest) -> HttpResponseBase:
    """Ask for a log-in, and come back to the page: after a post that is the page with the form, which kept it."""
    address = request.get_full_path() if request.method in {"GET", "HEAD"} else page_before(request)
    answer = redirect_to_login(address)
    if "HX-Request" in request.headers:  # a fragment must not show a log-in page inside another page
        return HttpResponse(headers={"HX-Redirect": answer.headers["Location"]})
    return answer


def page_before(request: HttpRequest) -> str:
    """The page of our own that led here, else the home page."""
    referrer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referrer, {request.get_host()}):
        return "/"
    parts = urlsplit(referrer)
    return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"


def person(request: HttpRequest) -> User:
    """Whoever is behind the gate: a view with `needs` is never reached by anybody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
