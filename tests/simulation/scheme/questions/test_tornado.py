"""What does the answer depend on?"""

from __future__ import annotations

import re
from typing import Any

import pytest

from salawaku.simulation.scheme import ScenarioError, assumptions
from salawaku.simulation.scheme.questions import tornado
from salawaku.simulation.scheme.questions.tornado import EFFECTS, NAMES, ranges
from tests.simulation.scheme.small import city, scenario

LEAVING = city(40, dropout_per_month=0.1)
PEOPLE = [{"id": "all", "workers": 100, "covered": 40, "age": 45}]


def bars(**changes: Any) -> dict[str, dict[str, Any]]:
    found = scenario(**({"rates": {}, "population": PEOPLE, "sources": [LEAVING]} | changes))
    return {bar["name"]: bar for bar in tornado(found)["bars"]}


def test_every_assumption_and_lever_is_turned_from_low_to_high_and_the_widest_stands_first() -> None:
    found = scenario(rates={}, population=PEOPLE, sources=[LEAVING])
    for by in EFFECTS:
        answer = tornado(found, by)
        assert {bar["name"] for bar in answer["bars"]} == set(NAMES)
        assert answer["left_out"] == []
        spreads = [bar["spread"][by] for bar in answer["bars"]]
        assert spreads == sorted(spreads, reverse=True)
        for bar in answer["bars"]:
            assert bar["spread"][by] == pytest.approx(abs(bar["high"][by] - bar["low"][by]), abs=1e-3)


def test_what_is_turned_is_what_is_told() -> None:
    found = bars(rates={"death_per_1000": 0})
    base = tornado(scenario(rates={"death_per_1000": 0}, population=PEOPLE, sources=[LEAVING]))["now"]
    accidents, cost = found["accidents_per_1000"], found["accident_cost"]
    assert (accidents["low"]["value"], accidents["high"]["value"]) == (2.0, 6.0)
    assert accidents["low"]["benefits"] == pytest.approx(base["benefits"] * 2 / 3, rel=1e-6)
    assert accidents["high"]["benefits"] == pytest.approx(base["benefits"] * 2, rel=1e-6)
    assert cost["high"]["benefits"] == pytest.approx(base["benefits"] * 27 / 17, rel=1e-6)
    assert (found["first_month"]["low"]["value"], found["first_month"]["low"]["benefits"]) == (0, base["benefits"])
    assert (
        found["dropout"]["low"]["covered_at_end"]
        > base["covered_at_end"]
        > found["dropout"]["high"]["covered_at_end"]
    )
    assert found["budgets"]["low"]["covered_at_end"] < found["budgets"]["high"]["covered_at_end"]
    assert found["contribution"]["low"]["covered_at_end"] > found["contribution"]["high"]["covered_at_end"]


def test_deaths_follow_their_factors() -> None:
    deaths = bars()["worker_selection_factor"]
    accidents = bars(rates={"death_per_1000": 0})["contribution"]["low"]
    assert (deaths["low"]["value"], deaths["high"]["value"]) == (0.6, 1.0)
    assert deaths["low"]["benefits"] < deaths["high"]["benefits"]
    assert accidents["benefits"] > 0


def test_what_the_scenario_gives_itself_is_no_assumption() -> None:
    rates = {"death_per_1000": {"all": 4}, "accident_per_1000": 3, "accident_cost": 1}
    answer = tornado(scenario(rates=rates))
    assert answer["left_out"] == [*NAMES[:4], "dropout"]
    some = [{"id": "all", "workers": 9}, {"id": "others", "workers": 9}]
    assert "provincial_factor" not in tornado(scenario(rates=rates, population=some))["left_out"]


def test_the_ranges_are_those_that_the_assumptions_say_in_words() -> None:
    for name, ends in ranges().items():
        said = re.search(r"between ([\d.]+) and ([\d.]+)( million)?", assumptions()[name]["source"])
        assert said
        assert [float(end) * (1e6 if said[3] else 1) for end in said.groups()[:2]] == list(ends)
        assert ends[0] <= assumptions()[name]["value"] <= ends[1]


def test_another_effect_is_refused() -> None:
    with pytest.raises(ScenarioError) as refused:
        tornado(scenario(), "luck")
    assert refused.value.field == "by"
