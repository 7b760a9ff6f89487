"""Scenarios side by side."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salawaku.simulation.scheme import Scenario, ScenarioError, simulate
from salawaku.simulation.scheme.comparison import MOST, SUMS, compare
from tests.simulation.scheme.small import city, scenario, scenarios


def test_months_are_those_of_the_calendar_whenever_a_scenario_begins() -> None:
    early, late = scenario(months=2), scenario(name="late", start="2026-02", months=2, denominator=200)
    found = compare([simulate(early), simulate(late)])
    assert found["months"] == ["2026-01", "2026-02", "2026-03"]
    assert found["lines"] == [
        {"name": "small", "covered": [40, 40, None], "share": [0.4, 0.4, None]},
        {"name": "late", "covered": [None, 44, 44], "share": [None, 0.22, 0.22]},
    ]


def test_each_but_the_first_is_held_against_it() -> None:
    base, more = scenario(), scenario(name="more", sources=[city(45)])
    found = compare([simulate(base), simulate(more)], [base, more])
    (difference,) = found["differences"]
    assert (difference["name"], difference["against"]) == ("more", "small")
    assert set(difference["sums"]) == set(SUMS)
    assert difference["sums"]["covered_at_end"] == {"first": 40, "this": 45, "difference": 5}
    assert difference["sums"]["cost"]["difference"] == 5 * 12 * 16_800
    assert [one["field"] for one in difference["inputs"]] == ["sources.city.budget.2026"]
    assert compare([simulate(base), simulate(more)])["differences"][0]["inputs"] == []


def test_the_targets_of_all_are_asked_of_all_each_on_its_own_denominator() -> None:
    one = scenario(targets=[{"month": "2026-12", "share": 0.4}])
    two = scenario(denominator=80, sources=[city(40, first=3)], targets=[{"month": "2026-06", "share": 0.45}])
    assert compare([simulate(one), simulate(two)])["targets"] == [
        {"month": "2026-06", "share": 0.45, "reached": [None, "2026-03"]},
        {"month": "2026-12", "share": 0.4, "reached": ["2026-01", "2026-03"]},
    ]


@given(st.lists(scenarios(targets=[{"month": "2026-12", "share": "33.3%"}]), min_size=1, max_size=MOST))
@settings(deadline=None, max_examples=15)
def test_whatever_is_compared_the_answers_come_back(found: list[Scenario]) -> None:
    answers = [simulate(one) for one in found]
    comparison = compare(answers, found)
    assert json.loads(json.dumps(comparison)) == comparison
    for answer, line, reached in zip(answers, comparison["lines"], comparison["targets"][0]["reached"], strict=True):
        assert [one for one in line["covered"] if one is not None] == [row["covered"] for row in answer["months"]]
        assert reached == answer["targets"][0]["reached"]
    for difference, answer in zip(comparison["differences"], answers[1:], strict=True):
        assert difference["sums"]["benefits"]["this"] == answer["totals"]["benefits"]["mean"]
        for sums in difference["sums"].values():
            assert sums["first"] + sums["difference"] == pytest.approx(sums["this"], abs=1e-3)


def test_none_more_than_six_and_scenarios_that_do_not_belong_are_refused() -> None:
    answer = simulate(scenario())
    for answers, scenarios_given in (([], []), ([answer] * 7, []), ([answer, answer], [scenario()])):
        with pytest.raises(ScenarioError) as refused:
            compare(answers, scenarios_given)
        assert refused.value.field == "scenarios"
