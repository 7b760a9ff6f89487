"""Sets what the person of a request may see."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.cache import add_never_cache_headers

from salawaku.accounts import keys
from salawaku.accounts.scoping import NOTHING, scope


class NulMiddleware:
    """Refuses a NUL in an address: PostgreSQL holds none, and no view should have to think of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """400, or the answer."""
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest()
        return self.get_response(request)


class NulFormMiddleware:
    """Refuses a NUL in a posted form: nobody types one, and no view that reads a field itself has to think of it.

    Behind the check of the token, so that nothing is read of a form that nobody of ours sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; `process_view` is where the form is looked at."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """400 for a form with a NUL in a field; files may hold what they like."""
        texts = (text for _name, texts in request.POST.lists() for text in texts)
        return (
            HttpResponseBadRequest() if request.method == "POST" and any("\x00" in text for text in texts) else None
        )


class ScopeMiddleware:
    """Gives the database the scope of the logged-in person, or of a key's owner, for the time of one request.

    What such a person is shown stays in no cache: offices share computers, and "back" works after signing out.

    Trap: the body of a streaming answer is made after the scope has ended and sees nothing; collect first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within the person's scope; nobody sees nothing."""
        if keys.is_offered(request):
            # A wrong key never falls back on the session of the browser that sent it.
            request.user = keys.owner_of(request) or AnonymousUser()
        if not request.user.is_authenticated:
            with scope(NOTHING):
                return self.get_response(request)
        with scope(request.user.scope()):
            response = self.get_response(request)
        add_never_cache_headers(response)
        return response
