"""What is the least money for a target? Against closed forms and against trying every amount."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salawaku.simulation.scheme import Scenario, ScenarioError, simulate
from salawaku.simulation.scheme.changes import with_budget
from salawaku.simulation.scheme.questions import least_money
from tests.simulation.scheme.small import NOBODY_DIES, PRICE, city, groups, scenario, scenarios

DECEMBER = date(2026, 12, 1)
VILLAGE = city(0, id="village", kind="village_fund", first=4)


def of(found: Scenario, share: Any = 0.5, by: date = DECEMBER, **mix: Any) -> list[dict[str, Any]]:
    mixes: list[dict[str, Any]] = least_money(found, share, by, **mix)["targets"][0]["mixes"]
    return mixes


def test_without_deaths_it_is_workers_times_months_times_the_contribution() -> None:
    (city_alone,) = of(scenario())
    assert city_alone == {
        "mix": {"city": 1.0}, "reachable": True, "rupiah": 50 * 12 * PRICE, "by_source": {"city": 50 * 12 * PRICE},
        "more": 10 * 12 * PRICE, "covered": 50, "one_rupiah_less": 49,
    }  # fmt: skip


def test_each_purse_alone_stands_beside_the_others_as_they_are() -> None:
    people = [{"id": "all", "workers": 100, "village_kind": "negeri"}]
    mix, alone, village = of(scenario(population=people, sources=[city(40), city(5, id="village", first=4)]))
    assert mix["mix"] == {"city": 480 / 525, "village": 45 / 525}
    assert mix["reachable"]
    assert (alone["rupiah"], village["rupiah"]) == (45 * 12 * PRICE, 10 * 9 * PRICE)
    assert (alone["more"], village["more"]) == (5 * 12 * PRICE, 5 * 9 * PRICE)


def test_a_mix_shares_out_the_money_to_the_rupiah() -> None:
    found = scenario(sources=[city(0), VILLAGE])
    mix = of(found, mix={"city": "70%", "village": 0.3})[0]
    assert mix["by_source"]["village"] == mix["rupiah"] * 3 // 10
    assert sum(mix["by_source"].values()) == mix["rupiah"]
    both = found
    for source, rupiah in mix["by_source"].items():
        both = with_budget(both, source, 2026, rupiah)
    assert simulate(both)["months"][-1]["covered"] == mix["covered"] >= 50 > mix["one_rupiah_less"]
    assert of(found, mix={"city": 1, "village": 0})[0]["mix"] == {"city": 1.0}


def test_the_targets_of_the_scenario_are_asked_unless_one_is_named() -> None:
    found = scenario(targets=[{"month": "2026-03", "share": 0.4}, {"month": "2026-06", "share": "41%"}])
    first, second = least_money(found)["targets"]
    assert (first["month"], first["workers"], first["covered"], first["missing"]) == ("2026-03", 40, 40, 0)
    assert (second["month"], second["share"], second["missing"]) == ("2026-06", 0.41, 1)
    assert least_money(scenario()) == {"targets": []}


def test_nothing_is_needed_where_others_cover_enough() -> None:
    found = scenario(sources=[city(60), city(0, id="company", kind="csr")])
    company = of(found)[-1]
    assert (company["rupiah"], company["covered"], company["one_rupiah_less"]) == (0, 60, None)


def test_the_rest_of_a_year_before_the_start_costs_nothing() -> None:
    (alone,) = of(scenario(start="2026-09", months=4))
    assert alone["rupiah"] == 50 * 4 * PRICE


def test_a_month_of_the_second_year_asks_that_years_budget() -> None:
    """The last one in line is paid for until that month only: a purse's rest buys as many months as it can."""
    found = scenario(months=24, sources=[city(40, budget={2026: 40 * 12 * PRICE, 2027: 0})])
    (alone,) = of(found, by=date(2027, 2, 1))
    assert (alone["rupiah"], alone["more"]) == ((49 * 12 + 2) * PRICE, (49 * 12 + 2) * PRICE)


