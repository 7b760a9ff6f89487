"""Causes of lapses, undercoverage, disparity, scholarships, benefits against contributions, further denominators."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from salawaku.simulation.scheme import assumptions, simulate
from salawaku.simulation.scheme.coverage import gini_of
from tests.simulation.scheme.small import NOBODY_DIES, PRICE, city, scenario


def test_every_lapse_has_its_cause() -> None:
    population = [
        {"id": "kept", "workers": 100, "covered": 100, "decile": 1},
        {"id": "left behind", "workers": 30, "covered": 30},
    ]
    purse = city(100, eligible={"id": "kept"}, dropout_per_month=0.1)
    found = simulate(scenario(population=population, sources=[purse], months=17, denominator=130))
    causes = [month["lapsed_by_cause"] for month in found["months"]]
    assert causes[3] == {"payer_left": 0, "money_ended": 0, "before": 30}
    assert causes[4] == {"payer_left": 10, "money_ended": 0, "before": 0}
    assert causes[15] == {"payer_left": 0, "money_ended": pytest.approx(100 * 0.9**11, abs=1e-3), "before": 0}
    assert found["totals"]["lapsed"] == pytest.approx(130)
    assert sum(found["totals"]["lapsed_by_cause"].values()) == pytest.approx(130, abs=1e-3)


def test_the_covered_of_those_who_live_in_the_groups_by_decile_sex_and_kind_of_village() -> None:
    population = [
        {"id": "a", "workers": 60, "decile": 1, "sex": "P", "village_kind": "negeri"},
        {"id": "b", "workers": 40, "decile": 10, "sex": "L", "village_kind": "desa"},
        {"id": "c", "workers": 20},
    ]
    month = simulate(scenario(population=population, sources=[city(80)], months=1))["months"][0]
    poor, rich = ({"workers": n, "covered": c, "share": s} for n, c, s in ((60, 60, 1), (40, 20, 0.5)))
    unknown = {"workers": 20, "covered": 0, "share": 0}
    assert month["coverage"] == {
        "by_decile": {"1": poor, "10": rich, "unknown": unknown},
        "by_sex": {"F": poor, "M": rich, "unknown": unknown},
        "by_village_kind": {"desa": rich, "negeri": poor, "unknown": unknown},
    }
    assert month["disparity"] is None


def test_disparity_between_villages() -> None:
    population = [
        {"id": "a", "workers": 60, "decile": 1, "village": "Latta"},
        {"id": "b", "workers": 40, "decile": 2, "village": "Halong"},
        {"id": "c", "workers": 20, "decile": 3},
        {"id": "d", "workers": 0, "village": "Leahari"},
    ]
    found = simulate(scenario(population=population, sources=[city(80)], months=14))["months"]
    assert found[0]["disparity"] == {
        "villages": 2,
        "lowest": {"village": "Halong", "share": 0.5},
        "highest": {"village": "Latta", "share": 1},
        "gini": 0.15,  # 40% of the workers have 25% of the seats
    }
    assert found[-1]["disparity"]["gini"] == 0, "nobody is covered any more"
    assert simulate(scenario(population=[population[-1]]))["months"][0]["disparity"] is None, "an empty village"


def test_gini_is_half_the_mean_difference_over_the_mean() -> None:
    random = np.random.default_rng(3)
    workers, share = random.integers(1, 20, 8), np.sort(random.random(8))
    people = np.repeat(share, workers)
    by_pairs = np.abs(people[:, None] - people).mean() / 2 / people.mean()
    assert gini_of(workers.astype(float), workers * share) == pytest.approx(by_pairs)


def test_scholarships_begin_after_the_months_that_the_law_asks_or_at_once_for_a_death_at_work() -> None:
    families, work = (assumptions()[name]["value"] for name in ("scholarship_families", "deaths_at_work_share"))

    def begun(rates: dict[str, Any], covered_months: int) -> list[float]:
        members = [{"id": "all", "workers": 1000, "covered": 1000, "covered_months": covered_months}]
        money = [city(1000, budget={2026: 12 * 1000 * PRICE})]
        found = simulate(scenario(population=members, sources=money, rates=rates, denominator=1000, months=2))
        each = assumptions()["scholarship_children"]["value"] * (0.5 * 1.5 + 0.2 * 2 + 0.2 * 3 + 0.1 * 12) * 10**6
        for month in found["months"]:
            told = month["scholarships"]
            assert told["per_year"] == pytest.approx(told["families"] * each, abs=1e3)
        assert found["totals"]["scholarships"]["families"] == pytest.approx(
            sum(month["scholarships"]["families"] for month in found["months"]), abs=1e-3
        )
        return [month["scholarships"]["families"] for month in found["months"]]

    deaths = {"death_per_1000": 12, "accident_per_1000": 0}
    assert begun(deaths, 34) == [0, pytest.approx(0.999 * families, abs=1e-4)], "the 36th month is the second"
    assert begun(deaths, 35)[0] == pytest.approx(families)
    assert begun({"death_per_1000": 0, "accident_per_1000": 12}, 1)[0] == pytest.approx(families * work)


def test_before_the_yearly_amounts_were_law_no_money_is_told() -> None:
    members = [{"id": "all", "workers": 100, "covered": 100, "covered_months": 99}]
    old = scenario(start="2019-06", months=1, population=members, rates={"death_per_1000": 12}, sources=[
        city(100, year=2019)])  # fmt: skip
    assert simulate(old)["months"][0]["scholarships"]["per_year"] == 0


def test_benefits_for_each_rupiah_of_contributions() -> None:
    rates = {"death_per_1000": 0, "accident_per_1000": 12, "accident_cost": 1_000_000}
    found = simulate(scenario(rates=rates, months=13))
    assert found["months"][0]["benefit_ratio"] == round(40_000 / (40 * PRICE), 4)
    assert found["months"][-1]["benefit_ratio"] is None, "nothing is paid any more"
    assert found["totals"]["benefit_ratio"] == found["months"][0]["benefit_ratio"]


def test_several_published_denominators_stand_side_by_side_and_are_never_cut_off() -> None:
    found = scenario(denominators=[
        {"id": "BPS 2024", "workers": 80, "as_of": date(2024, 8, 31), "source": "Sakernas"},
        {"id": "own", "workers": 30},
    ])  # fmt: skip
    assert found.denominators[0].as_of == "2024-08-31"
    assert simulate(found)["months"][0]["shares"] == {"BPS 2024": 0.5, "own": 40 / 30}


def test_whoever_a_purse_could_have_taken_this_year_waits() -> None:
    population = [
        {"id": "near", "workers": 60, "sector": "transport", "covered": 10, "covered_months": 5},
        {"id": "far", "workers": 40},
    ]
    purse = city(0, budget={2026: PRICE * 30}, first_month=5, last_month=7, eligible={"sector": "transport"})
    empty = city(0, id="empty")
    found = simulate(scenario(population=population, sources=[purse, empty], months=14, rates=NOBODY_DIES))
    told = [[month["states"][name] for name in ("uncovered", "waiting", "ended")] for month in found["months"]]
    assert told[2] == [90, 0, 0]
    assert told[3] == [90, 0, 10]
    covered = found["months"][4]["covered"]
    assert told[4] == [40, 60 - covered, 0]
    assert told[11] == [40, 60, 0], "the purse has opened this year"
    assert told[12][1] == 0, "a new year"
