"""Courses that are drawn: their mean against the expected course, their scatter against what can be reckoned."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from salawaku.simulation.scheme import Scenario, drawn, expected, simulate
from salawaku.simulation.scheme.chance import Drawn
from salawaku.simulation.scheme.running import _course
from salawaku.simulation.scheme.tables import tables_of
from tests.simulation.scheme.small import PRICE, city, scenario

RUNS = 400
ERRORS = 4  # standard errors within which a mean must lie


def ambon(**changes: Any) -> Scenario:
    """Two years, a late second decree, sponsors who leave, money that always falls short."""
    population = [
        {"id": "fishers", "workers": 9_000, "covered": 4_000, "age": 45, "sex": "M", "decile": 2, "risk": 4},
        {"id": "riders", "workers": 5_000, "covered": 1_000, "age": 30, "sex": "M", "sector": "transport"},
        {"id": "vendors", "workers": 7_000, "covered": 2_000, "age": 63, "sex": "F", "decile": 3, "risk": 1},
    ]
    money = [
        city(8_000, budget={2026: 8_000 * 12 * PRICE, 2027: 8_000 * 9 * PRICE}, first_month={2027: 4}),
        {"id": "sponsors", "kind": "foster", "budget": {2026: 2_000 * 12 * PRICE, 2027: 10**8},
         "dropout_per_month": 0.03, "eligible": {"sector": "transport"}},
    ]  # fmt: skip
    rates = {"death_per_1000": 40, "accident_per_1000": 20}
    base = {"population": population, "sources": money, "rates": rates, "months": 24, "denominator": 21_000}
    return scenario(**(base | changes))


def off(sample: NDArray[Any], mean: float) -> float:
    """By how many of its standard errors a sample's mean is off."""
    error = float(sample.std(ddof=1)) / len(sample) ** 0.5
    return abs(float(sample.mean()) - mean) / error if error else float(abs(sample.mean() - mean) > 1e-6)


def test_means_lie_within_their_own_standard_error_of_what_is_expected() -> None:
    found = ambon()
    mean, runs = expected(found), drawn(found, RUNS)
    for name in ("deaths", "deaths_uncovered", "accidents", "benefits", "lapsed", "dropped", "reduced"):
        total = getattr(runs, name).sum(axis=1)
        assert off(total, float(getattr(mean, name).sum())) < ERRORS, name
        for month in (0, 5, 11, 15, 23):
            column = getattr(runs, name)[:, month]
            assert off(column, float(getattr(mean, name)[0, month])) < ERRORS, (name, month)
    for month in range(24):
        assert off(runs.expected_covered[:, month], float(mean.expected_covered[0, month])) < ERRORS, month


def test_with_every_lever_means_lie_within_their_own_standard_error_of_what_is_expected() -> None:
    groups = [
        {"id": "fishers", "workers": 3_000, "covered": 1_500, "age": 45, "decile": 2, "joining_per_month": 7.5},
        {"id": "riders", "workers": 2_000, "covered": 300, "age": 30, "sector": "transport", "village": "Latta"},
        {"id": "vendors", "workers": 2_500, "covered": 900, "age": 63, "decile": 3, "risk": 1},
    ]
    money = [
        city(1_800, budget={2026: 1_800 * 12 * PRICE, 2027: 1_800 * 8 * PRICE}, first_month={2027: 5}),
        {"id": "sponsors", "kind": "foster", "budget": {2026: 10**11, 2027: 10**11}, "dropout_per_month": 0.05,
         "sponsors": {"start": 20, "joining_per_month": 2.5, "workers_each": 4}, "eligible": {"sector": "transport"}},
        {"id": "csr", "kind": "csr", "budget": {2026: 10**11}, "quota": 250, "first_month": 3, "last_month": 9},
    ]  # fmt: skip
    found = ambon(
        population=groups,
        sources=money,
        rates={"death_per_1000": 40, "accident_per_1000": 20, "wage_per_1000": 60},
        campaigns=[{"month": "2026-06", "workers": 300}],
        quotas=[{"workers": 1_500, "eligible": {"id": "fishers"}}],
        priority=["decile", "continuing", "age"],
    )
    mean, runs = expected(found), drawn(found, RUNS)
    for name in ("deaths", "deaths_uncovered", "lapsed", "dropped", "benefits", "reduced"):
        assert off(getattr(runs, name).sum(axis=1), float(getattr(mean, name).sum())) < ERRORS, name
    for month in (0, 2, 6, 11, 12, 17, 23):
        assert off(runs.expected_covered[:, month], float(mean.expected_covered[0, month])) < ERRORS, month
        for place in range(runs.states.shape[2]):
            assert off(runs.states[:, month, place], float(mean.states[0, month, place])) < ERRORS, (month, place)
        for cause in range(3):
            sample = runs.lapsed_by_cause[:, month, cause]
            assert off(sample, float(mean.lapsed_by_cause[0, month, cause])) < ERRORS, (month, cause)


