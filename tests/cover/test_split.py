"""Instalments: a bill in parts of whole workers, and back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions import bill_join, bill_run, bill_split, payment_import
from salawaku.cover.models import Bill, PaymentLine, WorkerMonth
from salawaku.programmes.models import Purse
from tests.conftest import person
from tests.cover.test_prepay import close
from tests.programmes.city import AHUSEN, JANUARY, RUMAH_TIGA, approved, programme, purse, register

pytestmark = pytest.mark.django_db
PRICE = 16_800


def billed(budi: User) -> Bill:
    """Two of Ahusen, three of Passo, one of Rumah Tiga, billed for January."""
    register(3)
    register(2, first=10, village_code=AHUSEN)
    register(1, first=20, village_code=RUMAH_TIGA)
    here = programme()
    purse(here, ceiling=10_000_000)
    approved(here, by=budi)
    return bill_run(by=None, month=JANUARY).bills[0]


@pytest.fixture
def bill(budi: User) -> Bill:
    return billed(budi)


def on(bill: Bill) -> list[str]:
    """The villages of the workers on a bill; what it says is what the ledger says."""
    bill.refresh_from_db()
    with elevated("a test looks"):
        months = WorkerMonth.objects.filter(bill=bill)
        found = list(months.order_by("village_code", "worker_id").values_list("village_code", flat=True))
        amount = months.aggregate(sum=Sum("amount"))["sum"] or 0
    if bill.status != "void":
        assert (bill.workers, bill.amount) == (len(found), amount)
    return found


def pay(bill: Bill, *, name: str = "bank.csv") -> dict[str, int]:
    line = f"R-{name};{bill.billing_code};{bill.amount};2026-01-12\n"
    return payment_import(
        by=None, file_name=name, content=f"resi;kode iuran;jumlah;tanggal\n{line}".encode()
    ).as_json()


def test_as_many_workers_as_the_money_pays_by_village(bill: Bill, sari: User) -> None:
    before = Purse.objects.get()
    part = bill_split(by=sari, bill=bill, at_most=3 * PRICE + 9)
    assert (part.part, part.billing_code) == (2, bill.billing_code[:-1] + "2")
    assert (part.amount, part.due_on, part.split_from) == (3 * PRICE, bill.due_on, bill)
    assert on(part) == [AHUSEN, AHUSEN, "81.71.03.2001"]
    assert len(on(bill)) == 3
    after = Purse.objects.get()
    assert (after.committed, after.billed, after.paid) == (before.committed, before.billed, 0)


def test_chosen_villages(bill: Bill) -> None:
    part = bill_split(by=None, bill=bill, villages=[RUMAH_TIGA, AHUSEN])
    assert on(part) == [AHUSEN, AHUSEN, RUMAH_TIGA]


def test_a_paid_instalment_protects_its_workers_at_once(bill: Bill) -> None:
    part = bill_split(by=None, bill=bill, at_most=2 * PRICE)
    assert pay(part)["matched"] == 1
    with elevated("a test looks"):
        paid = WorkerMonth.objects.filter(status="paid")
        assert set(paid.values_list("village_code", flat=True)) == {AHUSEN}
        assert (paid.count(), Purse.objects.get().paid) == (2, 2 * PRICE)
    with pytest.raises(Refusal) as refused:
        bill_split(by=None, bill=part, at_most=PRICE)
    assert refused.value.code == "bill.paid"


def test_parts_are_joined_again_and_the_old_code_pays_nothing(bill: Bill, sari: User) -> None:
    part = bill_split(by=sari, bill=bill, at_most=PRICE)
    bill_join(by=sari, bill=part, into=bill)
    assert (len(on(bill)), on(part)) == (6, [])
    assert (part.status, part.joined_into, part.amount) == ("void", bill, PRICE)
    assert pay(part)["only_theirs"] == 1
    assert PaymentLine.objects.get().bill is None
    with pytest.raises(Refusal) as refused:
        bill_split(by=sari, bill=part, at_most=PRICE)
    assert refused.value.code == "bill.void"
    assert bill_run(by=None, month=JANUARY).already_billed == 6
    assert bill_split(by=sari, bill=bill, at_most=PRICE).part == 3
    bill.refresh_from_db()
    assert pay(bill, name="second.csv")["matched"] == 1


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ({"at_most": PRICE - 1}, "bill.split_nobody"),
        ({"villages": ["81.71.01.9999"]}, "bill.split_nobody"),
        ({"at_most": 6 * PRICE}, "bill.split_everybody"),
        ({}, "bill.split_everybody"),
    ],
)
def test_a_part_is_some_and_not_all(bill: Bill, choice: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        bill_split(by=None, bill=bill, **choice)  # type: ignore[arg-type]
    assert (refused.value.code, Bill.objects.count()) == (code, 1)


def test_a_closed_month_and_a_foreign_bill_are_not_split(bill: Bill, rina_far: User) -> None:
    with pytest.raises(Refusal) as refused:
        bill_split(by=rina_far, bill=bill, at_most=PRICE)
    assert refused.value.code == "payment.foreign_bill"
    close(JANUARY)
    with pytest.raises(Refusal) as refused:
        bill_split(by=None, bill=bill, at_most=PRICE)
    assert refused.value.code == "month.closed"


def test_only_parts_of_one_month_and_purse_are_joined(bill: Bill) -> None:
    other = bill_run(by=None, month=date(2026, 2, 1)).bills[0]
    for into in (other, bill):
        with pytest.raises(Refusal) as refused:
            bill_join(by=None, bill=bill, into=into)
        assert refused.value.code == "bill.not_of_one"


def test_the_database_knows_no_void_bill_without_another(bill: Bill) -> None:
    for fields in ({"status": "void"}, {"joined_into": bill}):
        with pytest.raises(IntegrityError, match="bill_void_is_joined"), transaction.atomic():
            Bill.objects.filter(pk=bill.pk).update(**fields)


class AnyInstalments(TestCase):
    """Whatever is taken out in turn: nobody is lost or doubled and the sums stay exact."""

    @given(st.lists(st.integers(min_value=0, max_value=7 * PRICE), max_size=4))
    def test_sums_stay_exact(self, limits: list[int]) -> None:
        bill = billed(person("budi@ambon.example", "Budi", ("programme_officer", "81.71")))
        for limit in limits:
            with suppress(Refusal):
                bill_split(by=None, bill=bill, at_most=limit)
        parts = list(Bill.objects.all())
        assert sum(len(on(part)) for part in parts) == 6
        assert sum(part.amount for part in parts) == 6 * PRICE == Purse.objects.get().billed
