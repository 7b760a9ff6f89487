"""Whom a purse may pay for: `eligible` of a source, read into conditions on the fields of groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salawaku.law import Sector
from salawaku.simulation.scheme.fields import Fields, refuse, whole
from salawaku.simulation.scheme.scenario import Condition

RISKS = {number: number for number in range(5)} | {
    "very_low": 1, "low": 1, "medium": 2, "high": 3, "very_high": 4,
    "rendah": 1, "sedang": 2, "tinggi": 3, "sangat_tinggi": 4,
}  # fmt: skip
SEXES = {"M": "M", "F": "F", "L": "M", "P": "F"}
SECTORS = {sector.value: sector for sector in Sector}
VILLAGES = {kind: kind for kind in ("desa", "negeri", "kelurahan")}
WORDS: dict[str, Mapping[Any, Any]] = {"sex": SEXES, "sector": SECTORS, "village_kind": VILLAGES, "risk": RISKS}
NUMBERS = {"age": (0, 120), "decile": (0, 10), "risk": (0, 4)}
TEXTS = ("id", "village", "occupation")
ASKED = (*TEXTS, "age", "sex", "sector", "decile", "village_kind", "risk")


def conditions(raw: Any, where: str) -> tuple[Condition, ...]:
    """All must hold. A field names one value or a list of them; `age`, `decile` and `risk` also bounds:
    `{min: 1, max: 4}`, or `decile_max: 4`."""
    given = Fields(raw, where)
    found: list[Condition] = []
    for field in ASKED:
        if given.has(field):
            found.append(_condition(field, given.get(field), given.name(field)))
        if field in NUMBERS and given.has(key := f"{field}_min"):
            found.append(Condition(field, least=given.whole(key, *NUMBERS[field])))
        if field in NUMBERS and given.has(key := f"{field}_max"):
            found.append(Condition(field, most=given.whole(key, *NUMBERS[field])))
    given.end()
    return tuple(found)


def _condition(field: str, raw: Any, where: str) -> Condition:
    if isinstance(raw, Mapping) and field in NUMBERS:
        bounds, (low, high) = Fields(raw, where), NUMBERS[field]
        least, most = (bounds.whole(end, low, high) if bounds.has(end) else None for end in ("min", "max"))
        bounds.end()
        return Condition(field, least=least, most=most)
    values = raw if isinstance(raw, list) else [raw]
    if not values:
        refuse(where, raw, "at least one value is wanted")
    return Condition(field, frozenset(_value(field, value, where) for value in values))


def _value(field: str, value: Any, where: str) -> Any:
    if field in WORDS:
        if isinstance(value, bool) or not isinstance(value, str | int) or value not in WORDS[field]:
            refuse(where, value, f"one of {', '.join(map(str, WORDS[field]))} is wanted")
        return WORDS[field][value]
    return str(value) if field in TEXTS else whole(where, value, *NUMBERS[field])
