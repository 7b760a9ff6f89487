"""Scenario files: what they may leave out, and what is refused with field and value."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from salawaku.law import Payer, Sector
from salawaku.simulation.scheme import Scenario, ScenarioError, assumptions, read_scenario, scenario_of, simulate
from salawaku.simulation.scheme.scenario import Campaign, Denominator, Group, Quota, Rates, Source, Sponsors
from tests.simulation.scheme.small import city, scenario

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "ambon-2026.yaml"
GROUP = {"id": "a", "workers": 10}


def test_the_example_of_the_documents_is_read() -> None:
    found = read_scenario(EXAMPLE)
    assert (found.start, found.months, found.denominator) == (date(2026, 1, 1), 24, 62_500)
    assert sum(group.workers for group in found.population) == 70_000
    assert sum(group.covered for group in found.population) == 25_000
    assert found.sources[0].first_month == {2026: 1, 2027: 4}
    assert found.targets[0].share == Fraction(4, 5)


def test_what_may_be_left_out() -> None:
    found = scenario(population=[GROUP], sources=[{"id": "s", "kind": "apbd", "budget": {"2026": 5}}])
    group, source = found.population[0], found.sources[0]
    assert (group.covered, group.age, group.sex, group.sector) == (0, None, "", Sector.OTHER)
    assert (group.decile, group.village_kind, group.risk, group.covered_months) == (0, "", 0, 12)
    assert (source.budget, source.first_month, source.last_month) == ({2026: 5}, {2026: 1}, {2026: 12})
    assert (source.min_months, source.dropout_per_month, source.eligible) == (1, 0, ())


def test_a_month_may_be_written_as_a_day() -> None:
    assert scenario(start=date(2026, 3, 15)).start == date(2026, 3, 1)


def test_a_law_under_which_labour_intensive_work_costs_something_else_is_refused() -> None:
    """Purses know two prices; such a relief would need a third."""
    applies = {"segments": ["BPU"], "sectors": ["other"], "programs": ["JKK", "JKM"]}
    relief = {"parameter": "relief.pp50_2025", "case": "other", "from": "2026-04-01", "to": "2026-12-31",
              "value": "50%", "applies": applies}  # fmt: skip
    for sector, faulty in (("other", False), ("labour_intensive", True)):
        found = scenario(population=[GROUP | {"sector": sector}], sources=[city(1, kind="foster")], overlays=[relief])
        if not faulty:
            assert simulate(found)["totals"]["worker_months"] > 0
            continue
        with pytest.raises(ScenarioError) as refused:
            simulate(found)
        assert refused.value.field == "overlays"


def test_months_of_a_purse_are_numbers_or_months_for_one_year_or_all() -> None:
    for written in ({2026: 4}, {"2026": "2026-04"}, 4):
        assert scenario(sources=[city(1, first_month=written)]).sources[0].first_month == {2026: 4}


def test_the_kinds_of_purses_of_programmes_pay_as_they_do_there() -> None:
    wanted = {
        "apbd_city": Payer.APBD,
        "dbh": Payer.APBD,
        "faith": Payer.CSR,
        "village_allocation": Payer.VILLAGE_FUND,
    }
    for kind, payer in wanted.items():
        assert scenario(sources=[city(1, kind=kind)]).sources[0].payer is payer


@pytest.mark.parametrize(
    ("eligible", "group", "holds"),
    [
        ({}, {}, True),
        ({"sector": "transport"}, {"sector": "transport"}, True),
        ({"sector": ["transport", "labour_intensive"]}, {}, False),
        ({"decile": [1, 2]}, {"decile": 2}, True),
        ({"decile": {"max": 4}}, {"decile": 5}, False),
        ({"decile_max": 4}, {"decile": 4}, True),
        ({"decile_max": 4}, {}, False),
        ({"age": {"min": 40, "max": 50}}, {"age": 50}, True),
        ({"age_min": 40}, {"age": 39}, False),
        ({"risk": {"min": 3}}, {"risk": "tinggi"}, True),
        ({"sex": "P"}, {"sex": "F"}, True),
        ({"id": ["a", "b"]}, {}, True),
        ({"village_kind": "negeri", "sex": "M"}, {"village_kind": "negeri", "sex": "F"}, False),
    ],
)
def test_whom_a_purse_may_pay_for(eligible: dict[str, Any], group: dict[str, Any], *, holds: bool) -> None:
    found = scenario(population=[GROUP | group], sources=[city(1, eligible=eligible)])
    assert found.sources[0].may_pay_for(found.population[0]) is holds


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"start": "2026-13"}, "start"),
        ({"start": 2026}, "start"),
        ({"months": 0}, "months"),
        ({"months": True}, "months"),
        ({"denominator": 0}, "denominator"),
        ({"denominator": 1.5}, "denominator"),
        ({"population": []}, "population"),
        ({"population": 7}, "population"),
        ({"population": [7]}, "population[0]"),
        ({"population": [GROUP, GROUP]}, "population"),
        ({"population": [GROUP | {"covered": 11}]}, "population[0].covered"),
        ({"population": [GROUP | {"workers": -1}]}, "population[0].workers"),
        ({"population": [GROUP | {"sex": "X"}]}, "population[0].sex"),
        ({"population": [GROUP | {"sector": "sea"}]}, "population[0].sector"),
        ({"population": [GROUP | {"decile": 11}]}, "population[0].decile"),
        ({"population": [GROUP | {"risk": "deadly"}]}, "population[0].risk"),
        ({"population": [GROUP | {"village_kind": "kota"}]}, "population[0].village_kind"),
        ({"population": [GROUP | {"colour": "red"}]}, "population[0].colour"),
        ({"population": [{"workers": 3}]}, "population[0].id"),
        ({"sources": [city(1), city(1)]}, "sources"),
        ({"sources": [city(1, kind="gold")]}, "sources[0].kind"),
        ({"sources": [city(1, budget=None)]}, "sources[0].budget"),
        ({"sources": [city(1, budget=5)]}, "sources[0].budget"),
        ({"sources": [city(1, budget={2026: -1})]}, "sources[0].budget.2026"),
        ({"sources": [city(1, budget={2026: 1.5})]}, "sources[0].budget.2026"),
        ({"sources": [city(1, budget={"soon": 1})]}, "sources[0].budget (year)"),
        ({"sources": [city(1, first_month={2026: 13})]}, "sources[0].first_month.2026"),
        ({"sources": [city(1, first_month={2026: "2027-01"})]}, "sources[0].first_month.2026"),
        ({"sources": [city(1, first=4, last_month={2026: 3})]}, "sources[0].last_month.2026"),
        ({"sources": [city(1, min_months=13)]}, "sources[0].min_months"),
        ({"sources": [city(1, dropout_per_month=1.5)]}, "sources[0].dropout_per_month"),
        ({"sources": [city(1, dropout_per_month="some")]}, "sources[0].dropout_per_month"),
        ({"sources": [city(1, dropout_per_month=float("nan"))]}, "sources[0].dropout_per_month"),
        ({"sources": [city(1, eligible={"shoe": 43})]}, "sources[0].eligible.shoe"),
        ({"sources": [city(1, eligible={"decile": []})]}, "sources[0].eligible.decile"),
        ({"sources": [city(1, eligible={"decile": {"below": 3}})]}, "sources[0].eligible.decile.below"),
        ({"sources": [city(1, eligible={"sector": "sea"})]}, "sources[0].eligible.sector"),
        ({"rates": {"death_per_1000": -1}}, "rates.death_per_1000"),
        ({"rates": {"death_per_1000": {"nobody": 1}}}, "rates.death_per_1000"),
        ({"rates": {"birth_per_1000": 1}}, "rates.birth_per_1000"),
        ({"targets": [{"month": "2026-12"}]}, "targets[0].share"),
        ({"targets": [{"month": "2026-12", "share": 80}]}, "targets[0].share"),
        ({"seed": -1}, "seed"),
        ({"runs": 10**9}, "runs"),
        ({"weather": "fair"}, "weather"),
        ({"population": [GROUP | {"joining_per_month": -1}]}, "population[0].joining_per_month"),
        ({"population": [GROUP | {"village": True}]}, "population[0].village"),
        ({"sources": [city(1, quota=-1)]}, "sources[0].quota"),
        ({"sources": [city(1, sponsors=3)]}, "sources[0].sponsors"),
        ({"sources": [city(1, sponsors={"workers_each": 0})]}, "sources[0].sponsors.workers_each"),
        ({"sources": [city(1, sponsors={"leaving": 0})]}, "sources[0].sponsors.leaving"),
        ({"rates": {"wage_per_1000": 1001}}, "rates.wage_per_1000"),
        ({"denominators": [{"id": "BPS", "workers": 0}]}, "denominators[0].workers"),
        ({"denominators": [{"id": "BPS", "workers": 1}] * 2}, "denominators"),
        ({"denominators": [{"id": "BPS", "workers": 1, "year": 2024}]}, "denominators[0].year"),
        ({"campaigns": [{"workers": 5}]}, "campaigns[0].month"),
        ({"campaigns": [{"month": "2026-02", "workers": -5}]}, "campaigns[0].workers"),
        ({"campaigns": [{"month": "2026-02", "workers": 5, "eligible": {"id": "x"}}]}, "campaigns[0].eligible"),
        ({"campaigns": [{"month": "2026-02", "workers": 5, "where": "x"}]}, "campaigns[0].where"),
        ({"quotas": [{"eligible": {}}]}, "quotas[0].workers"),
        ({"quotas": [{"workers": 3, "village": "x"}]}, "quotas[0].village"),
        ({"quotas": 5}, "quotas"),
        ({"priority": ["beauty"]}, "priority"),
        ({"priority": ["risk", "risk"]}, "priority"),
        ({"priority": [["risk"]]}, "priority"),
        ({"overlays": "cheap"}, "overlays"),
        ({"overlays": [{"parameter": "no.such", "from": date(2026, 1, 1), "value": 1}]}, "overlays"),
        ({"overlays": [{"parameter": "bpu.jkm.flat", "from": date(2026, 1, 1), "value": "1%"}]}, "overlays"),
        ({"overlays": [{"parameter": "bpu.jkm.flat"}]}, "overlays"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        scenario(**changes)
    assert refused.value.field == field
    assert str(refused.value).startswith(f"{field} is ")


def test_a_scenario_is_a_mapping_in_a_yaml_file(tmp_path: Path) -> None:
    for text in ("[1, 2", "- 1", "just words", "", "\x00"):
        path = tmp_path / "faulty.yaml"
        path.write_text(text)
        with pytest.raises(ScenarioError):
            read_scenario(path)
    with pytest.raises(FileNotFoundError):
        read_scenario(tmp_path / "missing.yaml")


def test_rates_are_one_number_for_all_or_one_for_each_group_named() -> None:
    rates = {"death_per_1000": {"a": 7}, "accident_per_1000": 2}
    found = scenario_of(
        {"name": "x", "start": "2026-01", "months": 1, "denominator": 9, "population": [GROUP], "rates": rates}
    )
    assert found.rates.death_per_1000 == {"a": 7.0}
    assert found.rates.accident_per_1000 == 2


def test_every_assumption_is_told_with_its_basis_and_every_field_of_a_scenario_is_explained() -> None:
    page = (EXAMPLE.parents[1] / "reference" / "simulation.md").read_text()
    rows = page.split("## What is taken for granted")[1].splitlines()
    for name, said in assumptions().items():
        assert [row.endswith(f"| {said['basis']} |") for row in rows if row.startswith(f"| `{name}` | ")] == [True]
    for kind in (Scenario, Group, Source, Rates, Sponsors, Campaign, Quota, Denominator):
        missing = [field.name for field in fields(kind) if f"`{field.name}`" not in page]
        assert [name for name in missing if name not in {"law", "payer"}] == []
