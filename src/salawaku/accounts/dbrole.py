"""Which database role a connection has: the ordinary one, except while tables are made.

The owner of the tables would see every row whatever the policies say, so a connection gives that power up as
soon as it is opened and takes it back only for migrations and set-up.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

OWNER_COMMANDS = frozenset({"migrate", "makemigrations", "flush", "sqlmigrate", "dbshell", "test"})
_owner: ContextVar[bool] = ContextVar("owner", default=False)


def become_ordinary(*, connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """Drop the owner's power on a new connection and give it the scope of whoever is acting."""
    from salawaku.accounts import scoping

    if not is_owner():
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {settings.DATABASE_ROLE}")
            scoping.apply_scope(cursor)


def is_owner() -> bool:
    """Whether new connections keep the owner's power."""
    return _owner.get() or (len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS)


@contextmanager
def as_owner() -> Iterator[None]:
    """Keep the owner's power inside the block: migrations and set-up only, never for a person's request."""
    token = _owner.set(True)
    try:
        _set_role("NONE")
        yield
    finally:
        _owner.reset(token)
        if not is_owner():
            _set_role(settings.DATABASE_ROLE)


def _set_role(role: str) -> None:
    if connection.connection is not None and not connection.connection.closed:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {role}")
