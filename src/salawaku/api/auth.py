"""Who may ask: a logged-in person or a key. The middleware has found out who it is and set the scope."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer, SessionAuth

from salawaku.accounts import keys
from salawaku.accounts.models import User


class Key(HttpBearer):
    """A key of a person (Settings → Keys), as `Authorization: Bearer slw_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The owner whom the middleware found."""
        if keys.too_many_tries(request):
            raise HttpError(429, "too many wrong keys from this address: wait ten minutes")
        return request.user if request.user.is_authenticated else None


class Session(SessionAuth):
    """A person logged in with the browser."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Whoever is logged in."""
        return request.user if request.user.is_authenticated else None


def allowed(request: HttpRequest, permission: str) -> User:
    """The person who asks, if one of the roles has the permission; otherwise 403."""
    if not isinstance(request.user, User) or not request.user.can(permission):
        raise HttpError(403, f"this needs the permission {permission}")
    return request.user
