"""What of a chain from decree to receipt does not agree is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.cover import bill_selectors
from salawaku.cover.actions import (
    bill_join,
    bill_run,
    bill_split,
    order_record,
    order_void,
    payment_import,
    payment_line_match,
)
from salawaku.cover.models import Bill, PaymentLine, PaymentOrder
from tests.conftest import person
from tests.cover.test_split import PRICE, pay
from tests.programmes.city import JANUARY, approved, programme, purse, register
from tests.programmes.test_decree import freeze

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 12)


@pytest.fixture
def bill(budi: User, sari: User) -> Bill:
    """January of two fishers, decreed."""
    register(2)
    here = programme()
    purse(here, ceiling=10_000_000)
    freeze(approved(here, by=budi), sari)
    return bill_run(by=None, month=JANUARY).bills[0]


def told(bill: Bill) -> list[tuple[str, int]]:
    bill.refresh_from_db()
    return [(str(one.text), one.difference) for one in bill_selectors.chain_of(bill).told]


def receipt(bill: Bill, *, number: str, amount: int) -> None:
    content = f"resi;kode iuran;jumlah;tanggal\n{number};{bill.billing_code};{amount};2026-01-12\n"
    payment_import(by=None, file_name=f"{number}.csv", content=content.encode())


def test_nothing_is_told_while_all_agree(bill: Bill, sari: User) -> None:
    assert told(bill) == []
    order_record(by=sari, number="1", issued_on=DAY, amount=bill.amount, bills=[bill])
    pay(bill)
    assert told(bill) == []
    assert bill_selectors.paid_of(PaymentOrder.objects.get()) == bill.amount


def test_amounts_that_differ_are_told_with_the_difference(bill: Bill) -> None:
    receipt(bill, number="1", amount=bill.amount - 1_000)
    assert told(bill) == [("A receipt says another amount than the bill.", -1_000)]


def test_a_second_payment_and_a_missing_order_are_told(bill: Bill, sari: User) -> None:
    receipt(bill, number="1", amount=bill.amount)
    receipt(bill, number="2", amount=bill.amount)
    assert told(bill) == [
        ("The bill is paid, and no payment order was recorded.", 0),
        ("The bank has a second payment for this bill.", bill.amount),
    ]
    order = order_record(by=sari, number="1", issued_on=DAY, amount=bill.amount, bills=[bill])
    assert len(told(bill)) == 1
    order_void(by=sari, order=order, reason="salah")
    assert len(told(bill)) == 2


def test_workers_without_a_signed_decree_are_told(bill: Bill, budi: User) -> None:
    register(1, first=30)
    approved(bill.programme, by=budi)
    second = bill_run(by=None, month=JANUARY).bills[0]
    assert [(text, number) for text, number in told(second)] == [("No signed decree names these workers yet.", 0)]
    assert [decree.number for decree in bill_selectors.decrees_behind(bill)] == ["188.4/533/2026"]


def test_a_receipt_that_waits_does_not_pay_a_void_bill(bill: Bill) -> None:
    receipt(Bill(billing_code="lain"), number="1", amount=PRICE)
    part = bill_split(by=None, bill=bill, at_most=PRICE)
    bill_join(by=None, bill=part, into=bill)
    with pytest.raises(Refusal) as refused:
        payment_line_match(by=None, line=PaymentLine.objects.get(), bill=part)
    assert refused.value.code == "bill.void"


def test_an_order_pays_bills_of_one_region(bill: Bill, budi: User) -> None:
    register(1, first=40, village_code="81.01.01.2001")
    other = programme(code="malteng-2026", region_code="81.01")
    purse(other, ceiling=10_000_000)
    approved(other, by=budi)
    far = bill_run(by=None, month=JANUARY).bills[0]
    assert far.programme == other
    province = person("bpkad@maluku.example", "Provinsi", ("finance_officer", "81"))
    with pytest.raises(Refusal) as refused:
        order_record(by=province, number="1", issued_on=DAY, amount=far.amount + bill.amount, bills=[bill, far])
    assert refused.value.code == "order.two_regions"


def test_the_letter_and_a_refused_join_on_the_page(
    client_of: Callable[[User], Client], sari: User, bill: Bill
) -> None:
    browser = client_of(sari)
    answer = browser.get(reverse("bill_letter", args=[bill.public_id]))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert bill.billing_code in answer["Content-Disposition"]
    part = bill_split(by=None, bill=bill, at_most=PRICE)
    pay(part)
    url = reverse("bill_join", args=[bill.public_id])
    told = browser.post(url, {"into": str(part.public_id)}, follow=True).content.decode()
    assert "sudah dibayar" in told
    assert not Bill.objects.filter(status="void").exists()
