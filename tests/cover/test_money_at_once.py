"""Instalments, orders and refunds at the same moment: threads with their own connections."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Sum

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions import (
    bill_run,
    bill_split,
    bills_prepay,
    order_record,
    refunds_make,
    refunds_receive,
    refunds_request,
)
from salawaku.cover.models import Bill, PaymentOrder, Refund, WorkerMonth
from salawaku.programmes.models import Purse
from tests.cover.test_concurrency import AT_ONCE, together
from tests.cover.test_split import PRICE, pay
from tests.programmes.city import JANUARY, approved, programme, purse, register

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = AT_ONCE + 2


@pytest.fixture
def bill(budi: User) -> Bill:
    """January of ten fishers."""
    register(WORKERS)
    here = programme()
    purse(here, ceiling=WORKERS * 12 * PRICE)
    approved(here, by=budi)
    return bill_run(by=None, month=JANUARY).bills[0]


def test_instalments_at_once_take_each_worker_once(bill: Bill) -> None:
    parts = together(*(lambda: bill_split(by=None, bill=bill, at_most=PRICE) for _turn in range(AT_ONCE)))
    assert sorted(part.part for part in parts if isinstance(part, Bill)) == list(range(2, AT_ONCE + 2))
    with elevated("a test counts"):
        on = WorkerMonth.objects.filter(month=JANUARY).values("bill").annotate(sum=Sum("amount"))
        told = {row["bill"]: row["sum"] for row in on}
    assert told == dict(Bill.objects.values_list("pk", "amount"))
    assert sum(told.values()) == Purse.objects.get().billed == WORKERS * PRICE


def test_an_instalment_and_a_payment_at_once_lose_nothing(bill: Bill) -> None:
    together(
        lambda: bill_split(by=None, bill=bill, at_most=PRICE),
        *(lambda turn=turn: pay(bill, name=f"{turn}.csv") for turn in range(3)),
    )
    paid = Bill.objects.filter(status="paid").aggregate(sum=Sum("amount"))["sum"] or 0
    with elevated("a test counts"):
        months = WorkerMonth.objects.filter(status="paid").aggregate(sum=Sum("amount"))["sum"] or 0
    money = Purse.objects.get()
    assert (money.paid, money.billed) == (paid, WORKERS * PRICE) == (months, WORKERS * PRICE)


def test_prepayments_at_once_bill_each_month_once(bill: Bill) -> None:
    together(*(lambda: bills_prepay(by=None, first=JANUARY, last=date(2026, 4, 1)) for _turn in range(AT_ONCE)))
    assert list(Bill.objects.order_by("month").values_list("month__month", flat=True)) == [1, 2, 3, 4]
    assert Purse.objects.get().billed == 4 * WORKERS * PRICE


def test_a_bill_gets_one_order(bill: Bill, sari: User) -> None:
    results = together(
        *(
            lambda turn=turn: order_record(
                by=sari, number=f"{turn}", issued_on=date(2026, 1, 9), amount=bill.amount, bills=[bill]
            )
            for turn in range(AT_ONCE)
        )
    )
    codes = [result.code for result in results if isinstance(result, Refusal)]
    assert (PaymentOrder.objects.count(), codes) == (1, ["order.bill_taken"] * (AT_ONCE - 1))


def test_a_refund_comes_back_once(bill: Bill, sari: User) -> None:
    pay(bill)
    with elevated("a test looks"):
        worker = WorkerMonth.objects.filter(month=JANUARY).earliest("worker_id").worker
    refunds_make(by=None, worker=worker, first_month=JANUARY, reason="moved_away")
    letter = refunds_request(by=sari, purse=bill.purse, number="1", issued_on=date(2026, 2, 1))
    with elevated("a test looks"):
        ids = list(Refund.objects.values_list("pk", flat=True))
    results = together(
        *(
            lambda: refunds_receive(by=sari, letter=letter, refunds=ids, received_on=date(2026, 2, 9), receipt="K")
            for _turn in range(AT_ONCE)
        )
    )
    assert [result for result in results if result == PRICE] == [PRICE]
    money = Purse.objects.get()
    assert (money.paid, money.billed) == ((WORKERS - 1) * PRICE,) * 2
