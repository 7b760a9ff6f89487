"""The numbers of the founding documents, as docs/reference/simulation.md works them out."""

from __future__ import annotations

from typing import Any

import pytest

from salawaku.simulation.scheme import simulate
from tests.simulation.scheme.small import NOBODY_DIES, PRICE, city, scenario

AMBON = [{"id": "on file", "workers": 70_000, "covered": 25_000}]


def ambon(workers: int, **changes: Any) -> dict[str, Any]:
    """Seventy thousand on file, 25,000 of them covered, and a city purse for so many."""
    base = {"population": AMBON, "denominator": 62_500, "sources": [city(workers)], "rates": NOBODY_DIES}
    return simulate(scenario(**(base | changes)))


def test_of_70_000_on_file_25_000_are_covered_and_45_000_are_left() -> None:
    states = ambon(25_000)["months"][0]["states"]
    assert (states["covered"], states["waiting"]) == (25_000, 45_000)


def test_from_25_000_to_50_000_is_80_percent_of_62_500() -> None:
    answer = ambon(50_000, targets=[{"month": "2026-12", "share": 0.8}])
    assert answer["months"][-1]["share"] == 0.8
    assert answer["targets"][0] == {
        "month": "2026-12", "share": 0.8, "workers": 50_000, "reached": "2026-01", "on_time": True,
    }  # fmt: skip
    one_short = ambon(49_999, targets=[{"month": "2026-12", "share": 0.8}])
    assert one_short["targets"][0]["reached"] is None


def test_of_70_000_on_file_the_25_000_are_35_7_percent() -> None:
    assert round(ambon(25_000, denominator=70_000)["months"][0]["share"], 3) == 0.357


def test_from_39_to_55_percent_of_485_724_are_75_530_workers() -> None:
    """39.45% of 485,724 were covered; the target is 55%."""
    maluku = {
        "population": [{"id": "province", "workers": 485_724, "covered": 191_618}],
        "denominator": 485_724,
        "targets": [{"month": "2026-12", "share": "55%"}],
    }
    wanted = ambon(0, **maluku)["targets"][0]["workers"]
    assert wanted == 267_149, "the next whole worker above 267,148.2"
    assert wanted - 191_618 == 75_531
    reached, missed = (ambon(191_618 + more, **maluku)["targets"][0]["reached"] for more in (75_531, 75_530))
    assert (reached, missed) == ("2026-01", None)
    assert 485_724 * 55 // 100 - 191_618 == 75_530, "as published, rounded down"


@pytest.mark.parametrize(
    ("workers", "millions"),
    [(10_000, 2_016), (15_000, 3_024), (25_000, 5_040), (35_000, 7_056), (40_000, 8_064), (45_000, 9_072),
     (70_000, 14_112)],
)  # fmt: skip
def test_the_cost_planner_of_a_year(workers: int, millions: int) -> None:
    answer = ambon(workers)
    assert answer["totals"]["cost"] == millions * 1_000_000
    assert [month["covered"] for month in answer["months"]] == [workers] * 12


def test_a_month_of_jombang_and_the_months_that_kotim_bought() -> None:
    jombang = ambon(13_250)["months"][0]
    assert jombang["cost"] == 13_250 * PRICE == 222_600_000
    kotim = ambon(0, sources=[city(0, budget={2026: 739_122_000}, first=4, eligible={"id": "kotim"})],
                  population=[{"id": "kotim", "workers": 4_400}])  # fmt: skip
    assert kotim["unspent"]["city"] == 739_122_000 - 4_400 * 9 * PRICE == 73_842_000


def test_a_decree_in_april_instead_of_january_loses_members_and_families() -> None:
    """The same 25,000 and the same rates of death; only the month of the decree differs."""
    rates = {"death_per_1000": 4.8, "accident_per_1000": 0}
    january, april = (ambon(0, sources=[city(25_000, first=first)], rates=rates) for first in (1, 4))
    assert (january["totals"]["lapsed"], april["months"][3]["lapsed"]) == (0, pytest.approx(24_970.01, abs=0.01))
    assert january["totals"]["reduced_benefit_families"] == 0
    # Ten a month die of 25,000: ten families of each month from April to June receive Rp32 million less.
    reduced = sum(month["reduced_benefit_families"] for month in april["months"])
    assert reduced == pytest.approx(30, abs=0.1)
    lost = january["totals"]["benefits"]["mean"] - april["totals"]["benefits"]["mean"]
    without = sum(month["deaths"] for month in january["months"][:3])
    assert lost == pytest.approx(without * 42_000_000 + reduced * 32_000_000, rel=0.02)
    assert april["totals"]["cost"] < january["totals"]["cost"]
