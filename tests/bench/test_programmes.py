"""The measurement of the allocation: its problem, and what makes it fail."""

from __future__ import annotations

import numpy as np
import pytest

from salawaku.bench import programmes
from salawaku.bench.programmes import Measured, Problem, bound, invented
from salawaku.simulation.allocation import Plan, Purse


def test_the_same_seed_invents_the_same_region() -> None:
    one, again, other = (invented(500, 30, 10, seed=seed) for seed in (1, 1, 2))
    assert one.purses == again.purses != other.purses
    assert all(np.array_equal(*columns) for columns in zip(one.columns, again.columns, strict=True))
    assert {purse.is_local for purse in one.purses} == {True, False}
    assert one.eligible.shape == (10, 30)
    assert not one.eligible[:4, 5].any(), "a kelurahan has no village money"


def test_the_bound_of_what_can_be_reckoned_by_hand() -> None:
    year = (10_000,) * 12
    half = Problem([np.zeros(3, int)] * 5, [Purse(180_000, 0, 6, (year, year))], np.ones((1, 1), bool))
    assert bound(half) == 18


def test_a_figure_is_the_bound_over_the_plan_and_slowness_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def measured(seconds: float) -> None:
        found = Measured(seconds, 100, Plan([], 1_000, 1_001, []), 1_001)
        monkeypatch.setattr(programmes, "apart", lambda _work: found)

    measured(0.5)
    figure = programmes.run()["programmes.allocate_70k"]
    assert (figure.ratio, figure.target, figure.seconds) == (1.001, 1.001, 0.5)
    measured(1.5)
    with pytest.raises(AssertionError, match=r"1\.50 s"):
        programmes.run()


def test_the_whole_measurement_on_a_small_region(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("WORKERS", 2_000), ("PURSES", 40), ("VILLAGES", 10)):
        monkeypatch.setattr(programmes, name, value)
    found = programmes._measured()
    assert found.plan.worker_months <= found.bound
    assert found.seconds > 0
