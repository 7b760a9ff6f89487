"""Taking a mapping from a file apart, one field after the other; what nobody asked for is refused at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, NoReturn

from salawaku.law.months import month_of
from salawaku.simulation.scheme.scenario import ScenarioError

MOST_WORKERS = 10**9
_NEEDED = object()


def refuse(field: str, value: Any, wanted: str) -> NoReturn:
    """Say what is wrong."""
    raise ScenarioError(field, value, wanted)


class Fields:
    """The fields of one mapping; `where` names it in what is said about a fault."""

    def __init__(self, raw: Any, where: str) -> None:
        if not isinstance(raw, Mapping):
            refuse(where or "the scenario", raw, "fields with their values are wanted")
        self._raw, self._where, self._known = raw, where, set[Any]()

    def name(self, key: str) -> str:
        """The field as a fault names it."""
        return f"{self._where}.{key}" if self._where else key

    def has(self, key: str) -> bool:
        """Whether the field says something; whoever asks knows it."""
        self._known.add(key)
        return self._raw.get(key) is not None

    def get(self, key: str, default: Any = _NEEDED) -> Any:
        """The value as it stands; without one the default, else a fault."""
        if self.has(key):
            return self._raw[key]
        if default is _NEEDED:
            refuse(self.name(key), None, "a value is needed")
        return default

    def whole(self, key: str, least: int, most: int, default: Any = _NEEDED) -> int:
        """A whole number between bounds."""
        return whole(self.name(key), self.get(key, default), least, most)

    def number(self, key: str, least: float, most: float, default: Any = _NEEDED) -> float:
        """A number between bounds."""
        return number(self.name(key), self.get(key, default), least, most)

    def text(self, key: str, default: Any = _NEEDED) -> str:
        """A text that says something."""
        value = self.get(key, default)
        if value is default:
            return str(default)
        if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
            refuse(self.name(key), value, "a text is wanted")
        return str(value)

    def one_of(self, key: str, known: Mapping[Any, Any], default: Any = _NEEDED) -> Any:
        """One of the known words, and what it stands for."""
        value = self.get(key, default)
        if value is default and default is not _NEEDED:
            return default
        if isinstance(value, bool) or not isinstance(value, str | int) or value not in known:
            refuse(self.name(key), value, f"one of {', '.join(map(str, known))} is wanted")
        return known[value]

    def many(self, key: str, default: Any = _NEEDED) -> list[Any]:
        """A list."""
        value = self.get(key, default)
        if not isinstance(value, list | tuple):
            refuse(self.name(key), value, "a list is wanted")
        return list(value)

    def end(self) -> None:
        """Refuse what nobody asked for."""
        for key in self._raw:
            if key not in self._known:
                known = ", ".join(sorted(map(str, self._known)))
                refuse(self.name(str(key)), self._raw[key], f"this field is not known; known are {known}")


def whole(field: str, value: Any, least: int, most: int) -> int:
    """A whole number between bounds; a truth value is none."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        refuse(field, value, f"a whole number from {least} to {most} is wanted")
    return value


def number(field: str, value: Any, least: float, most: float) -> float:
    """A number between bounds; "5%" is one too."""
    return float(exact(field, value, least, most))


def exact(field: str, value: Any, least: float, most: float) -> Fraction:
    """The number as it is written, not as the machine keeps it."""
    text = "" if isinstance(value, bool) else str(value).strip()
    hundredth = isinstance(value, str) and text.endswith("%")
    try:
        found = Fraction(Decimal(text.removesuffix("%"))) / (100 if hundredth else 1)
    except (InvalidOperation, ValueError, OverflowError):
        refuse(field, value, f"a number from {least} to {most} is wanted")
    if not least <= found <= most:
        refuse(field, value, f"a number from {least} to {most} is wanted")
    return found


def month(field: str, value: Any) -> date:
    """2026-01, with quotes or without; a whole day stands for its month."""
    if isinstance(value, date):
        return date(value.year, value.month, 1)
    try:
        return month_of(str(value))
    except ValueError:
        refuse(field, value, "a month such as 2026-01 is wanted")


def once(field: str, ids: Iterable[str]) -> None:
    """Refuse what stands twice."""
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            refuse(field, one, "each may stand once")
        seen.add(one)
