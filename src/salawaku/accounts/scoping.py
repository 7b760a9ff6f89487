"""Who sees which persons: the scope of the acting user, told to the database.

A scope is a list of patterns over "village code|agency code", such as "81.71%|%" for a whole city or
"81.71%|dinas_perikanan" for the fishery office's own lists. The policies (policies.py) compare each row
with it. Without a scope the list is empty and nothing is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

if TYPE_CHECKING:
    from salawaku.accounts.models import User

EVERYTHING = ("%",)
_scope: ContextVar[tuple[str, ...]] = ContextVar("scope", default=())


class ScopedModel(models.Model):
    """A table that holds persons: its rows are seen only within the acting user's scope."""

    village_code = models.CharField(max_length=13, blank=True)
    agency_code = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True


def pattern(region_code: str, agency_code: str = "") -> str:
    """The pattern that matches rows of one region subtree and, if given, one agency."""
    return f"{region_code}%|{agency_code or '%'}"


def current_scope() -> tuple[str, ...]:
    """The patterns in force."""
    return _scope.get()


def apply_scope(cursor: CursorWrapper) -> None:
    """Tell the database the scope in force."""
    cursor.execute("SELECT set_config('salawaku.scope', %s::text[]::text, false)", [list(_scope.get())])


@contextmanager
def scope(patterns: Iterable[str]) -> Iterator[None]:
    """Set the scope for a block, in this process and in the database, and put the old one back."""
    token = _scope.set(tuple(patterns))
    try:
        _tell_database()
        yield
    finally:
        _scope.reset(token)
        _tell_database()


@contextmanager
def acting_as(user: User) -> Iterator[None]:
    """See what `user` may see."""
    with scope(user.scope_patterns()):
        yield


@contextmanager
def elevated(reason: str) -> Iterator[None]:
    """Look beyond the acting user's scope, for a step that must (linkage against all workers).

    `reason` is for the reader of the code; what comes out of the block must not show foreign persons.
    """
    if not reason:
        raise ValueError("elevated() needs a reason")
    with scope(EVERYTHING):
        yield


def _tell_database() -> None:
    """Without an open connection there is nothing to tell: a new one asks for the scope itself.

    In a transaction that has failed nothing can be said either; its rollback puts the earlier scope back.
    """
    open_connection = connection.connection
    if open_connection is None or open_connection.closed or connection.needs_rollback:
        return
    if open_connection.info.transaction_status.name == "INERROR":
        return
    with connection.cursor() as cursor:
        apply_scope(cursor)
