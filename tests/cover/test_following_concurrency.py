"""A wage written down while a plan is approved: whichever comes first, no month after the end is left."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Sum
from django.utils import timezone

from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover.models import WorkerMonth
from salawaku.programmes import actions
from salawaku.registry.actions import worker_employed
from tests.cover.test_concurrency import together
from tests.programmes.city import programme, purse, register

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
