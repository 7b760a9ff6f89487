"""Reading a scenario file: what is missing, unknown or impossible is told with field and value."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from salawaku.law import Change, Payer, Register, Sector, law_now
from salawaku.law.force import overlaid
from salawaku.law.reading import FaultyFileError, changes_of
from salawaku.simulation.scheme.assumptions import assumed
from salawaku.simulation.scheme.conditions import RISKS, SECTORS, SEXES, VILLAGES, conditions
from salawaku.simulation.scheme.fields import MOST_WORKERS, Fields, exact, month, number, once, refuse, whole
from salawaku.simulation.scheme.levers import campaigns, denominators, priority, quotas, sponsors
from salawaku.simulation.scheme.scenario import USUAL_RUNS, Group, Rates, Scenario, ScenarioError, Source, Target

MOST_MONTHS, MOST_RUNS, MOST_MONEY = 600, 100_000, 10**15
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
IN_FULL = ("apbd_city", "apbd_province", "dbh", "otsus", "other")  # the kinds of purses of programmes
KINDS = {payer.value: payer for payer in Payer} | dict.fromkeys(IN_FULL, Payer.APBD) | {
    "village_allocation": Payer.VILLAGE_FUND,
    "village_apparatus": Payer.VILLAGE_FUND,
    "bank": Payer.CSR,
    "faith": Payer.CSR,
    "individual": Payer.FOSTER,
}  # fmt: skip


def read_scenario(path: Path) -> Scenario:
    """The scenario of a YAML (or JSON) file. ScenarioError says what cannot be taken; OSError as usual."""
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), LOADER)  # noqa: S506  # the safe loader, in C
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as fault:
        raise ScenarioError(str(path), "not YAML", str(fault)) from None
    return scenario_of(raw)


def scenario_of(raw: Any) -> Scenario:
    """The scenario that a mapping says, under the law now in force and its own overlays."""
    given = Fields(raw, "")
    name, start = given.text("name"), month(given.name("start"), given.get("start"))
    overlays = _overlays(given.get("overlays", []), name)
    population = tuple(_group(one, f"population[{at}]") for at, one in enumerate(given.many("population")))
    sources = tuple(_source(one, f"sources[{at}]") for at, one in enumerate(given.many("sources", [])))
    once("population", [group.id for group in population])
    once("sources", [source.id for source in sources])
    if not population:
        refuse("population", [], "at least one group is wanted")
    found = Scenario(
        name=name,
        start=start,
        months=given.whole("months", 1, MOST_MONTHS),
        denominator=given.whole("denominator", 1, MOST_WORKERS),
        population=population,
        sources=sources,
        rates=_rates(given.get("rates", {}), {group.id for group in population}),
        targets=tuple(_target(one, f"targets[{at}]") for at, one in enumerate(given.many("targets", []))),
        denominators=denominators(given),
        campaigns=campaigns(given, population),
        quotas=quotas(given),
        priority=priority(given),
        seed=given.whole("seed", 0, 2**63 - 1, 1),
        runs=given.whole("runs", 0, MOST_RUNS, USUAL_RUNS),
        overlays=overlays,
        law=_overlaid(overlays),
        law_hash=given.text("law_hash") if given.has("law_hash") else None,
    )
    given.end()
    return found


def _group(raw: Any, where: str) -> Group:
    given = Fields(raw, where)
    workers = given.whole("workers", 0, MOST_WORKERS)
    found = Group(
        id=given.text("id"),
        workers=workers,
        covered=given.whole("covered", 0, workers, 0),
        age=given.whole("age", 0, 120) if given.has("age") else None,
        sex=given.one_of("sex", SEXES, ""),
        sector=given.one_of("sector", SECTORS, Sector.OTHER),
        decile=given.whole("decile", 0, 10, 0),
        village_kind=given.one_of("village_kind", VILLAGES, ""),
        risk=given.one_of("risk", RISKS, 0),
        village=given.text("village", ""),
        occupation=given.text("occupation", ""),
        joining_per_month=given.number("joining_per_month", 0, MOST_WORKERS, 0),
        covered_months=given.whole("covered_months", 1, MOST_MONTHS, assumed("covered_months")),
    )
    given.end()
    return found


def _source(raw: Any, where: str) -> Source:
    given = Fields(raw, where)
    budget = _by_year(given, "budget")
    first, last = _months_by_year(given, "first_month", budget, 1), _months_by_year(given, "last_month", budget, 12)
    for year in budget:
        if last[year] < first[year]:
            refuse(given.name(f"last_month.{year}"), last[year], "a month not before the first month is wanted")
    kind = given.text("kind")
    found = Source(
        id=given.text("id"),
        kind=kind,
        payer=given.one_of("kind", KINDS),
        budget=budget,
        first_month=first,
        last_month=last,
        min_months=given.whole("min_months", 0, 12, 1),
        dropout_per_month=given.number("dropout_per_month", 0, 1, 0),
        eligible=conditions(given.get("eligible", {}), given.name("eligible")),
        quota=given.whole("quota", 0, MOST_WORKERS) if given.has("quota") else None,
        sponsors=sponsors(given.get("sponsors"), given.name("sponsors")) if given.has("sponsors") else None,
    )
    given.end()
    return found


def _by_year(given: Fields, key: str) -> dict[int, int]:
    """Rupiah by year."""
    years = given.get(key)
    Fields(years, given.name(key))
    return {
        _year(written, given.name(key)): whole(f"{given.name(key)}.{written}", money, 0, MOST_MONEY)
        for written, money in years.items()
    }


def _months_by_year(given: Fields, key: str, budget: dict[int, int], usual: int) -> dict[int, int]:
    """A month for each year of the budget: 1 to 12 or 2026-04, by year or one for all; the usual one unless said."""
    value = given.get(key, {})
    if not isinstance(value, dict):
        return dict.fromkeys(budget, whole(given.name(key), value, 1, 12))
    said: dict[int, int] = {}
    for written, named in value.items():
        field, year = f"{given.name(key)}.{written}", _year(written, given.name(key))
        if isinstance(named, int):
            said[year] = whole(field, named, 1, 12)
            continue
        found = month(field, named)
        said[year] = found.month if found.year == year else refuse(field, named, f"a month of {year} is wanted")
    return {year: said.get(year, usual) for year in budget}


def _year(written: Any, where: str) -> int:
    number = int(written) if isinstance(written, str) and written.isdecimal() else written
    return whole(f"{where} (year)", number, 1, 9998)


def _rates(raw: Any, groups: set[str]) -> Rates:
    given = Fields(raw, "rates")
    deaths, accidents = (_rate(given, key, groups) for key in ("death_per_1000", "accident_per_1000"))
    cost = given.whole("accident_cost", 0, MOST_MONEY, assumed("accident_cost"))
    wage = _rate(given, "wage_per_1000", groups) or 0
    given.end()
    return Rates(deaths, accidents, cost, wage)


def _rate(given: Fields, key: str, groups: set[str]) -> float | dict[str, float] | None:
    """One number for all, or one for each group that is named."""
    if not given.has(key):
        return None
    value = given.get(key)
    if not isinstance(value, dict):
        return given.number(key, 0, 1000)
    if unknown := sorted(str(one) for one in value if str(one) not in groups):
        refuse(given.name(key), unknown[0], "the id of a group is wanted")
    return {str(one): number(f"{given.name(key)}.{one}", rate, 0, 1000) for one, rate in value.items()}


def _target(raw: Any, where: str) -> Target:
    given = Fields(raw, where)
    by, share = month(given.name("month"), given.get("month")), given.get("share")
    given.end()
    return Target(by, exact(given.name("share"), share, 0, 5))


def _overlays(raw: Any, name: str) -> tuple[Change, ...]:
    """What if the law were another: changes as in a decree file, by leave of the scenario."""
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        refuse("overlays", raw, "a list of changes is wanted, each with parameter, from, to and value")
    try:
        return tuple(changes_of([{"decree": name, **one, **_days(one)} for one in raw], Path("overlays")))
    except FaultyFileError as fault:
        raise ScenarioError("overlays", raw, str(fault)) from None


def _days(change: dict[str, Any]) -> dict[str, Any]:
    """The days of a change that are written as texts, as in JSON."""
    try:
        return {
            key: date.fromisoformat(change[key])
            for key in ("from", "to", "checked")
            if isinstance(change.get(key), str)
        }
    except ValueError as fault:
        raise ScenarioError("overlays", change, str(fault)) from None


def _overlaid(overlays: tuple[Change, ...]) -> Register:
    try:
        return overlaid(law_now(), list(overlays)) if overlays else law_now()
    except FaultyFileError as fault:
        raise ScenarioError("overlays", [change.parameter for change in overlays], str(fault)) from None
