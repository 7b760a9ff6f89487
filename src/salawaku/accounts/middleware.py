"""Sets what the person of a request may see."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from salawaku.accounts.scoping import NOTHING, scope


class ScopeMiddleware:
    """Gives the database the scope of the logged-in person for the time of one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within the person's scope; nobody sees nothing."""
        with scope(request.user.scope() if request.user.is_authenticated else NOTHING):
            return self.get_response(request)
