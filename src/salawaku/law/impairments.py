"""The impairment table: which share of total loss an injury counts for.

Source: PP 44/2015 with PP 82/2019, Lampiran III. Rows that nobody has read yet are marked as from memory.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from salawaku.law.basis import Basis, basis
from salawaku.law.errors import MissingError, NotAllowedError, one_of
from salawaku.law.register import Register, Text, percent_text

TABLE = "jkk.impairment_table"


class Impairment(NamedTuple):
    """One row of the table by its key.

    `units` counts rows that are "per 10 dB" or "per 10%"; `share` chooses within rows that are a range; right and
    left are exchanged for the left-handed.
    """

    key: str
    units: int | None = None
    share: Fraction | None = None
    left_handed: bool = False


def impairment(law: Register, day: date, hurt: Impairment) -> tuple[Fraction, Basis]:
    """The share and its row as basis. ValueError for an unknown key or what the row needs."""
    row = _row(law.at(TABLE, day), hurt)
    share = _share(row, hurt)
    return share, basis(law, TABLE, day, pick={row["key"]: share}, confidence=row["confidence"])


def _row(rows: tuple[Any, ...], hurt: Impairment) -> Any:
    key = _other_hand(hurt.key) if hurt.left_handed else hurt.key
    found = next((row for row in rows if row["key"] == key), None)
    if found is None:
        raise NotAllowedError("impairment", hurt.key, one_of(row["key"] for row in rows))
    return found


def _other_hand(key: str) -> str:
    swap = {"right": "left", "left": "right"}
    return "_".join(swap.get(part, part) for part in key.split("_"))


def _share(row: Any, hurt: Impairment) -> Fraction:
    if "per" in row:
        if hurt.units is None:
            raise MissingError("impairment_units")
        # Our reading: a part of a sense counts for no more than all of it (hearing 40% or 20%, sight 70%).
        return min(Fraction(row["pct"]) * hurt.units, Fraction(row["at_most"]))
    if "pct" in row:
        return Fraction(row["pct"])
    if hurt.share is None:
        raise MissingError("impairment_pct")
    if not row["pct_from"] <= hurt.share <= row["pct_to"]:
        allowed = f"{percent_text(row['pct_from'])} - {percent_text(row['pct_to'])}"
        raise NotAllowedError("impairment_pct", percent_text(hurt.share), Text(allowed, allowed))
    return hurt.share
