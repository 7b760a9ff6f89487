"""Programmes, criteria, quotas and purses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from salawaku.accounts.refusal import Refusal
from salawaku.law import Payer
from salawaku.programmes import actions
from salawaku.programmes.actions import PurseTerms
from salawaku.programmes.actions.quota import share_out
from salawaku.programmes.criteria import Criteria
from salawaku.programmes.models import Programme, Purse, Quota
from salawaku.regions.models import Region
from tests.programmes.city import JANUARY, PASSO, RUMAH_TIGA, programme, purse, register

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"first_month": date(2025, 12, 1)}, "programme.months"),
        ({"last_month": date(2025, 12, 1)}, "programme.months"),
        ({"code": "taken"}, "programme.code"),
    ],
)
def test_a_programme_that_cannot_be_is_refused(fields: dict[str, Any], code: str) -> None:
    programme(code="taken")
    with pytest.raises(Refusal) as refused:
        programme(**fields)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"age_min": 65}, "criteria.age"),
        ({"age_min": 14}, "criteria.age"),
        ({"age_max": 81}, "criteria.age"),
        ({"max_decile": 11}, "criteria.decile"),
        ({"shoe_size": 42}, "criteria.unknown"),
    ],
)
def test_criteria_that_make_no_sense_are_refused(rules: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        Criteria.from_json(rules)
    assert refused.value.code == code


def test_new_criteria_raise_the_version_and_the_same_do_not() -> None:
    here = programme()
    same = actions.programme_criteria_set(by=None, programme=here, criteria=Criteria())
    assert same.criteria_version == 1
    changed = actions.programme_criteria_set(by=None, programme=here, criteria=Criteria(age_max=60))
    assert (changed.criteria_version, changed.criteria["age_max"]) == (2, 60)


def test_without_the_rule_every_occupation_counts() -> None:
    assert [reason for reason, _sql, _values in Criteria(vulnerable_only=False).failures(JANUARY)] == [
        "too_young",
        "too_old",
    ]


def test_equal_seats_for_each_village() -> None:
    here = programme()
    total = actions.quotas_set(by=None, programme=here, method="equal", seats=300)
    villages = Region.objects.filter(level=4, code__startswith="81.71").count()
    assert total == 300 * villages == 300 * Quota.objects.filter(programme=here, seats=300).count()


def test_fifty_villages_with_three_hundred_seats_are_fifteen_thousand() -> None:
    here = programme()
    fifty = Region.objects.filter(level=4, code__startswith="81.71").values_list("code", flat=True)[:50]
    by_village = dict.fromkeys(fifty, 300)
    assert actions.quotas_set(by=None, programme=here, method="hand", by_village=by_village) == 15_000


def test_seats_by_registered_workers_sum_up() -> None:
    register(2)
    register(1, first=10, village_code=RUMAH_TIGA)
    here = programme()
    assert actions.quotas_set(by=None, programme=here, method="population", seats=100) == 100
    assert Quota.objects.get(programme=here, village_code=PASSO).seats == 67


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"method": "hand", "by_village": {"81.01.01.2001": 5}}, "quota.village"),
        ({"method": "hand", "by_village": {PASSO: -1}}, "quota.negative"),
        ({"method": "by_mood"}, "quota.method"),
    ],
)
def test_seats_that_cannot_be_are_refused(values: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        actions.quotas_set(by=None, programme=programme(), **values)
    assert refused.value.code == code


@given(st.integers(0, 50_000), st.dictionaries(st.text("ab", max_size=3), st.integers(0, 5_000), max_size=20))
def test_shares_are_whole_and_sum_up(seats: int, weights: dict[str, int]) -> None:
    shares = share_out(seats, weights)
    assert sum(shares.values()) == (seats if any(weights.values()) else 0)
    total = sum(weights.values())
    assert all(abs(shares[code] * total - seats * weight) < total for code, weight in weights.items() if total)


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"ceiling": -1}, "purse.ceiling"),
        ({"last_month": date(2027, 1, 1)}, "purse.months"),
        ({"first_month": date(2026, 9, 1), "last_month": date(2026, 8, 1)}, "purse.months"),
        ({"name": "APBD Kota"}, "purse.name"),
    ],
)
def test_a_purse_that_cannot_be_is_refused(terms: dict[str, Any], code: str) -> None:
    here = programme()
    purse(here, ceiling=1)
    values: dict[str, Any] = {"name": "Lain", "kind": "csr", "payer_code": "SC", "ceiling": 5}
    with pytest.raises(Refusal) as refused:
        actions.purse_open(by=None, programme=here, terms=PurseTerms(**(values | terms)))
    assert refused.value.code == code


def test_a_ceiling_never_falls_below_what_is_promised() -> None:
    money = purse(programme(), ceiling=100)
    Purse.objects.filter(pk=money.pk).update(committed=40, billed=20)
    with pytest.raises(Refusal, match="already committed"):
        actions.purse_ceiling_set(by=None, purse=money, ceiling=59, reason="cut")
    actions.purse_ceiling_set(by=None, purse=money, ceiling=60, reason="cut")
    money.refresh_from_db()
    assert (money.ceiling, money.left) == (60, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"committed": 101},
        {"committed": 60, "billed": 41},
        {"committed": -1},
        {"billed": -1},
        {"paid": 1},
        {"paid": -1},
    ],
)
def test_the_database_keeps_a_purse_from_going_below_zero(wrong: dict[str, int]) -> None:
    money = purse(programme(), ceiling=100)
    with pytest.raises(IntegrityError, match="purse_"), transaction.atomic():
        Purse.objects.filter(pk=money.pk).update(**wrong)


def test_months_begin_on_the_first() -> None:
    here = programme()
    with pytest.raises(IntegrityError, match="programme_months"), transaction.atomic():
        Programme.objects.filter(pk=here.pk).update(first_month=date(2026, 1, 2))


def test_a_source_that_the_law_does_not_name_pays_in_full() -> None:
    assert Purse(kind="other").payer is Payer.APBD
    assert Purse(kind="faith").payer is Payer.CSR
