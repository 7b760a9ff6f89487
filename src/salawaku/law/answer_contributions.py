"""A contribution case: from its fields to the engine and back."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import numpy as np

from salawaku.law.answers import answer
from salawaku.law.contributions import Contributions, Scheme, contributions
from salawaku.law.dues import DUE, due_date, late_fee
from salawaku.law.errors import NotAllowedError
from salawaku.law.fields import MOST_MONTHS, MOST_WORKERS, Fields
from salawaku.law.formula import Line
from salawaku.law.kinds import Payer, Program, RiskGroup, Sector, Segment, Share
from salawaku.law.months import add_months, month_index
from salawaku.law.register import Register, Text
from salawaku.law.reliefs import Standing
from salawaku.law.sentences import contribution_sentence
from salawaku.law.situations import Many

FIELDS = frozenset(
    {
        "segment", "programs", "month", "months", "workers", "income", "wage", "contract_value", "sector",
        "payer", "risk_group", "paid_through", "registered", "employer_workers", "paid_on",
    }
)  # fmt: skip
NOT_SAID = -1


class Asked(NamedTuple):
    """What a case asks: one person's monthly amount, for how many months and workers."""

    scheme: Scheme
    months: list[date]
    amount: int
    workers: int


def contribution_answer(fields: Fields, law: Register) -> dict[str, Any]:
    """The answer to a case of kind "contribution". CaseError and the engine's errors."""
    asked = _asked(fields)
    found = contributions(
        asked.months,
        asked.amount,
        scheme=asked.scheme,
        sector=fields.one_of("sector", Sector, Sector.OTHER),
        payer=fields.one_of("payer", Payer, Payer.SELF),
        risk=fields.one_of("risk_group", RiskGroup) if fields.has("risk_group") else None,
        standing=_standing(fields),
        law=law,
    )
    lines = _summed(found, asked)
    total = sum(line.amount for line in lines)
    owed = sum(line.amount for line in lines if line.key.part is not Share.GOVERNMENT)
    return answer(total, lines, "share", contribution_sentence(total, lines), **_dates(fields, asked, owed, law))


def _asked(fields: Fields) -> Asked:
    segment = fields.one_of("segment", Segment)
    by_contract = segment is Segment.JAKON and not fields.has("wage")
    name = "income" if segment is Segment.BPU else "contract_value" if by_contract else "wage"
    scheme = Scheme(segment, fields.many_of("programs", Program), wage_known=not by_contract)
    count = fields.whole("months", 1, least=1, most=MOST_MONTHS)
    workers = fields.whole("workers", 1, least=1, most=MOST_WORKERS)
    for name_once, number in (("months", count), ("workers", workers)):
        if by_contract and number > 1:
            raise NotAllowedError(name_once, number, Text("1: kontrak dibayar sekali", "1: a contract is paid once"))
    first = fields.month("month")
    return Asked(
        scheme,
        [add_months(first, step) for step in range(count)],
        fields.whole(name),
        workers,
    )


def _standing(fields: Fields) -> Standing:
    """What reliefs ask; the size of the employer is `employer_workers`, else the workers of the case if many."""
    workers = fields.whole("workers", 1)
    size = fields.whole("employer_workers", workers if workers > 1 else NOT_SAID)
    return Standing(
        paid_through=_month(fields, "paid_through"),
        registered=_month(fields, "registered"),
        employer_workers=np.array(size) if size != NOT_SAID else None,
    )


def _month(fields: Fields, name: str) -> Many | None:
    return np.array(month_index(fields.month(name))) if fields.has(name) else None


def _summed(found: Contributions, asked: Asked) -> list[Line]:
    """Each line over all months and workers, with every basis that one of the months has."""
    explained = [found.lines(index) for index in range(len(asked.months))]
    keys = dict.fromkeys(line.key for lines in explained for line in lines)
    return [
        Line(
            key,
            sum(line.amount for lines in explained for line in lines if line.key == key) * asked.workers,
            tuple(
                dict.fromkeys(used for lines in explained for line in lines if line.key == key for used in line.basis)
            ),
        )
        for key in keys
    ]


def _dates(fields: Fields, asked: Asked, owed: int, law: Register) -> dict[str, Any]:
    """When it is due, and the fee on what the employer passes on when `paid_on` says that one month was late."""
    segment, first = asked.scheme.segment, asked.months[0]
    if segment not in DUE:
        return {}
    dates: dict[str, Any] = {"due_on": f"{due_date(first, segment, law=law):%Y-%m-%d}"}
    if fields.has("paid_on") and len(asked.months) == 1:
        dates["late_fee"] = late_fee(owed, first, fields.day("paid_on"), segment, law=law)
    return dates