@pytest.mark.parametrize(
    ("source", "by", "share", "reason", "most"),
    [
        (city(40), date(2027, 1, 1), 0.5, "month_outside", None),
        (city(40), date(2025, 12, 1), 0.5, "month_outside", None),
        (city(40, first=4), date(2026, 3, 1), 0.5, "opens_after", 0),
        (city(40, last_month={2026: 6}), date(2026, 7, 1), 0.5, "closed_before", 0),
        (city(40, first=9, min_months=6), DECEMBER, 0.5, "minimum_too_long", 0),
        (city(40, dropout_per_month=0.1), DECEMBER, 0.9, "payers_leave", 31),
        (city(40, eligible={"id": "a"}), DECEMBER, 0.9, "too_few_eligible", 60),
        (city(40), DECEMBER, 1.1, "too_few_workers", 100),
        (city(40, dropout_per_month=0.1), DECEMBER, 1.1, "too_few_workers", 31),
    ],
)
def test_what_no_money_reaches_is_told_with_the_reason_and_how_far_one_gets(
    source: dict[str, Any], by: date, share: float, reason: str, most: int | None
) -> None:
    people = [{"id": "a", "workers": 60}, {"id": "b", "workers": 40}]
    (alone,) = of(scenario(population=people, sources=[source]), share, by)
    assert alone == {"mix": {"city": 1.0}, "reachable": False, "reason": reason, "covered": most}


def test_a_later_start_shortens_the_months_that_are_left() -> None:
    (alone,) = of(scenario(start="2026-08", months=5, sources=[city(40, min_months=6)]))
    assert alone["reason"] == "minimum_too_long"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"share": 0.5}, "by"),
        ({"by": DECEMBER}, "share"),
        ({"share": "many", "by": DECEMBER}, "share"),
        ({"share": 0.5, "by": DECEMBER, "mix": {"city": 0.5}}, "mix"),
        ({"share": 0.5, "by": DECEMBER, "mix": {"city": 2}}, "mix.city"),
        ({"share": 0.5, "by": DECEMBER, "mix": {"nobody": 1}}, "sources"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked: dict[str, Any], field: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        least_money(scenario(), **asked)
    assert refused.value.field == field


def covered(found: Scenario, source: str, rupiah: int, at: int) -> int:
    return int(simulate(with_budget(found, source, found.start.year, rupiah))["months"][at]["covered"])


@given(st.data(), groups(most=2), st.sampled_from([0, 1, 4]), st.integers(0, 3))
@settings(deadline=None, max_examples=15)
def test_where_nobody_dies_no_smaller_amount_reaches_it(
    data: st.DataObject, population: list[dict[str, Any]], least_months: int, at: int
) -> None:
    """Every month's price is tried: between two of them nobody more can be paid for."""
    population = [group | {"age": None} for group in population]
    money = [
        city(0, kind=data.draw(st.sampled_from(["apbd", "csr"])), min_months=least_months),
        city(1, id="other", kind="foster", first=data.draw(st.integers(9, 11)), eligible={"sector": "transport"}),
    ]
    found = scenario(start="2026-09", months=4, population=population, sources=money, denominator=10)
    wanted = data.draw(st.integers(1, 4))
    answer = of(found, wanted / 10, date(2026, 9 + at, 1))
    alone = next(one for one in answer if one["mix"] == {"city": 1.0})
    tried = range(0, 12 * 4 * PRICE, 8_400)
    enough = [rupiah for rupiah in tried if covered(found, "city", rupiah, at) >= wanted]
    assert (alone["rupiah"] if alone["reachable"] else None) == (enough[0] if enough else None)


@given(scenarios(), st.integers(1, 80), st.data())
@settings(deadline=None, max_examples=15)
def test_one_rupiah_less_does_not_reach_it_whatever_happens(
    found: Scenario, percent: int, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, min(11, found.months - 1)))
    month = date(found.start.year + (found.start.month - 1 + at) // 12, (found.start.month - 1 + at) % 12 + 1, 1)
    for one in of(found, percent / 100, month):
        if one["reachable"] and len(one["mix"]) == 1 and one["rupiah"]:
            (source,) = one["mix"]
            rupiah, year = one["rupiah"], month.year
            reached, missed = (
                simulate(with_budget(found, source, year, money))["months"][at]["covered"]
                for money in (rupiah, rupiah - 1)
            )
            assert missed < percent <= reached
            assert (reached, missed) == (one["covered"], one["one_rupiah_less"])


def test_a_scenario_without_purses_has_no_mix() -> None:
    assert of(scenario(sources=[], rates=NOBODY_DIES)) == []
