"""Payment orders (SP2D): what they pay adds up, and nothing of them is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from salawaku.accounts.dbrole import as_owner
from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.cover.actions import bill_join, bill_run, bill_split, order_record, order_void
from salawaku.cover.actions.order import LARGEST_PROOF
from salawaku.cover.models import Bill, OrderProof, PaymentOrder
from tests.conftest import person
from tests.cover.test_split import PRICE, pay
from tests.programmes.city import JANUARY, approved, programme, purse, register

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 12)
PDF = b"%PDF-1.7 SP2D"


@pytest.fixture
def bendahara(db: None) -> User:
    """Finance officer of Ambon."""
    return person("bendahara@ambon.example", "Bendahara", ("finance_officer", "81.71"))


@pytest.fixture
def bills(budi: User) -> list[Bill]:
    """January and February of two fishers."""
    register(2)
    here = programme()
    purse(here, ceiling=10_000_000)
    approved(here, by=budi)
    return [bill_run(by=None, month=month).bills[0] for month in (JANUARY, date(2026, 2, 1))]


def settle_constraints() -> None:
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_one_order_pays_several_bills_with_its_proof(bills: list[Bill], bendahara: User) -> None:
    with acting_as(bendahara):
        order = order_record(
            by=bendahara, number=" 00012/SP2D/2026 ", issued_on=DAY, amount=4 * PRICE, bills=bills, proof=PDF
        )
        assert bytes(OrderProof.objects.get().content) == PDF
    settle_constraints()
    assert (order.number, order.year, order.region_code) == ("00012/SP2D/2026", 2026, "81.71")
    assert [line.amount for line in order.lines.all()] == [2 * PRICE, 2 * PRICE]
    with elevated("a test looks"):
        assert AuditEvent.objects.get(kind="order.recorded").actor == "Bendahara"
    assert {bill.status for bill in Bill.objects.all()} == {"open"}  # the receipt pays, not the order


def test_the_receipt_may_come_first(bills: list[Bill], bendahara: User) -> None:
    pay(bills[0])
    order = order_record(by=bendahara, number="1", issued_on=DAY, amount=2 * PRICE, bills=bills[:1])
    settle_constraints()
    paid = Bill.objects.get(pk=bills[0].pk)
    assert (paid.status, paid.amount) == ("paid", order.amount)


def test_an_order_of_another_amount_is_refused_with_both(bills: list[Bill], bendahara: User) -> None:
    with pytest.raises(Refusal, match=r"Rp67,000.*Rp67,200") as refused:
        order_record(by=bendahara, number="1", issued_on=DAY, amount=67_000, bills=bills)
    assert (refused.value.code, PaymentOrder.objects.count()) == ("order.amount_differs", 0)


def test_numbers_are_taken_once_a_year_until_voided(bills: list[Bill], bendahara: User) -> None:
    order = order_record(by=bendahara, number="1", issued_on=DAY, amount=2 * PRICE, bills=bills[:1])
    with pytest.raises(Refusal) as refused:
        order_record(by=bendahara, number="1", issued_on=DAY, amount=2 * PRICE, bills=bills[1:])
    assert refused.value.code == "order.number_taken"
    with pytest.raises(Refusal) as refused:
        order_record(by=bendahara, number="2", issued_on=DAY, amount=2 * PRICE, bills=bills[:1])
    assert refused.value.code == "order.bill_taken"
    with pytest.raises(Refusal) as refused:
        order_void(by=bendahara, order=order, reason=" ")
    assert refused.value.code == "order.no_reason"
    order_void(by=bendahara, order=order, reason="salah ketik")
    with pytest.raises(Refusal) as refused:
        order_void(by=bendahara, order=order, reason="lagi")
    assert refused.value.code == "order.void"
    order_record(by=bendahara, number="1", issued_on=DAY, amount=2 * PRICE, bills=bills[:1])
    settle_constraints()
    assert list(PaymentOrder.objects.values_list("void_reason", flat=True).order_by("id")) == ["salah ketik", ""]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number": " "}, "order.no_number"),
        ({"issued_on": timezone.localdate() + timedelta(days=1)}, "order.in_future"),
        ({"bills": []}, "order.no_bill"),
        ({"proof": b"MZ program"}, "order.proof_unreadable"),
        ({"proof": b"%PDF-" + b"0" * LARGEST_PROOF}, "order.proof_too_large"),
    ],
)
def test_what_is_no_order_is_refused(
    bills: list[Bill], bendahara: User, change: dict[str, object], code: str
) -> None:
    given = {"number": "1", "issued_on": DAY, "amount": 4 * PRICE, "bills": bills} | change
    with pytest.raises(Refusal) as refused:
        order_record(by=bendahara, **given)  # type: ignore[arg-type]
    assert (refused.value.code, PaymentOrder.objects.count()) == (code, 0)


def test_strangers_record_and_void_nothing(bills: list[Bill], bendahara: User, rina_far: User) -> None:
    with pytest.raises(Refusal) as refused:
        order_record(by=rina_far, number="1", issued_on=DAY, amount=4 * PRICE, bills=bills)
    assert refused.value.code == "payment.foreign_bill"
    order = order_record(by=bendahara, number="1", issued_on=DAY, amount=4 * PRICE, bills=bills, proof=PDF)
    with pytest.raises(Refusal) as refused:
        order_void(by=rina_far, order=order, reason="x")
    assert refused.value.code == "order.foreign"
    with acting_as(rina_far):
        assert not OrderProof.objects.exists()


def test_a_bill_on_an_order_is_not_split_and_a_void_bill_not_ordered(bills: list[Bill], bendahara: User) -> None:
    part = bill_split(by=None, bill=bills[0], at_most=PRICE)
    bill_join(by=None, bill=part, into=bills[0])
    with pytest.raises(Refusal) as refused:
        order_record(by=bendahara, number="1", issued_on=DAY, amount=PRICE, bills=[part])
    assert refused.value.code == "bill.void"
    order = order_record(by=bendahara, number="1", issued_on=DAY, amount=2 * PRICE, bills=bills[1:])
    with pytest.raises(Refusal) as refused:
        bill_split(by=None, bill=bills[1], at_most=PRICE)
    assert refused.value.code == "bill.on_an_order"
    order_void(by=bendahara, order=order, reason="dicicil")
    assert bill_split(by=None, bill=bills[1], at_most=PRICE).amount == PRICE


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("UPDATE cover_orderbill SET amount = amount + 1", "do not add up"),
        ("UPDATE cover_orderbill SET live = false", "do not add up"),
        ("UPDATE cover_bill SET amount = amount - 1", "keeps its amount"),
        ("UPDATE cover_paymentorder SET amount = amount + 1", "Cannot update"),
        ("UPDATE cover_paymentorder SET number = '9'", "Cannot update"),
        ("UPDATE cover_paymentorder SET voided_at = now()", "voided_with_reason"),
        ("DELETE FROM cover_paymentorder", "Cannot delete"),
        ("DELETE FROM cover_orderbill", "Cannot delete"),
        ("DELETE FROM cover_orderproof", "denied"),
        ("UPDATE cover_orderproof SET content = 'x'", "denied"),
        (
            "INSERT INTO cover_paymentorder (public_id, region_code, year, number, issued_on, amount, recorded_at,"
            " void_reason) VALUES (gen_random_uuid(), '81.71', 2026, '7', '2026-01-12', 5, now(), '')",
            "do not add up",
        ),
        (
            "INSERT INTO cover_paymentorder (public_id, region_code, year, number, issued_on, amount, recorded_at,"
            " void_reason) VALUES (gen_random_uuid(), '81.71', 2026, '1', '2026-01-12', 5, now(), '')",
            "number_once",
        ),
    ],
)
def test_the_database_keeps_orders_as_they_were_recorded(
    bills: list[Bill], bendahara: User, statement: str, error: str
) -> None:
    order_record(by=bendahara, number="1", issued_on=DAY, amount=4 * PRICE, bills=bills, proof=PDF)
    settle_constraints()
    with elevated("a test tries"), pytest.raises((DatabaseError, IntegrityError), match=error), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_bill_named_twice_is_paid_once(bills: list[Bill], bendahara: User) -> None:
    with pytest.raises(Refusal, match="ask for Rp33,600"):
        order_record(by=bendahara, number="1", issued_on=DAY, amount=4 * PRICE, bills=[bills[0], bills[0]])
    order = order_record(by=bendahara, number="1", issued_on=DAY, amount=2 * PRICE, bills=[bills[0], bills[0]])
    assert order.lines.count() == 1


def test_a_fault_of_the_database_is_not_called_a_number_that_is_taken(bills: list[Bill], bendahara: User) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cover_paymentorder ADD CONSTRAINT of_a_test CHECK (number <> '13')")
    with pytest.raises(IntegrityError, match="of_a_test"), transaction.atomic():
        order_record(by=bendahara, number="13", issued_on=DAY, amount=4 * PRICE, bills=bills)
