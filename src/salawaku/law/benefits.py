"""What is paid when a worker dies or has an accident, for one case or for many.

Sources: PP 44/2015 with PP 82/2019 and PP 49/2023, Permenaker 5/2021 with 1/2025. Lines are in cash; what is given
in kind (medical care without ceiling, return to work) is in `in_kind`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from salawaku.law.accidents import Accident, accident_terms
from salawaku.law.bands import band_basis, bases_on
from salawaku.law.basis import Basis, basis
from salawaku.law.deaths import Waiting, grant_waits, jkk_death_terms, jkm_terms, no_waiting, scholarship_waits
from salawaku.law.force import law_now
from salawaku.law.formula import Line, Reckoning, Term, worked_out
from salawaku.law.kinds import Outcome, Segment
from salawaku.law.money import Rupiah
from salawaku.law.register import OutsideValidityError, Register
from salawaku.law.scholarships import Child, scholarship
from salawaku.law.situations import Column, Many, days, first_case, pack, rupiah

IN_KIND = ("jkk.medical_care", "jkk.return_to_work", "jkk.plkk")


class Benefits(NamedTuple):
    """The lines of each case; `lines(i)` explains one. `wage` is what the formulas multiply: the base of the band
    for a non-wage worker (jkk.wage_basis_bpu), else the wage itself."""

    reckoning: Reckoning
    law: Register
    segment: Segment
    day: Many
    income: Rupiah
    wage: Rupiah

    @property
    def total(self) -> Rupiah:
        """What each case is paid in cash, in rupiah."""
        return self.reckoning.total

    def lines(self, index: int = 0) -> tuple[Line, ...]:
        """The lines of the case at `index` with their basis; the band of income where a wage was multiplied."""
        found = self.reckoning.lines(index)
        if self.segment is not Segment.BPU:
            return found
        day = self.day_of(index)
        return tuple(self._with_band(line, day, int(self.income.flat[index])) for line in found)

    def day_of(self, index: int = 0) -> date:
        """The day of the case at `index`."""
        return date.fromordinal(int(np.broadcast_to(self.day, self.income.shape).flat[index]))

    def _with_band(self, line: Line, day: date, income: int) -> Line:
        if line.key not in self.reckoning.on_wage:
            return line
        return line._replace(
            basis=(*line.basis, basis(self.law, "jkk.wage_basis_bpu", day), band_basis(self.law, day, income))
        )


def death_benefits(
    day: date | Sequence[date] | Many,
    *,
    segment: Segment = Segment.BPU,
    at_work: bool = False,
    income: int | Sequence[int] | Many = 0,
    months_of_membership: int | Sequence[int] | Many | None = None,
    months_contributed: int | Sequence[int] | Many | None = None,
    children: Sequence[Child] = (),
    law: Register | None = None,
) -> Benefits:
    """What the family receives for a death on `day` under cover.

    `income`: the declared income of a non-wage worker or the wage, rupiah a month; asked only `at_work`. The months
    decide about the waiting time of JKM (non-wage workers, since Permenaker 1/2025) and about its scholarship; at
    work neither waits. MissingError when they are needed and not given; OutsideValidityError as everywhere.
    """
    law = law or law_now()
    when, incomes = days(day), rupiah(income)
    waits = no_waiting()
    if not at_work:
        waits = waits._replace(grant=grant_waits(law, segment, when, months_of_membership, months_contributed))
    if not at_work and children:
        waits = waits._replace(scholarship=scholarship_waits(law, when, months_contributed))

    def terms_on(start: date, waiting: bool, too_short: bool) -> Sequence[Term]:
        if at_work:
            return jkk_death_terms(law, start, scholarship(law, start, children) if children else None)
        with_children = children and not waiting and not too_short
        return jkm_terms(law, start, scholarship(law, start, children) if with_children else None, waiting=waiting)

    return _benefits(law, segment, when, incomes, waits, terms_on)


def accident_benefits(
    day: date | Sequence[date] | Many,
    *,
    accident: Accident,
    income: int | Sequence[int] | Many,
    segment: Segment = Segment.BPU,
    children: Sequence[Child] = (),
    law: Register | None = None,
) -> Benefits:
    """What is paid for an accident at work on `day`. `income` as for `death_benefits`. MissingError and
    NotAllowedError when the accident does not say what its outcome needs, or what the tables do not know."""
    law = law or law_now()
    struck = accident.outcome in {Outcome.DEATH, Outcome.TOTAL_DISABILITY}

    def terms_on(start: date, _waiting: bool, _too_short: bool) -> Sequence[Term]:
        found = scholarship(law, start, children) if children and struck else None
        return accident_terms(law, start, accident, found)

    return _benefits(law, segment, days(day), rupiah(income), no_waiting(), terms_on)


def _benefits(
    law: Register,
    segment: Segment,
    day: Many,
    income: Rupiah,
    waits: Waiting,
    terms_on: Callable[[date, bool, bool], Sequence[Term]],
) -> Benefits:
    shape = np.broadcast_shapes(day.shape, income.shape, *(column.shape for column in waits))
    spells = law.spells.of(day)
    packed = pack([Column(spells, len(law.spells.starts)), *(Column(numbers, 2) for numbers in waits)], shape)

    def work(code: int) -> Sequence[Term]:
        spell, waiting, too_short = packed.parts(code)
        try:
            return terms_on(law.spells.starts[spell], bool(waiting), bool(too_short))
        except OutsideValidityError as outside:
            where = first_case(packed.codes, code)
            on = date.fromordinal(int(np.broadcast_to(day, shape).flat[where]))
            raise OutsideValidityError(outside.parameter, on) from None

    incomes = np.broadcast_to(income, shape)
    terms = worked_out(packed.codes, work, count=packed.possible)
    on_wage = any(term.tiers for found in terms.values() for term in found)
    wage = bases_on(law, spells, incomes) if segment is Segment.BPU and on_wage else incomes
    return Benefits(Reckoning(law, packed.codes, terms, wage), law, segment, day, incomes, wage)


def in_kind(law: Register, day: date) -> tuple[Basis, ...]:
    """What an accident gives beside money: the rules in force on `day`."""
    return tuple(basis(law, name, day) for name in IN_KIND)
