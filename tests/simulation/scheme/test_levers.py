"""Sponsors, quotas, campaigns, joining, leaving for a wage, the order in line, a bridge: reckoned by hand."""

from __future__ import annotations

from typing import Any

import pytest

from salawaku.simulation.scheme import simulate
from tests.simulation.scheme.small import NOBODY_DIES, PRICE, city, scenario

MANY = 10**12
HALF = 8_400  # what a foster sponsor pays from April 2026 on


def column(name: str, **changes: Any) -> list[Any]:
    return [month[name] for month in simulate(scenario(**changes))["months"]]


def foster(sponsors: dict[str, Any], *, money: int = MANY, **changes: Any) -> list[dict[str, Any]]:
    return [{"id": "foster", "kind": "foster", "budget": {2026: money}, "sponsors": sponsors} | changes]


def test_sponsors_who_join_pay_for_new_workers_from_that_month_to_december() -> None:
    joining = foster({"start": 3, "joining_per_month": 1, "workers_each": 2}, first_month=4)
    found = simulate(scenario(sources=joining, months=14))
    assert [month["covered"] for month in found["months"]] == [0, 0, 0, *range(6, 24, 2), 0, 0]
    assert found["totals"]["cost"] == sum(range(6, 24, 2)) * HALF
    slow = foster({"start": 1, "joining_per_month": 0.5})
    assert column("covered", sources=slow) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]


def test_the_budget_of_sponsors_is_a_ceiling() -> None:
    """Three pay for the year, then two a month join until the money is spoken for."""
    sponsors = {"start": 3, "joining_per_month": 2}
    money = (3 * 12 + 2 * 11 + 10 + 5) * PRICE
    assert column("covered", sources=foster(sponsors, kind="apbd", money=money, min_months=6)) == [3, 5, *[6] * 10]
    assert column("covered", sources=foster(sponsors, kind="apbd", money=money)) == [3, 5, 7, 7, 7, 7, 7, *[6] * 5]
    assert simulate(scenario(sources=foster(sponsors, kind="apbd", money=money)))["unspent"] == {"foster": 0}


def test_places_that_sponsors_give_up_are_not_filled_again() -> None:
    leaving = foster({"start": 50}, budget={2026: MANY, 2027: MANY}, dropout_per_month=0.5)
    covered = column("covered", sources=leaving, months=14, runs=0)
    assert covered[:3] == [50, 25, 13]
    assert covered[11:] == [0, 0, 0], "next year only those who stayed choose again"
    staying = foster({"start": 5, "joining_per_month": 1}, budget={2026: MANY, 2027: MANY})
    assert column("covered", sources=staying, months=14) == [*range(5, 17), 17, 18]


def test_a_quota_of_a_purse_and_one_of_a_village() -> None:
    both = [city(40), city(40, id="more")]
    assert column("covered", sources=[city(40, quota=25)]) == [25] * 12
    assert column("covered", sources=both) == [80] * 12
    assert column("covered", sources=both, quotas=[{"workers": 60}]) == [60] * 12
    villages = [{"id": name, "workers": 50, "village": name} for name in ("Latta", "Halong")]
    quotas = [{"workers": 30, "eligible": {"village": "Latta"}}]
    coverage = column("covered", population=villages, sources=both, quotas=quotas)
    assert coverage == [80] * 12
    disparity = column("disparity", population=villages, sources=both, quotas=quotas)[0]
    assert disparity["lowest"] == {"village": "Latta", "share": 0.6}


def test_seats_of_a_quota_are_for_the_next_in_line_whichever_purse_pays() -> None:
    groups = [{"id": "poor", "workers": 50, "decile": 1}, {"id": "less", "workers": 50, "decile": 2}]
    only = city(40, eligible={"id": "less"})
    assert column("covered", population=groups, sources=[only], quotas=[{"workers": 60}]) == [10] * 12


