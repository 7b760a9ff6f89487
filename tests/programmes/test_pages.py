"""Pages of the programmes room: insider, stranger, nobody, malformed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.scoping import elevated
from salawaku.programmes import actions
from salawaku.programmes.models import Allocation, Decree, Programme, Purse, Quota
from tests.programmes.city import PASSO, approved, programme, purse, register
from tests.programmes.test_decree import freeze

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
PURSE = {
    "name": "CSR Bank",
    "kind": "bank",
    "payer_code": "SB",
    "ceiling": "Rp 1.000.000",
    "priority": "2",
    "minimum_months": "6",
    "segments": ["BPU"],
    "village_kinds": ["desa", "negeri"],
}
DECREE = {"number": "188.4/1/2026", "signed_on": "2026-01-05", "signatory": "Wali Kota"}


@pytest.fixture
def here(db: None) -> Programme:
    """Three workers, money for two."""
    register(3)
    made = programme()
    purse(made, ceiling=2 * 12 * 16_800)
    return made


@pytest.fixture
def plan(here: Programme, sari: User) -> Allocation:
    """Made by Sari."""
    made = actions.allocation_propose(by=sari, programme=here).allocation
    assert made is not None
    return made


def addresses(here: Programme, plan: Allocation, decree: Decree | None) -> dict[str, str]:
    found = {"programme_list": reverse("programme_list"), "programme_new": reverse("programme_new")}
    for name in ("detail", "criteria", "quotas", "quota_table", "purse"):
        found[f"programme_{name}"] = reverse(f"programme_{name}", args=[here.public_id])
    found["allocation_new"] = reverse("allocation_new", args=[here.public_id])
    names = ("detail", "optimum", "approve", "refuse", "withdraw")
    for name in (*(f"allocation_{name}" for name in names), "decree_new"):
        found[name] = reverse(name, args=[plan.public_id])
    if decree:
        found["decree_detail"] = reverse("decree_detail", args=[decree.public_id])
        found["decree_check"] = reverse("decree_check", args=[decree.public_id])
    return found


def test_nobody_logs_in_first_and_who_has_no_role_is_refused(
    client: Client, client_of: ClientOf, tono: User, rina: User, here: Programme, plan: Allocation
) -> None:
    for url in addresses(here, plan, None).values():
        for method in (client.get, client.post):
            assert method(url).status_code in {302, 405}
        for person in (tono, rina):
            assert client_of(person).post(url).status_code in {403, 405}
            assert client_of(person).get(url).status_code in {403, 405}


def test_a_stranger_finds_nothing(
    client_of: ClientOf, rina_far: User, sari: User, budi: User, here: Programme, plan: Allocation
) -> None:
    actions.allocation_approve(by=budi, allocation=plan)
    decree = freeze(plan, sari)
    browser = client_of(rina_far)
    for name, url in addresses(here, plan, decree).items():
        if name in {"programme_list", "programme_new"}:
            continue
        assert browser.get(url).status_code in {404, 405}
        assert browser.post(url, DECREE).status_code in {404, 405}
    assert here.name not in browser.get(reverse("programme_list")).content.decode()


@pytest.mark.parametrize("name", ["programme_detail", "allocation_detail", "allocation_optimum", "decree_detail"])
def test_an_address_of_nothing(client_of: ClientOf, sari: User, name: str) -> None:
    assert client_of(sari).get(reverse(name, args=[uuid4()])).status_code == 404
    for malformed in ("/program/bukan-uuid/", "/usulan/bukan-uuid/optimum/"):
        assert client_of(sari).get(malformed).status_code == 404


def test_a_programme_is_opened_on_its_page(client_of: ClientOf, sari: User) -> None:
    form = {
        "name": "Pelindung 2027",
        "code": "ambon-2027",
        "region_code": "81.71",
        "agency": "disnaker",
        "first_month": "2027-01",
        "last_month": "2027-12",
    }
    browser = client_of(sari)
    form["agency"] = ""
    assert browser.get(reverse("programme_new")).status_code == 200
    assert browser.post(reverse("programme_new"), form | {"last_month": "2028-01"}).status_code == 422
    assert browser.post(reverse("programme_new"), form | {"region_code": "81.01"}).status_code == 422
    answer = browser.post(reverse("programme_new"), form, follow=True)
    assert "Pelindung 2027" in answer.content.decode()
    assert browser.get(reverse("programme_list")).status_code == 200


def test_the_rule_the_seats_and_the_money_are_set_on_the_page(
    client_of: ClientOf, sari: User, here: Programme
) -> None:
    browser = client_of(sari)

    def post(name: str, data: dict[str, Any]) -> int:
        return browser.post(reverse(name, args=[here.public_id]), data).status_code

    rule = {"age_min": "18", "age_max": "60", "vulnerable_only": "on"}
    assert post("programme_criteria", rule) == 302
    assert post("programme_criteria", rule | {"age_max": "x"}) == 422
    assert post("programme_criteria", rule | {"age_max": "17"}) == 422
    here.refresh_from_db()
    assert here.criteria["age_max"] == 60
    assert post("programme_quotas", {"method": "equal", "seats": "2"}) == 302
    assert post("programme_quotas", {"method": "equal", "seats": "-2"}) == 422
    assert post("programme_quota_table", {f"seats-{PASSO}": "7"}) == 302
    assert post("programme_quota_table", {f"seats-{PASSO}": "tujuh"}) == 302
    assert post("programme_quota_table", {"seats-81.01.01.2001": "7"}) == 302
    assert Quota.objects.get(programme=here, village_code=PASSO).seats == 7
    assert post("programme_purse", PURSE) == 302
    assert post("programme_purse", PURSE) == 422
    assert post("programme_purse", PURSE | {"ceiling": "sejuta"}) == 422
    assert Purse.objects.get(name="CSR Bank").ceiling == 1_000_000
    assert "CSR Bank" in browser.get(reverse("programme_detail", args=[here.public_id])).content.decode()


def test_from_plan_to_decree_by_two_people(client_of: ClientOf, sari: User, budi: User, here: Programme) -> None:
    hers, his = client_of(sari), client_of(budi)
    page = hers.post(reverse("allocation_new", args=[here.public_id]), {}, follow=True)
    plan = Allocation.objects.get()
    url = {
        name: reverse(name, args=[plan.public_id])
        for name in ("allocation_detail", "allocation_approve", "decree_new")
    }
    assert url["allocation_approve"] not in page.content.decode()
    assert hers.get(url["decree_new"]).status_code == 404
    hers.post(url["allocation_approve"])
    plan.refresh_from_db()
    assert plan.status == "proposed"
    shown = his.get(url["allocation_detail"]).content.decode()
    assert url["allocation_approve"] in shown
    assert "Pekerja 1" in shown
    assert "0000000000000001" not in shown
    his.post(url["allocation_approve"])
    plan.refresh_from_db()
    assert plan.status == "approved"
    assert "Pekerja 1" in hers.get(url["decree_new"]).content.decode()
    assert hers.post(url["decree_new"], {}).status_code == 422
    page = hers.post(url["decree_new"], DECREE, follow=True)
    assert "188.4/1/2026" in page.content.decode()
    assert hers.post(url["decree_new"], DECREE).status_code == 422
    assert url["decree_new"] not in hers.get(url["allocation_detail"]).content.decode()


def test_refuse_and_withdraw_on_the_page(
    client_of: ClientOf, sari: User, budi: User, here: Programme, plan: Allocation
) -> None:
    refuse = reverse("allocation_refuse", args=[plan.public_id])
    client_of(budi).post(refuse, {})
    plan.refresh_from_db()
    assert plan.status == "proposed"
    client_of(budi).post(refuse, {"reason": "Kuota salah"})
    plan.refresh_from_db()
    assert (plan.status, plan.closed_reason) == ("refused", "Kuota salah")
    second = actions.allocation_propose(by=sari, programme=here).allocation
    assert second is not None
    client_of(sari).post(reverse("allocation_withdraw", args=[second.public_id]))
    second.refresh_from_db()
    assert second.status == "withdrawn"


def test_a_plan_outside_the_months_is_refused_with_a_sentence(
    client_of: ClientOf, sari: User, here: Programme
) -> None:
    page = client_of(sari).post(
        reverse("allocation_new", args=[here.public_id]), {"first_month": "2030-01"}, follow=True
    )
    assert page.redirect_chain[-1][0] == reverse("programme_detail", args=[here.public_id])
    assert not Allocation.objects.exists()


def test_a_plan_is_compared_with_the_optimum_and_the_optimum_proposed(
    client_of: ClientOf, sari: User, here: Programme, plan: Allocation
) -> None:
    register(2, first=11, occupation_id="tukang_ojek", welfare_decile=9)
    half = {"kind": "foster", "payer_code": "SL", "minimum_months": 12}
    purse(here, ceiling=12 * 8_400, name="Bapak asuh", priority=2, **half)
    url, browser = reverse("allocation_optimum", args=[plan.public_id]), client_of(sari)
    assert url in browser.get(reverse("allocation_detail", args=[plan.public_id])).content.decode()
    page = browser.get(url)
    assert page.context["is_outdated"]
    assert [share.purse.name for share in page.context["shares"]] == ["APBD Kota", "Bapak asuh"]
    assert page.context["poured"].worker_months == page.context["best"].worker_months == 36
    assert Allocation.objects.count() == 1
    form = {"first_month": page.context["first_month"], "method": "optimum"}
    browser.post(reverse("allocation_new", args=[here.public_id]), form)
    made = Allocation.objects.get(method="optimum")
    assert (made.worker_months, made.proposed_by) == (36, sari)
    again = browser.get(reverse("allocation_optimum", args=[made.public_id]))
    assert not again.context["is_outdated"]
    assert "Pekerja 1" not in again.content.decode()


def test_what_was_decided_is_not_compared(client_of: ClientOf, sari: User, budi: User, plan: Allocation) -> None:
    actions.allocation_approve(by=budi, allocation=plan)
    page = client_of(sari).get(reverse("allocation_optimum", args=[plan.public_id]))
    assert page.status_code == 200
    assert "best" not in page.context
    assert "sudah diputuskan" in page.content.decode()


def test_who_may_only_look_is_offered_no_plan(client_of: ClientOf, dewi: User, plan: Allocation) -> None:
    page = client_of(dewi).get(reverse("allocation_optimum", args=[plan.public_id]))
    assert page.context["best"].workers == 2
    assert reverse("allocation_new", args=[plan.programme.public_id]) not in page.content.decode()


def test_a_plan_needs_a_month_and_a_method_that_exist(client_of: ClientOf, sari: User, here: Programme) -> None:
    for wrong in ({"first_month": "Juli"}, {"method": "undian"}):
        client_of(sari).post(reverse("allocation_new", args=[here.public_id]), wrong)
    assert not Allocation.objects.exists()


def test_lines_are_filtered_and_paged(client_of: ClientOf, sari: User, here: Programme) -> None:
    register(60, first=100)
    plan = actions.allocation_propose(by=sari, programme=here).allocation
    assert plan is not None
    url = reverse("allocation_detail", args=[plan.public_id])
    browser = client_of(sari)
    first = browser.get(url, {"alasan": "purse_empty"})
    assert len(first.context["lines"]) == 50
    rest = browser.get(url + first.context["next_url"])
    assert len(rest.context["lines"]) == 11
    assert rest.context["next_url"] == ""
    assert len(browser.get(url, {"alasan": "'; DROP", "setelah": "x"}).context["lines"]) == 50


def test_who_sees_no_workers_sees_the_counts_only(client_of: ClientOf, here: Programme, plan: Allocation) -> None:
    from tests.conftest import person

    leader = person("wawali@ambon.example", "Wawali", ("leader", "81.71"))
    page = client_of(leader).get(reverse("allocation_detail", args=[plan.public_id])).content.decode()
    assert "Pekerja 1" not in page
    assert client_of(leader).get(reverse("programme_detail", args=[here.public_id])).status_code == 200


def test_files_are_handed_out_and_written_down(
    client_of: ClientOf, sari: User, budi: User, dewi: User, here: Programme
) -> None:
    decree = freeze(approved(here, by=budi), sari)
    with elevated("a test looks"):
        files = {file.kind: file.public_id for file in decree.files.defer("content")}
    for kind, starts in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        url = reverse("decree_file", args=[decree.public_id, files[kind]])
        answer = client_of(sari).post(url)
        assert answer.content.startswith(starts)
        assert "attachment" in answer["Content-Disposition"]
        assert client_of(dewi).post(url).status_code == 403
        assert client_of(sari).get(url).status_code == 405
    with elevated("a test looks"):
        assert AuditEvent.objects.filter(kind="list.exported").count() == 2
    foreign = reverse("decree_file", args=[decree.public_id, uuid4()])
    assert client_of(sari).post(foreign).status_code == 404


def test_the_annex_is_checked_on_the_page(client_of: ClientOf, sari: User, budi: User, here: Programme) -> None:
    decree = freeze(approved(here, by=budi), sari)
    detail = client_of(sari).get(reverse("decree_detail", args=[decree.public_id])).content.decode()
    assert decree.sha256 in detail
    assert "Negeri Passo" in detail
    checked = client_of(sari).post(reverse("decree_check", args=[decree.public_id]))
    assert checked.context["verification"].holds


def test_a_change_names_its_decree_on_the_page(client_of: ClientOf, sari: User, budi: User, here: Programme) -> None:
    first = freeze(approved(here, by=budi), sari, "188.4/0/2026")
    purse(here, ceiling=10_000_000, name="Tambahan", priority=2)
    later = approved(here, by=budi)
    url = reverse("decree_new", args=[later.public_id])
    client_of(sari).post(url, DECREE | {"changes": str(first.pk)})
    second = Decree.objects.get(number=DECREE["number"])
    assert second.changes == first
    shown = client_of(sari).get(reverse("decree_detail", args=[second.public_id])).content.decode()
    assert "188.4/0/2026" in shown


def test_plans_that_wait(sari: User, budi: User, rina: User, plan: Allocation) -> None:
    from salawaku.programmes.selectors import allocations_waiting_for

    assert [allocations_waiting_for(user).count() for user in (sari, budi, rina)] == [0, 1, 0]
    assert date(2026, 1, 1) == plan.first_month
