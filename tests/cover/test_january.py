"""The plan for January, and next year's programme as a draft."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.cover.january import january_plan
from salawaku.programmes import actions
from salawaku.programmes.models import Programme, Purse
from salawaku.registry.models import Occupation
from tests.programmes.city import PASSO, RUMAH_TIGA, approved, programme, purse, register
from tests.programmes.test_commands import run

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def here(budi: User) -> Programme:
    """Two fishers of Passo and an ojek rider of Rumah Tiga, covered to December 2026 by the city."""
    register(2)
    register(1, first=9, village_code=RUMAH_TIGA, occupation=Occupation.objects.filter(transport=True).first())
    made = programme()
    purse(made, ceiling=10_000_000)
    approved(made, by=budi, first_month=date(2026, 10, 1))
    actions.quotas_set(by=None, programme=made, method="hand", by_village={PASSO: 5})
    return made


def test_who_is_covered_in_december_and_what_three_months_cost(here: Programme, rina: User) -> None:
    with elevated("a test looks"):
        plan = january_plan(year=2026, purses=list(Purse.objects.all()))
    assert [(row.village_code, row.source, row.workers, row.cost) for row in plan.rows] == [
        (PASSO, "APBD Kota", 2, 2 * 3 * 16_800),
        (RUMAH_TIGA, "APBD Kota", 1, 3 * 16_800),
    ]
    assert (plan.workers, plan.purses, plan.missing) == (3, [], plan.cost)
    assert (plan.due_on, plan.decree_by) == (date(2027, 1, 15), date(2027, 3, 31))
    with acting_as(rina):
        assert january_plan(year=2026, purses=[]).workers == 1


def test_money_and_decrees_of_next_year_close_the_gap(here: Programme, budi: User) -> None:
    new = actions.programme_renew(by=budi, programme=here)
    money = purse(new, ceiling=100_000, name="CSR", kind="csr", payer_code="SC")
    with elevated("a test looks"):
        plan = january_plan(year=2026, purses=list(Purse.objects.all()))
    assert (plan.purses, plan.left, plan.missing) == ([money], 100_000, 9 * 16_800 - 100_000)
    actions.programme_put_in_force(by=budi, programme=new)
    actions.purse_ceiling_set(by=budi, purse=money, ceiling=10_000_000, reason="x")
    approved(Programme.objects.get(pk=new.pk), by=budi)
    with elevated("a test looks"):
        after = january_plan(year=2026, purses=list(Purse.objects.all()))
    assert (after.cost, after.missing, after.workers) == (3 * 16_800, 0, 3)  # Rumah Tiga has no seat


def test_a_draft_takes_over_rule_and_seats_but_no_money(here: Programme, sari: User) -> None:
    new = actions.programme_renew(by=sari, programme=here)
    assert (new.code, new.year, new.status) == ("ambon-2027", 2027, "draft")
    assert new.name == "Perlindungan Pekerja Rentan 2027"
    assert (new.first_month, new.last_month, new.criteria) == (date(2027, 1, 1), date(2027, 12, 1), here.criteria)
    assert list(new.quotas.values_list("village_code", "seats")) == [(PASSO, 5)]
    assert not new.purses.exists()
    with pytest.raises(Refusal) as refused:
        actions.allocation_propose(by=sari, programme=new)
    assert refused.value.code == "programme.draft"
    with pytest.raises(Refusal) as refused:
        actions.programme_renew(by=sari, programme=here)
    assert refused.value.code == "programme.code"
    actions.programme_put_in_force(by=sari, programme=new)
    with pytest.raises(Refusal) as refused:
        actions.programme_put_in_force(by=sari, programme=new)
    assert refused.value.code == "programme.no_draft"


def test_a_programme_without_a_year_in_its_name_gets_one(sari: User) -> None:
    assert actions.programme_renew(by=sari, programme=programme(code="rentan")).code == "rentan-2027"


def test_the_pages_from_plan_to_open_programme(
    client_of: ClientOf, sari: User, rina: User, tono: User, rina_far: User
) -> None:
    year = timezone.localdate().year
    made = programme(first_month=date(year, 1, 1), last_month=date(year, 12, 1))
    browser, url = client_of(sari), reverse("january_plan")
    page = browser.get(url).text
    assert "Belum ada yang ditetapkan" in page
    renew = reverse("programme_renew", args=[made.public_id])
    assert renew in page
    assert client_of(rina).post(renew).status_code == 403
    assert client_of(rina_far).post(renew).status_code == 404
    answer = browser.post(renew, follow=True)
    new = Programme.objects.get(status="draft")
    opening = reverse("programme_in_force", args=[new.public_id])
    assert opening in answer.text
    assert renew not in browser.get(url).text
    assert "sudah ada" in browser.post(renew, follow=True).text
    assert "dibuka" in browser.post(opening, follow=True).text
    assert "bukan rancangan" in browser.post(opening, follow=True).text
    assert client_of(tono).get(url).status_code == 403
    assert client_of(rina).get(url).status_code == 200


def test_the_command_tells_the_plan(here: Programme) -> None:
    code, out, _err = run("cover", "january", "--year", "2026", "--json")
    told = json.loads(out)
    assert (code, told["workers"], told["missing"], told["decree_by"]) == (0, 3, 9 * 16_800, "2027-03-31")
    assert run("cover", "january", "--year", "2020")[0] == 1
