"""The monthly bill."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from salawaku import law
from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions import bill_run
from salawaku.cover.models import Bill, WorkerMonth
from tests.programmes.city import JANUARY, approved, programme, purse, register

pytestmark = pytest.mark.django_db
FEBRUARY = date(2026, 2, 1)


def test_a_run_bills_each_purse_once_and_moves_the_money(budi: User) -> None:
    register(3)
    here = programme()
    money = purse(here, ceiling=3 * 12 * 16_800)
    approved(here, by=budi)
    run = bill_run(by=None, month=date(2026, 1, 20))
    money.refresh_from_db()
    assert (money.committed, money.billed, money.left) == (33 * 16_800, 3 * 16_800, 0)
    assert [bill.law_hash for bill in run.bills] == [law.law_now().hash]
    assert run.as_json() == {
        "month": "2026-01",
        "bills": 1,
        "workers": 3,
        "amount": 50_400,
        "by_source": [
            {
                "source": "APBD Kota",
                "billing_code": run.bills[0].billing_code,
                "workers": 3,
                "amount": 50_400,
                "due_on": "2026-01-15",
            }
        ],
        "already_billed": 0,
    }
    again = bill_run(by=None, month=JANUARY)
    assert (again.bills, again.already_billed) == ([], 3)
    money.refresh_from_db()
    assert money.billed == 3 * 16_800


def test_those_decreed_later_come_on_a_second_part(budi: User) -> None:
    register(1)
    here = programme()
    purse(here, ceiling=10_000_000)
    approved(here, by=budi)
    bill_run(by=None, month=FEBRUARY)
    register(2, first=10)
    approved(here, by=budi, first_month=FEBRUARY)
    run = bill_run(by=None, month=FEBRUARY)
    assert [(bill.part, bill.workers) for bill in run.bills] == [(2, 2)]
    assert run.already_billed == 1


def test_a_person_bills_the_own_regions_only(budi: User, rina_far: User) -> None:
    register(1)
    here = programme()
    purse(here, ceiling=10_000_000)
    approved(here, by=budi)
    assert bill_run(by=rina_far, month=JANUARY).bills == []
    assert len(bill_run(by=budi, month=JANUARY).bills) == 1


@pytest.mark.parametrize(
    ("workers", "months", "told"),
    [(13_250, 1, 222_600_000), (2_647, 4, 177_878_400)],
    ids=["Jombang, a month", "Malang, four months"],
)
def test_published_bills_come_out(budi: User, workers: int, months: int, told: int) -> None:
    register(workers)
    first, last = date(2025, 9, 1), law.add_months(date(2025, 9, 1), months - 1)
    here = programme(first_month=first, last_month=last)
    purse(here, ceiling=told)
    assert approved(here, by=budi).workers == workers
    runs = [bill_run(by=None, month=month) for month in law.months_from(first, last)]
    assert {run.as_json()["workers"] for run in runs} == {workers}
    assert sum(run.as_json()["amount"] for run in runs) == told


def test_the_database_refuses_a_second_bill_or_a_billed_month_without_one(budi: User) -> None:
    register(1)
    here = programme()
    purse(here, ceiling=10_000_000)
    approved(here, by=budi)
    bill = bill_run(by=None, month=JANUARY).bills[0]
    with pytest.raises(IntegrityError, match="bill_once"), transaction.atomic():
        Bill.objects.create(
            programme=bill.programme,
            purse=bill.purse,
            month=bill.month,
            amount=1,
            workers=1,
            billing_code="x",
            due_on=bill.due_on,
        )
    with elevated("a test tries"), pytest.raises(IntegrityError, match="billed_has_a_bill"), transaction.atomic():
        WorkerMonth.objects.filter(month=FEBRUARY).update(status="billed")
    with elevated("a test tries"), pytest.raises(IntegrityError, match="_pkey"), transaction.atomic():
        connection.cursor().execute(
            """INSERT INTO cover_workermonth
               (month, worker_id, programme_id, purse_id, amount, village_code, agency_code)
               SELECT month, worker_id, programme_id, purse_id, 5, village_code, agency_code FROM cover_workermonth"""
        )


@pytest.mark.parametrize("change", ["purse_id = purse_id + 1", "programme_id = 0", "status = 'billed', bill_id = 0"])
def test_the_ledger_refuses_a_purse_or_bill_that_does_not_fit(budi: User, change: str) -> None:
    register(1)
    here = programme()
    purse(here, ceiling=10_000_000)
    approved(here, by=budi)
    with elevated("a test tries"), pytest.raises(IntegrityError, match="does not fit"), transaction.atomic():
        connection.cursor().execute(f"UPDATE cover_workermonth SET {change}")


@pytest.mark.parametrize("table", ["cover_bill", "programmes_purse", "programmes_programme"])
def test_what_money_stands_on_is_never_deleted(budi: User, table: str) -> None:
    register(1)
    here = programme()
    purse(here, ceiling=10_000_000)
    approved(here, by=budi)
    bill_run(by=None, month=JANUARY)
    with pytest.raises(DatabaseError, match=r"never deleted|Cannot delete"), transaction.atomic():
        connection.cursor().execute(f"DELETE FROM {table}")


def test_a_partition_is_out_of_reach(budi: User) -> None:
    with elevated("a test tries"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("SELECT * FROM cover_workermonth_2026")
