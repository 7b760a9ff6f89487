"""Workers for the tests of the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from salawaku.accounts.scoping import elevated
from salawaku.linkage.names import name_key
from salawaku.registry.models import Worker


@pytest.fixture
def worker(db: None) -> Callable[..., Worker]:
    """`worker(3, village_code=…)` makes a living worker; every number another person."""

    def make(number: int = 1, **other: Any) -> Worker:
        name = other.pop("name", f"Yohanis Latuheru {'I' * number}")
        made = {
            "nik": f"817103010180{number:04}",
            "name": name,
            "name_key": name_key(name),
            "birth_date": date(1980, 1, 1),
            "village_code": "81.71.03.2001",
            "agency_code": "dinas_perikanan",
            "occupation_id": "nelayan_pesisir",
            "proposed_on": date(2026, 6, 1),
        }
        with elevated("the test makes a worker"):
            return Worker.objects.create(**{**made, **other})

    return make
