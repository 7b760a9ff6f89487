"""The optimum beside the waterfall: same workers, same purses, more worker-months."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover.models import WorkerMonth
from salawaku.programmes import actions
from salawaku.programmes.actions import Method, Plan
from salawaku.programmes.models import Allocation, AllocationLine, Programme
from salawaku.regions.models import Region
from tests.programmes.city import AHUSEN, PASSO, RUMAH_TIGA, programme, purse, register

pytestmark = pytest.mark.django_db
YEAR, RIDER_YEAR = 12 * 16_800, 12 * 8_400
SPONSOR = {"name": "Bapak asuh", "kind": "foster", "payer_code": "SL", "minimum_months": 12}


@pytest.fixture
def wasteful(db: None) -> Programme:
    """Pouring gives the sponsor's money to two fishers; it would pay for two riders and half a fisher more."""
    register(2)
    register(2, first=11, occupation_id="tukang_ojek", welfare_decile=8)
    made = programme()
    purse(made, ceiling=2 * (3 * 16_800 + 9 * 8_400), **SPONSOR)
    purse(made, ceiling=YEAR, name="APBD", priority=2, minimum_months=12)
    return made


def test_the_optimum_covers_more_from_the_same_purses(wasteful: Programme) -> None:
    poured, best = actions.allocation_optimum(programme=wasteful)
    assert (poured.worker_months, best.worker_months) == (36, 36)
    money = wasteful.purses.get(name="APBD")
    actions.purse_ceiling_set(by=None, purse=money, ceiling=2 * YEAR, reason="Perubahan")
    poured, best = actions.allocation_optimum(programme=wasteful)
    assert (poured.worker_months, best.worker_months) == (48, 48)
    sponsor = wasteful.purses.get(kind="foster")
    actions.purse_ceiling_set(by=None, purse=sponsor, ceiling=2 * RIDER_YEAR, reason="Perubahan")
    poured, best = actions.allocation_optimum(programme=wasteful)
    assert (poured.worker_months, best.worker_months) == (36, 48)
    assert poured.reasons == {"chosen_quota": 3, "purse_empty": 1}
    assert best.reasons == {"chosen_quota": 4}
    assert best.amount == 2 * RIDER_YEAR + 2 * YEAR
    assert not Allocation.objects.exists()


def test_both_weigh_the_same_people_and_leave_the_others_their_reason() -> None:
    kelurahan = Region.objects.filter(kind="kelurahan", code__startswith="81.71")[0].code
    register(1, first=30, village_code=kelurahan)
    register(3)
    register(1, first=20, occupation_id=None)
    plan_for = programme()
    actions.quotas_set(by=None, programme=plan_for, method="hand", by_village={PASSO: 2, kelurahan: 1})
    terms = {"village_kinds": ["desa", "negeri"], "kind": "village_fund", "payer_code": "SD"}
    purse(plan_for, ceiling=YEAR, name="Dana desa", minimum_months=12, **terms)
    poured, best = actions.allocation_optimum(programme=plan_for)
    expected = {"chosen_quota": 1, "no_purse": 1, "occupation_unknown": 1, "over_quota": 1, "purse_empty": 1}
    assert poured.reasons == best.reasons == expected


def test_the_continuing_come_first_and_are_told_from_newcomers(budi: User, sari: User) -> None:
    register(3, welfare_decile=9)
    early = programme(code="awal-2026", last_month=date(2026, 6, 1))
    purse(early, ceiling=2 * 6 * 16_800, minimum_months=6)
    first = actions.allocation_propose(by=sari, programme=early, method=Method.OPTIMUM).allocation
    assert first is not None
    actions.allocation_approve(by=budi, allocation=first)
    register(2, first=11, welfare_decile=1)
    late = programme(code="akhir-2026", first_month=date(2026, 7, 1))
    purse(late, ceiling=3 * 6 * 16_800, minimum_months=6)
    _poured, best = actions.allocation_optimum(programme=late)
    assert best.reasons == {"chosen_continuing": 2, "chosen_quota": 1, "purse_empty": 2}


