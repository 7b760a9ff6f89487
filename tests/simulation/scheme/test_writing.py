"""Scenarios written back: they read as the same scenario, in a file that an official reads."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from salawaku.simulation.scheme import Scenario, ScenarioError, document_of, read_scenario, scenario_of, yaml_of
from salawaku.simulation.scheme.writing import _plain
from tests.simulation.scheme.small import city, scenario, scenarios

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "ambon-2026.yaml"
BOUNDS = st.fixed_dictionaries({}, optional={"min": st.integers(0, 4), "max": st.integers(0, 4)})
ELIGIBLE = st.fixed_dictionaries(
    {},
    optional={
        "id": st.lists(st.text(min_size=1), min_size=1, max_size=3),
        "village": st.text(min_size=1),
        "occupation": st.just("nelayan"),
        "sex": st.sampled_from(["L", ["L", "F"]]),
        "sector": st.sampled_from(["transport", ["other", "labour_intensive"]]),
        "risk": st.sampled_from(["tinggi", 0, [1, 2]]) | BOUNDS,
        "decile": st.integers(0, 10) | BOUNDS,
        "decile_min": st.integers(0, 10),
        "decile_max": st.integers(0, 10),
        "age_max": st.integers(0, 120),
    },
)
NAMES = st.text(min_size=1).filter(lambda name: bool(name.strip()))


@given(scenarios(), ELIGIBLE, NAMES, st.decimals(0, 5, allow_nan=False, places=9), st.booleans())
@settings(deadline=None, max_examples=60)
def test_what_is_written_reads_as_the_same_scenario(
    found: Scenario, eligible: dict[str, Any], name: str, share: Any, one_rate: Any
) -> None:
    raw = document_of(found) | {"name": name, "law_hash": "abc", "seed": 7, "runs": 3}
    raw["population"] = [group | {"village": name, "occupation": "nelayan"} for group in raw["population"]]
    raw["sources"] = [*raw.get("sources", []), city(3, id="more", first=4, eligible=eligible, min_months=2)]
    raw["targets"] = [{"month": "2026-12", "share": str(share)}]
    first = raw["population"][0]["id"]
    raw["rates"] = {"death_per_1000": 1.25 if one_rate else {first: 7}, "accident_per_1000": 2, "accident_cost": 5}
    full = scenario_of(raw)
    for one in (found, full):
        assert scenario_of(document_of(one)) == one
        assert scenario_of(json.loads(json.dumps(document_of(one)))) == one
        assert scenario_of(yaml.safe_load(yaml_of(one, comment=name))) == one


CHANGES = [
    {"parameter": "bpu.jkm.flat", "from": date(2026, 1, 1), "value": 10_000},
    {"parameter": "bpu.jkm.flat", "from": "2026-01-01", "to": "2026-12-31", "value": 10_000, "decree": "Perwali 7"},
    {"parameter": "choice.jkm.months_counted", "from": None, "to": None, "value": "contributed",
     "checked": "2026-01-02", "note": {"id": "andai", "en": "what if"}},
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_overlays_are_written_back(change: dict[str, Any]) -> None:
    found = scenario(overlays=[change])
    again = scenario_of(yaml.safe_load(yaml_of(found)))
    assert again == found
    assert repr(again.overlays) == repr(found.overlays)
    assert again.law.hash == found.law.hash


def test_every_parameter_of_the_law_can_be_written_as_an_overlay() -> None:
    """Whatever form a value has, tables and shares included."""
    register = scenario().law
    for parameter in register:
        value = register[parameter].values[-1]
        raw = {"parameter": parameter, "from": "2026-03-01", "case": value.case, "value": _plain(value.value)}
        try:
            found = scenario(overlays=[raw])
        except ScenarioError:
            continue  # choices, which hold on all days
        again = scenario_of(json.loads(json.dumps(document_of(found))))
        assert repr(again.overlays) == repr(found.overlays), parameter
        assert again.law.hash == found.law.hash


def test_a_day_that_is_none_is_refused_with_its_field() -> None:
    with pytest.raises(ScenarioError) as refused:
        scenario(overlays=[{"parameter": "bpu.jkm.flat", "from": "soon", "value": 1}])
    assert refused.value.field == "overlays"


def test_the_example_is_written_with_a_group_a_line_and_the_law_it_is_kept_under(tmp_path: Path) -> None:
    found = read_scenario(EXAMPLE)
    text = yaml_of(found, comment="Untuk rapat.\n\nAngka dikarang.", keep_law=True)
    path = tmp_path / "kept.yaml"
    path.write_text(text, encoding="utf-8")
    again = read_scenario(path)
    assert again.law_hash == found.law.hash
    assert (again.population, again.sources) == (found.population, found.sources)
    lines = text.splitlines()
    assert lines[:3] == ["# Untuk rapat.", "# ", "# Angka dikarang."]
    assert (
        "  - {id: petani, workers: 8000, covered: 2500, age: 50, sex: M, decile: 1, village_kind: negeri, risk: 2}"
        in (lines)
    )
    assert "  - id: dana desa" in lines
    assert "    eligible: {decile: {max: 4}}" in lines
    assert "  - {month: 2026-12, share: 80%}" in lines
    assert "start: 2026-01" in lines


def test_what_is_usual_is_left_out() -> None:
    found = scenario(sources=[city(40)], runs=1000, rates={})
    assert document_of(found) == {
        "name": "small",
        "start": "2026-01",
        "months": 12,
        "denominator": 100,
        "population": [{"id": "all", "workers": 100}],
        "sources": [{"id": "city", "kind": "apbd", "budget": {2026: 8_064_000}}],
    }
