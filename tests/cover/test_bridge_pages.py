"""The bridge on its page: worked out, proposed, approved; a purse that does not pay gives its months back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from salawaku import law
from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover.models import WorkerMonth
from salawaku.programmes.models import Allocation, Programme
from tests.cover.test_selectors import pay
from tests.programmes.city import approved, programme, purse, register
from tests.programmes.test_commands import run

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
NOW = law.first_of_month(timezone.localdate())


@pytest.fixture
def here() -> Programme:
    """A worker who lapses at the end of the month, and a purse with money for this year."""
    made = programme(first_month=date(NOW.year, 1, 1), last_month=date(NOW.year, 12, 1))
    money = purse(made, ceiling=10_000_000)
    worker = register(1)[0]
    pay(worker, money, law.add_months(NOW, -4), law.add_months(NOW, -3))
    return made


def ask(browser: Client, made: Programme, **more: object) -> str:
    given = {"programme": made.code, "within": 90, "months": 1, "first_month": "", **more}
    return browser.get(reverse("bridge"), given).text


def test_a_bridge_is_worked_out_and_proposed(client_of: ClientOf, sari: User, budi: User, here: Programme) -> None:
    browser = client_of(sari)
    assert "APBD Kota" in browser.get(reverse("bridge")).text
    page = ask(browser, here)
    assert "Rp16.800" in page
    given = {"programme": here.code, "within": 90, "months": 1, "first_month": ""}
    answer = browser.post(reverse("bridge"), given, follow=True)
    plan = Allocation.objects.get(method="bridging")
    assert answer.redirect_chain[-1][0] == reverse("allocation_detail", args=[plan.public_id])
    assert "tidak memiliki" in browser.get(reverse("allocation_optimum", args=[plan.public_id])).text
    approve = reverse("allocation_approve", args=[plan.public_id])
    colleague = client_of(budi)
    assert approve in colleague.get(reverse("allocation_detail", args=[plan.public_id])).text
    colleague.post(approve)
    with elevated("a test looks"):
        assert WorkerMonth.objects.filter(status="decreed", month=NOW).count() == 1


def test_slips_and_refusals_are_said(client_of: ClientOf, sari: User, here: Programme) -> None:
    browser = client_of(sari)
    assert "bulan program" in ask(browser, here, first_month="2031-01")
    assert browser.get(reverse("bridge"), {"programme": "tak-ada", "within": "x"}).status_code == 200
    assert browser.post(reverse("bridge"), {"programme": here.code, "within": 90}).status_code == 422


def test_strangers_are_shown_no_money(
    client_of: ClientOf, rina: User, rina_far: User, tono: User, dewi: User, here: Programme
) -> None:
    assert client_of(tono).get(reverse("bridge")).status_code == 403
    for stranger in (rina, rina_far):
        assert "APBD Kota" not in ask(client_of(stranger), here)
    given = {"programme": here.code, "within": 90, "months": 1}
    assert client_of(dewi).post(reverse("bridge"), given).status_code == 403


def test_months_are_given_back_after_a_look(
    client_of: ClientOf, sari: User, budi: User, rina_far: User, here: Programme
) -> None:
    approved(here, by=budi, first_month=NOW)
    money = here.purses.get()
    url = reverse("months_release", args=[money.public_id])
    browser = client_of(sari)
    assert url in ask(browser, here)
    given = {"first_month": f"{NOW:%Y-%m}", "reason": "dana beralih"}
    assert "Kembalikan" in browser.post(url, given).text
    money.refresh_from_db()
    assert money.committed > 0
    assert browser.post(url, {"first_month": "x"}).status_code == 422
    browser.post(url, given | {"confirmed": "1"})
    money.refresh_from_db()
    assert money.committed == 0
    assert "Tidak ada" in browser.post(url, given | {"confirmed": "1"}, follow=True).text
    assert client_of(rina_far).get(url).status_code == 404
    assert browser.get(reverse("months_release", args=[uuid4()])).status_code == 404


def test_the_command_proposes_or_only_shows(here: Programme, sari: User) -> None:
    _code, shown, _err = run("bridge", here.code, "--months", "1", "--dry-run", "--json")
    assert json.loads(shown)["carried"][0]["workers"] == 1
    assert not Allocation.objects.exists()
    _code, kept, _err = run("bridge", here.code, "--months", "1", "--by", sari.email, "--json")
    assert json.loads(kept)["allocation"] == str(Allocation.objects.get().public_id)
    assert run("bridge", "tak-ada")[0] == 1
    code, _out, said = run("bridge", here.code, "--first-month", "2031-01")
    assert (code, said.partition(":")[0]) == (1, "allocation.month")
