"""Which inputs of two scenarios differ, as a person would say it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from salawaku.simulation.scheme import Scenario
from salawaku.simulation.scheme.changes import with_budget, with_contribution, with_sources_ordered
from salawaku.simulation.scheme.inputs import differing, inputs_of
from salawaku.simulation.scheme.scenario import Rates, Source
from tests.simulation.scheme.small import city, scenario, scenarios


def difference(after: Scenario, before: Scenario | None = None) -> dict[str, tuple[Any, Any]]:
    return {one["field"]: (one["from"], one["to"]) for one in differing(before or scenario(), after)}


@given(scenarios())
@settings(deadline=None, max_examples=20)
def test_a_scenario_does_not_differ_from_itself_whatever_it_is_called(found: Scenario) -> None:
    assert differing(found, replace(found, name="another name", law_hash="x")) == []


def test_every_field_of_a_scenario_of_a_purse_and_of_the_rates_is_told() -> None:
    told = inputs_of(scenario())
    for kind, above in ((Scenario, ""), (Source, "sources.city."), (Rates, "rates.")):
        for one in fields(kind):
            names = [name for name in told if name.startswith(above + one.name)]
            assert names or one.name in {"id", "payer", "name", "law", "law_hash", "overlays", "rates"}, one.name


def test_purses_differ_by_year_and_field() -> None:
    assert difference(with_budget(scenario(), "city", 2027, 5)) == {
        "sources.city.budget.2027": (None, 5),
        "sources.city.first_month.2027": (None, 1),
        "sources.city.last_month.2027": (None, 12),
    }
    two = scenario(sources=[city(40), city(1, id="b", min_months=6)])
    assert difference(with_sources_ordered(two, ["b", "city"]), two) == {"sources.order": ("city, b", "b, city")}
    assert difference(two)["sources.b.min_months"] == (None, 6)
    assert difference(scenario(), two)["sources.b.kind"] == ("apbd", None)


@pytest.mark.parametrize(
    ("eligible", "told"),
    [
        ({"sector": ["transport", "labour_intensive"]}, "sector labour_intensive, transport"),
        ({"decile_max": 4}, "decile -4"),
        ({"risk": {"min": 3}, "age": {"min": 20, "max": 50}}, "age 20-50; risk 3-"),
    ],
)
def test_whom_a_purse_may_pay_for_is_told_in_words(eligible: dict[str, Any], told: str) -> None:
    assert difference(scenario(sources=[city(40, eligible=eligible)])) == {"sources.city.eligible": ("", told)}


def test_the_law_the_targets_and_the_rates() -> None:
    assert difference(with_contribution(scenario(), 20_000)) == {
        "overlays.bpu.jkm.flat from 2026-01-01": (None, 10_000)
    }
    some = with_contribution(scenario(), 20_000, last=date(2026, 3, 1))
    assert difference(some) == {"overlays.bpu.jkm.flat from 2026-01-01 to 2026-03-31": (None, 10_000)}
    cheaper = with_contribution(scenario(), 8_400)
    assert difference(cheaper)["overlays.bpu.jkk.rate from 2026-01-01"] == (None, "0.84%")
    choice = {
        "parameter": "choice.jkm.months_counted",
        "from": None,
        "value": "contributed",
        "checked": date(2026, 1, 1),
    }
    assert difference(scenario(overlays=[choice])) == {"overlays.choice.jkm.months_counted": (None, "contributed")}
    assert difference(scenario(targets=[{"month": "2026-12", "share": "33.5%"}])) == {
        "targets": ("", "month 2026-12, share 33.5%")
    }
    payers = {"parameter": "choice.relief.excluded_payers", "from": date(2026, 1, 1), "value": ["apbn"]}
    assert difference(scenario(overlays=[payers])) == {
        "overlays.choice.relief.excluded_payers from 2026-01-01": (None, "('apbn',)")
    }
    rates = {"death_per_1000": {"all": 3}, "accident_per_1000": {}}
    assert difference(scenario(rates=rates)) == {
        "rates.death_per_1000": (0.0, {"groups": 1, "mean": 3.0}),
        "rates.accident_per_1000": (0.0, {"groups": 0, "mean": 0}),
    }
    assert difference(scenario(months=6, start="2026-02")) == {
        "start": ("2026-01", "2026-02"),
        "months": (12, 6),
    }


def test_of_the_population_sums_are_told_and_how_many_groups_differ() -> None:
    before = scenario(population=[{"id": "a", "workers": 60, "covered": 10}, {"id": "b", "workers": 40}])
    after = scenario(population=[{"id": "a", "workers": 50, "covered": 10}, {"id": "b", "workers": 50}])
    assert difference(after, before) == {"population.groups_that_differ": (None, 2)}
    assert difference(scenario(population=[{"id": "a", "workers": 60, "covered": 10}]), before) == {
        "population.groups": (2, 1),
        "population.workers": (100, 60),
        "population.groups_that_differ": (None, 1),
    }
