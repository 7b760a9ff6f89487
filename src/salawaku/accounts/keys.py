"""Who is behind a key for machines."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from salawaku.accounts.actions.tokens import digest
from salawaku.accounts.models import ApiToken, User

MACHINES = "/api/"
TRIES, WINDOW = 20, 600


def is_offered(request: HttpRequest) -> bool:
    """Whether the request comes with a key; keys open the machine interface alone, no page."""
    return request.path.startswith(MACHINES) and _scheme(request) == "bearer"


def owner_of(request: HttpRequest) -> User | None:
    """The person whose valid key this is; wrong tries from one address are counted."""
    if too_many_tries(request):
        return None
    key = request.headers["Authorization"].partition(" ")[2].strip()
    found = ApiToken.objects.select_related("user").filter(
        digest=digest(key), revoked_at=None, expires_at__gt=timezone.now(), user__is_active=True
    )
    token = found.first()
    if token is None:
        _count(request)
        return None
    today = timezone.localdate()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
    return token.user


def too_many_tries(request: HttpRequest) -> bool:
    """Whether this address has to wait before it may try another key."""
    return int(cache.get(_place(request), 0)) >= TRIES


def _count(request: HttpRequest) -> None:
    cache.add(_place(request), 0, WINDOW)
    cache.incr(_place(request))


def _place(request: HttpRequest) -> str:
    return f"wrong-key-{request.META.get('REMOTE_ADDR', '')}"


def _scheme(request: HttpRequest) -> str:
    return request.headers.get("Authorization", "").partition(" ")[0].lower()
