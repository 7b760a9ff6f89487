"""What was billed for months that were not owed is asked back, once, and the purse has it again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.cover.actions import (
    bill_join,
    bill_run,
    bill_split,
    bills_prepay,
    refunds_find,
    refunds_make,
    refunds_receive,
    refunds_refuse,
    refunds_request,
)
from salawaku.cover.models import Bill, Refund, RefundLetter, WorkerMonth
from salawaku.programmes.models import Purse
from salawaku.programmes.purse_outlook import purse_outlook
from salawaku.registry.actions import worker_died, worker_employed, worker_returned, workers_merge
from salawaku.registry.models import Worker
from tests.cover.invariants import untrue
from tests.cover.test_prepay import close
from tests.cover.test_split import PRICE, pay
from tests.programmes.city import JANUARY, approved, programme, purse, register

pytestmark = pytest.mark.django_db
APRIL = date(2026, 4, 1)
TODAY = date(2026, 6, 1)
# March as an approved plan writes it, with its money.
DECREED_AGAIN = """
WITH month AS (
    INSERT INTO cover_workermonth (month, worker_id, programme_id, purse_id, amount, village_code, agency_code)
    SELECT '2026-03-01', worker_id, programme_id, purse_id, amount, village_code, agency_code
    FROM cover_workermonth WHERE worker_id = %s AND month = '2026-01-01' RETURNING purse_id, amount)
