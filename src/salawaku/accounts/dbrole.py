"""Which database role a connection has: the ordinary one, except while tables are made.

The owner of the tables would see every row whatever the policies say, so a connection gives that power up as
soon as it is opened and takes it back only for migrations and set-up.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

OWNER_COMMANDS = frozenset({"migrate", "makemigrations", "flush", "sqlmigrate", "dbshell", "test"})
_owner: ContextVar[bool] = ContextVar("owner", default=False)


def become_ordinary(*, connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """Drop the owner's power on a new connection and give it the scope of whoever is acting.

    A connection on which that fails is closed: left open, the next query would run on it as the owner.
    """
    from salawaku.accounts import scoping

    if is_owner():
        return
    tamed = False
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {quoted_role()}")
            scoping.apply_scope(cursor)
        tamed = True
    finally:
        if not tamed:
            connection.close()


def is_owner() -> bool:
    """Whether new connections keep the owner's power."""
    return _owner.get() or _is_owner_command(sys.argv)


def _is_owner_command(argv: list[str]) -> bool:
    """Only Django's own command line counts: `pytest test` must not make the whole run the owner."""
    return len(argv) > 1 and Path(argv[0]).name in {"manage.py", "django-admin"} and argv[1] in OWNER_COMMANDS


def quoted_role() -> str:
    """The ordinary role's name, safe inside SQL."""
    return str(connection.ops.quote_name(settings.DATABASE_ROLE))


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
            _set_role(quoted_role())


def _set_role(role: str) -> None:
    """In a transaction that has failed nothing can be said; its rollback puts the earlier role back.

    A connection that cannot change its role is closed rather than kept with the wrong one.
    """
    open_connection = connection.connection
    if open_connection is None or open_connection.closed:
        return
    if open_connection.info.transaction_status.name == "INERROR":
        return
    changed = False
    try:
        with connection.wrap_database_errors, open_connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {role}")
        changed = True
    finally:
        if not changed:
            connection.close()
