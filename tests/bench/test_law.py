"""The measurements of the law: the limit obeys the same rules, and a missing comparison is no failure."""

from __future__ import annotations

import subprocess
from itertools import product

import numpy as np
import pytest

from salawaku import law
from salawaku.bench import law_by_hand, openfisca
from salawaku.bench.measure import apart, best_of_both, peak_memory_mb

EDGES = [0, *(int(income) + step for income in law_by_hand.BEGINS for step in (-1_000, -1, 0)), 10**9]


def test_the_hand_written_rules_are_the_law() -> None:
    cases = product(range(2019 * 12, 2029 * 12), EDGES[::9], range(len(law.Sector)), range(len(law.Payer)))
    months, incomes, sectors, payers = np.array(list(cases)).T
    ours = law.contributions(months, incomes, sector=sectors, payer=payers).total
    assert np.array_equal(ours, law_by_hand.totals(months, incomes, sectors, payers))


def test_the_hand_written_bands_are_those_of_the_law() -> None:
    months, incomes, nobody = np.full(len(EDGES), 2025 * 12), np.array(EDGES), np.zeros(len(EDGES), np.int64)
    ours = law.contributions(months, incomes, payer=nobody).total
    assert np.array_equal(ours, law_by_hand.totals(months, incomes, nobody, nobody))


def test_a_fresh_process_does_not_count_the_memory_of_its_parent() -> None:
    much = bytearray(b"x") * (200 << 20)
    assert apart(peak_memory_mb) < 200 <= peak_memory_mb()
    assert much


def test_ours_and_the_limit_take_turns() -> None:
    order: list[str] = []

    ours, limit = best_of_both(lambda: order.append("ours"), lambda: order.append("limit"), runs=2)
    assert order == ["ours", "limit", "ours", "limit"]
    assert min(ours, limit) >= 0


def test_openfisca_is_left_out_where_it_cannot_be_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_line(*_: object, **__: object) -> str:
        raise subprocess.CalledProcessError(1, "pip", stderr="Retrying\nERROR: no line\n")

    monkeypatch.setattr(openfisca, "_output", no_line)
    assert openfisca.seconds_of_income_tax(10) is None
    assert capsys.readouterr().err == "The comparison with OpenFisca was left out: ERROR: no line\n"
