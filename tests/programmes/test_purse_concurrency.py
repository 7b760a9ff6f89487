"""Terms changed while a plan is made: the plan follows the terms that stand, or the change is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.programmes import actions
from salawaku.programmes.models import AllocationLine
from salawaku.programmes.purse_terms import terms_of
from tests.cover.test_concurrency import together
from tests.programmes.city import programme, purse, register

pytestmark = pytest.mark.django_db(transaction=True)
JUNE, DECEMBER = date(2026, 6, 1), date(2026, 12, 1)


def test_no_plan_waits_that_was_made_with_terms_of_yesterday(sari: User) -> None:
    register(5)
    here = programme()
    money = purse(here, ceiling=10**8)
    whole_year = terms_of(money)
    for _round in range(8):
        changed, plan = together(
            lambda: actions.purse_change(
                by=sari, purse=money, terms=replace(whole_year, last_month=JUNE), reason="Perubahan"
            ),
            lambda: actions.allocation_propose(by=sari, programme=here),
        )
        money.refresh_from_db()
        assert isinstance(plan, actions.Plan)
        assert plan.allocation is not None
        with elevated("a test counts"):
            months = set(AllocationLine.objects.filter(allocation=plan.allocation).values_list("months", flat=True))
        assert (money.last_month == DECEMBER) == isinstance(changed, Refusal)
        assert months == {6 if money.last_month == JUNE else 12}
        actions.allocation_withdraw(by=sari, allocation=plan.allocation)
        actions.purse_change(by=sari, purse=money, terms=whole_year, reason="Kembali")
