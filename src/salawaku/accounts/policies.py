"""Row-level security and grants, brought up to date after each migration."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

from salawaku.accounts.dbrole import quoted_role
from salawaku.accounts.scoping import ScopedModel

AUDIT = "accounts_auditevent"


def _setting(name: str) -> str:
    """The scalar sub-select makes PostgreSQL read the setting once per statement, not once per row."""
    return f"((SELECT coalesce(nullif(current_setting('salawaku.{name}', true), ''), '{{}}')::text[])::text[])"


# ^@ is "starts with": unlike LIKE it has no wildcards, and agency codes are full of underscores.
IN_SCOPE = (
    f"village_code ^@ ANY {_setting('regions')}"
    f" OR (agency_code <> '' AND (agency_code || '|' || village_code) ^@ ANY {_setting('offices')})"
)
# An event without a region concerns the installation itself: whoever reads an audit trail reads it.
AUDIT_IN_SCOPE = (
    f"region_code ^@ ANY {_setting('audit')} OR (region_code <> '' AND region_code ^@ ANY {_setting('regions')})"
    f" OR (region_code = '' AND cardinality{_setting('audit')} > 0)"
)


def scoped_tables() -> list[str]:
    """Every table that holds persons, with the history tables of those models."""
    return sorted(model._meta.db_table for model in apps.get_models() if _is_scoped(model))


def append_only_tables() -> list[str]:
    """Tables whose rows are never changed: the audit trail, what was signed, and what history triggers write."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if getattr(model, "APPEND_ONLY", False) or _tracked(model) is not None
    )


def _tracked(model: type[models.Model]) -> type[models.Model] | None:
    return getattr(model, "pgh_tracked_model", None)


def _is_scoped(model: type[models.Model]) -> bool:
    return issubclass(_tracked(model) or model, ScopedModel)


@transaction.atomic
def guard_tables(**_kwargs: Any) -> None:
    """Make the ordinary role, grant it what it needs and put a policy on each table that holds persons.

    Also after making a partition: what is new is closed to the ordinary role until it is guarded.
    """
    with connection.cursor() as cursor:
        _make_role(cursor)
        _grant(cursor)
        existing = set(connection.introspection.table_names(cursor))
        for table in sorted(existing.intersection(scoped_tables())):
            _guard(cursor, table, IN_SCOPE)
            _demand_region(cursor, table)
            _close_partitions(cursor, table)
        for table in sorted(existing.intersection(append_only_tables())):
            cursor.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {quoted_role()}")
        if AUDIT in existing:
            _guard_audit(cursor)


def _make_role(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [settings.DATABASE_ROLE])
    found = cursor.fetchone()
    if found is None:
        cursor.execute(f"CREATE ROLE {quoted_role()} NOLOGIN NOSUPERUSER NOBYPASSRLS")
    elif found[0]:
        raise ImproperlyConfigured(
            f"database role {settings.DATABASE_ROLE} passes by row-level security: take SUPERUSER and BYPASSRLS"
            " from it, or name another in SALAWAKU_DB_ROLE"
        )
    # From version 16 on, whoever makes a role is its member without being allowed to become it.
    cursor.execute(
        "SELECT pg_has_role(current_user, %s, CASE WHEN current_setting('server_version_num')::int < 160000"
        " THEN 'MEMBER' ELSE 'SET' END)",
        [settings.DATABASE_ROLE],
    )
    if cursor.fetchone() == (False,):
        cursor.execute(f"GRANT {quoted_role()} TO CURRENT_USER")


def _grant(cursor: CursorWrapper) -> None:
    role = quoted_role()
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    cursor.execute(f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}")
    cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {role}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
    cursor.execute(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {role}")
    cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")


def _guard(cursor: CursorWrapper, table: str, rule: str) -> None:
    cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    cursor.execute(f"DROP POLICY IF EXISTS in_scope ON {table}")
    cursor.execute(f"CREATE POLICY in_scope ON {table} USING ({rule}) WITH CHECK ({rule})")


def _demand_region(cursor: CursorWrapper, table: str) -> None:
    """A row about a person without a region would be seen by nobody: refuse it when it is written."""
    cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = 'has_region' AND conrelid = %s::regclass", [table])
    if cursor.fetchone() is None:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT has_region CHECK (village_code <> '')")


def _close_partitions(cursor: CursorWrapper, table: str) -> None:
    """A policy holds only for the table that a query names: a partition is reached through its parent alone."""
    cursor.execute(
        "SELECT relid::regclass::text FROM pg_partition_tree(%s::regclass) WHERE parentrelid IS NOT NULL", [table]
    )
    for (partition,) in cursor.fetchall():
        _guard(cursor, partition, IN_SCOPE)
        cursor.execute(f"REVOKE ALL ON {partition} FROM {quoted_role()}")


def _guard_audit(cursor: CursorWrapper) -> None:
    """Everybody adds, readers see their region, nobody changes (the triggers say so too, to the owner)."""
    cursor.execute(f"ALTER TABLE {AUDIT} ENABLE ROW LEVEL SECURITY")
    for name, clause in (
        ("in_scope", f"FOR SELECT USING ({AUDIT_IN_SCOPE})"),
        ("add", "FOR INSERT WITH CHECK (true)"),
    ):
        cursor.execute(f"DROP POLICY IF EXISTS {name} ON {AUDIT}")
        cursor.execute(f"CREATE POLICY {name} ON {AUDIT} {clause}")
