"""Decreed months given back: the purse is exact, what is billed stays, a closed month is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Sum

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions import bill_run, months_release, release_preview
from salawaku.cover.models import Bill, MonthGivenBack, Reconciliation, WorkerMonth
from salawaku.programmes.models import Purse
from salawaku.registry.actions import worker_died
from salawaku.registry.models import Worker
from tests.cover.test_concurrency import AT_ONCE, together
from tests.programmes.city import approved, programme, purse, register

MONTH = 16_800


def city(budi: User, workers: int = 2) -> Purse:
    """Workers decreed for 2026 by the city; January is billed."""
    register(workers)
    made = programme()
    money = purse(made, ceiling=100_000_000)
    approved(made, by=budi)
    bill_run(by=None, month=date(2026, 1, 1))
    return money


def decreed() -> int:
    with elevated("a test counts"):
        return WorkerMonth.objects.filter(status="decreed").aggregate(sum=Sum("amount"))["sum"] or 0


@pytest.mark.django_db
class TestRelease:
    def test_the_purse_has_exactly_the_money_back(self, sari: User, budi: User) -> None:
        money = city(budi)
        assert release_preview(purse=money, first_month=date(2026, 1, 1)) == (22, 22 * MONTH, 2, 2, 0)
        freed = months_release(by=sari, purse=money, first_month=date(2026, 7, 1), reason="dana beralih")
        money.refresh_from_db()
        assert freed == (12, 12 * MONTH, 2)
        assert money.committed == decreed() == 10 * MONTH
        assert money.billed == 2 * MONTH
        with elevated("a test looks"):
            assert MonthGivenBack.objects.filter(cause="released", by=sari).count() == 12
            event = AuditEvent.objects.get(kind="months.released")
        assert (event.detail, event.reason) == (
            {"from": "2026-07", "months": 12, "amount": 12 * MONTH, "workers": 2}, "dana beralih",
        )  # fmt: skip

    def test_of_chosen_workers_only(self, sari: User, budi: User) -> None:
        money = city(budi)
        with elevated("a test looks"):
            one = Worker.objects.order_by("id")[0]
        freed = months_release(by=sari, purse=money, first_month=date(2026, 3, 1), reason="x", workers=[one.pk])
        assert freed.months == 10
        assert months_release(by=sari, purse=money, first_month=date(2026, 3, 1), reason="x").workers == 1

    def test_another_purse_carries_them_then(self, sari: User, budi: User) -> None:
        money = city(budi)
        months_release(by=sari, purse=money, first_month=date(2026, 7, 1), reason="dana beralih")
        purse(money.programme, ceiling=10_000_000, name="CSR", kind="csr", payer_code="SC", priority=0)
        approved(money.programme, by=budi, first_month=date(2026, 7, 1))
        with elevated("a test looks"):
            months = WorkerMonth.objects.filter(month__gte=date(2026, 7, 1))
            assert set(months.values_list("purse__name", flat=True)) == {"CSR"}

    def test_the_month_of_death_stays(self, sari: User, budi: User) -> None:
        money = city(budi)
        with elevated("a test acts"):
            worker_died(by=sari, worker=Worker.objects.order_by("id")[0], died_on=date(2026, 6, 3))
        assert months_release(by=sari, purse=money, first_month=date(2026, 1, 1), reason="x").workers == 1
        with elevated("a test looks"):
            assert WorkerMonth.objects.filter(status="decreed").count() == 5

    @pytest.mark.parametrize(
        ("code", "first", "reason"),
        [("release.reason", 3, " "), ("release.closed", 2, "x"), ("release.nothing", 99, "x")],
    )
    def test_refusals_leave_everything(self, sari: User, budi: User, code: str, first: int, reason: str) -> None:
        money = city(budi)
        Reconciliation.objects.create(
            month=date(2026, 2, 1), region_code="81.71", file_name="a", sha256="0" * 64, rows=0, status="closed",
            closed_by=sari, closed_at="2026-03-01T00:00Z",
        )  # fmt: skip
        month = date(2026, first, 1) if first < 13 else date(2027, 1, 1)
        with pytest.raises(Refusal) as refused:
            months_release(by=sari, purse=money, first_month=month, reason=reason)
        assert refused.value.code == code
        assert decreed() == 22 * MONTH


@pytest.mark.django_db(transaction=True)
def test_giving_back_and_billing_at_once_lose_and_double_nothing(sari: User, budi: User) -> None:
    money = city(budi, workers=5)
    works = [
        lambda: months_release(by=sari, purse=money, first_month=date(2026, 6, 1), reason="x"),
        lambda: bill_run(by=None, month=date(2026, 6, 1)),
    ]
    results = together(*(works[turn % 2] for turn in range(AT_ONCE)))
    money.refresh_from_db()
    assert money.committed == decreed()
    with elevated("a test counts"):
        assert money.billed == Bill.objects.aggregate(sum=Sum("amount"))["sum"]
        given = MonthGivenBack.objects.aggregate(sum=Sum("amount"))["sum"]
    assert given + money.committed + money.billed == 60 * MONTH
    assert {type(result).__name__ for result in results} <= {"GivenBack", "BillRun", "Refusal"}
