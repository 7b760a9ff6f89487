"""Whoever writes while a month closes comes too late: a clear no, in real transactions, and nothing is written."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from threading import Event

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions import (
    bill_join,
    bill_run,
    bill_split,
    bills_prepay,
    month_close,
    months_release,
    payment_import,
    payment_line_match,
    refunds_make,
    refunds_receive,
    refunds_request,
)
from salawaku.cover.actions.closed import unless_closed
from salawaku.cover.models import PaymentLine, Reconciliation, Refund
from salawaku.programmes import actions
from salawaku.registry.actions import worker_died, worker_employed, worker_event_undo, worker_moved
from salawaku.registry.models import Worker
from tests.cover.test_concurrency import together
from tests.cover.test_split import pay
from tests.programmes.city import PASSO, RUMAH_TIGA, approved, programme, purse, register

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = timezone.localdate().year
MARCH = date(YEAR, 3, 1)
LEDGER = """
SELECT m.month, m.worker_id, m.status, m.bill_id, m.village_code, p.committed, p.billed, p.paid
FROM cover_workermonth m JOIN programmes_purse p ON p.id = m.purse_id ORDER BY 1, 2
"""


class Office:
    """Two workers covered in a year, March billed when asked for; each deed would change March."""

    def __init__(self, sari: User, budi: User) -> None:
        self.sari, self.budi = sari, budi
        self.workers = register(2)
        self.programme = programme(first_month=date(YEAR, 1, 1), last_month=date(YEAR, 12, 1))
        self.purse = purse(self.programme, ceiling=10_000_000)
        approved(self.programme, by=budi)

    def bill(self) -> Callable[[], object]:
        return lambda: bill_run(by=None, month=MARCH)

    def prepay(self) -> Callable[[], object]:
        return lambda: bills_prepay(by=None, first=date(YEAR, 1, 1), last=MARCH)

    def release(self) -> Callable[[], object]:
        return lambda: months_release(by=None, purse=self.purse, first_month=MARCH, reason="beralih")

    def split(self) -> Callable[[], object]:
        bill = bill_run(by=None, month=MARCH).bills[0]
        return lambda: bill_split(by=None, bill=bill, at_most=16_800)

    def join(self) -> Callable[[], object]:
        bill = bill_run(by=None, month=MARCH).bills[0]
        part = bill_split(by=None, bill=bill, at_most=16_800)
        return lambda: bill_join(by=None, bill=part, into=bill)

    def payment(self) -> Callable[[], object]:
        bill = bill_run(by=None, month=MARCH).bills[0]
        return lambda: pay(bill)

    def match(self) -> Callable[[], object]:
        bill = bill_run(by=None, month=MARCH).bills[0]
        file = f"resi;kode iuran;jumlah;tanggal\n1;x;{bill.amount};{YEAR}-03-10\n".encode()
        payment_import(by=None, file_name="x", content=file)
        line = PaymentLine.objects.get()
        return lambda: payment_line_match(by=None, line=line, bill=bill)

    def refund(self) -> Callable[[], object]:
        pay(bill_run(by=None, month=MARCH).bills[0])
        refunds_make(by=None, worker=self.workers[0], first_month=MARCH, reason="moved_away")
        letter = refunds_request(by=self.sari, purse=self.purse, number="1", issued_on=MARCH)
        with elevated("a test looks"):
            ids = list(Refund.objects.values_list("pk", flat=True))
        return lambda: refunds_receive(by=self.sari, letter=letter, refunds=ids, received_on=MARCH, receipt="K")

    def death(self) -> Callable[[], object]:
        return self._seen(lambda: worker_died(by=self.sari, worker=self.workers[0], died_on=date(YEAR, 2, 9)))

    def wage(self) -> Callable[[], object]:
        return self._seen(lambda: worker_employed(by=self.sari, worker=self.workers[0], month=MARCH))

    def move(self) -> Callable[[], object]:
        return self._seen(
            lambda: worker_moved(by=self.sari, worker=self.workers[0], month=MARCH, village_to=RUMAH_TIGA)
        )

    def wage_undone(self) -> Callable[[], object]:
        with elevated("a test acts"):
            event = worker_employed(by=self.sari, worker=self.workers[0], month=MARCH).event
        return self._seen(lambda: worker_event_undo(by=self.sari, event=event))

    def move_undone(self) -> Callable[[], object]:
        with elevated("a test acts"):
            event = worker_moved(by=self.sari, worker=self.workers[0], month=MARCH, village_to=RUMAH_TIGA).event
        return self._seen(lambda: worker_event_undo(by=self.sari, event=event))

    def plan(self) -> Callable[[], object]:
        register(1, first=9)
        plan = actions.allocation_propose(by=self.sari, programme=self.programme).allocation
        return lambda: actions.allocation_approve(by=self.budi, allocation=plan)

    @staticmethod
    def _seen(act: Callable[[], object]) -> Callable[[], object]:
        def seen() -> object:
            with elevated("a test acts"):
                return act()

        return seen


CODES = {"release": "release.closed", "plan": "cover.month_closed", "wage_undone": "event.taken"}
DEEDS = [name for name in vars(Office) if not name.startswith("_")]


@pytest.mark.parametrize("deed", DEEDS)
def test_what_is_written_while_a_month_closes_comes_too_late(sari: User, budi: User, deed: str) -> None:
    write = getattr(Office(sari, budi), deed)()
    one = Reconciliation.objects.create(
        month=MARCH, region_code=PASSO[:8], file_name="a", sha256="0" * 64, rows=1, made_by=sari
    )
    before, is_closed = ledger(), Event()

    def close() -> None:
        with transaction.atomic():
            month_close(by=budi, reconciliation=one)
            is_closed.set()
            time.sleep(0.5)

    def late() -> object:
        is_closed.wait(10)
        return write()

    _closed, written = together(close, late)
    assert isinstance(written, Refusal)
    assert written.code == CODES.get(deed, "month.closed")
    assert ledger() == before
    with elevated("a test looks"):
        assert not Worker.objects.exclude(status="living").exists()


def ledger() -> list[tuple[object, ...]]:
    with elevated("a test looks"), connection.cursor() as cursor:
        cursor.execute(LEDGER)
        found: list[tuple[object, ...]] = cursor.fetchall()
        return found


@pytest.mark.django_db
def test_another_fault_of_the_database_is_not_called_a_closed_month() -> None:
    with pytest.raises(IntegrityError, match="other"), unless_closed(), connection.cursor() as cursor:
        cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'other' USING ERRCODE = 'check_violation'; END $$")
