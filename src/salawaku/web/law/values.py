"""How the value of a legal parameter reads on a page: a few words, a list, or a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from salawaku.law import Confidence, Text
from salawaku.law.basis import plain
from salawaku.law.reading import units
from salawaku.law.register import percent_text
from salawaku.web import wording
from salawaku.web.law.words import SURENESS, code, said

COUNTED = frozenset({"months", "years", "working_days", "hours", "children"})
NOT_SHOWN = frozenset({"key", "per", "pct_from", "pct_to", "at_most"})
PLAIN_NUMBERS = frozenset({"years", "from_month", "to_month"})
NUMBER = re.compile(r"\d+")
MONTHS = re.compile(r"(\d+)-(\d*)")
PERCENT = re.compile(r"(\d+)\.(\d+)%")


@dataclass(frozen=True)
class Cell:
    """One cell of a table."""

    text: str
    label: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Shown:
    """A value as a page shows it: `text` in a line, and a list or a table where it is one."""

    text: str
    items: tuple[str, ...] = ()
    heads: tuple[Cell, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


def shown(value: Any, unit: str) -> Shown:
    """The value in the language of the page."""
    if isinstance(value, Text):
        return Shown(said(value))
    if isinstance(value, dict):
        return _named(value, unit)
    if isinstance(value, tuple) and value and isinstance(value[0], dict):
        return _table(value, unit)
    if isinstance(value, tuple):
        return _listed(value, unit)
    return Shown(one(value, unit))


def one(value: Any, unit: str, name: str = "") -> str:
    """A single value: Rp6.800, 0,24%, 3 bulan, yes, or the words of a rule."""
    if isinstance(value, Text):
        return said(value)
    if isinstance(value, tuple):
        return ", ".join(one(part, unit) for part in value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _whole(value, unit, name)
    return percent(percent_text(value)) if isinstance(value, Fraction) else _word(value, name)


def _word(value: Any, name: str) -> str:
    """Nothing, yes or no, how sure a row is, or a code."""
    if value is None:
        return wording.NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(SURENESS[Confidence(value)].word) if name == "confidence" else code(value)


def _whole(value: int, unit: str, name: str) -> str:
    if name in PLAIN_NUMBERS:
        return wording.number(value)
    if unit.startswith("IDR") or unit == "percent_marginal":
        return wording.rupiah(value)
    return f"{wording.number(value)} {said(units()[unit])}" if unit in COUNTED else wording.number(value)


def percent(text: str) -> str:
    """0,24% in Indonesian; English keeps the point."""
    return text if wording.language_now() == "en" else PERCENT.sub(r"\1,\2%", text)


def _named(value: dict[str, Any], unit: str) -> Shown:
    """A rule in words when it has them, else a table of names and values."""
    if isinstance(value.get("text"), Text):
        return Shown(said(value["text"]))
    rows = tuple((Cell(code(name)), _cell(name, part, unit)) for name, part in value.items())
    return Shown("; ".join(f"{name.text} {part.text}" for name, part in rows), rows=rows)


def _listed(value: tuple[Any, ...], unit: str) -> Shown:
    if value and isinstance(value[0], Text):
        items = tuple(said(part) for part in value)
        return Shown("; ".join(items), items=items)
    if unit in COUNTED:
        numbers = ", ".join(wording.number(part) for part in value)
        return Shown(f"{numbers} {said(units()[unit])}")
    return Shown(", ".join(one(part, unit) for part in value))


def _table(rows: Sequence[dict[str, Any]], unit: str) -> Shown:
    names = list(dict.fromkeys(name for row in rows for name in row if name not in NOT_SHOWN))
    if any("pct_from" in row for row in rows) and "pct" not in names:
        names.append("pct")
    heads = tuple(Cell(code(name), is_number=_is_number(name)) for name in names)
    lines = tuple(tuple(_cell(name, _of(row, name), unit) for name in names) for row in rows)
    return Shown(_("a table of %(count)s rows") % {"count": len(rows)}, heads=heads, rows=lines)


def _of(row: dict[str, Any], name: str) -> Any:
    if name == "pct" and name not in row:
        return f"{percent(percent_text(row['pct_from']))} – {percent(percent_text(row['pct_to']))}"
    return row.get(name)


def _cell(name: str, value: Any, unit: str) -> Cell:
    return Cell(one(value, unit, name), label=code(name), is_number=_is_number(name) or isinstance(value, int))


def _is_number(name: str) -> bool:
    return name not in {"item", "confidence", "micro", "small", "medium_large"}


def used(text: str, value: Any, unit: str) -> str:
    """The part of `value` that a line used, which the engine names in plain letters, as the page says it."""
    rule = value.get("text") if isinstance(value, dict) else None
    if text == plain(value) or isinstance(rule, Text):
        return shown(value, unit).text
    parts = re.split(r", (?=\d)", text)
    return ", ".join(_part(part, value, unit) for part in parts)


def _part(text: str, value: Any, unit: str) -> str:
    """ "6800", "1%", "hearing_one_ear 20%", "land 5000000" or "1-12 100%"."""
    if NUMBER.fullmatch(text):
        return one(int(text), unit)
    name, _space, rest = text.rpartition(" ")
    if rest.endswith("%"):
        return f"{_name(name, value)} {percent(rest)}".strip()
    if NUMBER.fullmatch(rest):
        return f"{code(name)} {one(int(rest), unit, name)}"
    return code(text)


def _name(name: str, value: Any) -> str:
    """The words of a row of a table, or its months."""
    if found := MONTHS.fullmatch(name):
        first, last = found.groups()
        words = _("month %(first)s to %(last)s:") if last else _("from month %(first)s on:")
        return words % {"first": first, "last": last}
    rows = value if isinstance(value, tuple) else ()
    return next((said(row["item"]) for row in rows if row.get("key") == name and "item" in row), code(name))
