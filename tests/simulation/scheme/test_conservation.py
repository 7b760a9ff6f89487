"""What holds in every scenario: nobody is lost, no rupiah is lost, nobody is paid before a purse begins."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings

from salawaku import law
from salawaku.simulation.scheme import Course, Scenario, drawn, expected, outcome_of, simulate
from salawaku.simulation.scheme.chance import Drawn, Expected
from salawaku.simulation.scheme.scenario import all_hold
from salawaku.simulation.scheme.state import State
from salawaku.simulation.scheme.tables import tables_of
from tests.simulation.scheme.small import scenarios


def both(scenario: Scenario) -> list[Course]:
    return [expected(scenario), drawn(scenario, 5)]


@given(scenarios())
@settings(deadline=None, max_examples=50)
def test_workers_in_are_workers_out_in_every_month_of_every_group(scenario: Scenario) -> None:
    start = np.array([group.workers for group in scenario.population])
    for chance in (Expected(), Drawn(4, np.random.default_rng(1))):
        tables = tables_of(scenario, bands=True)
        state = State(tables, chance)
        for month in range(scenario.months):
            state.begin(month)
            state.die(month)
            came = (tables.joined + tables.listed)[: month + 1].sum(axis=0)
            np.testing.assert_allclose(state.workers, np.broadcast_to(start + came, state.workers.shape), atol=1e-6)
            places = [*state.seats.values(), *state.idle.values(), state.never, state.ended, state.dead, state.aged]
            places += [state.wage, state.living]
            assert min(float(place.min()) for place in places) > -1e-6


@given(scenarios())
@settings(deadline=None, max_examples=50)
def test_the_states_told_add_up_to_everybody(scenario: Scenario) -> None:
    for course in both(scenario):
        came = np.cumsum(course.joined + course.listed, axis=1)
        everybody = sum(group.workers for group in scenario.population) + came
        np.testing.assert_allclose(course.states.sum(axis=2), everybody, atol=1e-6)
        np.testing.assert_allclose(course.lapsed_by_cause.sum(axis=2), course.lapsed, atol=1e-6)
        np.testing.assert_allclose(course.bands.sum(axis=2), course.expected_covered, atol=1e-6)
        assert (
            np.abs(course.covered.sum(axis=(2, 3)) - course.expected_covered) <= 0.5 + course.covered.shape[2]
        ).all()


@given(scenarios())
@settings(deadline=None, max_examples=50)
def test_spent_and_unspent_are_the_budget_and_no_purse_goes_below_zero(scenario: Scenario) -> None:
    answer = simulate(scenario)
    for source in scenario.sources:
        spent = sum(month["by_source"][source.id] for month in answer["months"])
        assert spent + answer["unspent"][source.id] == sum(source.budget.values())
        assert 0 <= answer["totals"]["by_source"][source.id]["committed_after"] <= answer["unspent"][source.id]
    for course in both(scenario):
        for at, source in enumerate(scenario.sources):
            for year, money in source.budget.items():
                months = [number for number, month in enumerate(months_of(scenario)) if month.year == year]
                assert (course.cost[:, months, at].sum(axis=1) <= money).all()


@given(scenarios())
@settings(deadline=None, max_examples=50)
def test_cost_is_worker_months_times_the_rate_of_the_law_to_the_rupiah(scenario: Scenario) -> None:
    for course in both(scenario):
        for number, month in enumerate(months_of(scenario)):
            for at, source in enumerate(scenario.sources):
                outside, inside = (
                    law.monthly_cost(month, payer=source.payer, sector=sector)
                    for sector in (law.Sector.OTHER, law.Sector.TRANSPORT)
                )
                covered = course.covered[:, number, at]
                assert (course.cost[:, number, at] == covered[:, 0] * outside + covered[:, 1] * inside).all()


@given(scenarios())
@settings(deadline=None, max_examples=50)
def test_no_purse_pays_before_its_first_month_or_for_whom_it_may_not(scenario: Scenario) -> None:
    for course in both(scenario):
        for at, source in enumerate(scenario.sources):
            before = [
                number
                for number, month in enumerate(months_of(scenario))
                if month.month < source.first_month.get(month.year, 13)
            ]
            assert not course.covered[:, before, at].any()
            if not any(source.may_pay_for(group) for group in scenario.population):
                assert not course.covered[:, :, at].any()


@given(scenarios())
@settings(deadline=None, max_examples=50)
def test_no_more_are_covered_at_once_than_quotas_and_sponsors_have_places(scenario: Scenario) -> None:
    for chance in (Expected(), Drawn(3, np.random.default_rng(1))):
        tables = tables_of(scenario, bands=False)
        state = State(tables, chance)
        for month in range(scenario.months):
            state.begin(month)
            covered = sum(state.seats.values(), np.zeros_like(state.never))
            for quota in scenario.quotas:
                inside = [all_hold(quota.eligible, group) for group in scenario.population]
                assert (covered[:, inside].sum(axis=1) <= quota.workers + 1e-6).all()
            for at, source in enumerate(scenario.sources):
                paid = sum(
                    (n.sum(axis=1) for seat, n in state.seats.items() if seat.source == at), np.zeros(chance.runs)
                )
                if source.quota is not None:
                    assert (paid <= source.quota + 1e-6).all()
                if source.sponsors:
                    most = source.sponsors.start + source.sponsors.joining_per_month * month
                    assert (paid <= most * source.sponsors.workers_each + 1e-6).all()
            state.die(month)


@given(scenarios())
@settings(deadline=None, max_examples=50)
def test_coverage_by_class_adds_up_to_everybody_who_lives_in_the_groups(scenario: Scenario) -> None:
    course, answer = expected(scenario), simulate(scenario)
    for at, month in enumerate(answer["months"]):
        for classes in month["coverage"].values():
            living, covered = (sum(one[name] for one in classes.values()) for name in ("workers", "covered"))
            assert living == pytest.approx(float(course.living_of[0, at].sum()), abs=0.01)
            assert covered == pytest.approx(float(course.expected_covered[0, at]), abs=0.01)
        if found := month["disparity"]:
            assert 0 <= found["lowest"]["share"] <= found["highest"]["share"] <= 1
            assert 0 <= found["gini"] < 1
        assert list(month["shares"].values()) == [month["covered"] / 90, month["covered"] / 7]


@given(scenarios(runs=3))
@settings(deadline=None, max_examples=20)
def test_the_same_seed_gives_the_same_answer(scenario: Scenario) -> None:
    assert simulate(scenario) == simulate(scenario)
    outcome = outcome_of(scenario)
    assert outcome.runs is not None
    assert outcome.runs.deaths.dtype.kind == "i"


def months_of(scenario: Scenario) -> list[date]:
    return [law.add_months(scenario.start, number) for number in range(scenario.months)]
