"""The lines for a death: JKM (not work-related) and JKK (at work).

Sources: PP 44/2015 Pasal 34 with PP 82/2019 (JKM); PP 44/2015 Pasal 25 with PP 82/2019 (JKK: 60% of 80 wages, at
least the JKM grant); Permenaker 1/2025 (three months' waiting of non-wage workers).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from salawaku.law.basis import basis
from salawaku.law.errors import MissingError
from salawaku.law.formula import Key, Term, Tier
from salawaku.law.kinds import Item, Program, Segment
from salawaku.law.register import BEGINNING, Register
from salawaku.law.scholarships import Scholarship
from salawaku.law.situations import Many

WAITING, SHORT = "jkm.bpu.min_months_for_full_benefit", "jkm.bpu.benefit_below_min_months"
SCHOLARSHIP_YEARS = "jkm.scholarship.min_contribution_years"
JKM_ITEMS = {
    Item.DEATH_GRANT: "jkm.santunan_kematian",
    Item.PERIODIC_LUMP: "jkm.santunan_berkala_lump",
    Item.BURIAL: "jkm.biaya_pemakaman",
}
JKK_GRANT, JKK_LUMP, JKK_BURIAL = "jkk.santunan_kematian", "jkk.santunan_berkala_lump", "jkk.biaya_pemakaman"


def jkm_terms(law: Register, day: date, found: Scholarship | None, *, waiting: bool) -> list[Term]:
    """The lines of JKM; within the waiting time only the burial grant."""
    if waiting:
        short = (basis(law, SHORT, day), basis(law, WAITING, day), basis(law, "choice.jkm.months_counted", day))
        return [Term(Key(Program.JKM, Item.BURIAL), short, flat=Fraction(law.at(SHORT, day)))]
    lines = [flat(law, Program.JKM, item, name, day) for item, name in JKM_ITEMS.items()]
    if found:
        lines.append(scholarship_term(Program.JKM, found))
    return lines


def jkk_death_terms(law: Register, day: date, found: Scholarship | None) -> list[Term]:
    """The lines of JKK for a death: the grant by wage with its floor, the lump, the burial, the scholarship."""
    rule, floor = law.at(JKK_GRANT, day), JKM_ITEMS[Item.DEATH_GRANT]
    tiers = (Tier(0, rule["share"] * rule["wage_multiple"]),)
    grant = (basis(law, JKK_GRANT, day, pick=rule["text"]), basis(law, floor, day))
    lines = [
        Term(Key(Program.JKK, Item.DEATH_GRANT), grant, tiers=tiers, floor=law.at(floor, day)),
        flat(law, Program.JKK, Item.PERIODIC_LUMP, JKK_LUMP, day),
        flat(law, Program.JKK, Item.BURIAL, JKK_BURIAL, day),
    ]
    return [*lines, scholarship_term(Program.JKK, found)] if found else lines


def flat(law: Register, program: Program, item: Item, name: str, day: date) -> Term:
    """A line that is the parameter itself."""
    return Term(Key(program, item), (basis(law, name, day),), flat=Fraction(law.at(name, day)))


def scholarship_term(program: Program, found: Scholarship) -> Term:
    """The scholarship as one line: the sum of its years."""
    return Term(Key(program, Item.SCHOLARSHIP), found.basis, flat=Fraction(found.total))


class Waiting(NamedTuple):
    """Per case: whether JKM still waits, and whether its scholarship does."""

    grant: Many
    scholarship: Many


def no_waiting() -> Waiting:
    """Nobody waits: a death at work, an accident."""
    return Waiting(np.zeros((), np.int64), np.zeros((), np.int64))


def grant_waits(
    law: Register,
    segment: Segment,
    day: Many,
    months_of_membership: int | Sequence[int] | Many | None,
    months_contributed: int | Sequence[int] | Many | None,
) -> Many:
    """1 for each case within the waiting time of JKM. Which months count is choice.jkm.months_counted."""
    if segment is not Segment.BPU:
        return np.zeros((), np.int64)
    if law.at("choice.jkm.months_counted", BEGINNING) == "membership":
        return _fewer(law, day, WAITING, 1, months_of_membership, "months_of_membership")
    return _fewer(law, day, WAITING, 1, months_contributed, "months_contributed")


def scholarship_waits(law: Register, day: Many, months_contributed: int | Sequence[int] | Many | None) -> Many:
    """1 for each case whose contributions are too few years for the scholarship of JKM."""
    return _fewer(law, day, SCHOLARSHIP_YEARS, 12, months_contributed, "months_contributed")


def _fewer(
    law: Register, day: Many, name: str, months: int, given: int | Sequence[int] | Many | None, field: str
) -> Many:
    """1 where `given` months are fewer than the parameter asks on the day; a day before it is known asks nothing."""
    table = np.array([_needed(law, name, start) * months for start in law.spells.starts])
    needed = table.take(law.spells.of(day))
    if given is None:
        if needed.any():
            raise MissingError(field)
        return np.zeros((), np.int64)
    return (np.asarray(given) < needed).astype(np.int64)


def _needed(law: Register, name: str, day: date) -> int:
    return next((int(value.value) for value in law[name].values if value.holds(day)), 0)
