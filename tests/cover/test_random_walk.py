"""Whatever an office does, in whatever order: the money is exact to the rupiah and closed months stay closed."""

from __future__ import annotations

from datetime import date

import pytest

from salawaku.accounts.models import User
from salawaku.programmes.models import Allocation
from tests.cover.invariants import closed_months, untrue
from tests.cover.walk import YEAR, Office
from tests.programmes.city import AHUSEN, RUMAH_TIGA, programme, purse, register
from tests.sponsors.office import sponsors

pytestmark = pytest.mark.django_db
STEPS = 120
SEEDS = range(4)


def city() -> None:
    """Nine workers of three villages, four purses of a small budget, two civil servants."""
    year = {"first_month": date(YEAR, 1, 1), "last_month": date(YEAR, 12, 1)}
    register(4)
    register(3, first=10, village_code=RUMAH_TIGA, occupation_id="tukang_ojek")
    register(2, first=20, village_code=AHUSEN, family_card="8171010101010001")
    here = programme(**year)
    purse(here, ceiling=700_000)
    purse(here, ceiling=300_000, name="Dana desa", kind="village_fund", payer_code="SD", priority=2,
          village_kinds=["negeri", "desa"])  # fmt: skip
    purse(here, ceiling=0, name="Bapak asuh", kind="foster", payer_code="SG", priority=3)
    other = programme(code="kedua", **year)
    purse(other, ceiling=400_000, name="Provinsi", kind="apbd_province", payer_code="SG")
    sponsors(2)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_money_is_exact_whatever_happens(sari: User, budi: User, seed: int) -> None:
    city()
    office = Office(seed, sari=sari, budi=budi)
    trail: list[str] = []
    shut = closed_months()
    for _step in range(STEPS):
        trail.append(office.step())
        assert not untrue(), f"seed {seed}, after {trail}"
        now = closed_months()
        if trail[-1] != "close_month":
            assert now == shut, f"seed {seed}, after {trail}"
        shut = now
    assert Allocation.objects.filter(status="approved").exists(), office.refused
    assert sum(office.done.values()) > STEPS // 4, office.refused
