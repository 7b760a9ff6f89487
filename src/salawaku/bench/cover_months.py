"""Months of cover for a million workers: the monthly bill and the guard, beside bare statements on the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from salawaku.bench.database import scratch_database, start_django
from salawaku.bench.measure import Figure, best_of, peak_memory_mb, seconds

if TYPE_CHECKING:
    from salawaku.programmes.models import Purse

SMALL, LARGE = 10_000, 1_000_000
YEAR, MONTHS = 2026, 24
WORKERS = """
INSERT INTO registry_worker (village_code, agency_code, nik, family_card, participant_number, name, name_key,
                             birth_place, birth_date, sex, address, rt, rw, phone, occupation_id, proposed_on)
SELECT '81.71.03.200' || (1 + g %% 9), 'dinas_perikanan', lpad(g::text, 16, '0'), '', '', 'Pekerja ' || g,
       'pekerja ' || g, '', '1985-05-17', 'M', '', '', '', '', 'nelayan_pesisir', '2025-01-01'
FROM generate_series(1, %(workers)s) g
"""
# Every eighth month is missing, here and there, so that clocks have gaps to find.
MONTHS_OF_ALL = """
INSERT INTO cover_workermonth (month, worker_id, programme_id, purse_id, amount, village_code, agency_code, status,
                               bill_id)
SELECT %(month)s, id, %(programme)s, %(purse)s, 16800, village_code, agency_code, %(status)s, %(bill)s
FROM registry_worker WHERE %(whole)s OR (hashint8(id * 31 + %(turn)s) & 7) > 0
"""
GROUPED = """
SELECT count(*), sum(months) FROM (SELECT worker_id, count(*) AS months FROM cover_workermonth GROUP BY worker_id) g
"""


def figures() -> dict[str, Figure]:
    """The bill, the guard, and how the guard grows; the large one measured beside a small one."""
    start_django()
    small, _bill, _memory = _measured(SMALL, months=6)
    (guard, grouped), bill, memory = _measured(LARGE, months=MONTHS)
    per_row = (guard / (LARGE * MONTHS)) / (small[0] / (SMALL * 6))
    return {
        "cover.bill_1m": Figure(
            bill[0] / bill[1], 1.5, "INSERT … SELECT of the months, constraints on", LARGE, memory_mb=memory
        ),
        "cover.guard_1m": Figure(guard / grouped, 2.0, "bare GROUP BY over the ledger", LARGE, memory_mb=memory),
        "cover.growth": Figure(per_row, 1.2, f"time per worker-month at {SMALL:,} workers", LARGE, memory_mb=memory),
    }


def _measured(workers: int, *, months: int) -> tuple[tuple[float, float], tuple[float, float], int]:
    """Seconds of guard and bare GROUP BY, of bill and bare INSERT, and the memory of this process."""
    with scratch_database() as sari, _city(workers) as purse:
        from salawaku.accounts.scoping import acting_as

        bill = _billing(purse)
        _fill(purse, months)
        with acting_as(sari):
            guard = best_of(lambda: _all(_guard_sql(), _guard_values()), runs=2)
            grouped = best_of(lambda: _all(GROUPED), runs=2)
        return (guard, grouped), bill, peak_memory_mb()


@contextmanager
def _city(workers: int) -> Iterator[Purse]:
    """A register of so many workers and a purse that can pay for them."""
    from salawaku.programmes.actions import PurseTerms, programme_open, purse_open

    programme = programme_open(
        by=None, code="bench", name="Bench", region_code="81.71", first_month=date(YEAR, 1, 1),
        last_month=date(YEAR, 12, 1),
    )  # fmt: skip
    terms = PurseTerms(name="APBD", kind="apbd_city", payer_code="SG", ceiling=10**13)
    purse = purse_open(by=None, programme=programme, terms=terms)
    _bare(WORKERS, {"workers": workers})
    _analyse()
    yield purse


def _billing(purse: Purse) -> tuple[float, float]:
    """The bill of a month for everybody, and the INSERT of the same rows: the best of three months."""
    from salawaku.cover.actions import bill_run

    ours, bare = [], []
    for number in (1, 2, 3):
        month = date(YEAR, number, 1)
        bare.append(seconds(lambda month=month: _inserted(purse, month)))  # type: ignore[misc]
        _promise(purse, month)
        ours.append(seconds(lambda month=month: bill_run(by=None, month=month)))  # type: ignore[misc]
    return min(ours), min(bare)


def _promise(purse: Purse, month: date) -> None:
    """Commit the money that the bill then takes, as an approval would have."""
    _bare(
        "UPDATE programmes_purse SET committed = committed + (SELECT sum(amount) FROM cover_workermonth"
        " WHERE month = %(month)s) WHERE id = %(purse)s",
        {"month": month, "purse": purse.pk},
    )


def _fill(purse: Purse, months: int) -> None:
    """Paid months with gaps, up to December of the year."""
    _bare("TRUNCATE cover_workermonth CASCADE", {})
    for turn in range(months):
        index = YEAR * 12 + 11 - turn
        _bare(MONTHS_OF_ALL, _values(purse, date(index // 12, index % 12 + 1, 1), status="paid", turn=turn))
    _analyse()


def _inserted(purse: Purse, month: date) -> None:
    """A decreed month of everybody as one statement, in the role and under the constraints of the bill."""
    from django.db import connection, transaction

    from salawaku.accounts.scoping import elevated

    with transaction.atomic(), elevated("a month of every worker of the bench"), connection.cursor() as cursor:
        cursor.execute(MONTHS_OF_ALL, _values(purse, month, status="decreed"))


def _values(purse: Purse, month: date, *, status: str, turn: int = 0) -> dict[str, Any]:
    return {
        "month": month, "programme": purse.programme_id, "purse": purse.pk, "status": status,
        "bill": None if status == "decreed" else 1, "whole": status == "decreed", "turn": turn,
    }  # fmt: skip


def _bare(sql: str, values: dict[str, Any]) -> None:
    """Run a statement as the owner, without triggers, foreign keys and policies."""
    from django.db import connection, transaction

    from salawaku.accounts.dbrole import as_owner

    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)


def _analyse() -> None:
    from django.db import connection

    from salawaku.accounts.dbrole import as_owner

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE registry_worker")
        cursor.execute("VACUUM ANALYZE cover_workermonth")


def _guard_sql() -> str:
    from salawaku.cover.clock_sql import clock_sql

    return f"""WITH {clock_sql()} SELECT status, count(*), sum(days_to_lapse), min(full_from), max(membership_end),
                      max(cover_end), sum(months_to_full), sum(months_to_scholarship)
               FROM clock GROUP BY status"""


def _guard_values() -> dict[str, Any]:
    from salawaku.cover.clock_sql import clock_values

    return clock_values(date(YEAR, 8, 15))


def _all(sql: str, values: dict[str, Any] | None = None) -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