def test_who_joins_and_who_is_listed_is_known_to_purses_from_that_month_on() -> None:
    changes = {
        "population": [{"id": "a", "workers": 10, "joining_per_month": 0.5}, {"id": "b", "workers": 30}],
        "campaigns": [
            {"month": "2026-03", "workers": 10}, {"month": "2026-04", "workers": 5, "eligible": {"id": "b"}},
            {"month": "2027-04", "workers": 99}, {"month": "2025-04", "workers": 99},
        ],
        "sources": [city(99, id=str(month), first=month) for month in (3, 5)],
    }  # fmt: skip
    found = simulate(scenario(**changes))
    assert [month["joined"] for month in found["months"]] == [0, 1] * 6
    assert [month["listed"] for month in found["months"]] == [0, 0, 10, 5, *[0] * 8]
    assert [month["covered"] for month in found["months"]][1:6] == [0, 51, 51, 57, 57]
    assert sum(found["months"][-1]["states"].values()) == 40 + 6 + 15
    assert (found["totals"]["joined"], found["totals"]["listed"]) == (6, 15)


def test_a_campaign_is_spread_in_proportion_the_rest_by_the_largest_remainder() -> None:
    groups = [{"id": str(number), "workers": number, "decile": number} for number in (1, 2, 4)]
    campaign = [{"month": "2026-01", "workers": 10, "eligible": {"decile_max": 4}}]
    month = simulate(scenario(population=groups, campaigns=campaign, months=1))["months"][0]
    listed = {name: one["workers"] - int(name) for name, one in month["coverage"]["by_decile"].items()}
    assert listed == {"1": 1, "2": 3, "4": 6}, "1.43, 2.86 and 5.71"


def test_who_becomes_a_wage_earner_leaves_and_his_money_stays_in_the_purse() -> None:
    rates = NOBODY_DIES | {"wage_per_1000": 120}
    found = simulate(scenario(rates=rates, months=2, denominator=1000, population=[{"id": "all", "workers": 1000}],
                              sources=[city(600)]))  # fmt: skip
    assert [month["states"]["wage_earner"] for month in found["months"]] == [10, 19.9]
    assert [month["covered"] for month in found["months"]] == [600, 594]
    assert found["totals"]["by_source"]["city"]["committed_after"] == 594 * 10 * PRICE
    one = simulate(scenario(rates=NOBODY_DIES | {"wage_per_1000": {"a": 120}}, months=1,
                            population=[{"id": "a", "workers": 100}, {"id": "b", "workers": 100}]))  # fmt: skip
    assert one["months"][0]["states"]["wage_earner"] == 1


@pytest.mark.parametrize(
    ("priority", "first"),
    [
        (None, "member"), (["decile"], "poor"), (["risk", "decile"], "risky"), (["age"], "old"), ([], "young"),
        (["decile", "continuing"], "poor"), (["continuing", "age"], "member"),
    ],
)  # fmt: skip
def test_the_order_in_line_is_a_choice(priority: list[str] | None, first: str) -> None:
    groups = [
        {"id": "young", "workers": 10, "age": 20, "decile": 5, "risk": 2},
        {"id": "poor", "workers": 10, "decile": 1, "risk": 1},
        {"id": "member", "workers": 10, "covered": 10, "age": 40, "decile": 9, "risk": 1},
        {"id": "risky", "workers": 10, "age": 30, "decile": 6, "risk": 4},
        {"id": "old", "workers": 10, "age": 60, "decile": 7, "risk": 3},
    ]  # fmt: skip
    tellers = [city(10, id=group["id"], eligible={"id": group["id"]}) for group in groups]
    found = simulate(scenario(population=groups, sources=[city(10), *tellers], priority=priority, months=1))
    seats = found["months"][0]["covered_by_source"]
    assert [name for name in seats if seats[name] == 0] == [first], "his own purse finds nobody left"


def test_within_a_group_participants_come_first_even_where_nothing_is_said() -> None:
    one = [{"id": "all", "workers": 100, "covered": 40}]
    found = simulate(scenario(population=one, priority=[], months=1))
    assert found["months"][0]["states"]["in_grace"] == 0


def test_a_bridge_to_a_late_decree_keeps_every_member() -> None:
    everybody = [{"id": "all", "workers": 100, "covered": 100}]
    late = city(100, budget={2026: 1200 * PRICE, 2027: 900 * PRICE}, first_month={2027: 4})
    bridge = {"id": "bridge", "kind": "csr", "budget": {2027: 300 * PRICE}, "last_month": {2027: 3}}
    base: dict[str, Any] = {"population": everybody, "months": 24}
    assert simulate(scenario(**base, sources=[late]))["totals"]["lapsed"] == 100
    found = simulate(scenario(**base, sources=[late, bridge]))
    assert (found["totals"]["lapsed"], found["totals"]["unspent"]) == (0, 0)
    assert [month["covered"] for month in found["months"]] == [100] * 24
