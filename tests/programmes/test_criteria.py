"""Criteria sets: each rule with its outcome and its one reason, every version kept, counts before a change."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from salawaku.accounts.dbrole import as_owner
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.programmes import actions
from salawaku.programmes.criteria import Criteria
from salawaku.programmes.models import Allocation, AllocationLine, CriteriaSet, Programme
from salawaku.programmes.outcomes import criteria_outcomes, evidence_by_village, evidence_page
from salawaku.programmes.reasons import EVIDENCE, REASONS
from salawaku.registry.actions import Declared, declaration_add
from salawaku.registry.models import Declaration, Worker
from tests.programmes.city import JANUARY, PASSO, RUMAH_TIGA, approved, programme, purse, register

pytestmark = pytest.mark.django_db
RICH = 10_000_000_000
CARD, OTHER_CARD = "8171030101180001", "8171030101180002"


def declare(worker: Worker, **fields: Any) -> Declaration:
    """Something was declared about a worker."""
    declared = Declared(**({"declared_by": "Raja Passo", "declared_on": date(2025, 12, 1)} | fields))
    with elevated("a test declares"):
        return declaration_add(by=None, worker=worker, declared=declared)


def reasons_under(criteria: Criteria, *, code: str = "uji-2026") -> dict[int, str]:
    """The reason of each worker in a plan that has money for all."""
    made = programme(code=code, criteria=criteria)
    purse(made, ceiling=RICH)
    return lines_of(actions.allocation_propose(by=None, programme=made).allocation)


def lines_of(allocation: Allocation | None) -> dict[int, str]:
    with elevated("a test looks"):
        return dict(AllocationLine.objects.filter(allocation=allocation).values_list("worker_id", "reason"))


RESIDENT = {"residence_months": 6}
RULES: list[tuple[dict[str, Any], dict[str, Any] | None, str]] = [
    # rule, what was declared (None: nothing), reason
    (RESIDENT, {"residence_since": date(2025, 7, 1)}, "chosen_quota"),
    (RESIDENT, {"residence_since": date(2025, 7, 2)}, "residence_too_short"),
    (RESIDENT, {"works": True}, "residence_unknown"),
    (RESIDENT, None, "residence_unknown"),
    ({"assistance": "excluded"}, {"assistance": ()}, "chosen_quota"),
    ({"assistance": "excluded"}, {"assistance": ("BPNT",)}, "assistance_received"),
    ({"assistance": "excluded"}, None, "assistance_unknown"),
    ({"assistance": "required"}, {"assistance": ("PKH",)}, "chosen_quota"),
    ({"assistance": "required"}, {"assistance": ()}, "assistance_missing"),
    ({"assistance": "required"}, {"works": True}, "assistance_unknown"),
    ({"excluded_employment": ("asn", "tni")}, {"employment": "none"}, "chosen_quota"),
    ({"excluded_employment": ("asn", "tni")}, {"employment": "tni"}, "employment_excluded"),
    ({"excluded_employment": ("asn", "tni")}, {"works": True}, "employment_unknown"),
    ({"excluded_employment": ("asn", "tni")}, None, "employment_unknown"),
    ({"not_gravely_ill": True}, {"gravely_ill": False}, "chosen_quota"),
    ({"not_gravely_ill": True}, {"gravely_ill": True}, "gravely_ill"),
    ({"not_gravely_ill": True}, None, "illness_unknown"),
    ({"declared_working": True}, {"works": True}, "chosen_quota"),
    ({"declared_working": True}, {"works": False}, "not_working"),
    ({"declared_working": True}, None, "work_unknown"),
    # What excludes comes before what is unknown: nobody is sent to check in vain.
    ({"declared_working": True, "not_gravely_ill": True}, {"gravely_ill": True}, "gravely_ill"),
    ({}, {"gravely_ill": True, "works": False, "employment": "asn", "assistance": ("PKH",)}, "chosen_quota"),
]


@pytest.mark.parametrize(("rules", "said", "reason"), RULES)
def test_each_rule_on_what_was_declared(rules: dict[str, Any], said: dict[str, Any] | None, reason: str) -> None:
    (worker,) = register(1)
    if said is not None:
        declare(worker, **said)
    assert reasons_under(Criteria(**rules)) == {worker.pk: reason}


@pytest.mark.parametrize(
    ("rules", "decile", "reason"),
    [
        ({"min_decile": 3}, 3, "chosen_quota"),
        ({"min_decile": 3}, 2, "decile_too_low"),
        ({"min_decile": 3}, None, "decile_unknown"),
        ({"decile_known": True}, 10, "chosen_quota"),
        ({"decile_known": True}, None, "decile_unknown"),
        ({"min_decile": 2, "max_decile": 4}, 5, "decile_too_high"),
    ],
)
def test_welfare_rules(rules: dict[str, Any], decile: int | None, reason: str) -> None:
    (worker,) = register(1, welfare_decile=decile)
    assert reasons_under(Criteria(**rules)) == {worker.pk: reason}


def test_the_newest_declaration_counts_and_the_line_keeps_it() -> None:
    worker, other = register(2)
    declare(worker, gravely_ill=True)
    newest = declare(worker, gravely_ill=False)
    made = programme(criteria=Criteria(not_gravely_ill=True))
    purse(made, ceiling=RICH)
    plan = actions.allocation_propose(by=None, programme=made)
    declare(worker, gravely_ill=True)  # declared after the plan: the plan keeps what it rested on
    with elevated("a test looks"):
        lines = AllocationLine.objects.filter(allocation=plan.allocation)
        assert set(lines.values_list("worker_id", "reason", "declaration_id")) == {
            (worker.pk, "chosen_quota", newest.pk),
            (other.pk, "illness_unknown", None),
        }
    assert plan.allocation is not None
    assert plan.allocation.criteria["not_gravely_ill"] is True
    assert plan.allocation.criteria_version == 1


def test_the_optimum_keeps_the_declaration_as_well() -> None:
    (worker,) = register(1)
    said = declare(worker, works=True)
    made = programme(criteria=Criteria(declared_working=True))
    purse(made, ceiling=RICH)
    actions.allocation_propose(by=None, programme=made, method=actions.Method.OPTIMUM)
    with elevated("a test looks"):
        line = AllocationLine.objects.get()
    assert (line.chosen, line.declaration_id) == (True, said.pk)


def test_one_of_a_family_is_chosen_the_first_in_line() -> None:
    later = register(1, first=1, family_card=CARD, welfare_decile=4)[0]
    first = register(1, first=2, family_card=CARD, welfare_decile=1)[0]
    too_old = register(1, first=3, family_card=CARD, birth_date=date(1950, 1, 1))[0]
    other = register(1, first=4, family_card=OTHER_CARD)[0]
    unknown = register(2, first=5)
    nought = register(2, first=7, family_card="0000000000000000")
    expected = {
        later.pk: "family_taken",
        first.pk: "chosen_quota",
        too_old.pk: "too_old",
        other.pk: "chosen_quota",
    }
    strangers = [worker.pk for worker in (*unknown, *nought)]
    assert reasons_under(Criteria(one_per_family=True)) == expected | dict.fromkeys(strangers, "chosen_quota")
    strict = Criteria(one_per_family=True, family_known=True)
    assert reasons_under(strict, code="ketat") == expected | dict.fromkeys(strangers, "family_unknown")


def test_a_family_with_somebody_covered_by_the_programme_has_its_seat(budi: User) -> None:
    covered = register(1, first=1, family_card=CARD, welfare_decile=9)[0]
    made = programme(criteria=Criteria(one_per_family=True))
    purse(made, ceiling=RICH)
    approved(made, by=budi)
    poorer = register(1, first=2, family_card=CARD, welfare_decile=1)[0]
    again = actions.allocation_propose(by=None, programme=made).allocation
    assert lines_of(again) == {covered.pk: "already_covered", poorer.pk: "family_taken"}


@given(cards=st.lists(st.sampled_from(["", CARD, OTHER_CARD, "0" * 16]), max_size=12))
def test_never_two_of_a_family(cards: list[str]) -> None:
    with transaction.atomic():
        people = {register(1, first=n, family_card=card)[0].pk: card for n, card in enumerate(cards, 1)}
        reasons = reasons_under(Criteria(one_per_family=True))
        transaction.set_rollback(True)
    chosen = [people[pk] for pk, reason in reasons.items() if reason == "chosen_quota"]
    for card in (CARD, OTHER_CARD):
        assert chosen.count(card) == min(1, cards.count(card))
    assert len(chosen) == sum(cards.count(card) for card in ("", "0" * 16)) + len({CARD, OTHER_CARD} & set(cards))


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"min_decile": 5, "max_decile": 4}, "criteria.decile"),
        ({"min_decile": 0}, "criteria.decile"),
        ({"max_decile": 0}, "criteria.decile"),
        ({"residence_months": 0}, "criteria.residence"),
        ({"residence_months": 121}, "criteria.residence"),
        ({"assistance": "perhaps"}, "criteria.unknown"),
        ({"excluded_employment": ["pirate"]}, "criteria.unknown"),
    ],
)
def test_rules_that_make_no_sense_are_refused(rules: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        Criteria.from_json(rules)
    assert refused.value.code == code


@given(
    st.builds(
        Criteria,
        age_min=st.integers(15, 40),
        age_max=st.integers(40, 80),
        vulnerable_only=st.booleans(),
        min_decile=st.none() | st.integers(1, 4),
        max_decile=st.none() | st.integers(4, 10),
        residence_months=st.none() | st.integers(1, 120),
        assistance=st.sampled_from(["", "excluded", "required"]),
        excluded_employment=st.lists(st.sampled_from(Declaration.Employment.values), unique=True).map(tuple),
        one_per_family=st.booleans(),
        family_known=st.booleans(),
        not_gravely_ill=st.booleans(),
        declared_working=st.booleans(),
        decile_known=st.booleans(),
    )
)
def test_a_set_survives_being_stored_and_every_reason_has_words(criteria: Criteria) -> None:
    assert Criteria.from_json(criteria.as_json()) == criteria
    reasons = [reason for reason, _sql, _values in criteria.failures(JANUARY)]
    assert len(reasons) == len(set(reasons))
    assert set(reasons) <= set(REASONS)
    assert all(len(reason) <= 30 for reason in REASONS)


OLD = {"age_min": 18, "age_max": 64, "vulnerable_only": True, "max_decile": 5}


def test_a_set_stored_before_gives_the_same_plan() -> None:
    register(3, family_card=CARD)
    register(2, first=10, welfare_decile=7)
    made = programme(criteria=Criteria(max_decile=5))
    purse(made, ceiling=RICH)
    now = actions.allocation_plan(programme=made)
    made.criteria = OLD
    assert actions.allocation_plan(programme=made).plan_hash == now.plan_hash
    assert now.reasons == {"chosen_quota": 3, "decile_too_high": 2}


# Versions.


def test_every_version_is_kept_with_its_maker_and_reason(sari: User, budi: User) -> None:
    made = actions.programme_open(
        by=sari, code="ambon-2027", name="2027", region_code="81.71", first_month=date(2027, 1, 1),
        last_month=date(2027, 12, 1), legal_basis="Perwali 1/2026",
    )  # fmt: skip
    made = actions.programme_criteria_set(by=budi, programme=made, criteria=Criteria(age_max=60), reason="Perwali 2")
    same = actions.programme_criteria_set(by=sari, programme=made, criteria=Criteria(age_max=60), reason="lagi")
    assert same.criteria_version == 2
    kept = made.criteria_sets.values_list("version", "made_by__name", "reason", "rules__age_max")
    assert list(kept) == [(2, "Budi", "Perwali 2", 60), (1, "Sari", "Perwali 1/2026", 64)]


@pytest.mark.parametrize(
    "sql", ["UPDATE programmes_criteriaset SET reason = 'x'", "DELETE FROM programmes_criteriaset"]
)
def test_nobody_changes_a_version(sql: str) -> None:
    programme()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(sql)
    with as_owner(), pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
        connection.cursor().execute(sql)


def test_a_version_is_there_once() -> None:
    made = programme()
    with pytest.raises(IntegrityError, match="criteria_version_once"), transaction.atomic():
        CriteriaSet.objects.create(programme=made, version=1, rules={})


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE programmes_programme SET criteria = jsonb_set(criteria, '{age_max}', '80')",
        "UPDATE programmes_programme SET criteria_version = 7",
    ],
)
def test_no_rule_comes_into_force_without_a_maker(sql: str) -> None:
    programme()
    with pytest.raises(IntegrityError, match="among the criteria sets"), transaction.atomic():
        connection.cursor().execute(sql)


def test_what_was_in_force_before_versions_were_kept_is_found_again() -> None:
    made = programme()
    actions.programme_criteria_set(by=None, programme=made, criteria=Criteria(age_max=60))
    kept = list(CriteriaSet.objects.values_list("programme_id", "version", "rules"))
    migration = import_module("salawaku.programmes.migrations.0005_criteria_sets")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE programmes_criteriaset")
        cursor.execute(migration.KEPT_BEFORE)
    assert list(CriteriaSet.objects.values_list("programme_id", "version", "rules")) == kept


# Outcomes apart from a plan.


def three_outcomes() -> Programme:
    """One passes, one fails, two of Passo and one of Rumah Tiga need evidence."""
    declare(register(1, first=1)[0], works=True)
    declare(register(1, first=2)[0], works=False)
    register(2, first=3)
    register(1, first=5, village_code=RUMAH_TIGA)
    return programme(criteria=Criteria(declared_working=True))


def test_outcomes_are_counted_by_reason_and_before_a_change() -> None:
    made = three_outcomes()
    now = criteria_outcomes(made)
    assert now.as_json() == {
        "pass": 1,
        "fail": 1,
        "evidence_needed": 3,
        "reasons": {"not_working": 1, "work_unknown": 3},
    }
    assert criteria_outcomes(made, criteria=Criteria()).as_json() == {
        "pass": 5,
        "fail": 0,
        "evidence_needed": 0,
        "reasons": {},
    }
    made.refresh_from_db()
    assert made.criteria_version == 1


def test_outcomes_are_asked_for_a_month_of_the_programme() -> None:
    register(1, birth_date=date(2008, 3, 1))
    made = programme()
    assert criteria_outcomes(made).reasons == {"too_young": 1}
    assert criteria_outcomes(made, on=date(2026, 3, 15)).passing == 1
    with pytest.raises(Refusal) as refused:
        criteria_outcomes(made, on=date(2027, 1, 1))
    assert refused.value.code == "criteria.month"


def test_where_evidence_is_needed(sari: User, rina: User) -> None:
    made = three_outcomes()
    with acting_as(sari):
        assert [(row.code, row.workers) for row in evidence_by_village(made)] == [(PASSO, 2), (RUMAH_TIGA, 1)]
        rows, following = evidence_page(made)
        assert [row.reason for row in rows] == ["work_unknown"] * 3
        assert following is None
        assert len(evidence_page(made, village=PASSO)[0]) == 2
        assert evidence_page(made, reason="work_unknown", after=rows[0].id)[0] == rows[1:]
        assert evidence_page(made, reason="decile_unknown") == ([], None)
    with acting_as(rina):
        assert [(row.code, row.workers) for row in evidence_by_village(made)] == [(RUMAH_TIGA, 1)]
        assert [row.village for row in evidence_page(made)[0]] == ["Rumah Tiga"]


def test_pages_of_evidence_meet_without_a_gap(sari: User) -> None:
    register(70)
    register(45, first=100, village_code=RUMAH_TIGA)
    made = programme(criteria=Criteria(declared_working=True))
    seen: list[int] = []
    after = None
    with acting_as(sari):
        for _page in range(3):
            rows, after = evidence_page(made, after=after)
            seen += [row.id for row in rows]
    assert after is None
    assert len(seen) == len(set(seen)) == 115


def test_reasons_that_need_evidence_say_so() -> None:
    told = {code for code, words in REASONS.items() if str(words).startswith("Evidence needed")}
    assert told | {"occupation_unknown", "decile_unknown"} == set(EVIDENCE)
