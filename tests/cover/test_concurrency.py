"""Invariants under real concurrent transactions: threads with their own connections."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, Sum

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions import bill_run, payment_import, payment_line_match
from salawaku.cover.models import Bill, PaymentLine, WorkerMonth
from salawaku.programmes import actions
from salawaku.programmes.models import Purse
from tests.programmes.city import JANUARY, approved, programme, purse, register

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8
YEAR = 12 * 16_800


def together(*works: Callable[[], object]) -> list[object]:
    """Run all at once, each in its own connection; results or refusals."""

    def run(work: Callable[[], object]) -> object:
        try:
            return work()
        except (Refusal, IntegrityError) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_two_approvals_at_once_never_exceed_the_purse(sari: User, budi: User) -> None:
    here = programme()
    money = purse(here, ceiling=10 * YEAR)
    plans = []
    for turn in range(AT_ONCE):
        register(3, first=1 + 10 * turn)
        plan = actions.allocation_propose(by=sari, programme=here)
        plans.append(plan.allocation)
        with elevated("the next plan must not see these workers"), connection.cursor() as cursor:
            cursor.execute("UPDATE registry_worker SET status = 'merged' WHERE status = 'living'")
    with elevated("all live again"), connection.cursor() as cursor:
        cursor.execute("UPDATE registry_worker SET status = 'living'")
    results = together(*(lambda plan=plan: actions.allocation_approve(by=budi, allocation=plan) for plan in plans))
    refused = [result for result in results if isinstance(result, Refusal)]
    money.refresh_from_db()
    with elevated("a test counts"):
        assert WorkerMonth.objects.aggregate(sum=Sum("amount"))["sum"] == money.committed == 9 * YEAR
    assert [refusal.code for refusal in refused] == ["purse.empty"] * (AT_ONCE - 3)


def test_a_thousand_commitments_by_hand_never_exceed_the_purse() -> None:
    money = purse(programme(), ceiling=500 * 16_800)

    def commit(seed: int) -> None:
        chance = random.Random(seed)
        for _turn in range(1000 // AT_ONCE):
            amount = chance.choice([8_400, 16_800, 33_600])
            try:
                with transaction.atomic():
                    Purse.objects.filter(pk=money.pk).update(committed=F("committed") + amount)
            except IntegrityError:
                continue

    together(*(lambda seed=seed: commit(seed) for seed in range(AT_ONCE)))
    money.refresh_from_db()
    assert money.ceiling - 33_600 < money.committed <= money.ceiling


def test_the_same_plan_approved_twice_at_once_is_written_once(sari: User, budi: User) -> None:
    register(5)
    here = programme()
    money = purse(here, ceiling=100 * YEAR)
    plan = actions.allocation_propose(by=sari, programme=here).allocation
    assert plan is not None
    results = together(*[lambda: actions.allocation_approve(by=budi, allocation=plan)] * AT_ONCE)
    money.refresh_from_db()
    assert sum(isinstance(result, Refusal) for result in results) == AT_ONCE - 1
    assert money.committed == 5 * YEAR


def test_two_programmes_at_once_never_pay_the_same_month(sari: User, budi: User) -> None:
    register(5)
    plans = []
    for code in ("kota", "provinsi"):
        here = programme(code=code)
        purse(here, ceiling=100 * YEAR)
        plans.append(actions.allocation_propose(by=sari, programme=here).allocation)
    results = together(*(lambda plan=plan: actions.allocation_approve(by=budi, allocation=plan) for plan in plans))
    refused = [result.code for result in results if isinstance(result, Refusal)]
    assert refused == ["cover.second_payer"]
    with elevated("a test counts"):
        assert WorkerMonth.objects.count() == 60
    assert sum(Purse.objects.values_list("committed", flat=True)) == 5 * YEAR


def test_bill_runs_at_once_bill_once(budi: User) -> None:
    register(20)
    here = programme()
    money = purse(here, ceiling=100 * YEAR)
    approved(here, by=budi)
    together(*[lambda: bill_run(by=None, month=JANUARY)] * AT_ONCE)
    money.refresh_from_db()
    assert Bill.objects.count() == 1
    assert (money.billed, money.committed) == (20 * 16_800, 20 * 11 * 16_800)


def test_the_same_payment_file_at_once_pays_once(budi: User) -> None:
    register(2)
    here = programme()
    money = purse(here, ceiling=100 * YEAR)
    approved(here, by=budi)
    bill = bill_run(by=None, month=date(2026, 1, 1)).bills[0]
    files = [
        f"resi;kode iuran;jumlah;tanggal\n{turn % 2};{bill.billing_code};{bill.amount};2026-01-1{turn % 2}\n".encode()
        for turn in range(AT_ONCE)
    ]
    together(*(lambda file=file: payment_import(by=None, file_name="x", content=file) for file in files))
    money.refresh_from_db()
    assert money.paid == bill.amount
    assert sorted(PaymentLine.objects.values_list("outcome", flat=True)) == ["already_paid", "matched"]


def test_an_import_and_matches_by_hand_at_once_pay_once(budi: User) -> None:
    register(2)
    here = programme()
    money = purse(here, ceiling=100 * YEAR)
    approved(here, by=budi)
    bill = bill_run(by=None, month=JANUARY).bills[0]
    head = "resi;kode iuran;jumlah;tanggal\n"
    waiting = "".join(f"h{turn};x;{bill.amount};2026-01-10\n" for turn in range(AT_ONCE - 1))
    payment_import(by=None, file_name="queue", content=f"{head}{waiting}".encode())
    file = f"{head}1;{bill.billing_code};{bill.amount};2026-01-10\n".encode()
    lines = list(PaymentLine.objects.all())
    together(
        *(lambda line=line: payment_line_match(by=None, line=line, bill=bill) for line in lines),
        lambda: payment_import(by=None, file_name="x", content=file),
    )
    money.refresh_from_db()
    assert money.paid == bill.amount
    assert PaymentLine.objects.filter(Q(outcome="matched") | Q(decision="matched")).count() == 1
    assert PaymentLine.objects.count() == AT_ONCE


def test_one_receipt_in_many_files_at_once_is_one_line() -> None:
    head = "resi;kode iuran;jumlah;tanggal\n"
    files = [f"{head}1;x;5;2026-01-10\n{turn + 2};x;5;2026-01-10\n".encode() for turn in range(AT_ONCE)]
    results = together(*(lambda file=file: payment_import(by=None, file_name="x", content=file) for file in files))
    assert PaymentLine.objects.count() == 1 + AT_ONCE
    assert sorted(getattr(result, "repeated", -1) for result in results) == [0] + [1] * (AT_ONCE - 1)
