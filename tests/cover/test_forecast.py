"""Months ahead without a payer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from salawaku import law
from salawaku.accounts.models import User
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.cover.forecast import gap_forecast
from tests.cover.test_selectors import pay
from tests.programmes.city import PASSO, RUMAH_TIGA, approved, programme, purse, register

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
OCTOBER = date(2025, 10, 15)


def test_the_january_without_a_budget_is_seen_in_autumn(budi: User, sari: User) -> None:
    here, there = register(3), register(1, first=50, village_code=RUMAH_TIGA)
    year = programme(code="ambon-2025", first_month=date(2025, 1, 1), last_month=date(2025, 12, 1))
    money = purse(year, ceiling=1_000_000_000)
    for worker in (*here, *there):
        pay(worker, money, *law.months_from(date(2025, 6, 1), date(2025, 12, 1)))
    next_year = programme(first_month=date(2026, 4, 1))
    purse(next_year, ceiling=4 * 9 * 16_800)
    approved(next_year, by=budi)
    with acting_as(sari):
        found = gap_forecast(as_of=OCTOBER)
    assert [month.gap for month in found.months] == [0, 0, 4, 4, 4, 0, 0, 0, 0, 0, 0, 0]
    assert [village.gaps[:4] for village in found.villages] == [(0, 0, 3, 3), (0, 0, 1, 1)]
    assert [village.village_code for village in found.villages] == [PASSO, RUMAH_TIGA]
    assert found.first_gap
    assert (found.first_gap.month, found.first_gap.cost) == (date(2026, 1, 1), 4 * 16_800)
    assert found.cost == 12 * 16_800


def test_members_only_and_the_living_only(sari: User) -> None:
    ended, never, dead = register(3)
    money = purse(programme(), ceiling=5)
    pay(ended, money, date(2025, 1, 1))
    pay(dead, money, date(2025, 10, 1))
    with elevated("a test"):
        type(dead).objects.filter(pk=dead.pk).update(status="died", died_on=date(2025, 10, 3))
    with acting_as(sari):
        assert gap_forecast(as_of=OCTOBER).villages == ()
    assert never.pk


def test_each_sees_the_own_villages(rina: User) -> None:
    worker = register(1)[0]
    pay(worker, purse(programme(), ceiling=5), date(2025, 10, 1))
    with acting_as(rina):
        assert gap_forecast(as_of=OCTOBER).villages == ()


def test_the_page_tells_the_first_gap(client_of: ClientOf, sari: User, tono: User) -> None:
    assert "Tidak ada yang menjadi peserta" in client_of(sari).get(reverse("cover_gaps")).content.decode()
    worker = register(1)[0]
    today = timezone.localdate()
    money = purse(programme(), ceiling=5)
    pay(worker, money, law.first_of_month(today))
    page = client_of(sari).get(reverse("cover_gaps")).content.decode()
    assert "Mulai" in page
    assert "16.800" in page
    pay(worker, money, *law.months_from(law.add_months(today, 1), law.add_months(today, 12)))
    assert "Setiap peserta" in client_of(sari).get(reverse("cover_gaps")).content.decode()
    assert client_of(tono).get(reverse("cover_gaps")).status_code == 403
