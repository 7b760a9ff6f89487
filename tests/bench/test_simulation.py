"""The measurement of the simulation: what it invents, and that the plain way does the same thing."""

from __future__ import annotations

import numpy as np
import pytest

from salawaku.bench import simulation
from salawaku.bench.simulation import Measured, invented, one_by_one
from salawaku.simulation import scheme


def test_the_invented_groups_are_all_the_workers_and_differ() -> None:
    found = invented(10_000, 50, 12, 1)
    assert sum(group.workers for group in found.population) == 10_000
    assert len({(group.age, group.sex, group.sector, group.decile, group.risk) for group in found.population}) > 40
    assert len(found.sources) == 3


def test_the_plain_way_and_ours_find_the_same_benefits() -> None:
    plain = one_by_one(100_000, 24, np.random.default_rng(1))
    ours = float(scheme.expected(invented(100_000, 40, 24, 1)).benefits.sum())
    assert plain == pytest.approx(ours, rel=0.1)


def test_figures_are_ours_over_the_plain_way(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([Measured(5.0, 0.1, 1_000.0, 300), 1.1])
    monkeypatch.setattr(simulation, "apart", lambda _work: next(answers))
    found = simulation.run()
    assert found["simulation.5m"].ratio == 0.005
    assert found["simulation.5m_exact"].ratio == pytest.approx(0.0001)
    assert found["simulation.growth"].ratio == 1.1


def test_the_whole_measurement_on_a_few_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("WORKERS", 20_000), ("GROUPS", 10), ("MONTHS", 12), ("RUNS", 5), ("SAMPLE", 2_000), ("SMALL", 5),
        ("LARGE", 20), ("GROWTH_RUNS", 3),
    ):  # fmt: skip
        monkeypatch.setattr(simulation, name, value)
    found = simulation._measured()
    assert found.exact > 0
    assert found.ours > found.exact
    assert found.plain > 0
    assert simulation._growth() > 0
