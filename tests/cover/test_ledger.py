"""What the ledger writes for an approved plan."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover.ledger import CoverLedger
from salawaku.cover.models import WorkerMonth
from salawaku.programmes import actions
from salawaku.programmes.prices import Price, prices_for
from tests.programmes.city import JANUARY, approved, programme, purse, register

pytestmark = pytest.mark.django_db


def test_lines_and_months_cost_the_same_by_sector_and_month(budi: User) -> None:
    register(1, occupation_id="tukang_ojek")
    register(1, first=2)
    here = programme()
    giver = purse(here, ceiling=10_000_000, kind="csr", payer_code="SC", first_month=date(2026, 2, 1))
    allocation = approved(here, by=budi)
    with elevated("a test looks"):
        amounts = WorkerMonth.objects.order_by("worker_id", "month").values_list("amount", flat=True)
        assert list(amounts) == [8_400] * 11 + [16_800] * 2 + [8_400] * 9
        assert sum(amounts) == allocation.amount
    giver.refresh_from_db()
    assert giver.committed == allocation.amount


def test_another_fault_than_a_second_payer_is_not_hidden(sari: User) -> None:
    register(1)
    here = programme()
    money = purse(here, ceiling=10_000_000)
    allocation = actions.allocation_propose(by=sari, programme=here).allocation
    assert allocation is not None
    nothing = [Price(money.pk, False, JANUARY, 0)]
    with elevated("a test acts"), pytest.raises(IntegrityError, match="workermonth_amount"):
        CoverLedger().decree(allocation=allocation, prices=nothing)


def test_prices_end_with_the_purse() -> None:
    here = programme()
    short = purse(here, ceiling=5, last_month=date(2026, 2, 1))
    assert [price.month for price in prices_for([short], JANUARY, date(2026, 12, 1)) if price.transport] == [
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
