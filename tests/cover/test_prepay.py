"""Several months billed ahead in one go."""

from __future__ import annotations

from datetime import date

import pytest

from salawaku import law
from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions import bill_run, bills_prepay
from salawaku.cover.models import Bill, Reconciliation, WorkerMonth
from salawaku.programmes.models import Programme, Purse
from tests.programmes.city import JANUARY, approved, programme, purse, register

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)


@pytest.fixture
def here(budi: User) -> Programme:
    """Three fishers covered all 2026 by the city."""
    register(3)
    made = programme()
    purse(made, ceiling=3 * 12 * 16_800)
    approved(made, by=budi)
    return made


def close(month: date) -> None:
    Reconciliation.objects.create(month=month, region_code="81.71", file_name="a", sha256="0" * 64, rows=1)
    Reconciliation.objects.filter(month=month).update(
        status="closed", closed_by=User.objects.get(name="Budi"), closed_at=date(2026, 8, 1).isoformat() + "T00:00Z"
    )


def test_each_month_has_its_own_bill_and_due_date(here: Programme, sari: User) -> None:
    done = bills_prepay(by=sari, first=date(2026, 1, 20), last=JUNE, purses=list(here.purses.all()))
    assert [bill.month.month for bill in done.bills] == [1, 2, 3, 4, 5, 6]
    assert [bill.due_on for bill in done.bills] == [law.due_date(bill.month) for bill in done.bills]
    assert done.bills[1].due_on == date(2026, 2, 16)  # the 15th is a Sunday
    assert (done.amount, done.worker_months, done.usual) == (6 * 50_400, 18, True)
    money = Purse.objects.get()
    assert (money.committed, money.billed) == (6 * 50_400, 6 * 50_400)
    with elevated("a test looks"):
        assert WorkerMonth.objects.filter(status="billed").count() == 18
        assert AuditEvent.objects.filter(kind="bill.made").count() == 6
    told = done.as_json()
    assert (told["first"], told["last"], told["bills"], told["amount"]) == ("2026-01", "2026-06", 6, 302_400)
    assert [month["month"] for month in told["months"]][-1] == "2026-06"


def test_a_second_run_bills_nothing(here: Programme) -> None:
    bill_run(by=None, month=date(2026, 2, 1))
    first = bills_prepay(by=None, first=JANUARY, last=MARCH)
    assert ([bill.month.month for bill in first.bills], first.already_billed) == ([1, 3], 3)
    again = bills_prepay(by=None, first=JANUARY, last=MARCH)
    assert (again.bills, again.amount, again.already_billed) == ([], 0, 9)
    assert Bill.objects.count() == 3


def test_the_law_of_each_month_prices_it(budi: User) -> None:
    """A fisher whose sponsor pays gets the relief of PP 50/2025 from the month on in which it begins for fishers."""
    register(1)
    purse(programme(), ceiling=1_000_000, kind="foster", payer_code="SC")
    approved(Programme.objects.get(), by=budi)
    done = bills_prepay(by=None, first=MARCH, last=date(2026, 4, 1))
    assert [bill.amount for bill in done.bills] == [16_800, 8_400]


def test_only_the_purse_that_was_named_is_billed(here: Programme, budi: User) -> None:
    other = programme(code="lain")
    register(1, first=10)
    purse(other, ceiling=10_000_000, name="CSR")
    approved(other, by=budi)
    done = bills_prepay(by=None, first=JANUARY, last=MARCH, purses=list(other.purses.all()))
    assert {bill.purse.name for bill in done.bills} == {"CSR"}
    assert Purse.objects.get(programme=here).billed == 0


def test_a_closed_month_holds_back_all(here: Programme) -> None:
    close(date(2026, 2, 1))
    with pytest.raises(Refusal, match="2026-02 is closed") as refused:
        bills_prepay(by=None, first=JANUARY, last=MARCH)
    assert (refused.value.code, Bill.objects.count(), Purse.objects.get().billed) == ("month.closed", 0, 0)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (MARCH, JANUARY, "bill.months_reversed"),
        (JANUARY, date(2027, 1, 1), "bill.too_many_months"),
        (date(2014, 12, 1), date(2015, 2, 1), "law.outside_validity"),
    ],
)
def test_what_is_no_span_of_months_is_refused(here: Programme, first: date, last: date, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        bills_prepay(by=None, first=first, last=last)
    assert (refused.value.code, Bill.objects.count()) == (code, 0)


def test_a_foreign_purse_is_refused(here: Programme, rina_far: User) -> None:
    with pytest.raises(Refusal) as refused:
        bills_prepay(by=rina_far, first=JANUARY, last=MARCH, purses=list(here.purses.all()))
    assert refused.value.code == "bill.foreign_purse"
    assert bills_prepay(by=rina_far, first=JANUARY, last=MARCH).bills == []
