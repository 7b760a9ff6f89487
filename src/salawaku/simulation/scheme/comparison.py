"""Scenarios side by side: lines over the same months, and what differs from the first, in the answer and in what
was asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salawaku.simulation.scheme.answers import plain
from salawaku.simulation.scheme.fields import refuse
from salawaku.simulation.scheme.inputs import differing
from salawaku.simulation.scheme.scenario import Scenario

MOST = 6
SUMS = (
    "covered_at_end",
    "worker_months",
    "cost",
    "unspent",
    "lapsed",
    "deaths_uncovered",
    "reduced_benefit_families",
    "benefits",
)

Answer = dict[str, Any]


def compare(answers: Sequence[Answer], scenarios: Sequence[Scenario] = ()) -> dict[str, Any]:
    """One to six answers side by side; ScenarioError for more. With their scenarios, in the same order, inputs too.

    `months` are the calendar months of all; `lines` have `name`, `covered` and `share` in these months, None where an
    answer has no such month. `differences` stand for each but the first: `name`, `against` (the first's name), `sums`
    with `first`, `this` and `difference` of SUMS (covered at the end is that of each one's own last month; benefits
    are the mean), and `inputs` that differ. `targets` are those of all: `share`, `month`, and for each answer in
    which month the share was first `reached` on its own denominator, None where it never is.
    """
    if not 0 < len(answers) <= MOST:
        refuse("scenarios", len(answers), f"from 1 to {MOST} are wanted")
    if scenarios and len(scenarios) != len(answers):
        refuse("scenarios", len(scenarios), "as many as there are answers are wanted")
    months = sorted({row["month"] for answer in answers for row in answer["months"]})
    return {
        "months": months,
        "lines": [_line(answer, months) for answer in answers],
        "targets": _targets(answers),
        "differences": [
            {
                "name": answer["name"],
                "against": answers[0]["name"],
                "sums": _sums(answers[0], answer),
                "inputs": differing(scenarios[0], scenarios[at]) if scenarios else [],
            }
            for at, answer in enumerate(answers)
            if at
        ],
    }


def _line(answer: Answer, months: list[str]) -> dict[str, Any]:
    rows = {row["month"]: row for row in answer["months"]}
    line = {name: [rows[month][name] if month in rows else None for month in months] for name in ("covered", "share")}
    return {"name": answer["name"]} | line


def _sums(first: Answer, this: Answer) -> dict[str, dict[str, int | float]]:
    before, after = (one["totals"] | {"benefits": one["totals"]["benefits"]["mean"]} for one in (first, this))
    return {
        name: {"first": before[name], "this": after[name], "difference": plain(after[name] - before[name])}
        for name in SUMS
    }


def _targets(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    asked = sorted({(target["month"], target["share"]) for answer in answers for target in answer["targets"]})
    return [
        {"month": month, "share": share, "reached": [_reached(answer, share) for answer in answers]}
        for month, share in asked
    ]


def _reached(answer: Answer, share: float) -> str | None:
    """Asked in shares as they are told: the same division, so that a share that is just reached counts."""
    return next((row["month"] for row in answer["months"] if row["share"] >= share), None)
