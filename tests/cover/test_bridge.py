"""The bridge: who lapses first is carried first, by the purses that have money, for the months of the bridge."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from salawaku import law
from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.bridge import EVERY_MEMBER, bridge_plan, bridge_propose
from salawaku.cover.models import WorkerMonth
from salawaku.programmes import actions
from salawaku.programmes.models import AllocationLine, Programme, Purse
from salawaku.registry.actions import worker_employed
from salawaku.registry.models import Worker
from tests.cover.test_selectors import pay
from tests.programmes.city import approved, programme, purse, register

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 10)
OJEK = "ojek_pangkalan"


@pytest.fixture
def before() -> Purse:
    """The purse of the year before, which paid until somewhere in spring."""
    return purse(programme(), ceiling=10_000_000, name="Tahun lalu", last_month=date(2026, 3, 1))


def lapsing(money: Purse, *last: int, **fields: object) -> list[Worker]:
    """Workers paid from January to these months of 2026."""
    with elevated("a test counts"):
        first = Worker.objects.count() + 1
    workers = register(len(last), first=first, **fields)
    for worker, month in zip(workers, last, strict=True):
        pay(worker, money, *law.months_from(date(2025, 10, 1), date(2026, month, 1)))
    return workers


def lines_of(plan: actions.Plan) -> dict[int, tuple[int, int]]:
    with elevated("a test looks"):
        lines = AllocationLine.objects.filter(allocation=plan.allocation, chosen=True)
        return {line.worker_id: (line.months, line.amount) for line in lines}


def test_the_nearest_lapse_is_carried_first(before: Purse, sari: User) -> None:
    april, february, march = lapsing(before, 4, 2, 3)
    purse(before.programme, ceiling=2 * 3 * 16_800, name="Jembatan", priority=2)
    found = bridge_propose(by=sari, programme=before.programme, within=90, as_of=TODAY)
    assert (found.plan.method, found.plan.first_month, found.urgent, found.rest) == (
        "bridging", date(2026, 5, 1), 3, 1,
    )  # fmt: skip
    assert lines_of(found.plan) == {february.pk: (3, 50_400), march.pk: (3, 50_400)}
    assert april.pk not in lines_of(found.plan)
    assert (found.rest_full, found.rest_cheapest) == (16_800, 8_400)


def test_days_decide_who_is_asked(before: Purse) -> None:
    lapsing(before, 4, 2, 3)
    purse(before.programme, ceiling=10_000_000, name="Jembatan", priority=2)
    asked = {
        within: bridge_plan(programme=before.programme, within=within, as_of=TODAY).urgent
        for within in (22, 23, 53, 90, EVERY_MEMBER)
    }
    assert asked == {22: 1, 23: 1, 53: 2, 90: 3, EVERY_MEMBER: 3}


def test_who_has_a_decreed_month_has_a_payer(before: Purse, budi: User) -> None:
    lapsing(before, 3)
    purse(before.programme, ceiling=10_000_000, name="Kota", priority=2)
    approved(before.programme, by=budi, first_month=date(2026, 4, 1))
    found = bridge_plan(programme=before.programme, as_of=TODAY)
    assert (found.urgent, found.with_payer, found.plan.workers, found.rest) == (1, 1, 0, 0)


def test_months_decreed_later_do_not_hide_a_gap(before: Purse, budi: User) -> None:
    """The budget begins in September; May to July are bridged by somebody else."""
    lapsing(before, 3)
    city = purse(before.programme, ceiling=10_000_000, name="Kota", priority=2, first_month=date(2026, 9, 1))
    approved(before.programme, by=budi, first_month=date(2026, 9, 1))
    purse(before.programme, ceiling=50_400, name="CSR", kind="csr", payer_code="SC", priority=3)
    found = bridge_propose(by=None, programme=before.programme, as_of=TODAY)
    actions.allocation_approve(by=budi, allocation=found.plan.allocation)
    with elevated("a test looks"):
        months = dict(WorkerMonth.objects.filter(status="decreed").values_list("month", "purse__name"))
    assert [months[date(2026, month, 1)] for month in (5, 6, 7)] == ["CSR"] * 3
    assert date(2026, 8, 1) not in months
    assert months[date(2026, 9, 1)] == city.name


def test_wage_earners_are_not_bridged(before: Purse, sari: User) -> None:
    worker = lapsing(before, 3)[0]
    with elevated("a test acts"):
        worker_employed(by=sari, worker=worker, month=date(2026, 5, 1))
    assert bridge_plan(programme=before.programme, as_of=TODAY).urgent == 0


def test_a_purse_that_asks_for_more_months_is_named(before: Purse) -> None:
    lapsing(before, 3)
    purse(before.programme, ceiling=10_000_000, name="CSR", kind="csr", payer_code="SC", minimum_months=6)
    found = bridge_plan(programme=before.programme, as_of=TODAY)
    assert (found.plan.workers, found.rest, found.too_short) == (0, 1, ["Tahun lalu", "CSR"])
    assert bridge_plan(programme=before.programme, as_of=TODAY, months=6).plan.workers == 1


def test_the_answer_as_json(before: Purse) -> None:
    lapsing(before, 3)
    purse(before.programme, ceiling=10_000_000, name="Kota", priority=2)
    told = bridge_plan(programme=before.programme, as_of=TODAY).as_json()
    assert told["carried"] == [
        {"source": "Kota", "transport": False, "first_month": "2026-05", "months": 3, "workers": 1, "amount": 50_400,
         "price": 16_800},
    ]  # fmt: skip
    assert (told["method"], told["lapsing"], told["rest"], told["rest_cost_full"]) == ("bridging", 1, 0, 0)


def test_nobody_to_carry_is_no_proposal(before: Purse, sari: User) -> None:
    with pytest.raises(Refusal) as refused:
        bridge_propose(by=sari, programme=before.programme, as_of=TODAY)
    assert refused.value.code == "bridge.nobody"
    with pytest.raises(Refusal) as refused:
        bridge_plan(programme=before.programme, first_month=date(2027, 1, 1), as_of=TODAY)
    assert refused.value.code == "allocation.month"
    with elevated("a test looks"):
        assert not AuditEvent.objects.filter(kind="allocation.proposed").exists()


class TestBridge(TestCase):
    """The purse is never exceeded, and nobody who lapses later stands before one who lapses sooner."""

    @given(st.lists(st.integers(2, 4), min_size=1, max_size=6), st.integers(0, 400_000), st.integers(1, 6))
    def test_money_and_order(self, last: list[int], ceiling: int, months: int) -> None:
        made: Programme = programme()
        before = purse(made, ceiling=10_000_000, name="Tahun lalu", last_month=date(2026, 3, 1))
        workers = lapsing(before, *last)
        purse(made, ceiling=ceiling, name="Jembatan", priority=2)
        values = {"programme": made, "as_of": TODAY, "within": EVERY_MEMBER, "months": months}
        if ceiling < 16_800:
            assert bridge_plan(**values).rest == len(last)
            return
        found = bridge_propose(by=None, **values)
        carried = lines_of(found.plan)
        assert sum(amount for _months, amount in carried.values()) <= ceiling
        by_lapse = dict(zip((worker.pk for worker in workers), last, strict=True))
        left_out = [by_lapse[worker.pk] for worker in workers if worker.pk not in carried]
        assert not left_out or max(by_lapse[pk] for pk in carried) <= min(left_out)
        assert found.urgent == len(workers) == len(carried) + found.rest
