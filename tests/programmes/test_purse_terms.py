"""Purses of every kind: what can be agreed, what is warned about, what may change once money is promised."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import Scope, scope
from salawaku.law import Payer
from salawaku.programmes import actions
from salawaku.programmes.actions import PurseTerms
from salawaku.programmes.models import Programme, Purse
from salawaku.programmes.models.purse_kinds import PAYERS, USUAL_CODES, Kind
from salawaku.programmes.purse_terms import settled, terms_of
from tests.programmes.city import PASSO, RUMAH_TIGA, approved, programme, purse, register

pytestmark = pytest.mark.django_db
EVERYTHING: dict[str, Any] = {
    "owner": "Dinas Pemberdayaan Masyarakat",
    "legal_basis": "Perkades 3/2026",
    "account_code": "5.1.3.01",
    "regions": ["81.71.03", PASSO],
    "village_kinds": ["negeri"],
    "occupations": ["nelayan_pesisir"],
    "segments": ["BPU", "PU"],
    "minimum_months": 8,
}


def test_every_kind_has_its_usual_code_and_a_payer() -> None:
    assert set(USUAL_CODES) == set(Kind)
    here = programme()
    for kind in Kind:
        money = purse(here, ceiling=1, name=kind.value, kind=kind.value, payer_code="")
        assert money.payer_code == USUAL_CODES[kind]
        assert money.payer is PAYERS.get(kind, Payer.APBD)
    assert purse(here, ceiling=1, name="Lain", kind="csr", payer_code="SG").payer_code == "SG"


def test_all_that_is_agreed_is_kept() -> None:
    money = purse(programme(), ceiling=5, kind="village_fund", **EVERYTHING)
    money.refresh_from_db()
    assert {name: getattr(money, name) for name in EVERYTHING} == EVERYTHING
    assert terms_of(money) == PurseTerms(
        name="APBD Kota", kind="village_fund", ceiling=5, payer_code="SG", first_month=date(2026, 1, 1),
        last_month=date(2026, 12, 1), **EVERYTHING,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["village_fund", "village_allocation", "village_apparatus"])
def test_village_money_is_for_desa_and_negeri_unless_fewer_are_named(kind: str) -> None:
    here = programme()
    assert purse(here, ceiling=1, kind=kind).village_kinds == ["desa", "negeri"]
    assert purse(here, ceiling=1, name="Negeri", kind=kind, village_kinds=["negeri"]).village_kinds == ["negeri"]
    with pytest.raises(Refusal, match="kelurahan") as refused:
        purse(here, ceiling=1, name="Lain", kind=kind, village_kinds=["desa", "kelurahan"])
    assert refused.value.code == "purse.kelurahan"


@pytest.mark.parametrize(
    ("terms", "code", "said"),
    [
        ({"kind": "lottery"}, "purse.kind", "lottery"),
        ({"payer_code": "XX"}, "purse.payer_code", "XX"),
        ({"minimum_months": 0}, "purse.minimum_months", "at least 1"),
        ({"minimum_months": 13}, "purse.minimum_months", "at most 12"),
        ({"account_code": "5-1-3"}, "purse.account_code", "“-” does not belong"),
        ({"account_code": "5.1.A"}, "purse.account_code", "“A” does not belong"),
        ({"account_code": "5..1"}, "purse.account_code", "one dot between"),
        ({"account_code": "5.1."}, "purse.account_code", "one dot between"),
        ({"account_code": "1234567"}, "purse.account_code", "one to six digits"),
        ({"account_code": ".".join("1" * 21)}, "purse.account_code", "groups"),
        ({"regions": ["81.01"]}, "purse.region", r"81\.01"),
        ({"regions": ["81.71.99"]}, "purse.region", r"81\.71\.99"),
        ({"occupations": ["astronaut"]}, "purse.occupation", "astronaut"),
        ({"village_kinds": ["kampung"]}, "purse.village_kind", "kampung"),
        ({"segments": []}, "purse.segments", "at least one"),
        ({"segments": ["TKI"]}, "purse.segments", "JAKON"),
    ],
)
def test_terms_that_cannot_be_are_refused_and_say_why(terms: dict[str, Any], code: str, said: str) -> None:
    with pytest.raises(Refusal, match=said) as refused:
        purse(programme(), ceiling=1, **terms)
    assert refused.value.code == code


@pytest.mark.parametrize("code", ["", "5.1.3.01", "1.1.03", " 4.2 ", "123456.000000"])
def test_account_codes_that_are_taken(code: str) -> None:
    assert purse(programme(), ceiling=1, account_code=code).account_code == code.strip()


@given(st.text("0123456789. -x", max_size=12))
def test_what_the_action_takes_the_database_takes_too(code: str) -> None:
    here = Programme(region_code="81.71", first_month=date(2026, 1, 1), last_month=date(2026, 12, 1))
    try:
        kept = settled(PurseTerms(name="a", kind="csr", ceiling=1, account_code=code), here)["account_code"]
        refused = False
    except Refusal:
        kept, refused = code.strip(), True
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s ~ '^([0-9]{1,6}(\\.[0-9]{1,6})*)?$'", [kept])
        assert cursor.fetchone()[0] is not refused


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("account_code = '5,1'", "purse_account_code"),
        ("kind = 'lottery'", "purse_kind_known"),
        ("payer_code = 'XX'", "purse_payer_known"),
        ("minimum_months = 0", "purse_minimum_months"),
        ("minimum_months = 13", "purse_minimum_months"),
        ("segments = '{}'", "purse_segments"),
        ("segments = '{TKI}'", "purse_segments"),
        ("village_kinds = '{desa,kelurahan}', kind = 'village_fund'", "purse_village_money"),
        ("village_kinds = '{}', kind = 'village_allocation'", "purse_village_money"),
    ],
)
def test_raw_sql_cannot_write_terms_that_cannot_be(statement: str, constraint: str) -> None:
    money = purse(programme(), ceiling=1)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE programmes_purse SET {statement} WHERE id = %s", [money.pk])


@pytest.mark.parametrize(
    ("code", "months", "said"),
    [
        ("SG", 5, ["only in part"]),
        ("SD", 1, ["only in part"]),
        ("SC", 5, ["not count"]),
        ("SB", 5, ["not count"]),
        ("SC", 6, []),
        ("SG", 6, []),
    ],
)
def test_fewer_than_six_months_is_warned_of_and_not_refused(code: str, months: int, said: list[str]) -> None:
    money = purse(programme(), ceiling=1, payer_code=code, minimum_months=months)
    found = [str(sentence) for sentence in money.warnings]
    assert len(found) == len(said)
    assert all(part in sentence for part, sentence in zip(said, found, strict=True))


def test_a_purse_for_wage_earners_only_says_that_a_plan_finds_nobody() -> None:
    register(1)
    here = programme()
    money = purse(here, ceiling=10**9, kind="employer", segments=["PU"], minimum_months=6)
    assert [str(sentence) for sentence in money.warnings] == [
        "Without the segment BPU this purse pays for nobody in a plan."
    ]
    assert actions.allocation_plan(programme=here).reasons == {"no_purse": 1}


def changed(money: Purse, reason: str = "Perubahan APBD", by: User | None = None, **terms: Any) -> Purse:
    money.refresh_from_db()
    found = {name: getattr(money, name) for name in PurseTerms.__slots__} | terms
    return actions.purse_change(by=by, purse=money, terms=PurseTerms(**found), reason=reason)


def trail() -> AuditEvent:
    with scope(Scope(audit=("",))):
        return AuditEvent.objects.filter(kind="purse.changed").latest("id")


def test_a_change_keeps_what_was_and_what_is(sari: User) -> None:
    money = purse(programme(), ceiling=100)
    changed(
        money,
        by=sari,
        ceiling=200,
        last_month=date(2026, 6, 1),
        regions=["81.71.03"],
        legal_basis="No. 8171031705850001",
    )
    money.refresh_from_db()
    assert (money.ceiling, money.last_month, money.regions) == (200, date(2026, 6, 1), ["81.71.03"])
    event = trail()
    assert (event.actor, event.reason, event.region_code) == ("Sari", "Perubahan APBD", "81.71")
    assert event.detail == {
        "before": {"ceiling": 100, "last_month": "2026-12-01", "regions": [], "legal_basis": ""},
        "after": {"ceiling": 200, "last_month": "2026-06-01", "regions": ["81.71.03"], "legal_basis": "No. •••"},
    }


def test_the_same_terms_again_change_nothing() -> None:
    money = purse(programme(), ceiling=100)
    changed(money)
    with scope(Scope(audit=("",))):
        assert not AuditEvent.objects.filter(kind="purse.changed").exists()


@pytest.mark.parametrize(
    ("terms", "reason", "code"),
    [
        ({"ceiling": 1}, " ", "purse.reason"),
        ({"name": "Lain"}, "x", "purse.name"),
        ({"account_code": "x"}, "x", "purse.account_code"),
        ({"first_month": date(2025, 1, 1)}, "x", "purse.months"),
    ],
)
def test_a_change_that_cannot_be_is_refused(terms: dict[str, Any], reason: str, code: str) -> None:
    here = programme()
    money = purse(here, ceiling=100)
    purse(here, ceiling=1, name="Lain")
    with pytest.raises(Refusal) as refused:
        changed(money, reason, **terms)
    assert refused.value.code == code
    money.refresh_from_db()
    assert money.ceiling == 100


@pytest.fixture
def promised(sari: User, budi: User) -> Purse:
    """One worker from March to December, decided."""
    register(1)
    here = programme()
    money = purse(here, ceiling=10 * 16_800, first_month=date(2026, 3, 1), minimum_months=10)
    approved(here, by=budi, maker=sari)
    return money


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"ceiling": 10 * 16_800 - 1}, "purse.ceiling"),
        ({"first_month": date(2026, 4, 1)}, "purse.months_decided"),
        ({"last_month": date(2026, 11, 1)}, "purse.months_decided"),
        ({"kind": "foster"}, "purse.payer_decided"),
    ],
)
def test_what_is_decided_stands_in_the_way(promised: Purse, terms: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        changed(promised, **terms)
    assert refused.value.code == code


def test_whom_a_purse_pays_for_may_change_and_the_decided_stay(promised: Purse) -> None:
    money = changed(
        promised, kind="dbh", occupations=["tukang_ojek"], first_month=date(2026, 1, 1), regions=[RUMAH_TIGA]
    )
    assert (money.kind, money.committed) == ("dbh", 10 * 16_800)


def test_a_plan_that_waits_keeps_the_terms_it_was_made_with(sari: User) -> None:
    register(1)
    here = programme()
    money = purse(here, ceiling=10**6)
    plan = actions.allocation_propose(by=sari, programme=here)
    changed(money, owner="Dinas Tenaga Kerja")
    with pytest.raises(Refusal) as refused:
        changed(money, last_month=date(2026, 6, 1))
    assert (refused.value.code, plan.allocation is None) == ("purse.plan_waiting", False)
    assert plan.allocation is not None
    actions.allocation_withdraw(by=sari, allocation=plan.allocation)
    assert changed(money, last_month=date(2026, 6, 1)).last_month == date(2026, 6, 1)
