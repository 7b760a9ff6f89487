"""The legal parameters by date: what a quantity is on a day, where that stands, and how sure we are.

A register never changes. An installation's own decrees and a scenario's "what if" make another register from it
(`overlay`); the law beneath stays as it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

BEGINNING, END = date(1, 1, 1), date(9999, 12, 31)


class Confidence(Enum):
    """How a value was read, the surest first; what is not from a regulation wants a lawyer's look."""

    REGULATION_TEXT = "regulation_text"
    SECONDARY = "secondary"
    DECREE = "decree"
    CHOICE = "choice"
    MIXED = "mixed"
    MEMORY = "memory"


UNSURE = frozenset({Confidence.MIXED, Confidence.MEMORY})


class Text(NamedTuple):
    """A text in both languages."""

    id: str
    en: str

    def __str__(self) -> str:
        return self.en


class OutsideValidityError(LookupError):
    """A quantity was asked for a day on which it is not, or is not known to be, the law."""

    def __init__(self, parameter: str, day: date) -> None:
        super().__init__(f"{parameter} is not known for {day:%Y-%m-%d}")
        self.parameter = parameter
        self.day = day


class UnknownParameterError(LookupError):
    """There is no such parameter."""


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """One value of a quantity from `begin` to `end`, both included; None means unknown beginning, or still in force.

    `value` is a whole number (rupiah, months, days), an exact fraction, a text, or a table of these. `case` tells
    values apart that hold at the same time. `applies` and `conditions` say for whom a relief is.
    """

    begin: date | None
    end: date | None
    value: Any
    article: str | None
    sources: tuple[str, ...]
    confidence: Confidence
    checked: date
    case: str = ""
    applies: Mapping[str, Sequence[str]] = field(default_factory=dict)
    conditions: Mapping[str, Any] = field(default_factory=dict)
    note: Text | None = None
    contested: Text | None = None

    @property
    def first_day(self) -> date:
        """The first day on which it holds."""
        return self.begin or BEGINNING

    @property
    def last_day(self) -> date:
        """The last day on which it holds."""
        return self.end or END

    def holds(self, day: date) -> bool:
        """Whether this is the law on `day`."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """Days between two values on which nothing is known, and why."""

    begin: date
    end: date
    why: Text


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """One legal quantity with its history."""

    id: str
    description: Text
    unit: str
    values: tuple[Value, ...]
    gaps: tuple[Gap, ...] = ()
    note: Text | None = None
    formula: Text | None = None
    derived_from: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """The part before the first dot: the folder in which its file lies."""
        return self.id.partition(".")[0]

    @property
    def to_confirm(self) -> bool:
        """Whether a lawyer should look: from memory, mixed, or contested."""
        return any(value.confidence in UNSURE or value.contested for value in self.values)

    def at(self, day: date, case: str = "") -> Value:
        """The value on `day`; OutsideValidityError on a day without one."""
        for value in self.values:
            if value.case == case and value.holds(day):
                return value
        raise OutsideValidityError(self.id, day)


class Change(NamedTuple):
    """A value put in place of the law's on its days, by decree of an installation or by a scenario."""

    parameter: str
    value: Value


class Spells:
    """The stretches of days within which no value changes: cases in one spell are treated alike."""

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        edges = {BEGINNING}
        for parameter in parameters:
            for value in parameter.values:
                edges.add(value.first_day)
                if value.end:
                    edges.add(value.end + timedelta(days=1))
        self.starts = tuple(sorted(edges))
        self._days = np.array([day.toordinal() for day in self.starts])

    def of(self, ordinals: NDArray[Any]) -> NDArray[np.int64]:
        """The number of the spell of each day, given as `date.toordinal()`."""
        return np.asarray(np.searchsorted(self._days, ordinals, side="right") - 1, dtype=np.int64)


class Register(Mapping[str, Parameter]):
    """All parameters by id."""

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        self._parameters = {parameter.id: parameter for parameter in parameters}
        self.formulas: dict[Any, Any] = {}  # what engines worked out for a spell, once for each

    def __getitem__(self, key: str) -> Parameter:
        try:
            return self._parameters[key]
        except KeyError:
            raise UnknownParameterError(key) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._parameters)

    def __len__(self) -> int:
        return len(self._parameters)

    def __contains__(self, key: object) -> bool:
        return key in self._parameters

    def at(self, key: str, day: date, case: str = "") -> Any:
        """What the quantity is on `day`. OutsideValidityError, UnknownParameterError."""
        return self[key].at(day, case).value

    @cached_property
    def spells(self) -> Spells:
        """The spells of all parameters together."""
        return Spells(self.values())

    @cached_property
    def hash(self) -> str:
        """SHA-256 of what the parameters say, kept with each stored calculation; wording does not count."""
        content = [
            [parameter.id, parameter.unit, [_content(value) for value in parameter.values]]
            for parameter in sorted(self.values(), key=lambda parameter: parameter.id)
        ]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def overlay(self, changes: Iterable[Change]) -> Register:
        """Another register in which each change holds on its days; the values beneath are cut around it."""
        changed = dict(self._parameters)
        for key, new in changes:
            if key not in changed:
                raise UnknownParameterError(key)
            kept = [part for value in changed[key].values for part in _around(value, new)]
            values = tuple(sorted([*kept, new], key=lambda value: (value.case, value.first_day)))
            changed[key] = replace(changed[key], values=values)
        return Register(changed.values())


def _content(value: Value) -> list[Any]:
    return [value.begin, value.end, value.case, value.value, dict(value.applies), dict(value.conditions)]


def _around(old: Value, new: Value) -> Iterator[Value]:
    """What is left of `old` on the days that `new` does not take."""
    if old.case != new.case or old.last_day < new.first_day or new.last_day < old.first_day:
        yield old
        return
    if old.first_day < new.first_day:
        yield replace(old, end=new.first_day - timedelta(days=1))
    if new.last_day < old.last_day:
        yield replace(old, begin=new.last_day + timedelta(days=1))


def percent_text(value: Fraction) -> str:
    """An exact fraction as a percentage: 1%, 0.24%, 4.5%."""
    hundredfold = value * 100
    whole, rest = divmod(hundredfold.numerator * 10**6 // hundredfold.denominator, 10**6)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".") + "%"
