"""Making a copy of the database harmless: every personal field is replaced by the rule its model declares.

For a copy that is to leave the house (a test server, a report of a fault). Row by row the same person gets
the same made-up name, so that the copy still behaves like the original. There is no way back.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

from salawaku.accounts.dbrole import as_owner
from salawaku.accounts.scoping import elevated

HASH = "left(encode(sha256({column}::text::bytea), 'hex'), 12)"
# Made up from the row's own text, so that equal stays equal and unique stays unique.
RULES = {
    "blank": "{empty}",
    # What somebody wrote goes, that something was written stays: a check may demand a reason.
    "unsaid": "CASE WHEN {column}::text = '' THEN {column} ELSE '–' END",
    "hash": "CASE WHEN {column}::text = '' THEN {column} ELSE " + HASH + " END",
    "fake_name": "CASE WHEN {column}::text = '' THEN {column} ELSE 'Nama ' || upper(left("
    "encode(sha256({column}::text::bytea), 'hex'), 8)) END",
    "fake_nik": "CASE WHEN {column}::text = '' THEN {column} ELSE '99' || lpad((('x' || left("
    "encode(sha256({column}::text::bytea), 'hex'), 14))::bit(56)::bigint % 100000000000000)::text, 14, '0') END",
    "fake_nip": "CASE WHEN {column}::text = '' THEN {column} ELSE '99' || lpad((('x' || left("
    "encode(sha256({column}::text::bytea), 'hex'), 14))::bit(56)::bigint % 10000000000000000)::text, 16, '0') END",
    "year_only": "date_trunc('year', {column})::date",
}
# Tables of others that hold persons: their rows are of no use in a copy.
EMPTIED = (
    "account_emailaddress", "account_emailconfirmation", "axes_accessattempt", "axes_accessfailurelog",
    "axes_accesslog", "django_session", "mfa_authenticator", "pghistory_context", "procrastinate_jobs",
    "accounts_apitoken", "notices_calendarfeed",
)  # fmt: skip


def personal_fields(model: type[models.Model]) -> dict[str, str]:
    """Which fields of a model are personal and by what rule; a history table has those of its model."""
    tracked = getattr(model, "pgh_tracked_model", None)
    declared: dict[str, str] = getattr(tracked or model, "PERSONAL", {})
    return {name: rule for name, rule in declared.items() if _has(model, name)}


def _has(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.fields)


def scrub_database() -> dict[str, int]:
    """Replace every personal field of the connected database for ever; returns the rows changed by table.

    The caller makes sure that this is a copy (`salawaku scrub` asks for the database's name).
    """
    with (
        as_owner(),
        elevated("a copy is made harmless as a whole"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        existing = set(connection.introspection.table_names(cursor))
        for table in sorted(existing.intersection(EMPTIED)):
            cursor.execute(f"TRUNCATE {table} CASCADE")
        return dict(_scrub_models(cursor, existing))


def _scrub_models(cursor: CursorWrapper, existing: set[str]) -> Iterator[tuple[str, int]]:
    for model in sorted(apps.get_models(), key=lambda model: model._meta.db_table):
        fields = personal_fields(model)
        table = model._meta.db_table
        if fields and table in existing and model._meta.managed:
            yield table, _scrub_table(cursor, model, fields)


def _scrub_table(cursor: CursorWrapper, model: type[models.Model], fields: dict[str, str]) -> int:
    table = model._meta.db_table
    changes = ", ".join(_change(model, name, rule) for name, rule in fields.items())
    # Triggers would refuse (the audit trail) or write the old values into the history.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    cursor.execute(f"UPDATE {table} SET {changes}")
    count = int(cursor.rowcount)
    cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return count


def _change(model: type[models.Model], name: str, rule: str) -> str:
    field = model._meta.get_field(name)
    column = connection.ops.quote_name(str(field.column))  # type: ignore[union-attr]
    return f"{column} = " + RULES[rule].format(column=column, empty=_empty(field))


def _empty(field: object) -> str:
    """Nothing, in the column's own way: NULL where that is allowed, else an empty text, object or list."""
    if getattr(field, "null", False):
        return "NULL"
    if isinstance(field, models.JSONField):
        return "'{}'::jsonb"
    return "''"
