"""The levers of a scenario: what each changes, what it refuses, and that nothing is lost whichever is turned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salawaku.simulation.scheme import Scenario, ScenarioError, document_of, scenario_of, simulate
from salawaku.simulation.scheme.assumptions import accident_chance, death_chance
from salawaku.simulation.scheme.changes import (
    delayed,
    with_budget,
    with_budgets_scaled,
    with_campaign,
    with_contribution,
    with_dropout,
    with_first_month,
    with_min_months,
    with_priority,
    with_quota,
    with_rates_scaled,
    with_sources_ordered,
    with_sponsors,
)
from tests.simulation.scheme.small import PRICE, city, scenario, scenarios

ORDERS = ("decile", "risk")
TWO = [city(40), city(10, id="village", kind="village_fund", first=4)]


def test_a_budget_is_set_for_a_year_and_a_new_year_pays_from_january_to_december() -> None:
    found = with_budget(scenario(months=24), "city", 2026, 5 * 12 * PRICE)
    assert simulate(found)["months"][11]["covered"] == 5
    found = with_budget(found, "city", 2027, 7 * 12 * PRICE)
    assert found.sources[0].first_month == {2026: 1, 2027: 1}
    assert found.sources[0].last_month == {2026: 12, 2027: 12}
    assert [month["covered"] for month in simulate(found)["months"]] == [5] * 12 + [7] * 12
    assert scenario().sources[0].budget == {2026: 40 * 12 * PRICE}, "the scenario beneath stays"


def test_a_year_that_has_money_keeps_its_months() -> None:
    assert with_budget(scenario(sources=TWO), "village", 2026, 1).sources[1].first_month == {2026: 4}


def test_budgets_are_scaled_down_to_the_rupiah_for_the_purses_and_years_named() -> None:
    found = scenario(sources=[city(0, budget={2026: 1_001, 2027: 1_001}), city(0, id="b", budget={2026: 1_001})])
    halves = with_budgets_scaled(found, 0.5)
    assert [source.budget for source in halves.sources] == [{2026: 500, 2027: 500}, {2026: 500}]
    some = with_budgets_scaled(found, "110%", sources=["city"], years=[2027])
    assert [source.budget for source in some.sources] == [{2026: 1_001, 2027: 1_101}, {2026: 1_001}]
    assert with_budgets_scaled(found, 1) == found


def test_a_first_month_is_set_for_a_year() -> None:
    found = with_first_month(scenario(), "city", 2026, 4)
    assert [month["covered"] > 0 for month in simulate(found)["months"]] == [False] * 3 + [True] * 9


def test_a_quota_holds_a_purse_back_and_is_lifted_again() -> None:
    held = with_quota(scenario(), "city", 7)
    assert {month["covered"] for month in simulate(held)["months"]} == {7}
    assert with_quota(held, "city", None) == scenario()


def test_sponsors_cover_more_workers_each_month() -> None:
    rich = scenario(sources=[city(100, kind="foster")])
    found = with_sponsors(rich, "city", 3, joining_per_month=1, workers_each=2)
    assert [month["covered"] for month in simulate(found)["months"]][:4] == [6, 8, 10, 12]


def test_a_campaign_lists_more_workers_who_are_covered_when_the_purse_opens() -> None:
    found = with_campaign(scenario(sources=[city(150, first=3)]), date(2026, 2, 1), 30)
    assert [month["listed"] for month in simulate(found)["months"]][:3] == [0, 30, 0]
    assert simulate(found)["months"][2]["covered"] == 130
    assert len(with_campaign(found, date(2026, 3, 1), 1, {"decile": 0}).campaigns) == 2


def test_the_order_in_line_decides_who_is_covered() -> None:
    poor = {"id": "poor", "workers": 40, "decile": 1, "risk": 1, "sex": "F"}
    daring = {"id": "daring", "workers": 40, "decile": 9, "risk": 4, "sex": "M"}
    found = scenario(population=[poor, daring])
    first = {order: simulate(with_priority(found, [order]))["months"][0]["coverage"]["by_sex"] for order in ORDERS}
    assert {order: (said["F"]["share"], said["M"]["share"]) for order, said in first.items()} == {
        "decile": (1, 0), "risk": (0, 1),
    }  # fmt: skip


def test_decrees_come_later_for_all_purses_or_for_those_named() -> None:
    found = scenario(sources=TWO)
    assert [source.first_month for source in delayed(found, 3).sources] == [{2026: 4}, {2026: 7}]
    assert [source.first_month for source in delayed(found, 3, ["city"]).sources] == [{2026: 4}, {2026: 4}]
    assert delayed(found, 0) == found


def test_a_purse_that_begins_before_the_start_is_late_from_the_start_on() -> None:
    found = delayed(scenario(start="2026-05"), 1)
    assert found.sources[0].first_month == {2026: 6}
    assert [month["covered"] > 0 for month in simulate(found)["months"][:3]] == [False, True, True]


def test_a_purse_pushed_beyond_its_last_month_does_not_open_that_year() -> None:
    found = scenario(months=24, sources=[city(0, budget={2026: 10**9, 2027: 10**9}, first_month={2026: 11, 2027: 1})])
    late = delayed(found, 2)
    assert late.sources[0].budget == {2026: 0, 2027: 10**9}
    assert late.sources[0].first_month == {2026: 11, 2027: 3}
    assert [at for at, month in enumerate(simulate(late)["months"]) if month["covered"]] == list(range(14, 24))


def test_the_least_months_the_dropout_and_the_order_are_set() -> None:
    found = with_dropout(with_min_months(scenario(sources=TWO), "city", 6), "village", 0.25)
    assert [(source.min_months, source.dropout_per_month) for source in found.sources] == [(6, 0), (1, 0.25)]
    assert [source.id for source in with_sources_ordered(found, ["village", "city"]).sources] == ["village", "city"]


def test_rates_that_are_given_are_scaled_for_all_or_by_group() -> None:
    found = with_rates_scaled(scenario(rates={"death_per_1000": 4, "accident_per_1000": {"all": 600}}), 1.5, 2)
    assert (found.rates.death_per_1000, found.rates.accident_per_1000) == (6, {"all": 1000})
    kept = scenario(rates={"death_per_1000": 4, "accident_per_1000": {"all": 600}})
    assert with_rates_scaled(kept, 2, 2, only_assumed=True) == kept


def test_rates_that_are_assumed_are_given_by_group_from_then_on() -> None:
    people = [{"id": "a", "workers": 9, "age": 49, "sex": "M", "risk": 4}, {"id": "b", "workers": 9}]
    base = scenario(months=24, population=people, rates={"death_per_1000": {"b": 5}})
    found = with_rates_scaled(base, 2, 3, only_assumed=True)
    older, younger = (death_chance(base.rates, base.population[0], month) * 12_000 for month in (0, 12))
    assert found.rates.death_per_1000 == {"a": pytest.approx(older + younger), "b": 5}
    assert accident_chance(found.rates, found.population[0]) == pytest.approx(
        3 * accident_chance(base.rates, base.population[0])
    )
    assert with_rates_scaled(base) == base


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda found: with_budget(found, "nobody", 2026, 1), "sources"),
        (lambda found: with_budget(found, "city", 2026, -1), "sources.city.budget.2026"),
        (lambda found: with_budget(found, "city", 2026, 1.5), "sources.city.budget.2026"),
        (lambda found: with_budget(found, "city", 0, 1), "sources.city.budget (year)"),
        (lambda found: with_budgets_scaled(found, -1), "factor"),
        (lambda found: with_budgets_scaled(found, float("nan")), "factor"),
        (lambda found: with_budgets_scaled(with_budget(found, "city", 2026, 10**15), 2), "sources.city.budget.2026"),
        (lambda found: with_budgets_scaled(found, 1, ["nobody"]), "sources"),
        (lambda found: with_first_month(found, "city", 2026, 13), "sources.city.first_month.2026"),
        (lambda found: with_first_month(found, "city", 2027, 1), "sources.city.first_month.2027"),
        (lambda found: delayed(found, -1), "months"),
        (lambda found: delayed(found, 13), "months"),
        (lambda found: with_min_months(found, "city", 13), "sources.city.min_months"),
        (lambda found: with_dropout(found, "city", 1.1), "sources.city.dropout_per_month"),
        (lambda found: with_sources_ordered(found, []), "sources"),
        (lambda found: with_sources_ordered(found, ["city", "city"]), "sources"),
        (lambda found: with_quota(found, "city", -1), "sources.city.quota"),
        (lambda found: with_sponsors(found, "city", -1), "sources.city.sponsors.start"),
        (lambda found: with_campaign(found, date(2026, 1, 1), -1), "campaigns[0].workers"),
        (lambda found: with_campaign(found, date(2026, 1, 1), 1, {"decile": 10}), "campaigns[0].eligible"),
        (lambda found: with_priority(found, ["wealth"]), "priority"),
        (lambda found: with_rates_scaled(found, -1), "deaths"),
        (lambda found: with_rates_scaled(found, 1, "many"), "accidents"),
        (lambda found: with_budget(scenario(sources=[]), "city", 2026, 1), "sources"),
        (lambda found: with_sources_ordered(scenario(sources=[]), ["city"]), "sources"),
        (lambda found: with_first_month(scenario(sources=[city(0, budget={})]), "city", 2026, 1),
         "sources.city.first_month.2026"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_its_field(change: Callable[[Scenario], Any], field: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        change(scenario())
    assert refused.value.field == field


@st.composite
def changed(draw: st.DrawFn) -> Scenario:
    """A scenario after some levers were turned one after the other."""
    found = draw(scenarios())
    for _ in range(draw(st.integers(1, 4))):
        found = draw(st.sampled_from(LEVERS))(draw, found)
    return found


def _of_one(change: Callable[..., Scenario], *values: st.SearchStrategy[Any]) -> Any:
    def turned(draw: st.DrawFn, found: Scenario) -> Scenario:
        if not found.sources:
            return found
        one = draw(st.sampled_from([source.id for source in found.sources]))
        return change(found, one, *(draw(value) for value in values))

    return turned


LEVERS: list[Callable[[st.DrawFn, Scenario], Scenario]] = [
    _of_one(with_budget, st.integers(2025, 2028), st.integers(0, 10**7)),
    lambda draw, found: with_budgets_scaled(found, draw(st.floats(0, 3))),
    _of_one(lambda found, one, month: with_first_month(found, one, 2026, month), st.integers(1, 12)),
    lambda draw, found: delayed(found, draw(st.integers(0, 12))),
    _of_one(with_min_months, st.integers(0, 12)),
    _of_one(with_dropout, st.floats(0, 1)),
    lambda draw, found: with_sources_ordered(found, draw(st.permutations([one.id for one in found.sources]))),
    _of_one(with_quota, st.none() | st.integers(0, 90)),
    _of_one(with_sponsors, st.integers(0, 40), st.floats(0, 5), st.integers(1, 3)),
    lambda draw, found: with_priority(found, draw(st.permutations(["continuing", "decile", "risk", "age"]))),
    lambda draw, found: with_contribution(found, draw(st.integers(1, 60_000))),
    lambda draw, found: with_rates_scaled(found, draw(st.floats(0, 3)), draw(st.floats(0, 3))),
]


@given(changed())
@settings(deadline=None, max_examples=100)
def test_whatever_lever_is_turned_can_be_written_into_a_file_and_read_again(found: Scenario) -> None:
    again = scenario_of(document_of(found))
    assert again == found
    assert again.law.hash == found.law.hash


@given(changed())
@settings(deadline=None, max_examples=100)
def test_whatever_lever_is_turned_nobody_and_no_rupiah_is_lost(found: Scenario) -> None:
    answer = simulate(found)
    workers = sum(group.workers for group in found.population)
    for month in answer["months"]:
        workers += month["joined"] + month["listed"]
        assert sum(month["states"].values()) == pytest.approx(workers, abs=1e-2)
        assert sum(month["by_source"].values()) == month["cost"]
    for source in found.sources:
        spent = sum(month["by_source"][source.id] for month in answer["months"])
        assert spent + answer["unspent"][source.id] == sum(source.budget.values())
        assert answer["unspent"][source.id] >= 0
        assert all(source.first_month[year] <= source.last_month[year] for year in source.budget)
