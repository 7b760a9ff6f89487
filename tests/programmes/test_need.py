"""Seats by need: who is not covered by others, the poorer and the more endangered more."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from salawaku.accounts.models import User
from salawaku.programmes import actions
from salawaku.programmes.models import Quota
from salawaku.programmes.need import need_of
from salawaku.registry.models import Occupation
from tests.programmes.city import PASSO, RUMAH_TIGA, approved, programme, purse, register

pytestmark = pytest.mark.django_db
FISHER = "nelayan_pesisir"


def risk() -> int:
    return Occupation.objects.get(pk=FISHER).risk


@pytest.mark.parametrize(
    ("fields", "weight"),
    [
        ({"welfare_decile": 1, "occupation_id": None}, 10),
        ({"welfare_decile": 10, "occupation_id": None}, 1),
        ({"welfare_decile": None, "occupation_id": None}, 1),
        ({"status": "died", "died_on": date(2026, 1, 1)}, 0),
    ],
)
def test_one_worker_weighs(fields: dict[str, Any], weight: int) -> None:
    register(1, **fields)
    assert need_of(programme(), [PASSO, RUMAH_TIGA]) == {PASSO: weight, RUMAH_TIGA: 0}


def test_the_risk_of_the_occupation_counts() -> None:
    register(1, welfare_decile=4)
    assert need_of(programme(), [PASSO]) == {PASSO: 7 + risk()}


def test_whom_another_programme_covers_needs_nothing_and_whom_this_one_covers_keeps_the_seat(
    sari: User, budi: User
) -> None:
    register(1)
    register(1, first=2, village_code=RUMAH_TIGA)
    province = programme(code="provinsi-2026", last_month=date(2026, 3, 1))
    purse(province, ceiling=10**6, regions=[RUMAH_TIGA])
    approved(province, by=budi, maker=sari)
    city, later = programme(), programme(code="akhir-2026", first_month=date(2026, 4, 1))
    weight = 8 + risk()
    assert need_of(city, [PASSO, RUMAH_TIGA]) == {PASSO: weight, RUMAH_TIGA: 0}
    assert need_of(province, [PASSO, RUMAH_TIGA]) == {PASSO: weight, RUMAH_TIGA: weight}
    assert need_of(later, [PASSO, RUMAH_TIGA]) == {PASSO: weight, RUMAH_TIGA: weight}


def test_seats_by_need_are_whole_and_sum_up() -> None:
    register(2, welfare_decile=1, occupation_id=None)
    register(7, first=10, village_code=RUMAH_TIGA, welfare_decile=10, occupation_id=None)
    here = programme()
    assert actions.quotas_set(by=None, programme=here, method="need", seats=100) == 100
    seats = dict(Quota.objects.filter(programme=here, seats__gt=0).values_list("village_code", "seats"))
    assert seats == {PASSO: 74, RUMAH_TIGA: 26}


def test_need_is_chosen_on_the_page_which_says_the_rule(client_of: Any, sari: User) -> None:
    register(1)
    here = programme()
    browser: Client = client_of(sari)
    assert (
        "11 dikurangi desil kesejahteraan"
        in browser.get(reverse("programme_detail", args=[here.public_id])).content.decode()
    )
    answer = browser.post(reverse("programme_quotas", args=[here.public_id]), {"method": "need", "seats": "9"})
    assert answer.status_code == 302
    assert Quota.objects.get(programme=here, village_code=PASSO).seats == 9
