"""Killed in the middle of its transaction, an import and a comparison are whole or not there.

The moments are no guesses at a clock: a command is killed only while the database says that its transaction is open.
"""

from __future__ import annotations

import json
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Sum

from salawaku.accounts.dbrole import as_owner
from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions import bill_run
from salawaku.cover.models import Bill, Difference, Payment, PaymentLine, Reconciliation, WorkerMonth
from salawaku.programmes.models import Programme, Purse
from salawaku.registry.models import Worker
from tests.cover.test_kill import start
from tests.cover.test_reconcile import active, listed
from tests.programmes.city import JANUARY, approved, programme, purse, register

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WORKERS, RECEIPTS, BILLS, PRICE = 1_500, 15_000, 6, 16_800
# Seconds after the transaction has begun, each later than the one before; a command that is done first ends the row.
MOMENTS = (0.0, 0.01, 0.03, 0.1, 0.3, 0.8)
OPEN = """
SELECT count(*), count(*) FILTER (WHERE xact_start < now() - interval '2 milliseconds')
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


def others() -> tuple[int, int]:
    """Other sessions in the test database, and those of them in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN)
        there, busy = cursor.fetchone()
    return int(there), int(busy)


def wait_for(state: Callable[..., bool]) -> None:
    for _turn in range(20_000):
        if state():
            return
        time.sleep(0.001)
    pytest.fail("the command neither began nor ended")


def killed_in_the_middle(look: Callable[[], bool], *words: str) -> int:
    """Kill the command at each moment; how often its transaction was open then. `look` checks that all is whole, and
    says whether the work is done."""
    chance, hits = random.Random(8171), 0
    connection.close()
    with as_owner():
        for number, moment in enumerate(MOMENTS):
            before = others()[0]
            process = start(*words)
            wait_for(lambda process=process: others()[1] > 0 or process.poll() is not None)
            time.sleep(chance.uniform(moment, MOMENTS[min(number + 1, len(MOMENTS) - 1)]))
            was_open = others()[1] > 0
            process.send_signal(signal.SIGKILL)
            process.communicate()
            wait_for(lambda before=before: others()[0] <= before)
            done = look()
            hits += was_open and process.returncode == -signal.SIGKILL and not done
            if done:
                break
    connection.close()
    return hits


def finishes(*words: str) -> dict[str, int]:
    out, err = start(*words).communicate()
    assert out, err
    told: dict[str, int] = json.loads(out)
    return told


@pytest.fixture
def here(budi: User) -> Programme:
    """A city of some thousand workers, decreed for 2026."""
    register(WORKERS)
    made = programme()
    purse(made, ceiling=WORKERS * 12 * PRICE)
    approved(made, by=budi)
    return made


def ledger(status: str) -> tuple[int, int]:
    with elevated("a test counts"):
        found = WorkerMonth.objects.filter(status=status)
        return found.count(), found.aggregate(sum=Sum("amount"))["sum"] or 0


def exact() -> None:
    """Purses, bills and ledger tell the same, to the rupiah."""
    money = Purse.objects.get()
    decreed, billed, paid = (ledger(status)[1] for status in ("decreed", "billed", "paid"))
    assert (money.committed, money.billed, money.paid) == (decreed, billed + paid, paid)
    bills = dict(Bill.objects.values_list("status").annotate(sum=Sum("amount")))
    assert (bills.get("open", 0), bills.get("paid", 0)) == (billed, paid)
    assert sum((decreed, billed, paid)) == WORKERS * 12 * PRICE


def test_a_payment_import(here: Programme, tmp_path: Path) -> None:
    bills = [bill_run(by=None, month=JANUARY.replace(month=month)).bills[0] for month in range(1, BILLS + 1)]
    lines = [f"A{bill.month.month};{bill.billing_code};{bill.amount};2026-01-10\n" for bill in bills]
    lines += [f"{number};x;5;2026-01-10\n" for number in range(RECEIPTS)]
    file = tmp_path / "bank.csv"
    file.write_text("".join(["resi;kode iuran;jumlah;tanggal\n", *lines]))

    def whole() -> bool:
        exact()
        taken, paid = PaymentLine.objects.count(), ledger("paid")[0]
        assert (taken, paid) in {(0, 0), (RECEIPTS + BILLS, BILLS * WORKERS)}
        with elevated("a test counts"):
            trail = AuditEvent.objects.filter(kind="payment.imported").count()
        assert (Payment.objects.count(), trail) == ((1, 1) if taken else (0, 0))
        return taken > 0

    assert killed_in_the_middle(whole, "payments", "import", str(file), "--json") >= 2
    done = whole()
    told = finishes("payments", "import", str(file), "--json")
    assert (told["lines"], told["matched"]) == (RECEIPTS + BILLS, 0 if done else BILLS)
    assert whole()
    assert finishes("payments", "import", str(file), "--json")["repeated"] == RECEIPTS + BILLS
    assert whole()


def test_a_reconciliation(here: Programme, tmp_path: Path) -> None:
    bill_run(by=None, month=JANUARY)
    with elevated("a test reads the register"):
        workers = list(Worker.objects.order_by("pk"))
    file = tmp_path / "aktif.xlsx"
    file.write_bytes(listed(*active(*workers[: WORKERS // 2])))

    def whole() -> bool:
        exact()
        with elevated("a test counts"):
            found = Difference.objects.count()
            trail = AuditEvent.objects.filter(kind="month.reconciled").count()
        assert (Reconciliation.objects.count(), trail, found) in {(0, 0, 0), (1, 1, WORKERS)}
        return found > 0

    words = ("reconcile", "2026-01", "--bpjs", str(file), "--json")
    assert killed_in_the_middle(whole, *words) >= 1
    told = finishes(*words)
    assert (told["decreed"], told["active"], told["agreed"]) == (WORKERS, WORKERS // 2, 0)
    assert whole()
    assert finishes(*words) == told
    assert whole()
