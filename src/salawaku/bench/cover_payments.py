"""Importing a settlement file of many payers, beside the bare COPY of the same lines into the same table.

Three lines of four pay a bill of their own with a worker's month behind it, as with self-payers, so that bills and
ledger are written as often as lines. The fourth differs in amount, is for a bill paid before, or is not ours: the
file of a channel holds the payers of others too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from salawaku.bench.database import scratch_database, start_django
from salawaku.bench.measure import Figure, peak_memory_mb, seconds

if TYPE_CHECKING:
    from salawaku.accounts.models import User

LINES = 100_000
ROUNDS = 5
AMOUNT = 16_800
DIFFERENT, UNKNOWN, TWICE = 0, 4, 8  # the place in every twelve lines of those that do not pay
HEADING = (
    "No REFF;Nomor ID;Kode Iuran;Kode Program;DateTime Trx;TotalAmount;Nama Customer;KodeCa;"
    "amount JHT;amount JKK;amount JKM;periode tagihan\n"
)
WORKERS = """
INSERT INTO registry_worker (public_id, village_code, agency_code, nik, family_card, participant_number, name,
                             name_key, birth_place, birth_date, sex, address, rt, rw, phone, status, proposed_on)
SELECT gen_random_uuid(), '81.71.03.2001', '', lpad(n::text, 16, '0'), '', '', 'Pekerja ' || n, 'pekerja ' || n, '',
       '1985-05-17', 'M', '', '', '', '', 'living', '2025-10-01' FROM generate_series(1, %(lines)s) n
"""
BILLS = """
INSERT INTO cover_bill (programme_id, purse_id, month, part, amount, workers, billing_code, due_on)
SELECT programme_id, id, '2026-01-01', n %% 30000, %(amount)s, 1, '202601-' || lpad(id::text, 6, '0') || '-' || n,
       '2026-01-15' FROM programmes_purse, generate_series(1, 25000) n
"""
MONTHS = """
INSERT INTO cover_workermonth (month, worker_id, programme_id, purse_id, amount, status, bill_id, village_code,
                               agency_code)
SELECT b.month, w.id, b.programme_id, b.purse_id, b.amount, 'billed', b.id, w.village_code, ''
FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM cover_bill) b
JOIN (SELECT *, row_number() OVER (ORDER BY id) AS n FROM registry_worker) w USING (n)
"""
BACK = """
UPDATE cover_workermonth SET status = 'billed' WHERE status = 'paid';
UPDATE cover_bill SET status = 'open', paid_on = NULL WHERE status = 'paid';
UPDATE programmes_purse SET paid = 0;
"""
COLUMNS = "payment_id, row, receipt, billing_code, amount, paid_on, bill_id, outcome"


def importing() -> Figure:
    """The ratio of the best rounds; each imports the whole file into a database put back to open bills."""
    start_django()
    with scratch_database() as sari:
        content = _file(_billed(sari))
        ours, bare, memory = [], [], 0
        for _ in range(ROUNDS):
            ours.append(seconds(lambda: _import(sari, content)))
            memory = memory or peak_memory_mb()
            bare.append(_bare_copy())
    ratio = min(ours) / min(bare)
    return Figure(ratio, 3.0, "bare COPY", LINES, memory_mb=memory, seconds=round(min(ours), 2))


def _billed(sari: User) -> list[str]:
    """Open bills, each with a worker's month, of four purses; their codes."""
    from django.db import connection

    from salawaku.accounts.dbrole import as_owner
    from salawaku.cover.models import Bill

    _purses(sari)
    with as_owner(), connection.cursor() as cursor:
        for statement in (WORKERS, BILLS, MONTHS):
            cursor.execute(statement, {"lines": LINES, "amount": AMOUNT})
        cursor.execute("ANALYZE")
    return list(Bill.objects.order_by("id").values_list("billing_code", flat=True))


def _purses(sari: User) -> None:
    from datetime import date

    from salawaku.programmes.actions import PurseTerms, programme_open, purse_open
    from salawaku.programmes.models import Purse

    programme = programme_open(
        by=sari,
        code="bench",
        name="Bench",
        region_code="81.71",
        first_month=date(2026, 1, 1),
        last_month=date(2026, 12, 1),
    )
    for number in range(4):
        terms = PurseTerms(name=f"Kas {number}", kind="apbd_city", payer_code="SG", ceiling=LINES * AMOUNT)
        purse_open(by=sari, programme=programme, terms=terms)
    Purse.objects.update(billed=LINES // 4 * AMOUNT)


def _file(codes: list[str]) -> bytes:
    return (HEADING + "".join(_line(number, code, codes) for number, code in enumerate(codes, start=1))).encode()


def _line(number: int, code: str, codes: list[str]) -> str:
    jkk, own = 10_000, code
    place = number % 12
    if place == DIFFERENT:
        jkk = 20_000
    elif place == UNKNOWN:
        own = f"190001-{number:06d}-1"
    elif place == TWICE:
        own = codes[number - 2]
    return (
        f"{number:012d}|{number:016d}|{own}|BPU|2026-01-{number % 28 + 1:02d} 08:15:00|{jkk + 6_800}|"
        f"PEKERJA {number}|0010|JHT=0#JKK={jkk}#JKM=6800|202601\n"
    )


def _import(sari: User, content: bytes) -> None:
    from salawaku.cover.actions import payment_import

    result = payment_import(by=sari, file_name="bench.txt", content=content)
    if result.lines != LINES or result.matched < LINES * 7 // 10:
        raise AssertionError(f"the file was not taken: {result}")


def _bare_copy() -> float:
    """Take the lines out, empty the table, and time COPY alone: indexes and constraints, nothing matched."""
    from django.db import connection

    from salawaku.accounts.dbrole import as_owner

    with as_owner(), connection.cursor() as cursor:
        with cursor.copy(f"COPY cover_paymentline ({COLUMNS}) TO STDOUT") as out:
            rows = b"".join(bytes(part) for part in out)
        cursor.execute("TRUNCATE cover_paymentline")
        taken = seconds(lambda: _copy_in(rows))
        cursor.execute("TRUNCATE cover_paymentline, cover_payment")
        cursor.execute(BACK)
        cursor.execute("VACUUM ANALYZE")
    return taken


def _copy_in(rows: bytes) -> None:
    from django.db import connection

    with connection.cursor() as cursor, cursor.copy(f"COPY cover_paymentline ({COLUMNS}) FROM STDIN") as copy:
        copy.write(rows)
