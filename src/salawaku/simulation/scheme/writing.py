"""Writing a scenario back: as the mapping that reads as the same scenario, and as a file that an official reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Context, Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import yaml

from salawaku.law import Change, Confidence
from salawaku.simulation.scheme.assumptions import assumed
from salawaku.simulation.scheme.scenario import Condition, Group, Rates, Scenario, Source, Target

DUMPER: Any = type("ScenarioDumper", (getattr(yaml, "CSafeDumper", yaml.SafeDumper),), {})
BREAKS = "\n\r\x85\u2028\u2029"
WIDEST = 10**6  # one line, however long
EXACT = Context(prec=10_000)
IN_BLOCKS = ("sources", "rates")  # one field a line; groups, targets and changes are one line each


def document_of(scenario: Scenario) -> dict[str, Any]:
    """The mapping of a scenario, plain enough for YAML and JSON; what is at its default is left out.

    `scenario_of(document_of(scenario)) == scenario` for whatever was read, with the same `law.hash`.
    """
    return _without_nothing(
        {
            "name": scenario.name,
            "start": _month(scenario.start),
            "months": scenario.months,
            "denominator": scenario.denominator,
            "population": [_group(group) for group in scenario.population],
            "sources": [_source(source) for source in scenario.sources],
            "rates": _rates(scenario.rates),
            "targets": [_target(target) for target in scenario.targets],
            "denominators": [_said(one) for one in scenario.denominators],
            "campaigns": [_said(one) for one in scenario.campaigns],
            "quotas": [_said(one) for one in scenario.quotas],
            "priority": _unless(scenario.priority, Scenario, "priority"),
            "overlays": [_change(change, scenario.name) for change in scenario.overlays],
            "law_hash": scenario.law_hash,
            "seed": _unless(scenario.seed, Scenario, "seed"),
            "runs": _unless(scenario.runs, Scenario, "runs"),
        }
    )


def yaml_of(scenario: Scenario, *, comment: str = "", keep_law: bool = False) -> str:
    """The file of a scenario, `comment` above it. With `keep_law` it says under which law it is kept, so that
    the answer can tell later whether the law has changed since."""
    document = document_of(scenario)
    if keep_law:
        document["law_hash"] = scenario.law.hash
    lines = ["# " + "".join(filter(str.isprintable, line)) for line in comment.splitlines()]
    for key, value in document.items():
        lines += _lines(key, value)
    return "\n".join(lines) + "\n"


def _lines(key: str, value: Any) -> list[str]:
    if isinstance(value, Mapping) and key in IN_BLOCKS:
        return [f"{key}:", *(f"  {_field(*one)}" for one in value.items())]
    if not isinstance(value, list) or not value or not isinstance(value[0], Mapping):
        return [_field(key, value)]
    if key in IN_BLOCKS:
        blocks = [[_field(*one) for one in entry.items()] for entry in value]
        return [
            f"{key}:",
            *(f"  {'- ' if at == 0 else '  '}{one}" for block in blocks for at, one in enumerate(block)),
        ]
    return [f"{key}:", *(f"  - {_flow(one)}" for one in value)]


def _field(key: str, value: Any) -> str:
    return _flow({key: value})[1:-1]


def _flow(value: Any) -> str:
    written: str = yaml.dump(
        value, Dumper=DUMPER, default_flow_style=True, width=WIDEST, allow_unicode=True, sort_keys=False
    )
    return written.strip()


def _text(dumper: Any, text: str) -> Any:
    """Line breaks within quotes, so that a text stays on its line."""
    style = '"' if any(one in text for one in BREAKS) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


DUMPER.add_representer(str, _text)


def _without_nothing(said: dict[str, Any]) -> dict[str, Any]:
    """What says something."""
    return {key: _plain(value) for key, value in said.items() if value is not None and value not in ([], {})}


def _unless(value: Any, kind: type, name: str) -> Any:
    """The value unless it is the usual one."""
    usual = next(field.default for field in fields(kind) if field.name == name)
    return None if value == usual else value


def _said(one: Any) -> dict[str, Any]:
    """The fields of a small part that say something."""
    said = {field.name: _unless(getattr(one, field.name), type(one), field.name) for field in fields(one)}
    if said.get("eligible"):
        said["eligible"] = conditions_document(one.eligible)
    if said.get("month"):
        said["month"] = _month(one.month)
    return _without_nothing(said)


def _group(group: Group) -> dict[str, Any]:
    said = {"id": group.id, "workers": group.workers}
    if group.covered:
        said["covered"] = group.covered
    names = [field.name for field in fields(Group)][4:]
    said |= {name: _unless(getattr(group, name), Group, name) for name in names}
    if group.covered_months != assumed("covered_months"):
        said["covered_months"] = group.covered_months
    return _without_nothing(said)


def _source(source: Source) -> dict[str, Any]:
    return {"id": source.id, "kind": source.kind, "budget": dict(source.budget)} | _without_nothing(
        {
            "first_month": {year: month for year, month in source.first_month.items() if month != 1},
            "last_month": {year: month for year, month in source.last_month.items() if month != 12},
            "min_months": _unless(source.min_months, Source, "min_months"),
            "dropout_per_month": _unless(source.dropout_per_month, Source, "dropout_per_month"),
            "eligible": conditions_document(source.eligible),
            "quota": source.quota,
            "sponsors": _said(source.sponsors) if source.sponsors else None,
        }
    )


def conditions_document(conditions: Iterable[Condition]) -> dict[str, Any]:
    """Conditions as `eligible` names them: the first of a field by its name, further bounds as `_min` and `_max`."""
    said: dict[str, Any] = {}
    for one in conditions:
        bounds = {end: value for end, value in (("min", one.least), ("max", one.most)) if value is not None}
        if one.values:
            values = sorted(map(_plain, one.values), key=str)
            said[one.field] = values[0] if len(values) == 1 else values
        elif one.field not in said:
            said[one.field] = bounds
        else:
            said |= {f"{one.field}_{end}": value for end, value in bounds.items()}
    return said


def _rates(rates: Rates) -> dict[str, Any]:
    given = {name: getattr(rates, name) for name in ("death_per_1000", "accident_per_1000")}
    given["wage_per_1000"] = rates.wage_per_1000 or None
    said = {
        name: {group: _number(one) for group, one in rate.items()} if isinstance(rate, dict) else _number(rate)
        for name, rate in given.items()
        if rate is not None
    }
    return said if rates.accident_cost == assumed("accident_cost") else said | {"accident_cost": rates.accident_cost}


def _target(target: Target) -> dict[str, Any]:
    return {"month": _month(target.month), "share": _percent(target.share)}


def _change(change: Change, name: str) -> dict[str, Any]:
    """A change as `overlays` names it; days are texts, so that JSON can hold them."""
    value = change.value
    said = {"parameter": change.parameter, "from": _plain(value.begin), "to": _plain(value.end)}
    said["value"] = _plain(value.value)
    more = {"case": value.case, "applies": _plain(value.applies), "conditions": _plain(value.conditions)}
    more |= {"note": _plain(value.note), "contested": _plain(value.contested), "sources": list(value.sources)}
    more["decree"] = None if value.article == name else value.article
    more["checked"] = None if value.checked == value.begin else _plain(value.checked)
    more["confidence"] = None if value.confidence is Confidence.DECREE else value.confidence.value
    return said | {key: one for key, one in more.items() if one}


def _plain(value: Any) -> Any:
    """A value of the law or of a scenario as YAML and JSON write it."""
    if isinstance(value, Mapping) or hasattr(value, "_asdict"):
        return {key: _plain(one) for key, one in dict(getattr(value, "_asdict", lambda: value)()).items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return next((write(value) for kind, write in WRITTEN.items() if isinstance(value, kind)), value)


def _percent(share: Fraction) -> str:
    """80% for 4/5: every share was read from a decimal number, so that this is exact."""
    hundredfold = share * 100
    return f"{EXACT.divide(Decimal(hundredfold.numerator), Decimal(hundredfold.denominator)):f}%"


def _number(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def _month(month: date) -> str:
    return f"{month:%Y-%m}"


WRITTEN: dict[type, Callable[[Any], Any]] = {
    Enum: lambda value: value.value,
    date: date.isoformat,
    Fraction: _percent,
    float: _number,
}
