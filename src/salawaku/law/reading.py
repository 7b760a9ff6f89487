"""Reading the parameter files: every fault in them is an error, said with the file and the place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from salawaku.law.register import Change, Confidence, Gap, Parameter, Register, Text, Value

DATA = Path(__file__).with_name("data")
PERCENT = re.compile(r"^\d+(?:\.\d+)?%$")
PARAMETER_KEYS = {"id", "description", "unit", "formula", "note", "derived_from", "gaps", "values"}
VALUE_KEYS = {
    "from", "to", "case", "value", "applies", "conditions", "article", "sources", "confidence", "checked", "note",
    "contested",
}  # fmt: skip
WITHOUT_SOURCE = frozenset({Confidence.MEMORY, Confidence.CHOICE, Confidence.DECREE})
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class FaultyFileError(ValueError):
    """A parameter file does not say what it must, with the file and what is wrong."""


def read_register(folder: Path = DATA) -> Register:
    """All parameters below `folder`, one file each, named by its id: `bpu/jkk.rate.yaml` holds `bpu.jkk.rate`."""
    files = sorted(path for path in folder.rglob("*.yaml") if path.parent != folder)
    return Register(read_parameter(path) for path in files)


@cache
def sources() -> dict[str, dict[str, Any]]:
    """Where values were read, by id: title, url (None without a public address), kind."""
    return _beside("sources")


@cache
def units() -> dict[str, Text]:
    """What the units are called, by name."""
    return {name: _text(wording) for name, wording in _beside("units").items()}


@cache
def official_texts() -> dict[str, dict[str, Any]]:
    """The regulations whose full text nobody has compared yet: title and url."""
    return _beside("official_texts")


def _beside(name: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = _load(DATA / f"{name}.yaml")
    return found


def read_parameter(path: Path) -> Parameter:
    """The parameter of one file."""
    raw = _load(path)
    with _faults_of(path):
        _known_keys(raw, PARAMETER_KEYS)
        _must(raw["id"] == f"{path.parent.name}.{path.stem}", "the id is not that of the file's name")
        values = tuple(_value(entry) for entry in raw["values"])
        gaps = tuple(Gap(gap["from"], gap["to"], _text(gap["why"])) for gap in raw.get("gaps", ()))
        _in_order(values, gaps)
        return Parameter(
            id=raw["id"],
            description=_text(raw["description"]),
            unit=raw["unit"],
            values=values,
            gaps=gaps,
            note=_optional_text(raw.get("note")),
            formula=_optional_text(raw.get("formula")),
            derived_from=tuple(raw.get("derived_from", ())),
        )


def read_changes(path: Path) -> list[Change]:
    """The changes of an installation or a scenario: a list of `{parameter, from, to, value, decree}`.

    `case`, `applies`, `conditions` and `note` as in the law's own files. The decree is what the register then names
    as the article. FaultyFileError when one is missing.
    """
    raw = _load(path)
    with _faults_of(path):
        _must(isinstance(raw, list), "the file must hold a list of changes")
        return [_change(entry) for entry in raw]


def changes_of(raw: Any, where: Path) -> list[Change]:
    """The same from a list that stands in a larger file, such as a scenario; `where` names it in faults."""
    with _faults_of(where):
        _must(isinstance(raw, list), "a list of changes is wanted")
        return [_change(entry) for entry in raw]


def _change(raw: Mapping[str, Any]) -> Change:
    _must(bool(raw.get("decree")), "a change names the decree that says so")
    _must(isinstance(raw["decree"], str) and isinstance(raw["parameter"], str), "decree and parameter are texts")
    _must(bool(raw["from"] or raw.get("checked")), "a change without a first day says when it was checked")
    entry = {key: value for key, value in raw.items() if key not in {"parameter", "decree"}}
    defaults = {"to": None, "article": raw["decree"], "sources": [], "confidence": "decree"}
    return Change(raw["parameter"], _value({**defaults, "checked": raw["from"], **entry}))


def _value(raw: Mapping[str, Any]) -> Value:
    _known_keys(raw, VALUE_KEYS)
    confidence = Confidence(raw["confidence"])
    sources = tuple(raw["sources"])
    _must(bool(sources) or confidence in WITHOUT_SOURCE, "a value has a source, or says that it is from memory")
    begin, end = raw["from"], raw["to"]
    _must(begin is None or end is None or begin <= end, "a value ends before it begins")
    return Value(
        begin=_day(begin),
        end=_day(end),
        value=_plain(raw["value"]),
        article=raw["article"],
        sources=sources,
        confidence=confidence,
        checked=raw["checked"],
        case=raw.get("case", ""),
        applies=raw.get("applies", {}),
        conditions=raw.get("conditions", {}),
        note=_optional_text(raw.get("note")),
        contested=_optional_text(raw.get("contested")),
    )


def _plain(raw: Any) -> Any:
    """Whole numbers and texts as they are, "1%" as an exact fraction; a float is refused."""
    if isinstance(raw, float):
        raise TypeError(f"{raw} is a float: write a whole number or a percentage")
    if isinstance(raw, str) and PERCENT.match(raw):
        return Fraction(raw[:-1]) / 100
    if isinstance(raw, list):
        return tuple(_plain(entry) for entry in raw)
    if isinstance(raw, dict):
        return _text(raw) if set(raw) == {"id", "en"} else {key: _plain(entry) for key, entry in raw.items()}
    return raw


def _in_order(values: tuple[Value, ...], gaps: tuple[Gap, ...]) -> None:
    """Within a case values follow each other without overlap, and each hole is declared."""
    _must(bool(values), "a parameter has at least one value")
    holes = {(gap.begin, gap.end) for gap in gaps}
    for case in {value.case for value in values}:
        series = [value for value in values if value.case == case]
        for before, after in pairwise(series):
            _must(before.last_day < after.first_day, f"values overlap or are out of order before {after.begin}")
            hole = (before.last_day + timedelta(days=1), after.first_day - timedelta(days=1))
            _must(hole[0] > hole[1] or hole in holes, f"the gap from {hole[0]} to {hole[1]} is not declared")


def _day(raw: Any) -> date | None:
    _must(raw is None or type(raw) is date, f"{raw} is not a day")
    day: date | None = raw
    return day


def _text(raw: Mapping[str, str]) -> Text:
    _must(set(raw) == {"id", "en"} and all(raw.values()), "a text stands in both languages")
    return Text(raw["id"], raw["en"])


def _optional_text(raw: Mapping[str, str] | None) -> Text | None:
    return _text(raw) if raw else None


def _known_keys(raw: Mapping[str, Any], known: set[str]) -> None:
    _must(set(raw) <= known, f"unknown keys: {', '.join(sorted(set(raw) - known))}")


def _must(holds: bool, fault: str) -> None:
    if not holds:
        raise ValueError(fault)


def _load(path: Path) -> Any:
    with _faults_of(path):
        return yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506  # the safe loader, in C


@contextmanager
def _faults_of(path: Path) -> Iterator[None]:
    try:
        yield
    except KeyError as missing:
        raise FaultyFileError(f"{path.name}: {missing} is missing") from missing
    except (ValueError, TypeError, AttributeError, yaml.YAMLError) as fault:
        raise FaultyFileError(f"{path.name}: {fault}") from fault


def changes_below(folder: Path) -> Iterator[Change]:
    """The changes of all files of a folder, in the order of their names; none when there is no such folder."""
    for path in decrees_in(folder):
        yield from read_changes(path)


def decrees_in(folder: Path) -> list[Path]:
    """The files with an installation's decrees, in the order of their names."""
    return sorted(path for path in folder.glob("*.y*ml") if path.is_file())