UPDATE programmes_purse p SET committed = committed + month.amount FROM month WHERE p.id = month.purse_id
"""


@pytest.fixture
def worker(budi: User) -> Worker:
    """One of two fishers covered in 2026; January to April are billed, January to March paid."""
    found = register(2)[0]
    here = programme()
    purse(here, ceiling=2 * 12 * PRICE)
    approved(here, by=budi)
    for bill in bills_prepay(by=None, first=JANUARY, last=APRIL).bills[:3]:
        pay(bill, name=f"{bill.month}.csv")
    return found


def dies(worker: Worker, by: User, day: date) -> None:
    with elevated("a test acts"):
        worker_died(by=by, worker=worker, died_on=day)


def refunds() -> list[tuple[int, str]]:
    with elevated("a test looks"):
        return [(refund.month.month, refund.status) for refund in Refund.objects.order_by("month")]


def ids(letter: RefundLetter) -> list[int]:
    with elevated("a test looks"):
        return list(letter.refunds.order_by("month").values_list("pk", flat=True))


def ask(by: User, number: str = "560/1/2026") -> RefundLetter:
    return refunds_request(by=by, purse=Purse.objects.get(), number=number, issued_on=TODAY)


def money() -> tuple[int, int, int]:
    found = Purse.objects.get()
    return found.billed // PRICE, found.paid // PRICE, found.left // PRICE


def test_a_death_writes_down_what_is_to_be_asked_back(worker: Worker, sari: User) -> None:
    dies(worker, sari, date(2026, 2, 10))
    assert refunds() == [(3, "to_request"), (4, "to_request")]
    with elevated("a test looks"):
        one = Refund.objects.earliest("month")
        assert (one.worker, one.amount, one.reason, one.bill.month.month) == (worker, PRICE, "death", 3)
        assert AuditEvent.objects.get(kind="refund.found").detail == {"months": 2, "reason": "death"}
    assert refunds_find(by=None) == 0


def test_a_mended_day_of_death_mends_what_was_not_asked_for_yet(worker: Worker, sari: User) -> None:
    dies(worker, sari, date(2026, 1, 10))
    dies(worker, sari, date(2026, 3, 10))
    assert refunds() == [(4, "to_request")]
    dies(worker, sari, date(2026, 2, 10))
    assert refunds() == [(3, "to_request"), (4, "to_request")]


def test_deaths_from_before_are_found_in_the_own_area(worker: Worker, sari: User, rina_far: User) -> None:
    with elevated("a test writes a death as an older release did"):
        Worker.objects.filter(pk=worker.pk).update(status="died", died_on=date(2026, 1, 31))
    assert refunds_find(by=rina_far) == 0
    assert refunds_find(by=sari) == 3
    assert refunds_find(by=None) == 0


def test_other_closings_ask_back_from_the_first_month_not_owed(worker: Worker, sari: User) -> None:
    assert refunds_make(by=sari, worker=worker, first_month=date(2026, 2, 9), reason="wage_earner") == 3
    assert refunds_make(by=sari, worker=worker, first_month=JANUARY, reason="double") == 1
    with elevated("a test looks"):
        reasons = list(Refund.objects.order_by("month").values_list("reason", flat=True))
    assert reasons == ["double", "wage_earner", "wage_earner", "wage_earner"]


def test_only_what_was_paid_is_asked_for(worker: Worker, sari: User) -> None:
    dies(worker, sari, date(2026, 2, 10))
    letter = ask(sari)
    assert refunds() == [(3, "requested"), (4, "to_request")]
    with pytest.raises(Refusal) as refused:
        ask(sari)
    assert refused.value.code == "refund.number_taken"
    with pytest.raises(Refusal) as refused:
        ask(sari, number=" ")
    assert refused.value.code == "refund.no_number"
    with pytest.raises(Refusal) as refused:
        ask(sari, number="560/2/2026")
    assert refused.value.code == "refund.nothing"
    assert RefundLetter.objects.get() == letter


def test_money_that_came_back_can_be_committed_again(worker: Worker, sari: User) -> None:
    dies(worker, sari, date(2026, 2, 10))
    before = money()
    assert before == (8, 6, 8)
    letter = ask(sari)
    assert refunds_receive(by=sari, letter=letter, refunds=ids(letter), received_on=TODAY, receipt="K-01") == PRICE
    assert money() == (7, 5, 9)
    assert refunds() == [(3, "received"), (4, "to_request")]
    with elevated("a test looks"):
        months = WorkerMonth.objects.filter(worker=worker).order_by("month")
        assert [month.month.month for month in months] == [1, 2, 4]
        assert WorkerMonth.objects.filter(month=date(2026, 3, 1)).count() == 1
    with pytest.raises(Refusal) as refused:
        refunds_receive(by=sari, letter=letter, refunds=ids(letter), received_on=TODAY, receipt="K-01")
    assert (refused.value.code, money()) == ("refund.not_waiting", (7, 5, 9))


def test_a_closed_month_stays_and_only_the_purse_moves(worker: Worker, sari: User) -> None:
    dies(worker, sari, date(2026, 2, 10))
    letter = ask(sari)
    close(date(2026, 3, 1))
    refunds_receive(by=sari, letter=letter, refunds=ids(letter), received_on=TODAY, receipt="K-01")
    assert money() == (7, 5, 9)
    with elevated("a test looks"):
        assert WorkerMonth.objects.filter(month=date(2026, 3, 1), status="paid").count() == 2
        assert Refund.objects.get(status="received").ledger_kept


def test_bpjs_may_refuse(worker: Worker, sari: User) -> None:
    dies(worker, sari, date(2026, 2, 10))
    letter = ask(sari)
    with pytest.raises(Refusal) as refused:
        refunds_refuse(by=sari, letter=letter, refunds=ids(letter), reason=" ")
    assert refused.value.code == "refund.no_reason"
    assert refunds_refuse(by=sari, letter=letter, refunds=ids(letter), reason="lewat waktu") == 1
    assert (refunds()[0], money()) == ((3, "refused"), (8, 6, 8))


def test_the_months_of_the_purse_add_up_after_a_refund_and_a_joined_part(worker: Worker, sari: User) -> None:
    dies(worker, sari, date(2026, 2, 10))
    letter = ask(sari)
    refunds_receive(by=sari, letter=letter, refunds=ids(letter), received_on=TODAY, receipt="K-01")
    april = Bill.objects.get(month=APRIL)
    bill_join(by=sari, bill=bill_split(by=sari, bill=april, at_most=PRICE), into=april)
    found = Purse.objects.get()
    outlook = purse_outlook(found, today=TODAY)
    told = [(one.month.month, one.workers, one.amount // PRICE) for one in outlook.months[:5]]
    assert told == [(1, 2, 2), (2, 2, 2), (3, 1, 1), (4, 2, 2), (5, 1, 1)]
    assert outlook.expected == found.committed + found.billed


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"receipt": " "}, "refund.no_receipt"),
        ({"received_on": timezone.localdate() + timedelta(days=1)}, "refund.in_future"),
        ({"refunds": []}, "refund.not_waiting"),
        ({"refunds": [0]}, "refund.not_waiting"),
    ],
)
def test_what_is_no_refund_moves_nothing(worker: Worker, sari: User, change: dict[str, object], code: str) -> None:
    dies(worker, sari, date(2026, 2, 10))
    letter = ask(sari)
    given = {"refunds": ids(letter), "received_on": TODAY, "receipt": "K"} | change
    with pytest.raises(Refusal) as refused:
        refunds_receive(by=sari, letter=letter, **given)  # type: ignore[arg-type]
    assert (refused.value.code, money()) == (code, (8, 6, 8))


def test_strangers_ask_for_nothing_and_see_nothing(worker: Worker, sari: User, rina_far: User) -> None:
    dies(worker, sari, date(2026, 2, 10))
    letter = ask(sari)
    with acting_as(rina_far):
        assert not Refund.objects.exists()
        for act in (
            lambda: ask(rina_far, number="9"),
            lambda: refunds_refuse(by=rina_far, letter=letter, refunds=[1], reason="x"),
            lambda: refunds_receive(by=rina_far, letter=letter, refunds=[1], received_on=TODAY, receipt="x"),
        ):
            with pytest.raises(Refusal) as refused:
                act()
            assert refused.value.code == "refund.foreign"


def test_a_refund_follows_its_month_to_the_part_of_a_bill(worker: Worker, sari: User) -> None:
    dies(worker, sari, date(2026, 3, 10))
    bill = Bill.objects.get(month=APRIL)
    part = bill_split(by=None, bill=bill, at_most=PRICE)
    with elevated("a test looks"):
        month = WorkerMonth.objects.get(worker=worker, month=APRIL)
        assert Refund.objects.get().bill_id == month.bill_id == part.pk


def test_a_refund_follows_a_merge(worker: Worker, sari: User) -> None:
    kept = register(1, first=30)[0]
    dies(worker, sari, date(2026, 2, 10))
    dies(kept, sari, date(2026, 2, 10))
    letter = ask(sari)
    with elevated("a test merges"):
        workers_merge(by=sari, kept=kept, gone=worker)
        assert set(Refund.objects.values_list("worker_id", flat=True)) == {kept.pk}
    refunds_receive(by=sari, letter=letter, refunds=ids(letter), received_on=TODAY, receipt="K-01")
    with elevated("a test looks"):
        assert WorkerMonth.objects.filter(worker=kept).count() == 3


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("INSERT INTO cover_refund ({fields}) SELECT {fields} FROM cover_refund", "refund_once"),
        (
            "INSERT INTO cover_refund ({fields}) SELECT worker_id, '2026-02-01', bill_id, purse_id, amount, reason,"
            " village_code, agency_code FROM cover_refund LIMIT 1",
            "month of death is never refunded",
        ),
        (
            "INSERT INTO cover_refund ({fields}) SELECT worker_id, '2026-05-01', bill_id, purse_id, amount, reason,"
            " village_code, agency_code FROM cover_refund LIMIT 1",
            "not billed so",
        ),
        ("UPDATE cover_refund SET status = 'requested' WHERE letter_id IS NULL", "refund_asked_by_letter"),
        ("UPDATE cover_refund SET status = 'received' WHERE letter_id IS NOT NULL", "refund_received_on_a_day"),
        ("UPDATE cover_refund SET status = 'refused' WHERE letter_id IS NOT NULL", "refund_refused_with_reason"),
        ("DELETE FROM cover_refund WHERE letter_id IS NOT NULL", "Cannot delete"),
        ("UPDATE cover_refundletter SET number = '2'", "Cannot update"),
    ],
)
def test_the_database_keeps_refunds_honest(worker: Worker, sari: User, statement: str, error: str) -> None:
    dies(worker, sari, date(2026, 2, 10))
    ask(sari)
    fields = "worker_id, month, bill_id, purse_id, amount, reason, village_code, agency_code"
    with elevated("a test tries"), pytest.raises(DatabaseError, match=error), transaction.atomic():
        connection.cursor().execute(statement.format(fields=fields))


def test_a_settled_refund_stays(worker: Worker, sari: User) -> None:
    dies(worker, sari, date(2026, 2, 10))
    letter = ask(sari)
    refunds_receive(by=sari, letter=letter, refunds=ids(letter), received_on=TODAY, receipt="K-01")
    for change in ("status = 'requested', received_on = NULL, receipt = ''", "amount = 1"):
        with elevated("a test tries"), pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            connection.cursor().execute(f"UPDATE cover_refund SET {change} WHERE status = 'received'")


def test_months_billed_after_the_death_are_found_too(worker: Worker, sari: User) -> None:
    """A bill run never bills the dead: their decreed months are gone."""
    dies(worker, sari, date(2026, 4, 10))
    assert [bill.workers for bill in bill_run(by=None, month=date(2026, 5, 1)).bills] == [1]
    assert (refunds(), refunds_find(by=None)) == ([], 0)


def test_a_month_given_up_and_decreed_anew_is_asked_back_anew(worker: Worker, sari: User) -> None:
    """March came back after a wage; the entry was wrong, March is decreed and billed again, then the wage is true."""
    with elevated("a test acts"):
        worker_employed(by=sari, worker=worker, month=date(2026, 3, 1))
        letter = ask(sari)
        refunds_receive(by=sari, letter=letter, refunds=ids(letter), received_on=TODAY, receipt="1")
        worker_returned(by=sari, worker=worker, month=date(2026, 3, 1))
        with connection.cursor() as cursor:
            cursor.execute(DECREED_AGAIN, [worker.pk])
    bill_run(by=None, month=date(2026, 3, 1))
    with elevated("a test acts"):
        worker_employed(by=sari, worker=worker, month=date(2026, 3, 1))
    assert refunds() == [(3, "received"), (3, "to_request"), (4, "to_request")]
    assert not untrue()
