"""Who sees which persons: the scope of the acting user, told to the database.

A scope names whole regions ("81.71": every row whose region code begins so) and offices within regions
("dinas_perikanan|81.71": only that agency's rows there). The policies (policies.py) compare each row with it.
Without a scope both lists are empty and nothing is seen.

Every row about a person carries a region. Where the village is not known yet, that is the region of the office
that sent it ("81.71"): its own people and those above see the row, a village operator does not.

Trap: a query set and a server-side cursor are evaluated where they are read, not where they are made; read
them inside the block whose scope they need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from salawaku.accounts.models import User

M = TypeVar("M", bound=models.Model)


class Scope(NamedTuple):
    """Region codes seen whole, "agency|region" seen for one agency, regions whose audit trail is seen."""

    regions: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    audit: tuple[str, ...] = ()


NOTHING = Scope()
SETTINGS = ("salawaku.regions", "salawaku.offices", "salawaku.audit")
_scope: ContextVar[Scope] = ContextVar("scope", default=NOTHING)


class ScopedModel(models.Model):
    """A table that holds persons: its rows are seen only within the acting user's scope."""

    village_code = models.CharField(max_length=13, blank=True)
    agency_code = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True


def covers(region: str, code: str) -> bool:
    """Whether the region's subtree holds `code`: "81.71" covers "81.71.03.2001", never "81.7100"."""
    return bool(region) and (code == region or code.startswith(f"{region}."))


def current_scope() -> Scope:
    """The scope in force."""
    return _scope.get()


def in_scope(queryset: QuerySet[M]) -> QuerySet[M]:
    """The rows of a ScopedModel within the scope in force; the policies of the database hold the same beneath."""
    wanted = Q(pk__in=[])
    for region in _scope.get().regions:
        wanted |= Q(village_code__startswith=region)
    for office in _scope.get().offices:
        agency, _bar, region = office.partition("|")
        wanted |= Q(agency_code=agency, village_code__startswith=region)
    return queryset.filter(wanted)


def may_write(village_code: str, agency_code: str) -> bool:
    """Whether a row of this village and agency lies within the scope in force."""
    scope_now = _scope.get()
    return any(village_code.startswith(region) for region in scope_now.regions) or any(
        f"{agency_code}|{village_code}".startswith(office) for office in scope_now.offices
    )


def apply_scope(cursor: CursorWrapper) -> None:
    """Tell the database the scope in force."""
    calls = ", ".join(f"set_config('{name}', %s::text[]::text, false)" for name in SETTINGS)
    cursor.execute(f"SELECT {calls}", [list(part) for part in _scope.get()])


@contextmanager
def scope(wanted: Scope) -> Iterator[None]:
    """Set the scope for a block, in this process and in the database, and put the old one back."""
    if not all(re.fullmatch(r"\w+\|[0-9.]+", office) for office in wanted.offices):
        raise ValueError(f"an office is agency|region, not one of {wanted.offices}")
    token = _scope.set(wanted)
    try:
        _tell_database()
        yield
    finally:
        _scope.reset(token)
        _tell_database()


@contextmanager
def acting_as(user: User) -> Iterator[None]:
    """See what `user` may see."""
    with scope(user.scope()):
        yield


@contextmanager
def elevated(reason: str) -> Iterator[None]:
    """Look beyond the acting user's scope, for a step that must (linkage against all workers).

    `reason` is for the reader of the code; what comes out of the block must not show foreign persons.
    """
    if not reason:
        raise ValueError("elevated() needs a reason")
    with scope(_scope.get()._replace(regions=("",))):
        yield


def _tell_database() -> None:
    """Without an open connection there is nothing to tell: a new one asks for the scope itself.

    In a transaction that has failed nothing can be said either; its rollback puts the earlier scope back.
    A connection that cannot be told is closed, so that it never stays behind with somebody's scope.
    """
    open_connection = connection.connection
    if open_connection is None or open_connection.closed or connection.needs_rollback:
        return
    if open_connection.info.transaction_status.name == "INERROR":
        return
    told = False
    try:
        with connection.cursor() as cursor:
            apply_scope(cursor)
        told = True
    finally:
        if not told:
            connection.close()
