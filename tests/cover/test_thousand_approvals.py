"""A thousand approvals from one purse, eight at a time in connections of their own: exact to the rupiah."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from django.db import connection
from django.db.models import Count, Sum

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.models import WorkerMonth
from salawaku.programmes import actions
from salawaku.programmes.models import Allocation, AllocationLine, Programme, Purse
from tests.cover.test_concurrency import AT_ONCE, together
from tests.programmes.city import programme, purse, register

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ATTEMPTS = 1_000
MONTH = 16_800
# One plan for each worker: one to twelve months from January on, so that the amounts differ.
PLANS = """
WITH wanted AS (
    SELECT id, village_code, agency_code, row_number() OVER (ORDER BY id) AS number, 1 + id * 7 %% 12 AS months
    FROM registry_worker
), made AS (
    INSERT INTO programmes_allocation
           (public_id, programme_id, status, method, first_month, criteria, criteria_version, workers, worker_months,
            unfunded, amount, reasons, plan_hash, law_hash, proposed_by_id, proposed_at, closed_reason)
    SELECT gen_random_uuid(), %(programme)s, 'proposed', 'waterfall', '2026-01-01', '{}', 1, 1, months, 0,
           months * %(price)s, '{}', number::text, '', %(maker)s, now(), ''
    FROM wanted RETURNING id, plan_hash::bigint AS number
)
INSERT INTO programmes_allocationline
       (allocation_id, worker_id, village_code, agency_code, purse_id, first_month, months, amount, transport, rank,
        chosen, reason)
SELECT made.id, wanted.id, village_code, agency_code, %(purse)s, '2026-01-01', months, months * %(price)s, false,
       number, true, 'chosen_quota'
FROM made JOIN wanted USING (number)
"""


@pytest.fixture
def plans(sari: User) -> list[Allocation]:
    """A thousand small plans of one purse that holds about half of them."""
    register(ATTEMPTS)
    here = programme()
    money = purse(here, ceiling=3_250 * MONTH + 999)
    values = {"programme": here.pk, "purse": money.pk, "maker": sari.pk, "price": MONTH}
    with elevated("a test plans"), connection.cursor() as cursor:
        cursor.execute(PLANS, values)
    found = list(Allocation.objects.order_by("id"))
    random.Random(4).shuffle(found)
    return found


def approve(by: User, plan: Allocation) -> str:
    try:
        actions.allocation_approve(by=by, allocation=plan)
    except Refusal as refusal:
        return refusal.code
    return "approved"


def test_a_thousand_approvals_never_exceed_the_purse(plans: list[Allocation], budi: User) -> None:
    parts = [plans[turn::AT_ONCE] for turn in range(AT_ONCE)]
    told = together(*(lambda part=part: [approve(budi, plan) for plan in part] for part in parts))
    outcomes = Counter(code for answers in told for code in answers)  # type: ignore[attr-defined]
    money = Purse.objects.get()
    assert set(outcomes) == {"approved", "purse.empty"}
    assert outcomes.total() == ATTEMPTS
    assert 0 <= money.left < MONTH * 12
    with elevated("a test counts"):
        written = WorkerMonth.objects.aggregate(sum=Sum("amount"), months=Count("*"))
        chosen = AllocationLine.objects.filter(allocation__status="approved").aggregate(sum=Sum("amount"))
        waiting = AllocationLine.objects.filter(allocation__status="proposed").aggregate(
            least=Sum("amount") / Count("*")
        )
        trace = AuditEvent.objects.filter(kind="allocation.approved").count()
    assert written["sum"] == written["months"] * MONTH == money.committed == chosen["sum"]
    assert Allocation.objects.filter(status="approved").count() == outcomes["approved"] == trace
    assert waiting["least"] > 0


def test_what_was_refused_would_have_exceeded_it(plans: list[Allocation], budi: User) -> None:
    """The last attempts, one after the other: everything that still fits is approved, nothing else."""
    small = plans[:AT_ONCE]
    programme_of: Programme = small[0].programme
    money = programme_of.purses.get()
    fits = sum(plan.amount for plan in small[:3])
    actions.purse_ceiling_set(by=None, purse=money, ceiling=fits, reason="Uji")
    told = together(*(lambda plan=plan: approve(budi, plan) for plan in small))
    money.refresh_from_db()
    refused = [plan.amount for plan, code in zip(small, told, strict=True) if code == "purse.empty"]
    assert money.committed <= fits
    assert all(amount > money.left for amount in refused)
