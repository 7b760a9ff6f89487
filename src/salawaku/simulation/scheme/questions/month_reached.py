"""When is a target reached, and what is missing until then?"""

from __future__ import annotations

from typing import Any

from salawaku.simulation.scheme.contribution import contribution_of
from salawaku.simulation.scheme.questions.told import told
from salawaku.simulation.scheme.scenario import Scenario, Target


def month_reached(scenario: Scenario) -> dict[str, Any]:
    """For each target of the scenario: `reached` and `on_time` as the answer tells them, and what is missing.

    `missing` workers in the target's month (None when the scenario ends before it or begins after it), and
    `rupiah_a_month` for these at the contribution of the law for that month, before any relief. `most` is how many
    are covered at best, in the month `most_in`.
    """
    answer = told(scenario)
    return {"targets": [_of(scenario, answer, target, row) for target, row in
                        zip(scenario.targets, answer["targets"], strict=True)]}  # fmt: skip


def _of(scenario: Scenario, answer: dict[str, Any], target: Target, row: dict[str, Any]) -> dict[str, Any]:
    covered = {month["month"]: month["covered"] for month in answer["months"]}
    best = max(covered, key=lambda month: covered[month])
    there = covered.get(row["month"])
    missing = None if there is None else max(0, row["workers"] - there)
    return row | {
        "covered": there,
        "missing": missing,
        "rupiah_a_month": missing and missing * contribution_of(scenario.law, target.month),
        "most": covered[best],
        "most_in": best,
    }
