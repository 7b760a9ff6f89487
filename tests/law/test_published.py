"""Every published figure comes out of `evaluate`."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from salawaku import law

PUBLISHED = yaml.safe_load(Path(__file__).with_name("data").joinpath("published.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("published", PUBLISHED, ids=lambda entry: entry["id"])
def test_the_figure_comes_out(published: dict[str, Any]) -> None:
    (answer,) = law.evaluate([{"id": published["id"], **published["case"]}])
    by_name: dict[str, int] = defaultdict(int)
    for line in answer["lines"]:
        by_name[line["program"]] += line["amount"]
        by_name[line.get("item", "")] += line["amount"]
    assert answer["total"] == published["total"] == sum(line["amount"] for line in answer["lines"])
    assert {name: by_name[name] for name in published.get("lines", {})} == published.get("lines", {})
    assert answer["total"] * published.get("times", 1) == published.get("published_total", answer["total"])


def test_all_of_them_are_asked() -> None:
    assert {entry["id"] for entry in PUBLISHED} >= {
        "G01", "G02", "G03", "G04", "G06", "G08", "G09", "G10", "G12", "G13", "G14", "G15", "G16", "G19", "G21",
        "D02",
    }  # fmt: skip


def test_who_pays_what_of_a_wage() -> None:
    (answer,) = law.evaluate([next(entry["case"] for entry in PUBLISHED if entry["id"] == "G19")])
    assert [(line["program"], line["share"], line["amount"]) for line in answer["lines"]] == [
        ("JKK", "employer", 24_000),
        ("JKM", "employer", 30_000),
        ("JHT", "employer", 370_000),
        ("JHT", "worker", 200_000),
        ("JP", "employer", 200_000),
        ("JP", "worker", 100_000),
    ]
