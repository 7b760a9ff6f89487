"""What if the contribution were another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from salawaku.law import OutsideValidityError
from salawaku.simulation.scheme import ScenarioError, simulate
from salawaku.simulation.scheme.contribution import contribution_of, with_contribution
from tests.simulation.scheme.small import city, scenario


def costs(**changes: Any) -> list[int]:
    return [month["cost"] for month in simulate(scenario(**changes))["months"]]


@pytest.mark.parametrize("rupiah", [1, 8_400, 9_999, 10_000, 16_800, 20_000, 1_000_000])
def test_each_worker_of_a_city_purse_costs_so_much_in_every_month(rupiah: int) -> None:
    changed = with_contribution(scenario(), rupiah)
    assert contribution_of(changed.law, date(2026, 5, 1)) == rupiah
    for month in simulate(changed)["months"]:
        assert month["cost"] == month["covered"] * rupiah


def test_a_dearer_contribution_covers_fewer_and_the_overlay_is_told_with_the_scenario_as_its_decree() -> None:
    answer = simulate(with_contribution(scenario(), 20_000))
    assert answer["months"][-1]["covered"] == 40 * 16_800 // 20_000 == 33
    assert answer["law"]["overlays"] == [
        {"parameter": "bpu.jkm.flat", "from": "2026-01-01", "to": None, "value": 10_000, "decree": "small"}
    ]
    assert contribution_of(scenario().law, date(2026, 5, 1)) == 16_800, "the scenario beneath stays"


def test_it_may_hold_for_some_months_only() -> None:
    changed = with_contribution(scenario(), 20_000, date(2026, 4, 1), date(2026, 6, 1))
    months = [date(2026, month, 1) for month in range(1, 13)]
    assert [contribution_of(changed.law, month) for month in months] == [16_800] * 3 + [20_000] * 3 + [16_800] * 6
    assert [change.value.end for change in changed.overlays] == [date(2026, 6, 30)]


def test_a_rate_of_jkk_that_changes_within_the_scenario_is_met_stretch_by_stretch() -> None:
    dearer = {"parameter": "bpu.jkk.rate", "from": date(2026, 7, 1), "to": None, "value": "2%"}
    changed = with_contribution(scenario(overlays=[dearer]), 15_000)
    assert {contribution_of(changed.law, date(2026, month, 1)) for month in range(1, 13)} == {15_000}
    assert [str(change.value.end) for change in changed.overlays[1:]] == ["2026-06-30", "None", "None"]


def test_the_relief_of_the_law_is_taken_from_the_new_contribution() -> None:
    company = city(0, kind="csr", budget={2026: 40 * 12 * 20_000})
    drivers = [{"id": "ojek", "workers": 40, "sector": "transport"}]
    found = with_contribution(scenario(population=drivers, sources=[company]), 20_000)
    assert simulate(found)["months"][0]["cost"] == 40 * 10_000


def test_a_law_hash_that_was_right_stays_right_and_one_that_was_not_does_not_become_so() -> None:
    kept = scenario(law_hash=scenario().law.hash)
    for law_hash, is_changed in ((kept.law_hash, False), ("another", True)):
        answer = simulate(with_contribution(scenario(law_hash=law_hash), 20_000))
        assert answer["law"]["changed"] is is_changed


@pytest.mark.parametrize("rupiah", [0, -1, 1_000_001, True, 16_800.5, "20000"])
def test_what_nobody_pays_is_refused(rupiah: Any) -> None:
    with pytest.raises(ScenarioError) as refused:
        with_contribution(scenario(), rupiah)
    assert refused.value.field == "contribution"


def test_months_outside_the_scenario_or_the_law_are_refused() -> None:
    for first, last in ((date(2027, 1, 1), None), (date(2026, 5, 1), date(2026, 4, 1))):
        with pytest.raises(ScenarioError):
            with_contribution(scenario(), 20_000, first, last)
    with pytest.raises(OutsideValidityError):
        with_contribution(scenario(start="1999-01"), 20_000)
