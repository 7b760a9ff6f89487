"""A small city for files: workers whose NIK, birth date and sex agree, decreed for 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection

from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.programmes.models import Programme
from salawaku.registry.models import Worker
from tests.conftest import person
from tests.language import in_english
from tests.programmes.city import JANUARY, PASSO, programme, purse

__all__ = ["in_english"]
AMBON = "81.71"


def sound(number: int, **fields: Any) -> Worker:
    """A worker with nothing to mend."""
    values: dict[str, Any] = {
        "village_code": PASSO, "agency_code": "dinas_perikanan", "nik": f"817103170585{number:04d}",
        "name": f"Marthen Uji {number}", "name_key": f"marthen uji {number}", "birth_place": "Ambon",
        "birth_date": date(1985, 5, 17), "sex": "M", "address": f"Jalan Uji {number}", "rt": "001", "rw": "002",
        "phone": f"0812{number:08d}", "occupation_id": "nelayan_pesisir", "proposed_on": date(2025, 10, 1),
    } | fields  # fmt: skip
    with elevated("a test fills the register"):
        return Worker.objects.create(**values)


def decreed(of: Programme, *workers: Worker, months: int = 3, first: date = JANUARY) -> None:
    """Months in the ledger for these workers, from the programme's first purse."""
    money = of.purses.order_by("id")[0]
    with elevated("a test fills the ledger"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cover_workermonth (month, worker_id, programme_id, purse_id, amount, village_code,"
            " agency_code) SELECT (%s::date + make_interval(months => m))::date, w.id, %s, %s, 16800, w.village_code,"
            " w.agency_code FROM registry_worker w, generate_series(0, %s) AS m WHERE w.id = ANY(%s)",
            [first, of.pk, money.pk, months - 1, [worker.pk for worker in workers]],
        )


@pytest.fixture
def here(db: None) -> Programme:
    """A programme of Ambon with one purse of the city (SG)."""
    made = programme()
    purse(made, ceiling=1_000_000_000)
    return made


@pytest.fixture
def branch(db: None) -> User:
    """An officer of the BPJS branch of Ambon."""
    return person("cabang@bpjs.example", "Petugas Cabang", ("bpjs_officer", AMBON))
