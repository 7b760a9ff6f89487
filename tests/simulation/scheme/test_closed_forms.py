"""What can be reckoned by hand: no deaths, no dropout, one purse; then one thing at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from salawaku.simulation.scheme import simulate
from tests.simulation.scheme.small import NOBODY_DIES, PRICE, city, scenario


def column(answer: dict[str, Any], name: str) -> list[Any]:
    return [month[name] for month in answer["months"]]


def test_a_purse_covers_whole_workers_from_its_first_month_to_december() -> None:
    answer = simulate(scenario(months=14, sources=[city(40, first=3)]))
    assert column(answer, "covered") == [0, 0, *[40] * 10, 0, 0]
    assert column(answer, "share")[2] == 0.4
    assert answer["totals"]["cost"] == 40 * 10 * PRICE
    assert answer["unspent"] == {"city": 0}


@pytest.mark.parametrize("money", [0, 1, PRICE * 12 - 1, PRICE * 12, PRICE * 125 + 7])
def test_what_is_short_of_a_worker_year_pays_fewer_months_down_to_the_minimum(money: int) -> None:
    for minimum in (1, 4, 6, 12):
        answer = simulate(scenario(sources=[city(0, budget={2026: money}, min_months=minimum)]))
        years, rest = divmod(money, PRICE * 12)
        months = rest // PRICE if rest // PRICE >= minimum else 0
        assert column(answer, "covered") == [years + (month < months) for month in range(12)]
        assert answer["unspent"]["city"] == money - (years * 12 + months) * PRICE


def test_deaths_take_their_share_each_month_and_the_month_of_death_is_paid() -> None:
    answer = simulate(
        scenario(
            denominator=10_000,
            population=[{"id": "all", "workers": 10_000}],
            sources=[city(10_000)],
            rates={"death_per_1000": 12, "accident_per_1000": 0},
        )
    )
    alive = [10_000 * (1 - 0.001) ** month for month in range(12)]
    assert column(answer, "covered") == [round(workers) for workers in alive]
    assert column(answer, "deaths") == pytest.approx([workers / 1000 for workers in alive], abs=1e-4)
    # Three months only the burial grant, then the full benefit.
    expected = [workers / 1000 * (10_000_000 if month < 3 else 42_000_000) for month, workers in enumerate(alive)]
    assert [month["benefits"]["mean"] for month in answer["months"]] == pytest.approx(expected, abs=1)
    assert answer["totals"]["reduced_benefit_families"] == 0, "nobody was a member before"


def test_payers_drop_out_from_the_second_month_on_and_memberships_end_after_three_unpaid_months() -> None:
    answer = simulate(scenario(sources=[city(100, dropout_per_month=0.1)], months=12))
    assert column(answer, "covered")[:3] == [100, 90, 81]
    assert column(answer, "dropped_out")[:3] == [0, 10, 9]
    assert column(answer, "lapsed")[:6] == [0, 0, 0, 0, 10, 9]
    assert column(answer, "states")[3] == {
        "uncovered": 0, "waiting": 0, "covered": 72.9, "in_grace": 27.1, "ended": 0, "died": 0, "aged_out": 0,
        "wage_earner": 0,
    }  # fmt: skip


def test_accidents_happen_to_the_covered_and_cost_their_mean() -> None:
    answer = simulate(scenario(rates={"death_per_1000": 0, "accident_per_1000": 12, "accident_cost": 1_000_000}))
    assert answer["months"][0]["accidents"] == 0.04
    assert answer["months"][0]["benefits"]["mean"] == 40_000
    assert answer["months"][0]["benefits"]["p05"] == 0


def test_a_gap_of_two_months_is_kept_one_of_three_begins_anew() -> None:
    everybody = [{"id": "all", "workers": 100, "covered": 100}]
    march, april = (simulate(scenario(population=everybody, sources=[city(100, first=first)])) for first in (3, 4))
    assert (march["totals"]["lapsed"], april["totals"]["lapsed"]) == (0, 100)
    assert column(march, "waiting_again") == [0] * 12
    assert column(april, "waiting_again") == [0, 0, 0, 100, 100, 100, *[0] * 6]
    assert april["months"][3]["lapsed"] == 100, "the first of April, as the cover clock says"


def test_participants_come_first_then_decile_risk_and_the_order_of_groups() -> None:
    def first(**fields: Any) -> list[int]:
        population = [{"id": "plain", "workers": 40, "decile": 5, "risk": 2}, {"id": "b", "workers": 40} | fields]
        village = [city(40), city(40, id="rest", eligible={"id": "plain"})]
        return list(
            simulate(scenario(population=population, sources=village))["months"][0]["covered_by_source"].values()
        )

    assert first(decile=5, risk=2) == [40, 0], "the first group"
    assert first(decile=4, risk=2) == first(decile=5, risk=3) == [40, 40], "the second group"
    assert first(decile=0, risk=4) == [40, 0], "unknown deciles come last"
    assert first(decile=9, risk=1, covered=40) == [40, 40]


def test_the_relief_depends_on_sector_and_payer() -> None:
    riders = [{"id": "all", "workers": 100, "sector": "transport"}]
    money = {2026: 40 * 12 * 8_400}
    foster, government = (
        simulate(scenario(population=riders, sources=[city(0, kind=kind, budget=money)]))["months"][0]["covered"]
        for kind in ("foster", "apbd")
    )
    assert (foster, government) == (40, 20)


def test_village_money_is_never_for_a_kelurahan() -> None:
    for kind, covered in (("desa", 40), ("kelurahan", 0)):
        population = [{"id": "all", "workers": 100, "village_kind": kind}]
        answer = simulate(scenario(population=population, sources=[city(40, kind="village_fund")]))
        assert answer["months"][0]["covered"] == covered


def test_a_bridge_carries_those_whom_a_late_purse_takes_over() -> None:
    everybody = [{"id": "all", "workers": 100, "covered": 100}]
    bridge = {"id": "bridge", "kind": "csr", "budget": {2026: 300 * PRICE}, "last_month": {2026: 3}}
    answer = simulate(scenario(population=everybody, sources=[city(100, first=4), bridge]))
    assert column(answer, "covered") == [100] * 12
    assert (answer["totals"]["lapsed"], answer["unspent"]) == (0, {"city": 0, "bridge": 0})


def test_who_reaches_the_age_limit_leaves_over_the_year_of_the_birthdays() -> None:
    answer = simulate(scenario(months=14, population=[{"id": "all", "workers": 120, "age": 64}], sources=[]))
    assert [month["states"]["aged_out"] for month in answer["months"]] == [*range(0, 121, 10), 120]
    young = simulate(scenario(population=[{"id": "all", "workers": 120, "age": 63}], sources=[]))
    assert young["months"][-1]["states"]["aged_out"] == 0


def test_a_target_says_when_it_is_reached_first() -> None:
    targets = [{"month": "2026-12", "share": share} for share in (0.4, "40.1%", 0)]
    found = simulate(scenario(sources=[city(40, first=5)], targets=targets))["targets"]
    assert [(one["reached"], one["on_time"], one["workers"]) for one in found] == [
        ("2026-05", True, 40), (None, False, 41), ("2026-01", True, 0),
    ]  # fmt: skip


def test_another_contribution_is_an_overlay_and_is_told_with_the_hash_of_the_law() -> None:
    dearer = {"parameter": "bpu.jkm.flat", "from": date(2026, 1, 1), "to": None, "value": 10_000}
    plain, changed = simulate(scenario()), simulate(scenario(overlays=[dearer]))
    assert plain["totals"]["cost"] == 40 * 12 * PRICE
    assert changed["months"][0]["cost"] == changed["months"][0]["covered"] * 20_000
    assert changed["law"]["hash"] != plain["law"]["hash"]
    assert changed["law"]["overlays"][0]["parameter"] == "bpu.jkm.flat"
    assert simulate(scenario(law_hash=plain["law"]["hash"]))["law"]["changed"] is False
    assert simulate(scenario(law_hash=changed["law"]["hash"]))["law"]["changed"] is True


def test_a_scenario_that_ends_in_summer_keeps_what_its_seats_still_cost() -> None:
    city_money = simulate(scenario(months=6))["totals"]["by_source"]["city"]
    assert city_money["spent"] == city_money["committed_after"] == city_money["unspent"] == 40 * 6 * PRICE


def test_nobody_at_all_is_no_error() -> None:
    answer = simulate(scenario(population=[{"id": "all", "workers": 0}], rates=NOBODY_DIES, runs=3))
    assert answer["totals"]["worker_months"] == 0
