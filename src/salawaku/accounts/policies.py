"""Row-level security and grants, brought up to date after each migration."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

from salawaku.accounts.scoping import ScopedModel

# The scalar sub-select makes PostgreSQL read the setting once per statement, not once per row.
IN_SCOPE = (
    "(village_code || '|' || agency_code) LIKE ANY "
    "((SELECT coalesce(nullif(current_setting('salawaku.scope', true), ''), '{}')::text[])::text[])"
)


def scoped_tables() -> list[str]:
    """Every table that holds persons, with the history tables of those models."""
    return sorted(model._meta.db_table for model in apps.get_models() if _is_scoped(model))


def append_only_tables() -> list[str]:
    """Tables whose rows are never changed: the audit trail and what was signed."""
    return sorted(model._meta.db_table for model in apps.get_models() if getattr(model, "APPEND_ONLY", False))


def _is_scoped(model: type) -> bool:
    tracked = getattr(model, "pgh_tracked_model", None)
    return issubclass(model, ScopedModel) or (tracked is not None and issubclass(tracked, ScopedModel))


def guard_tables(**_kwargs: Any) -> None:
    """Make the ordinary role, grant it what it needs and put a policy on each table that holds persons."""
    with connection.cursor() as cursor:
        _make_role(cursor)
        existing = set(connection.introspection.table_names(cursor))
        for table in scoped_tables():
            if table in existing:
                _guard(cursor, table)
        for table in append_only_tables():
            if table in existing:
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {settings.DATABASE_ROLE}")


def _make_role(cursor: CursorWrapper) -> None:
    role = settings.DATABASE_ROLE
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone() is None:
        cursor.execute(f"CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS")
    cursor.execute(f"GRANT {role} TO CURRENT_USER")
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
    cursor.execute(f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}")


def _guard(cursor: CursorWrapper, table: str) -> None:
    """Put the policy on a table and on its partitions; these are reached through the table only.

    A policy on the parent does not hold for who names a partition, hence policy and revoke there too.
    """
    _put_policy(cursor, table)
    cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", [table])
    for (partition,) in cursor.fetchall():
        _put_policy(cursor, partition)
        cursor.execute(f"REVOKE ALL ON {partition} FROM {settings.DATABASE_ROLE}")


def _put_policy(cursor: CursorWrapper, table: str) -> None:
    cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    cursor.execute(f"DROP POLICY IF EXISTS in_scope ON {table}")
    cursor.execute(f"CREATE POLICY in_scope ON {table} USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE})")