def test_scholarships_drawn_with_all_months_counted_scatter_around_what_is_expected() -> None:
    found = ambon(population=[{"id": "all", "workers": 9_000, "covered": 8_000, "covered_months": 30}])
    tables = tables_of(found, bands=True)
    runs = _course(tables, Drawn(RUNS, np.random.default_rng(1)))
    assert off(runs.scholarships.sum(axis=1), float(expected(found).scholarships.sum())) < ERRORS


def test_benefits_of_one_month_scatter_as_a_compound_distribution() -> None:
    """Deaths and accidents of one month are binomial: mean and variance are known."""
    found = scenario(
        months=1,
        denominator=50_000,
        population=[{"id": "all", "workers": 50_000, "covered": 50_000}],
        sources=[city(50_000)],
        rates={"death_per_1000": 6, "accident_per_1000": 12, "accident_cost": 17_000_000},
    )
    benefits = drawn(found, 20_000).benefits[:, 0]
    deaths, accidents = (50_000 * chance * (1 - chance) for chance in (0.0005, 0.001))
    variance = deaths * 42e6**2 + accidents * 17e6**2
    assert off(benefits, 50_000 * (0.0005 * 42e6 + 0.001 * 17e6)) < ERRORS
    assert float(benefits.var()) == pytest.approx(variance, rel=0.05)
    assert float(expected(found).variance[0, 0]) == pytest.approx(variance, rel=0.002)


def test_the_interval_without_runs_lies_near_the_drawn_one() -> None:
    normal, runs = (simulate(ambon(runs=number))["totals"]["benefits"] for number in (0, RUNS))
    assert normal["mean"] == runs["mean"]
    for end in ("p05", "p95"):
        assert normal[end] == pytest.approx(runs[end], rel=0.02)
    assert normal["p05"] < normal["mean"] < normal["p95"]


def test_a_seed_decides_and_another_draws_anew() -> None:
    one, again, other = (drawn(ambon(seed=seed, months=3), 20).deaths for seed in (1, 1, 2))
    assert (one == again).all()
    assert (one != other).any()


def test_more_runs_than_are_carried_at_once_are_all_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salawaku.simulation.scheme.running.AT_ONCE", 9)
    found = drawn(ambon(months=2), 10)
    assert found.deaths.shape == (10, 2)
    assert len(np.unique(found.expected_covered[:, 1])) > 5


def test_the_chosen_of_several_places_are_drawn_without_preference() -> None:
    chance = Drawn(4_000, np.random.default_rng(1))
    places = [np.full((4_000, 1), n) for n in (10, 0, 30)]
    chosen = np.full((4_000, 1), 8)
    found = chance.share(places, chosen)
    assert (sum(found) == 8).all()
    assert off(found[0][:, 0], 2.0) < ERRORS
    assert (found[0] <= 10).all()
    assert [int(one[0, 0]) for one in chance.share(places, np.full((4_000, 1), 40))] == [10, 0, 30]
