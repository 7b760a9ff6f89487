"""Messages are compared in their source language; a city with operators of two villages and a finance officer."""

from __future__ import annotations

from datetime import date

import pytest

from salawaku.accounts.models import User
from salawaku.programmes.models import Purse
from tests.conftest import person
from tests.cover.test_selectors import pay
from tests.language import in_english
from tests.programmes.city import PASSO, RUMAH_TIGA, programme, purse, register

__all__ = ["in_english"]


@pytest.fixture
def money(db: None) -> Purse:
    """A purse to pay from."""
    return purse(programme(), ceiling=1_000_000_000)


@pytest.fixture
def lapsing(money: Purse) -> Purse:
    """Three members of Passo and one of Rumah Tiga, last paid for January 2026: memberships end on 1 May."""
    for worker in (*register(3), *register(1, first=50, village_code=RUMAH_TIGA, agency_code="")):
        pay(worker, money, date(2026, 1, 1))
    return money


@pytest.fixture
def operator(db: None) -> User:
    """Village operator of Passo."""
    return person("operator@passo.example", "Olin", ("village_operator", PASSO))


@pytest.fixture
def treasurer(db: None) -> User:
    """Finance officer of Ambon."""
    return person("keuangan@ambon.example", "Tina", ("finance_officer", "81.71"))
