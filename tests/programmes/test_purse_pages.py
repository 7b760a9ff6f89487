"""One purse on its page: terms, money, forecast, relief; and changing the terms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from salawaku.accounts.models import User
from salawaku.cover.actions import bill_run
from salawaku.law import Sector
from salawaku.programmes.ledger import MonthSpent
from salawaku.programmes.models import Purse
from salawaku.programmes.purse_outlook import purse_outlook, reliefs_of, stays_unused
from tests.programmes.city import approved, month_paid, programme, purse, register

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
RATE = 16_800
MARCH, AUGUST = date(2026, 3, 1), date(2026, 8, 1)
TERMS = {
    "name": "APBD Kota",
    "kind": "dbh",
    "payer_code": "",
    "ceiling": "Rp 2.000.000",
    "priority": "3",
    "minimum_months": "3",
    "owner": "Dinas Tenaga Kerja",
    "account_code": "5.1.3.01",
    "legal_basis": "Perwal 7/2026",
    "regions": ["81.71.03"],
    "occupations": ["nelayan_pesisir"],
    "village_kinds": ["negeri"],
    "segments": ["BPU"],
    "reason": "Perubahan APBD",
}


@pytest.fixture
def promised(sari: User, budi: User) -> Purse:
    """Two workers from March on, ten months each; the ceiling would carry ten."""
    register(2)
    here = programme()
    money = purse(here, ceiling=10 * 10 * RATE, first_month=MARCH, minimum_months=10)
    approved(here, by=budi, maker=sari)
    money.refresh_from_db()
    return money


def test_the_outlook_adds_up_month_by_month(promised: Purse) -> None:
    month_paid(promised, MARCH)
    bill_run(by=None, month=date(2026, 4, 1))
    outlook = purse_outlook(promised, today=date(2026, 4, 20))
    assert outlook.months[:3] == [
        MonthSpent(MARCH, 2, 0, 0, 2 * RATE),
        MonthSpent(date(2026, 4, 1), 2, 0, 2 * RATE, 0),
        MonthSpent(date(2026, 5, 1), 2, 2 * RATE, 0, 0),
    ]
    promised.refresh_from_db()
    assert outlook.expected == 20 * RATE == promised.committed + promised.billed
    assert (promised.left, outlook.more_months) == (80 * RATE, 80)
    assert len(outlook.months) == 10


@pytest.mark.parametrize(
    ("today", "ceiling", "is_alert"),
    [
        (date(2026, 7, 31), 100, False),
        (AUGUST, 100, True),
        (date(2026, 12, 31), 100, True),
        (date(2027, 1, 1), 100, False),
        (AUGUST, 20, False),
        (AUGUST, 21, False),  # 4.8 percent stay over
        (AUGUST, 22, True),  # 9.1 percent
    ],
)
def test_from_august_on_money_that_nobody_will_use_is_an_alert(
    promised: Purse, today: date, ceiling: int, is_alert: bool
) -> None:
    promised.ceiling = ceiling * RATE
    assert stays_unused(promised, today=today) is is_alert


def test_a_purse_that_ends_before_august_alerts_in_its_last_month() -> None:
    money = purse(programme(), ceiling=RATE, last_month=date(2026, 6, 1))
    assert not stays_unused(money, today=date(2026, 5, 31))
    assert stays_unused(money, today=date(2026, 6, 1))


def test_the_relief_is_the_laws_by_payer_and_sector() -> None:
    here = programme()
    sponsor = purse(here, ceiling=1, name="Bapak asuh", kind="foster")
    assert [
        (span.sector, span.first.month, span.last.month, span.applies, span.price) for span in reliefs_of(sponsor)
    ] == [
        (Sector.TRANSPORT, 1, 12, True, 8_400),
        (Sector.OTHER, 4, 12, True, 8_400),
    ]
    for kind in ("apbd_city", "village_fund"):
        spans = reliefs_of(purse(here, ceiling=1, name=kind, kind=kind))
        assert [(span.applies, span.price) for span in spans] == [(False, RATE), (False, RATE)]
    last_year = programme(code="ambon-2025", first_month=date(2025, 1, 1), last_month=date(2025, 12, 1))
    assert reliefs_of(purse(last_year, ceiling=1, kind="foster")) == []


def test_the_page_shows_terms_money_and_what_to_think_over(client_of: ClientOf, sari: User, promised: Purse) -> None:
    Purse.objects.filter(pk=promised.pk).update(
        owner="Dinas Tenaga Kerja", account_code="5.1.3.01", minimum_months=3, occupations=["nelayan_pesisir"],
        regions=["81.71.03"],
    )  # fmt: skip
    browser = client_of(sari)
    programme_page = browser.get(reverse("programme_detail", args=[promised.programme.public_id])).content.decode()
    url = reverse("purse_detail", args=[promised.public_id])
    assert url in programme_page
    page = browser.get(url).content.decode()
    told = ("hanya dihitung sebagian", "Rp16.800 per bulan", "336.000")
    for text in ("Dinas Tenaga Kerja", "5.1.3.01", "Kecamatan Baguala", *told):
        assert text in page
    assert reverse("purse_change", args=[promised.public_id]) in page


def test_a_purse_without_anything_decided_says_what_to_do(client_of: ClientOf, sari: User) -> None:
    money = purse(programme(), ceiling=0)
    page = client_of(sari).get(reverse("purse_detail", args=[money.public_id])).content.decode()
    assert "Belum ada yang ditetapkan dari dana ini" in page


def test_the_terms_are_changed_on_the_page(client_of: ClientOf, sari: User) -> None:
    money = purse(programme(), ceiling=1_000_000)
    browser, url = client_of(sari), reverse("purse_change", args=[money.public_id])
    assert "1000000" in browser.get(url).content.decode()
    assert browser.post(url, TERMS | {"reason": ""}).status_code == 422
    answer = browser.post(url, TERMS | {"account_code": "5,1"})
    assert (answer.status_code, "tidak boleh ada di dalamnya" in answer.content.decode()) == (422, True)
    answer = browser.post(url, TERMS, follow=True)
    assert "hanya dihitung sebagian" in answer.content.decode()
    money.refresh_from_db()
    assert (money.kind, money.payer_code, money.ceiling, money.priority) == ("dbh", "SG", 2_000_000, 3)
    assert (money.regions, money.occupations, money.village_kinds) == (["81.71.03"], ["nelayan_pesisir"], ["negeri"])


def test_a_purse_is_opened_with_all_its_terms_and_warned_about(client_of: ClientOf, sari: User) -> None:
    here = programme()
    url = reverse("programme_purse", args=[here.public_id])
    answer = client_of(sari).post(url, TERMS | {"name": "DBH"}, follow=True)
    assert "hanya dihitung sebagian" in answer.content.decode()
    assert here.purses.get(name="DBH").owner == "Dinas Tenaga Kerja"
    answer = client_of(sari).post(
        url, TERMS | {"name": "Desa", "kind": "village_fund", "village_kinds": ["kelurahan"]}
    )
    assert answer.status_code == 422
    assert "Kelurahan tidak mempunyai dana desa" in answer.content.decode()


@pytest.mark.parametrize("name", ["purse_detail", "purse_change"])
def test_strangers_find_no_purse(
    client_of: ClientOf, client: Client, sari: User, rina: User, rina_far: User, tono: User, name: str
) -> None:
    money = purse(programme(), ceiling=1)
    url = reverse(name, args=[money.public_id])
    assert client.get(url).status_code == 302
    assert [client_of(who).get(url).status_code for who in (rina, tono, rina_far)] == [403, 403, 404]
    assert client_of(sari).get(reverse(name, args=[uuid4()])).status_code == 404
    assert client_of(sari).get(url.replace(str(money.public_id), "bukan-uuid")).status_code == 404


def test_the_programme_page_marks_money_that_will_stay_unused(client_of: ClientOf, sari: User) -> None:
    month = timezone.localdate().replace(day=1)
    here = programme(first_month=month.replace(month=1), last_month=month.replace(month=12))
    money = purse(here, ceiling=RATE, last_month=month)
    url = reverse("programme_detail", args=[here.public_id])
    assert "ada uang yang tidak akan terpakai" in client_of(sari).get(url).content.decode()
    page = client_of(sari).get(reverse("purse_detail", args=[money.public_id])).content.decode()
    assert "tidak akan terpakai sampai" in page
    Purse.objects.filter(pk=money.pk).update(committed=RATE)
    assert "ada uang yang tidak akan terpakai" not in client_of(sari).get(url).content.decode()
