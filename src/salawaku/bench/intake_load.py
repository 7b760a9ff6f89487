"""Carrying checked rows into the register, beside the bare COPY of the same columns into the same table."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from salawaku.bench.database import scratch_database, start_django
from salawaku.bench.measure import Figure, seconds

if TYPE_CHECKING:
    from salawaku.accounts.models import User
    from salawaku.intake.models import ListFile

ROUNDS = 3
COLUMNS = (
    "village_code, agency_code, nik, family_card, participant_number, name, name_key, birth_place, birth_date, sex, "
    "address, rt, rw, phone, occupation_id, income, welfare_decile, proposed_on, source_row_id"
)
EMPTY = "TRUNCATE registry_worker, registry_workerhistory, intake_workersource CASCADE"
CONFIRM_AGAIN = "UPDATE intake_listfile SET status = 'checked', confirmed_at = NULL, confirmed_by_id = NULL"


def loading(path: Path) -> Figure:
    """The list at `path` is received and checked unmeasured; its confirmation is measured against COPY."""
    start_django()
    from salawaku.registry.models import Worker

    with scratch_database() as sari:
        file = _checked(sari, path)
        ours, bare = [], []
        for _ in range(ROUNDS):
            ours.append(seconds(lambda: _confirm(sari, file)))
            rows = Worker.objects.count()
            bare.append(_bare_copy())
    return Figure(min(ours) / min(bare), 4.0, "bare COPY", rows, seconds=round(min(ours), 2))


def _checked(sari: User, path: Path) -> ListFile:
    from salawaku.intake.actions import file_check, file_receive

    with path.open("rb") as content:
        file = file_receive(by=sari, name=path.name, content=content, village_code="81.71", as_of=date(2026, 6, 30))
    return file_check(by=sari, file=file)


def _confirm(sari: User, file: ListFile) -> None:
    from salawaku.intake.actions import file_confirm

    file_confirm(by=sari, file=file)


def _bare_copy() -> float:
    """Take the register's rows out, empty it, and time COPY alone: indexes and constraints, no history, no policy."""
    from django.db import connection

    from salawaku.accounts.dbrole import as_owner

    with as_owner(), connection.cursor() as cursor:
        with cursor.copy(f"COPY registry_worker ({COLUMNS}) TO STDOUT") as out:
            rows = b"".join(bytes(part) for part in out)
        cursor.execute(EMPTY)
        cursor.execute("ALTER TABLE registry_worker DISABLE TRIGGER USER")
        taken = seconds(lambda: _copy_in(rows))
        cursor.execute("ALTER TABLE registry_worker ENABLE TRIGGER USER")
        cursor.execute(EMPTY)
        cursor.execute(CONFIRM_AGAIN)
    return taken


def _copy_in(rows: bytes) -> None:
    from django.db import connection

    with connection.cursor() as cursor, cursor.copy(f"COPY registry_worker ({COLUMNS}) FROM STDIN") as copy:
        copy.write(rows)
