"""A wage written down while a plan is approved: whichever comes first, no month after the end is left."""

from __future__ import annotations

import time
from datetime import date
from threading import Event

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover.models import WorkerMonth
from salawaku.programmes import actions
from salawaku.programmes.models import Purse
from salawaku.registry.actions import worker_employed, worker_moved
from tests.cover.test_concurrency import together
from tests.programmes.city import PASSO, RUMAH_TIGA, approved, programme, purse, register

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = timezone.localdate().year
MARCH = date(YEAR, 3, 1)


@pytest.mark.parametrize("turn", range(4))
def test_a_wage_and_an_approval_at_once(sari: User, budi: User, turn: int) -> None:
    worker = register(3)[turn % 3]
    here = programme(first_month=date(YEAR, 1, 1), last_month=date(YEAR, 12, 1))
    money = purse(here, ceiling=10_000_000)
    plan = actions.allocation_propose(by=sari, programme=here).allocation

    def employ() -> object:
        with elevated("a test acts"):
            return worker_employed(by=sari, worker=worker, month=MARCH)

    def approve() -> object:
        return actions.allocation_approve(by=budi, allocation=plan)

    together(*((employ, approve) if turn % 2 else (approve, employ)))
    money.refresh_from_db()
    with elevated("a test counts"):
        assert not WorkerMonth.objects.filter(worker=worker, month__gte=MARCH).exists()
        assert money.committed == (WorkerMonth.objects.aggregate(sum=Sum("amount"))["sum"] or 0)


def test_a_move_and_a_bill_run_do_not_wait_for_each_other_for_ever(sari: User, budi: User) -> None:
    """The move takes the city's months along and gives the village's back: it waits for both purses beforehand."""
    worker = register(1)[0]
    first = programme(code="a", first_month=date(YEAR, 1, 1), last_month=date(YEAR, 6, 1))
    purse(first, ceiling=10_000_000, regions=[PASSO])
    approved(first, by=budi)
    second = programme(code="b", first_month=date(YEAR, 7, 1), last_month=date(YEAR, 12, 1))
    purse(second, ceiling=10_000_000)
    approved(second, by=budi, first_month=date(YEAR, 7, 1))
    has_purses = Event()

    def bill() -> None:
        with elevated("a test bills"), transaction.atomic():
            list(Purse.objects.select_for_update().order_by("pk"))
            has_purses.set()
            time.sleep(0.7)
            WorkerMonth.objects.filter(month=date(YEAR, 9, 1)).update(amount=16_800)

    def move() -> object:
        has_purses.wait(10)
        with elevated("a test acts"):
            return worker_moved(by=sari, worker=worker, month=date(YEAR, 2, 1), village_to=RUMAH_TIGA)

    together(bill, move)
    with elevated("a test counts"):
        months = WorkerMonth.objects.order_by("month").values_list("month__month", "village_code")
        assert list(months) == [(1, PASSO), (2, PASSO), *((month, RUMAH_TIGA) for month in range(7, 13))]
