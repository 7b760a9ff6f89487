"""Plans: who is chosen, who is not and why; approval by another person."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from salawaku import law
from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.models import WorkerMonth
from salawaku.programmes import actions
from salawaku.programmes.criteria import Criteria
from salawaku.programmes.models import Allocation, AllocationLine
from salawaku.registry.models import Worker
from tests.programmes.city import AHUSEN, JANUARY, PASSO, RUMAH_TIGA, approved, programme, purse, register

pytestmark = pytest.mark.django_db
RICH = 10_000_000_000


def reasons_by_worker(allocation: Allocation | None) -> dict[int, str]:
    with elevated("a test looks"):
        return dict(AllocationLine.objects.filter(allocation=allocation).values_list("worker_id", "reason"))


def test_each_worker_has_one_reason() -> None:
    people = {
        "chosen_quota": register(1, first=1)[0],
        "too_young": register(1, first=2, birth_date=date(2008, 1, 2))[0],
        "too_old": register(1, first=3, birth_date=date(1961, 1, 1))[0],
        "occupation_unknown": register(1, first=4, occupation_id=None)[0],
        "died": register(1, first=5, status="died", died_on=date(2025, 12, 1))[0],
        "decile_unknown": register(1, first=6, welfare_decile=None)[0],
        "decile_too_high": register(1, first=7, welfare_decile=6)[0],
        "occupation_not_vulnerable": register(1, first=8, occupation_id=_not_vulnerable())[0],
    }
    register(1, first=9, status="merged")
    register(1, first=10, village_code="81.01.01.2001")
    plan_for = programme(criteria=Criteria(max_decile=5))
    purse(plan_for, ceiling=RICH)
    plan = actions.allocation_propose(by=None, programme=plan_for)
    assert reasons_by_worker(plan.allocation) == {worker.pk: code for code, worker in people.items()}
    assert plan.reasons == dict.fromkeys(sorted(people), 1)


def _not_vulnerable() -> str:
    from salawaku.registry.models import Occupation

    return Occupation.objects.filter(vulnerable=False).values_list("code", flat=True)[0]


def test_age_is_reached_on_the_first_month() -> None:
    eighteen, sixty_four = register(1, birth_date=date(2008, 1, 1)), register(1, first=2, birth_date=date(1961, 1, 2))
    plan_for = programme()
    purse(plan_for, ceiling=RICH)
    plan = actions.allocation_propose(by=None, programme=plan_for)
    assert set(reasons_by_worker(plan.allocation)) == {eighteen[0].pk, sixty_four[0].pk}
    assert plan.workers == 2


def test_the_line_is_decile_then_risk_then_date_then_id() -> None:
    late = register(1, first=1, proposed_on=date(2025, 11, 1))[0]
    early = register(1, first=2)[0]
    also_early = register(1, first=3)[0]
    low_risk = register(1, first=4, occupation_id="penjual_ikan_jibu")[0]
    poor = register(1, first=5, welfare_decile=1)[0]
    unknown = register(1, first=6, welfare_decile=None)[0]
    plan_for = programme()
    purse(plan_for, ceiling=RICH)
    plan = actions.allocation_propose(by=None, programme=plan_for)
    with elevated("a test looks"):
        ranked = AllocationLine.objects.filter(allocation=plan.allocation).order_by("rank")
        order = list(ranked.values_list("worker_id", flat=True))
    assert order == [worker.pk for worker in (poor, early, also_early, late, low_risk, unknown)]


def test_quota_leaves_a_waiting_list_and_counts_seats_already_taken(budi: User) -> None:
    register(3)
    register(2, first=10, village_code=RUMAH_TIGA)
    plan_for = programme()
    purse(plan_for, ceiling=RICH)
    actions.quotas_set(by=None, programme=plan_for, method="hand", by_village={PASSO: 2})
    first = approved(plan_for, by=budi)
    assert first.reasons == {"chosen_quota": 2, "over_quota": 3}
    again = actions.allocation_propose(by=None, programme=plan_for)
    assert again.reasons == {"already_covered": 2, "over_quota": 3}


def test_purses_pour_in_their_order_and_whole_workers_only() -> None:
    year = 12 * 16_800
    register(3)
    plan_for = programme()
    desa = {"name": "Desa", "kind": "village_fund", "payer_code": "SD"}
    purse(plan_for, ceiling=year + year - 1, minimum_months=12, **desa)
    purse(plan_for, ceiling=year, minimum_months=12, name="Kota", priority=2)
    plan = actions.allocation_propose(by=None, programme=plan_for)
    taken = {source["source"]: (source["workers"], source["committed"]) for source in plan.as_json()["by_source"]}
    assert taken == {"Desa": (1, year), "Kota": (1, year)}
    assert plan.reasons == {"chosen_quota": 2, "purse_empty": 1}
    assert (plan.workers, plan.worker_months, plan.unfunded, plan.amount) == (2, 24, 1, 2 * year)


def test_the_last_in_line_gets_fewer_months_but_never_less_than_the_minimum() -> None:
    register(3)
    plan_for = programme()
    purse(plan_for, ceiling=21 * 16_800 + 16_799, name="Desa", minimum_months=6)
    purse(plan_for, ceiling=5 * 16_800, name="Kota", priority=2, minimum_months=6)
    plan = actions.allocation_propose(by=None, programme=plan_for)
    with elevated("a test looks"):
        lines = AllocationLine.objects.filter(allocation=plan.allocation).order_by("rank")
        assert list(lines.values_list("months", "amount")) == [(12, 12 * 16_800), (9, 9 * 16_800), (0, 0)]
    assert plan.reasons == {"chosen_quota": 2, "purse_empty": 1}


def test_money_that_is_too_little_for_the_next_goes_to_whom_it_still_pays() -> None:
    register(2)
    rider = register(1, first=3, occupation_id="tukang_ojek", welfare_decile=9)[0]
    plan_for = programme()
    half = {"kind": "foster", "payer_code": "SL", "last_month": date(2026, 3, 1), "minimum_months": 3}
    purse(plan_for, ceiling=5 * 16_800, **half)
    plan = actions.allocation_propose(by=None, programme=plan_for)
    with elevated("a test looks"):
        chosen = AllocationLine.objects.filter(allocation=plan.allocation, chosen=True).order_by("rank")
        amounts = list(chosen.values_list("amount", flat=True))
        assert amounts == [3 * 16_800, 3 * 8_400]
        assert chosen.last().worker_id == rider.pk


def test_fewer_months_are_decreed_and_committed_exactly(budi: User) -> None:
    register(2)
    plan_for = programme()
    money = purse(plan_for, ceiling=20 * 16_800, minimum_months=6)
    approved(plan_for, by=budi)
    money.refresh_from_db()
    with elevated("a test looks"):
        assert sum(WorkerMonth.objects.values_list("amount", flat=True)) == money.committed == 20 * 16_800
        assert WorkerMonth.objects.filter(month__gt=date(2026, 8, 1)).count() == 4


def test_village_money_stays_in_its_villages() -> None:
    register(1, village_code=AHUSEN)
    register(1, first=2)
    plan_for = programme()
    terms = {"village_kinds": ["desa", "negeri"], "kind": "village_fund", "payer_code": "SD"}
    purse(plan_for, ceiling=RICH, name="Dana desa", **terms)
    plan = actions.allocation_propose(by=None, programme=plan_for)
    assert plan.reasons == {"chosen_quota": 1, "no_purse": 1}


def test_a_purse_below_its_minimum_of_months_is_left_alone() -> None:
    register(1)
    plan_for = programme()
    purse(plan_for, ceiling=RICH, last_month=date(2026, 5, 1), minimum_months=6)
    assert actions.allocation_plan(programme=plan_for).reasons == {"no_purse": 1}


def test_a_purse_that_ended_before_the_plan_begins_is_left_alone() -> None:
    here = programme()
    register(1)
    purse(here, ceiling=10**9, name="Awal tahun", last_month=date(2026, 2, 1))
    plan = actions.allocation_plan(programme=here, first_month=date(2026, 3, 1))
    assert (plan.workers, plan.reasons) == (0, {"no_purse": 1})


def test_an_ojek_costs_half_from_a_sponsor_and_all_from_the_city(budi: User) -> None:
    register(1, occupation_id="tukang_ojek")
    register(1, first=2, occupation_id="tukang_ojek", village_code=RUMAH_TIGA)
    plan_for = programme(first_month=date(2026, 2, 1), last_month=date(2026, 2, 1))
    purse(plan_for, ceiling=8_400, name="Bapak asuh", kind="foster", payer_code="SL")
    purse(plan_for, ceiling=16_800, name="Kota", priority=2)
    approved(plan_for, by=budi)
    with elevated("a test looks"):
        amounts = WorkerMonth.objects.order_by("amount").values_list("purse__name", "amount")
        assert list(amounts) == [("Bapak asuh", 8_400), ("Kota", 16_800)]


def test_the_same_input_gives_the_same_plan_and_a_dry_run_keeps_nothing() -> None:
    register(50)
    plan_for = programme()
    purse(plan_for, ceiling=40 * 12 * 16_800)
    dry = actions.allocation_plan(programme=plan_for)
    assert not Allocation.objects.exists()
    kept = actions.allocation_propose(by=None, programme=plan_for)
    assert dry.plan_hash == kept.plan_hash
    assert dry.as_json() | {"allocation": None} == kept.as_json() | {"allocation": None}


def test_approval_commits_and_decrees_exactly(sari: User, budi: User) -> None:
    register(5)
    plan_for = programme()
    money = purse(plan_for, ceiling=RICH)
    allocation = approved(plan_for, by=budi, maker=sari)
    money.refresh_from_db()
    with elevated("a test looks"):
        assert WorkerMonth.objects.count() == 60
        assert sum(WorkerMonth.objects.values_list("amount", flat=True)) == money.committed == allocation.amount
        kinds = set(AuditEvent.objects.values_list("kind", flat=True))
    assert (allocation.status, allocation.approved_by) == ("approved", budi)
    assert {"allocation.proposed", "allocation.approved"} <= kinds


def test_who_makes_does_not_approve(sari: User) -> None:
    register(1)
    plan_for = programme()
    purse(plan_for, ceiling=RICH)
    plan = actions.allocation_propose(by=sari, programme=plan_for)
    assert plan.allocation is not None
    with pytest.raises(Refusal, match="colleague") as refused:
        actions.allocation_approve(by=sari, allocation=plan.allocation)
    assert refused.value.code == "allocation.same_person"
    by_hand = (
        "UPDATE programmes_allocation SET status = 'approved', approved_by_id = proposed_by_id, approved_at = now()"
    )
    with pytest.raises(IntegrityError, match="maker_is_not_approver"), transaction.atomic():
        connection.cursor().execute(by_hand)
    with elevated("a test looks"):
        assert not WorkerMonth.objects.exists()


@pytest.mark.parametrize(
    "by_hand", ["UPDATE programmes_allocation SET proposed_by_id = NULL", "DELETE FROM programmes_allocation"]
)
def test_a_plan_keeps_its_maker(sari: User, by_hand: str) -> None:
    register(1)
    plan_for = programme()
    purse(plan_for, ceiling=RICH)
    actions.allocation_propose(by=sari, programme=plan_for)
    with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
        connection.cursor().execute(by_hand)


def test_a_plan_made_under_other_law_is_not_approved(sari: User, budi: User, tmp_path: Path) -> None:
    register(1)
    plan_for = programme()
    purse(plan_for, ceiling=RICH)
    plan = actions.allocation_propose(by=sari, programme=plan_for)
    assert plan.allocation is not None
    assert plan.allocation.law_hash == law.law_now().hash
    decree = "- {parameter: bpu.jkm.flat, from: 2026-01-01, value: 7000, decree: Surat Uji 1/2026}"
    (tmp_path / "uji.yaml").write_text(decree)
    law.enact(tmp_path)
    try:
        with pytest.raises(Refusal, match="make the plan again") as refused:
            actions.allocation_approve(by=budi, allocation=plan.allocation)
        again = actions.allocation_propose(by=sari, programme=plan_for)
        assert again.amount == 12 * 17_000
    finally:
        law.enact(None)
    assert refused.value.code == "allocation.law_changed"
    assert actions.allocation_approve(by=budi, allocation=plan.allocation).status == "approved"


def test_an_approved_plan_names_who_approved(sari: User) -> None:
    register(1)
    plan_for = programme()
    purse(plan_for, ceiling=RICH)
    actions.allocation_propose(by=sari, programme=plan_for)
    with pytest.raises(IntegrityError, match="allocation_approved_by_somebody"), transaction.atomic():
        Allocation.objects.update(status="approved")


def test_a_plan_is_decided_once(sari: User, budi: User) -> None:
    register(1)
    plan_for = programme()
    purse(plan_for, ceiling=RICH)
    allocation = approved(plan_for, by=budi, maker=sari)
    decisions: list[tuple[Any, dict[str, str]]] = [
        (actions.allocation_approve, {}),
        (actions.allocation_refuse, {"reason": "x"}),
        (actions.allocation_withdraw, {}),
    ]
    for decide, more in decisions:
        with pytest.raises(Refusal, match="decided before"):
            decide(by=budi, allocation=allocation, **more)


def test_refuse_and_withdraw(sari: User, budi: User) -> None:
    register(1)
    plan_for = programme()
    purse(plan_for, ceiling=RICH)
    first, second = (actions.allocation_propose(by=sari, programme=plan_for).allocation for _ in range(2))
    assert first is not None
    assert second is not None
    refused = actions.allocation_refuse(by=budi, allocation=first, reason="Kuota belum final")
    assert (refused.status, refused.closed_reason) == ("refused", "Kuota belum final")
    with pytest.raises(Refusal, match="Only the person"):
        actions.allocation_withdraw(by=budi, allocation=second)
    assert actions.allocation_withdraw(by=sari, allocation=second).status == "withdrawn"


def test_a_plan_that_the_purse_no_longer_holds_is_refused_whole(budi: User) -> None:
    register(4)
    plan_for = programme()
    money = purse(plan_for, ceiling=6 * 12 * 16_800)
    plan = actions.allocation_propose(by=None, programme=plan_for)
    money.refresh_from_db()
    actions.purse_ceiling_set(by=None, purse=money, ceiling=3 * 12 * 16_800, reason="Refocusing")
    assert plan.allocation is not None
    with pytest.raises(Refusal, match="holds less"):
        actions.allocation_approve(by=budi, allocation=plan.allocation)
    money.refresh_from_db()
    assert money.committed == 0
    with elevated("a test looks"):
        assert not WorkerMonth.objects.exists()


def test_a_second_payer_is_refused_whole(budi: User) -> None:
    register(2)
    plans = []
    for code in ("kota-2026", "provinsi-2026"):
        plan_for = programme(code=code)
        purse(plan_for, ceiling=RICH)
        plans.append(actions.allocation_propose(by=None, programme=plan_for).allocation)
    actions.allocation_approve(by=budi, allocation=plans[0])
    with pytest.raises(Refusal, match="payer already") as refused:
        actions.allocation_approve(by=budi, allocation=plans[1])
    assert refused.value.code == "cover.second_payer"
    plan_for.purses.get().refresh_from_db()
    assert plan_for.purses.get().committed == 0


def test_a_plan_with_somebody_who_died_since_is_refused(budi: User) -> None:
    worker = register(2)[0]
    plan_for = programme()
    purse(plan_for, ceiling=RICH)
    plan = actions.allocation_propose(by=None, programme=plan_for)
    with elevated("a test writes"):
        Worker.objects.filter(pk=worker.pk).update(status="died", died_on=date(2026, 1, 3))
    assert plan.allocation is not None
    with pytest.raises(Refusal, match="1 worker of this plan has died"):
        actions.allocation_approve(by=budi, allocation=plan.allocation)


def test_those_covered_before_stay_first(budi: User) -> None:
    newcomers = register(2, welfare_decile=1)
    covered = register(2, first=10, welfare_decile=9)
    before = programme(code="ambon-2025", first_month=date(2025, 1, 1), last_month=date(2025, 12, 1))
    purse(before, ceiling=RICH)
    actions.quotas_set(by=None, programme=before, method="hand", by_village={PASSO: 4})
    with elevated("a test writes"):
        Worker.objects.filter(pk__in=[worker.pk for worker in newcomers]).update(status="merged")
    approved(before, by=budi)
    with elevated("a test writes"):
        Worker.objects.filter(status="merged").update(status="living")
    now = programme()
    purse(now, ceiling=3 * 12 * 16_800)
    plan = actions.allocation_propose(by=None, programme=now)
    assert plan.reasons == {"chosen_continuing": 2, "chosen_quota": 1, "purse_empty": 1}
    assert reasons_by_worker(plan.allocation)[covered[0].pk] == "chosen_continuing"


def test_a_closed_programme_or_a_foreign_month_is_refused() -> None:
    plan_for = programme()
    with pytest.raises(Refusal, match="must lie within"):
        actions.allocation_plan(programme=plan_for, first_month=date(2027, 1, 1))
    plan_for.status = "closed"
    with pytest.raises(Refusal, match="closed"):
        actions.allocation_plan(programme=plan_for, first_month=JANUARY)


def test_a_line_that_is_chosen_has_a_purse() -> None:
    register(1)
    plan_for = programme()
    purse(plan_for, ceiling=RICH)
    actions.allocation_propose(by=None, programme=plan_for)
    with elevated("a test tries"), pytest.raises(IntegrityError, match="chosen_has_a_purse"), transaction.atomic():
        AllocationLine.objects.update(purse=None)


def test_a_plan_is_not_born_approved_by_its_maker(sari: User) -> None:
    here = programme()
    by_hand = """
        INSERT INTO programmes_allocation
               (public_id, programme_id, status, method, first_month, criteria, criteria_version, workers,
                worker_months, unfunded, amount, reasons, plan_hash, law_hash, proposed_by_id, proposed_at,
                approved_by_id, approved_at, closed_reason)
        VALUES (gen_random_uuid(), %s, 'approved', 'waterfall', '2026-01-01', '{}', 1, 0, 0, 0, 0, '{}', '', '',
                %s, now(), %s, now(), '')"""
    with pytest.raises(IntegrityError, match="maker_is_not_approver"), transaction.atomic():
        connection.cursor().execute(by_hand, [here.pk, sari.pk, sari.pk])