def test_an_optimum_is_proposed_approved_and_decreed_exactly(sari: User, budi: User, wasteful: Programme) -> None:
    plan = actions.allocation_propose(by=sari, programme=wasteful, method=Method.OPTIMUM)
    assert plan.allocation is not None
    assert plan.allocation.method == "optimum"
    actions.allocation_approve(by=budi, allocation=plan.allocation)
    with elevated("a test looks"):
        lines = AllocationLine.objects.filter(allocation=plan.allocation, chosen=True)
        amounts = list(WorkerMonth.objects.values_list("amount", flat=True))
        assert (lines.count(), len(amounts), sum(amounts)) == (plan.workers, plan.worker_months, plan.amount)
    for money in wasteful.purses.all():
        assert money.committed == plan.by_purse[money.pk][2] <= money.ceiling


def test_the_same_input_gives_the_same_optimum(wasteful: Programme) -> None:
    first, again = (actions.allocation_plan(programme=wasteful, method=Method.OPTIMUM) for _ in range(2))
    kept = actions.allocation_propose(by=None, programme=wasteful, method=Method.OPTIMUM)
    assert first.plan_hash == again.plan_hash == kept.plan_hash
    with elevated("a test looks"):
        assert AllocationLine.objects.filter(allocation=kept.allocation, chosen=True).count() == kept.workers


def test_what_a_million_more_buys(wasteful: Programme) -> None:
    register(200, first=100)
    _poured, best = actions.allocation_optimum(programme=wasteful)
    sources = {source["source"]: source["million_buys"] for source in best.as_json()["by_source"]}
    # Riders are all covered, so a sponsor's million buys years of fishers at 126,000; the city's at 201,600.
    assert sources == {"Bapak asuh": 12_000_000 // 126_000, "APBD": 12_000_000 // 201_600}
    assert best.as_json()["bound"] >= best.worker_months


def test_without_workers_or_purses_there_is_nothing_to_share_out() -> None:
    plan_for = programme()
    assert [plan.worker_months for plan in actions.allocation_optimum(programme=plan_for)] == [0, 0]
    register(1)
    _poured, best = actions.allocation_optimum(programme=plan_for)
    assert best.reasons == {"no_purse": 1}
    purse(plan_for, ceiling=YEAR)
    now = actions.allocation_plan(programme=plan_for, method=Method.OPTIMUM)
    assert now.workers == 1


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from([PASSO, RUMAH_TIGA, AHUSEN]), st.sampled_from(["nelayan_pesisir", "tukang_ojek"]),
        st.sampled_from([None, 1, 5]),
    ),
    min_size=1, max_size=12,
)  # fmt: skip
PURSES = st.lists(
    st.fixed_dictionaries(
        {
            "ceiling": st.integers(0, 60).map(lambda half_months: half_months * 8_400 + 100),
            "kind": st.sampled_from(["apbd_city", "village_fund", "foster"]),
            "village_kinds": st.sampled_from([[], ["desa", "negeri"]]),
            "last_month": st.sampled_from([date(2026, 3, 1), date(2026, 6, 1)]),
            "minimum_months": st.integers(1, 3),
        }
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE, purses=PURSES)
def test_whatever_the_city_the_optimum_keeps_the_rules(people: Any, purses: Any) -> None:
    with transaction.atomic():
        for number, (village, occupation, decile) in enumerate(people, 1):
            register(1, first=number, village_code=village, occupation_id=occupation, welfare_decile=decile)
        plan_for = programme(last_month=date(2026, 6, 1))
        for turn, terms in enumerate(purses, 1):
            purse(plan_for, name=f"Dana {turn}", payer_code="SG", priority=turn, **terms)
        poured, best = actions.allocation_optimum(programme=plan_for)
        assert best.told
        assert poured.worker_months <= best.worker_months <= best.told.bound
        assert Counter(poured.reasons).total() == Counter(best.reasons).total() == len(people)
        assert _kept_rules(plan_for, poured)
        assert _kept_rules(plan_for, best)
        assert _lines_keep_rules()
        transaction.set_rollback(True)


def _kept_rules(of: Programme, plan: Plan) -> bool:
    return all(plan.by_purse.get(money.pk, (0, 0, 0))[2] <= money.left for money in of.purses.all())


def _lines_keep_rules() -> bool:
    """Each line of the plan made last has months its purse may give, to somebody it may pay for."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM plan JOIN programmes_purse u ON u.id = plan.purse_id
               WHERE plan.months < u.minimum_months OR plan.first_month <> u.first_month
                  OR plan.first_month + make_interval(months => plan.months - 1) > u.last_month
                  OR NOT (u.village_kinds = '{}' OR plan.village_kind = ANY(u.village_kinds))"""
        )
        return bool(cursor.fetchone()[0] == 0)
