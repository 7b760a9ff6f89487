"""On what a line rests: the parameter, its value, since when, where that stands and how sure we are."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from salawaku.law.reading import sources
from salawaku.law.register import Confidence, Register, Text, Value, percent_text


class Basis(NamedTuple):
    """One parameter as it was used."""

    parameter: str
    value: str
    begin: date | None
    source: str
    confidence: Confidence
    contested: Text | None = None

    def as_json(self) -> dict[str, Any]:
        """The fields of `salawaku law evaluate`."""
        found = {
            "parameter": self.parameter,
            "value": self.value,
            "from": f"{self.begin:%Y-%m-%d}" if self.begin else None,
            "source": self.source,
            "confidence": self.confidence.value,
        }
        return found | ({"contested": self.contested._asdict()} if self.contested else {})


def basis(
    law: Register, parameter: str, day: date, *, case: str = "", pick: Any = None, confidence: str | None = None
) -> Basis:
    """The basis for using `parameter` on `day`.

    `pick` is the part that was used where the value is a table; `confidence` that of the table's row, where rows
    have their own.
    """
    value = law[parameter].at(day, case)
    sure = Confidence(confidence) if confidence else value.confidence
    return Basis(
        parameter, plain(value.value if pick is None else pick), value.begin, cited(value), sure, value.contested
    )


def cited(value: Value) -> str:
    """Where the value stands: the article, else the title of the first source, else how it came here."""
    if value.article or not value.sources:
        return value.article or value.confidence.value
    return str(sources()[value.sources[0]]["title"])


def plain(value: Any) -> str:
    """A value in a few letters: 1%, 6800, true, half_up, very_low 0.24% …"""
    if isinstance(value, Fraction):
        return percent_text(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Text):
        return value.en
    if isinstance(value, dict):
        return ", ".join(f"{key} {plain(part)}" for key, part in value.items())
    if isinstance(value, tuple):
        return ", ".join(plain(part) for part in value)
    return str(value)
