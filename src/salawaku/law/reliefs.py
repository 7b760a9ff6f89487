"""Reliefs: who pays less, in which months, on which programmes. Which there are stands in the parameter files.

Sources: PP 49/2020, PP 7/2025 with PP 36/2025, PP 50/2025.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import numpy as np

from salawaku.law.basis import Basis, basis
from salawaku.law.formula import Term
from salawaku.law.kinds import Payer, Program, Sector, Segment
from salawaku.law.months import month_index, month_of
from salawaku.law.register import Register, Value
from salawaku.law.situations import Many

EXCLUDES = "relief.pp50_2025.excludes_government_paid"
EXCLUDED = "choice.relief.excluded_payers"


class Relief(NamedTuple):
    """One relief on a day: its parameter, the case within it, and the value with its conditions."""

    parameter: str
    case: str
    value: Value

    def reaches(self, segment: Segment, sector: Sector, program: Program) -> bool:
        """Whether it is meant for such work and programme."""
        applies = self.value.applies
        return (
            segment.value in applies["segments"]
            and program.value in applies["programs"]
            and sector.value in applies.get("sectors", (sector.value,))
        )


def reliefs(law: Register) -> tuple[Relief, ...]:
    """Every relief of the register, whenever it holds."""
    return tuple(
        Relief(parameter.id, value.case, value)
        for parameter in law.values()
        if parameter.subject == "relief"
        for value in parameter.values
        if value.applies
    )


class Standing(NamedTuple):
    """What a case must bring for reliefs with conditions; what is not given counts as met.

    `paid_through` and `registered` are month numbers, `employer_workers` a head count.
    """

    paid_through: Many | None = None
    registered: Many | None = None
    employer_workers: Many | None = None


def standing_ok(relief: Relief, month: Many, standing: Standing) -> Many:
    """Whether each case meets the conditions of `relief` about arrears, newcomers and size of the employer."""
    conditions = relief.value.conditions
    ok: Many = np.ones((), np.bool_)
    if standing.paid_through is not None and "paid_through" in conditions:
        newcomer = np.zeros((), np.bool_)
        if standing.registered is not None:
            newcomer = standing.registered > month_index(month_of(conditions["paid_through"]))
        ok = ok & (newcomer | (standing.paid_through >= month_index(month_of(conditions["paid_through"]))))
    if standing.registered is not None and "newcomer_full_months" in conditions:
        before = standing.registered < month_index(relief.value.first_day)
        ok = ok & (before | (month - standing.registered >= conditions["newcomer_full_months"]))
    if standing.employer_workers is not None and "min_employer_workers" in conditions:
        ok = ok & (standing.employer_workers >= conditions["min_employer_workers"])
    return ok


class Case(NamedTuple):
    """What decides about reliefs: the segment, sector, payer, and the reliefs whose conditions are met."""

    segment: Segment
    sector: Sector
    payer: Payer
    reliefs: tuple[Relief, ...]


def relieved(law: Register, terms: Sequence[Term], day: date, case: Case) -> tuple[Term, ...]:
    """The terms after every relief that this case has on `day`; where the payer stands in the way, they say so."""
    for relief in case.reliefs:
        if relief.value.holds(day):
            barred = _barred(law, relief, day, case.payer)
            terms = [_reduced(law, term, relief, day, case, barred) for term in terms]
    return tuple(terms)


def _barred(law: Register, relief: Relief, day: date, payer: Payer) -> tuple[Basis, ...]:
    """Why this payer's money has no relief, if so: PP 50/2025 Pasal 3 leaves out what APBN and APBD pay."""
    excluding = relief.value.conditions.get("payer_not_government") and law.at(EXCLUDES, day)
    if not excluding or payer.value not in law.at(EXCLUDED, day):
        return ()
    return basis(law, EXCLUDES, day), basis(law, EXCLUDED, day, pick=payer.value)


def _reduced(law: Register, term: Term, relief: Relief, day: date, case: Case, barred: tuple[Basis, ...]) -> Term:
    if not relief.reaches(case.segment, case.sector, term.key.program):
        return term
    if barred:
        return replace(term, basis=(*term.basis, *barred))
    return term.scaled(1 - relief.value.value, basis(law, relief.parameter, day, case=relief.case))
