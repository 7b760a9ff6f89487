"""What is the best use of one more billion?"""

from __future__ import annotations

from typing import Any

import pytest

from salawaku.simulation.scheme import ScenarioError
from salawaku.simulation.scheme.questions import best_use
from tests.simulation.scheme.small import NOBODY_DIES, PRICE, city, scenario

MORTAL = {"death_per_1000": 12, "accident_per_1000": 0}


def test_in_a_purse_it_buys_worker_months_from_the_first_month_on() -> None:
    (use,) = best_use(scenario(), 10 * 12 * PRICE)["uses"]
    assert use == {
        "rank": 1, "kind": "purse", "source": "city", "year": 2026, "months": ["2026-01", "2026-12"],
        "worker_months": 120, "covered_at_end": 10, "lapses_avoided": 0, "families": 0, "reduced_avoided": 0,
        "benefits": 0, "spent": 120 * PRICE, "unspent": 0,
    }  # fmt: skip


def test_a_bridge_carries_members_until_the_decree() -> None:
    members = [{"id": "all", "workers": 100, "covered": 40}]
    found = scenario(population=members, sources=[city(40, first=5)], rates=MORTAL)
    answer = best_use(found, 40 * 4 * PRICE)
    bridge, purse = answer["uses"]
    assert (answer["amount"], answer["by"]) == (40 * 4 * PRICE, "benefits")
    assert (bridge["kind"], bridge["months"], bridge["rank"]) == ("bridge", ["2026-01", "2026-04"], 1)
    assert (purse["kind"], purse["months"], purse["rank"]) == ("purse", ["2026-05", "2026-12"], 2)
    assert bridge["lapses_avoided"] == pytest.approx(40, abs=0.2)
    assert bridge["families"] > purse["families"]
    assert bridge["reduced_avoided"] > 0 >= purse["reduced_avoided"]
    assert bridge["spent"] + bridge["unspent"] == 40 * 4 * PRICE


def test_the_rank_may_go_by_another_measure() -> None:
    members = [{"id": "all", "workers": 100, "covered": 40}]
    found = scenario(population=members, sources=[city(40, first=5)], rates=MORTAL)
    assert [use["kind"] for use in best_use(found, 10**6, by="covered_at_end")["uses"]] == ["purse", "bridge"]
    assert [use["kind"] for use in best_use(found, 10**6, by="lapses_avoided")["uses"]] == ["bridge", "purse"]


def test_what_brings_the_same_has_the_same_rank_and_stands_by_worker_months() -> None:
    nobody = city(0, id="nobody", eligible={"id": "none of them"})
    found = scenario(sources=[nobody, city(40, budget={2025: 1, 2026: 40 * 12 * PRICE, 2027: 1})], rates=NOBODY_DIES)
    uses = best_use(found, 12 * PRICE)["uses"]
    assert [(use["rank"], use["source"], use["year"]) for use in uses] == [(1, "city", 2026), (1, "nobody", 2026)]
    assert [use["unspent"] for use in uses] == [0, 12 * PRICE]


def test_a_bridge_begins_with_the_scenario_and_has_a_name_of_its_own() -> None:
    taken = city(0, id="city bridge")
    uses = best_use(scenario(start="2026-03", sources=[city(40, first=5), taken]), 2 * PRICE)["uses"]
    months = {(use["kind"], use["source"]): use["months"] for use in uses}
    assert months == {
        ("purse", "city"): ["2026-05", "2026-12"],
        ("bridge", "city"): ["2026-03", "2026-04"],
        ("purse", "city bridge"): ["2026-03", "2026-12"],
    }


@pytest.mark.parametrize(("asked", "field"), [({"amount": 0}, "amount"), ({"by": "luck"}, "by")])
def test_what_cannot_be_asked_is_refused(asked: dict[str, Any], field: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        best_use(scenario(), **asked)
    assert refused.value.field == field
