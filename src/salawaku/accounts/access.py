"""The gate in front of every view."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from salawaku.accounts.models import User

View = Callable[..., HttpResponseBase]


def needs(*permissions: str) -> Callable[[View], View]:
    """Let a view answer only people who have one of the permissions; others log in or are refused."""

    def decorate(view: View) -> View:
        @wraps(view)
        def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if permissions and not any(request.user.can(code) for code in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        gate.needs = permissions  # type: ignore[attr-defined]  # the route test reads it
        return gate

    return decorate


def person(request: HttpRequest) -> User:
    """Whoever is behind the gate: a view with `needs` is never reached by anybody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
