"""What if the contribution were another: overlays over the law, as a person could write them into the file.

What a non-wage worker pays in the lowest income band is JKK (`bpu.jkk.rate` of the band's base) and JKM
(`bpu.jkm.flat`). The rule: JKK stays and JKM takes the difference; a contribution lower than JKK leaves no JKM and
lowers the rate of JKK. Reliefs of the law go on and are taken from the new contribution.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

from salawaku.law import Register, add_months, last_of_month, months_from
from salawaku.law.force import overlaid
from salawaku.law.reading import changes_of
from salawaku.simulation.scheme.fields import refuse, whole
from salawaku.simulation.scheme.scenario import Scenario

BASE, RATE, FLAT = "bpu.jkk.base_min", "bpu.jkk.rate", "bpu.jkm.flat"
MOST_CONTRIBUTION = 1_000_000  # rupiah a month: nobody pays more than the lowest band's whole base


def contribution_of(law: Register, month: date) -> int:
    """What the law asks of a non-wage worker in the lowest income band for a month before any relief, in rupiah."""
    return _jkk(law, month) + int(law.at(FLAT, month))


def with_contribution(
    scenario: Scenario, rupiah: int, first: date | None = None, last: date | None = None
) -> Scenario:
    """The contribution is so many rupiah a month from the month `first` (the start unless said) to the month `last`
    (for good unless said), before reliefs. OutsideValidityError for months in which the law is not known."""
    wanted = whole("contribution", rupiah, 1, MOST_CONTRIBUTION)
    begin = first or scenario.start
    december = date(add_months(scenario.start, scenario.months - 1).year, 12, 1)
    months = months_from(begin, min(last or december, december))
    if not months:
        refuse(
            "contribution", f"{begin:%Y-%m}", "a first month not after the last one and within the scenario is wanted"
        )
    changes: list[dict[str, Any]] = []
    for jkk, stretch in groupby(months, lambda month: _jkk(scenario.law, month)):
        days = list(stretch)
        end = last_of_month(days[-1]) if days[-1] != months[-1] else last and last_of_month(last)
        where = {"decree": scenario.name, "from": days[0], "to": end}
        parts = _parts(scenario, wanted, jkk, days[0])
        changes += [where | {"parameter": name, "value": value} for name, value in parts]
    added = tuple(changes_of(changes, Path("overlays")))
    law = overlaid(scenario.law, list(added))
    kept = law.hash if scenario.law_hash == scenario.law.hash else scenario.law_hash
    return replace(scenario, overlays=(*scenario.overlays, *added), law=law, law_hash=kept)


def _parts(scenario: Scenario, wanted: int, jkk: int, month: date) -> list[tuple[str, int | Fraction]]:
    """What becomes of the parameters."""
    if wanted >= jkk:
        return [(FLAT, wanted - jkk)]
    return [(RATE, Fraction(wanted, scenario.law.at(BASE, month))), (FLAT, 0)]


def _jkk(law: Register, month: date) -> int:
    share: Fraction = law.at(RATE, month)
    base: int = law.at(BASE, month)
    return round(share * base)
