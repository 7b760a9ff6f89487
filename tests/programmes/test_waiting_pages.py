"""Pages of the waiting list: insider, stranger, nobody, malformed; filling free seats and taking the list out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.programmes import actions, waiting
from salawaku.programmes.models import Allocation, Programme
from salawaku.programmes.views import waiting as views
from salawaku.registry.actions import worker_died
from salawaku.registry.models import Worker
from tests.conftest import person
from tests.programmes.city import PASSO, RUMAH_TIGA, approved, programme, purse, register

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
MAY = {"month": "2026-05"}


@pytest.fixture
def here(db: None, sari: User, budi: User) -> Programme:
    """Passo has two seats of which one becomes free in May, and three who wait."""
    register(5)
    made = programme()
    purse(made, ceiling=10_000_000)
    actions.quotas_set(by=None, programme=made, method="hand", by_village={PASSO: 2})
    approved(made, by=budi, maker=sari)
    with elevated("a test writes"):
        worker_died(by=None, worker=Worker.objects.get(name="Pekerja 1"), died_on=date(2026, 4, 9))
    return made


def url(name: str, of: Programme, *more: str) -> str:
    return reverse(name, args=[of.public_id, *more])


def body(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_page_shows_free_seats_by_village_and_leads_on(client_of: ClientOf, sari: User, here: Programme) -> None:
    browser = client_of(sari)
    page = body(browser.get(url("programme_waiting", here), {"bulan": "2026-05"}))
    assert "Kursi kosong mulai Mei 2026: 1. Dalam antrean: 3." in page
    assert url("programme_waiting_village", here, PASSO) in page
    assert url("programme_waiting", here) in body(browser.get(url("programme_detail", here)))


def test_a_month_outside_the_programme_is_not_counted_from(client_of: ClientOf, sari: User, here: Programme) -> None:
    answer = client_of(sari).get(url("programme_waiting", here), {"bulan": "2030-01"})
    assert answer.context["month"] == waiting.next_month(here)


def test_without_seats_the_page_says_what_to_do(client_of: ClientOf, sari: User) -> None:
    empty = programme()
    page = body(client_of(sari).get(url("programme_waiting", empty), {"bulan": "1999-77"}))
    assert "Kuota belum ditetapkan" in page
    assert "Isi kursi kosong" not in page


def test_the_line_of_a_village_page_by_page(
    client_of: ClientOf, sari: User, here: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "ROWS", 2)
    browser = client_of(sari)
    first = body(browser.get(url("programme_waiting_village", here, PASSO), {"bulan": "2026-05"}))
    assert "Pekerja 3" in first
    assert "Pekerja 5" not in first
    assert "?bulan=2026-05&amp;setelah=2" in first
    assert "0000000000000003" not in first
    assert "Meninggal" in first
    second = body(browser.get(url("programme_waiting_village", here, PASSO) + "?bulan=2026-05&setelah=2"))
    assert "Pekerja 5" in second
    assert "setelah=3" not in second


def test_a_village_without_seats_and_without_people(client_of: ClientOf, sari: User, here: Programme) -> None:
    page = body(client_of(sari).get(url("programme_waiting_village", here, RUMAH_TIGA)))
    assert "Kuota desa/kelurahan ini belum ditetapkan" in page
    assert "Belum ada yang meninggalkan kursi" in page


def test_the_free_seats_become_a_plan(client_of: ClientOf, sari: User, here: Programme) -> None:
    browser = client_of(sari)
    answer = browser.post(url("programme_fill", here), MAY)
    made = Allocation.objects.latest("id")
    assert answer.headers["Location"] == reverse("allocation_detail", args=[made.public_id])
    assert (made.workers, made.proposed_by, made.first_month) == (1, sari, date(2026, 5, 1))


@pytest.mark.parametrize(("month", "says"), [("2026-02", "Tidak ada kursi kosong"), ("Mei", "Pilih bulannya")])
def test_what_cannot_be_filled_is_said(
    client_of: ClientOf, sari: User, here: Programme, month: str, says: str
) -> None:
    answer = client_of(sari).post(url("programme_fill", here), {"month": month}, follow=True)
    assert says in body(answer)
    assert Allocation.objects.count() == 1


def test_the_list_is_taken_out(client_of: ClientOf, sari: User, here: Programme) -> None:
    answer = client_of(sari).post(url("programme_waiting_export", here, PASSO), MAY)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


def every(of: Programme) -> list[str]:
    names = ("programme_waiting_village", "programme_waiting_export")
    return [url("programme_waiting", of), url("programme_fill", of), *(url(name, of, PASSO) for name in names)]


def test_nobody_and_strangers_find_nothing(
    client: Client, client_of: ClientOf, tono: User, rina_far: User, here: Programme
) -> None:
    for address in every(here):
        for method in ("get", "post"):
            assert getattr(client, method)(address).status_code in {302, 405}
            assert getattr(client_of(tono), method)(address).status_code in {403, 405}
            assert getattr(client_of(rina_far), method)(address).status_code in {404, 405}


@pytest.mark.parametrize("village", ["x", "81.71", "81.01.01.2001", "81.71.03.9999"])
def test_a_village_that_is_none_of_the_programme(
    client_of: ClientOf, sari: User, here: Programme, village: str
) -> None:
    assert client_of(sari).get(url("programme_waiting_village", here, village)).status_code == 404


def test_who_sees_no_persons_sees_numbers_only(client_of: ClientOf, here: Programme) -> None:
    leader = person("pimpinan@ambon.example", "Pimpinan", ("leader", "81.71"))
    browser = client_of(leader)
    page = body(browser.get(url("programme_waiting", here)))
    assert url("programme_waiting_village", here, PASSO) not in page
    assert browser.get(url("programme_waiting_village", here, PASSO)).status_code == 403
