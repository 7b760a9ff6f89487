"""What a month costs: by segment, month, income or wage, sector and payer, for one case or for millions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from salawaku.law.bands import band_basis, bases_on
from salawaku.law.errors import NotAllowedError, one_of
from salawaku.law.force import law_now
from salawaku.law.formula import Line, Reckoning, Term, worked_out
from salawaku.law.kinds import Payer, Program, RiskGroup, Sector, Segment
from salawaku.law.money import Rupiah
from salawaku.law.months import month_from_index
from salawaku.law.rates import PROGRAMS, bpu_terms, jakon_terms, pu_terms
from salawaku.law.register import OutsideValidityError, Register
from salawaku.law.reliefs import Case, Relief, Standing, reliefs, relieved, standing_ok
from salawaku.law.situations import (
    Column,
    Many,
    Packed,
    choice,
    first_case,
    months,
    pack,
    rupiah,
    spells_of_months,
)

JKK_JKM = (Program.JKK, Program.JKM)


class Scheme(NamedTuple):
    """How the cases of one call take part. `wage_known=False` is for Jakon: the amount is the contract value."""

    segment: Segment = Segment.BPU
    programs: tuple[Program, ...] = JKK_JKM
    wage_known: bool = True


BPU_JKK_JKM = Scheme()
NOTHING_SAID = Standing()


class Question(NamedTuple):
    """What all cases of one call have in common."""

    law: Register
    scheme: Scheme
    conditional: tuple[Relief, ...]


class Contributions(NamedTuple):
    """The lines of each case; `lines(i)` explains one, with the row of its income band."""

    reckoning: Reckoning
    question: Question
    month: Many
    amount: Rupiah

    @property
    def total(self) -> Rupiah:
        """What each case pays together, in rupiah."""
        return self.reckoning.total

    @property
    def amounts(self) -> dict[Any, Rupiah]:
        """Rupiah by line (programme and who bears it)."""
        return self.reckoning.amounts

    def lines(self, index: int = 0) -> tuple[Line, ...]:
        """The lines of the case at `index` with their basis."""
        found = self.reckoning.lines(index)
        if self.question.scheme.segment is not Segment.BPU:
            return found
        month = month_from_index(int(np.broadcast_to(self.month, self.amount.shape).flat[index]))
        row = band_basis(self.question.law, month, int(self.amount.flat[index]))
        return tuple(line if line.key.program is Program.JKM else _with(line, row) for line in found)


def _with(line: Line, row: Any) -> Line:
    return line._replace(basis=(*line.basis, row))


def contributions(
    month: date | Sequence[date] | Many,
    amount: int | Sequence[int] | Many,
    *,
    scheme: Scheme = BPU_JKK_JKM,
    sector: Sector | Sequence[Sector] | Many = Sector.OTHER,
    payer: Payer | Sequence[Payer] | Many = Payer.SELF,
    risk: RiskGroup | Sequence[RiskGroup] | Many | None = None,
    standing: Standing = NOTHING_SAID,
    law: Register | None = None,
) -> Contributions:
    """The contribution of each case for its month.

    `month`: months (dates, datetime64, or month numbers). `amount`: rupiah a month, the declared income (BPU), the
    wage (PU), the wages of the project (Jakon), or the contract value without VAT, which is owed once.
    `sector`, `payer`, `risk`: one for all, a sequence, or an array of the members' places in their enum. All are
    broadcast against each other. `standing` brings what reliefs with conditions ask.
    OutsideValidityError for months in which a parameter is not known; NotAllowedError for a programme that the
    segment does not have; MissingError for JKK of a wage earner without the risk group.
    """
    law = law or law_now()
    segment = scheme.segment
    if unknown := [program.value for program in scheme.programs if program not in PROGRAMS[segment]]:
        raise NotAllowedError("programs", ", ".join(unknown), one_of(known.value for known in PROGRAMS[segment]))
    question = Question(law, scheme, _conditional(law, segment, standing))
    index, amounts = months(month), rupiah(amount)
    columns = [choice(Sector, sector), choice(Payer, payer), *([choice(RiskGroup, risk)] if risk is not None else [])]
    shape = np.broadcast_shapes(index.shape, amounts.shape, *(column.numbers.shape for column in columns))
    spells = spells_of_months(law, index)
    flags = [Column(standing_ok(relief, index, standing), 2) for relief in question.conditional]
    packed = pack([Column(spells, len(law.spells.starts)), *columns, *flags], shape)
    terms = worked_out(packed.codes, lambda code: _terms(question, packed, code, index), count=packed.possible)
    amounts = np.broadcast_to(amounts, shape)
    base = bases_on(law, spells, amounts) if segment is Segment.BPU else amounts
    return Contributions(Reckoning(law, packed.codes, terms, base), question, index, amounts)


def _conditional(law: Register, segment: Segment, standing: Standing) -> tuple[Relief, ...]:
    """Reliefs that ask something of the cases about which they say something."""
    if all(column is None for column in standing):
        return ()
    return tuple(
        relief
        for relief in reliefs(law)
        if relief.value.conditions and segment.value in relief.value.applies["segments"]
    )


def _terms(question: Question, packed: Packed, code: int, index: Many) -> tuple[Term, ...]:
    """The lines of one situation, kept with the register that they follow from."""
    law, parts = question.law, packed.parts(code)
    key = (question.scheme, question.conditional, parts)
    if key not in law.formulas:
        try:
            law.formulas[key] = _work_out(question, parts)
        except OutsideValidityError as outside:
            where = first_case(packed.codes, code)
            month = int(np.broadcast_to(index, packed.codes.shape).flat[where])
            raise OutsideValidityError(outside.parameter, month_from_index(month)) from None
    found: tuple[Term, ...] = law.formulas[key]
    return found


def _work_out(question: Question, parts: tuple[int, ...]) -> tuple[Term, ...]:
    spell, sector, payer, *rest = parts
    law, day = question.law, question.law.spells.starts[spell]
    flags = rest[len(rest) - len(question.conditional) :]
    risk = list(RiskGroup)[rest[0]] if len(rest) > len(flags) else None
    failed = {id(relief.value) for relief, ok in zip(question.conditional, flags, strict=True) if not ok}
    met = tuple(relief for relief in reliefs(law) if id(relief.value) not in failed)
    case = Case(question.scheme.segment, list(Sector)[sector], list(Payer)[payer], met)
    terms = [term for program in question.scheme.programs for term in _lines_of(question, program, day, risk)]
    return relieved(law, terms, day, case)


def _lines_of(question: Question, program: Program, day: date, risk: RiskGroup | None) -> list[Term]:
    scheme = question.scheme
    if scheme.segment is Segment.BPU:
        return list(bpu_terms(question.law, program, day))
    if scheme.segment is Segment.JAKON:
        return list(jakon_terms(question.law, program, day, wage_known=scheme.wage_known))
    return list(pu_terms(question.law, program, day, risk=risk, with_jkp=Program.JKP in scheme.programs))
