"""The law: what a month costs, what a family receives, until when cover holds, each rupiah with its source.

Pure Python and NumPy: no Django, no database. The quantities stand in `data/`, one file each, with their dates and
sources; a month or day on which one is not known is an error, never a guess.

    >>> from datetime import date
    >>> from salawaku import law
    >>> law.monthly_cost(date(2026, 2, 1), payer=law.Payer.FOSTER, sector=law.Sector.TRANSPORT)
    8400
    >>> [line.amount for line in law.contributions(date(2026, 2, 1), 1_000_000, payer=law.Payer.APBD).lines()]
    [10000, 6800]
    >>> int(law.death_benefits(date(2025, 8, 1), months_of_membership=2).total)
    10000000
"""

from salawaku.law.accidents import Accident
from salawaku.law.basis import Basis
from salawaku.law.benefits import Benefits, accident_benefits, death_benefits
from salawaku.law.claims import (
    Claim,
    documents,
    expires_on,
    heirs_order,
    late_compensation,
    payment_deadline,
    report_deadline,
)
from salawaku.law.clocks import Clocks, MembershipRules, Status, cover_clocks
from salawaku.law.contributions import Contributions, Scheme, contributions
from salawaku.law.cover_clock import CoverClock, catch_up_cost, cover_clock, monthly_cost
from salawaku.law.dues import due_date, is_usual_prepayment, late_fee, refundable
from salawaku.law.evaluate import evaluate
from salawaku.law.force import enact, law_now
from salawaku.law.formula import Key, Line, Reckoning
from salawaku.law.impairments import Impairment
from salawaku.law.kinds import Item, Level, Outcome, Payer, Program, RiskGroup, Sector, Segment, Share
from salawaku.law.months import add_months, first_of_month, last_of_month, month_index, months_from
from salawaku.law.register import (
    Change,
    Confidence,
    OutsideValidityError,
    Parameter,
    Register,
    Text,
    UnknownParameterError,
    Value,
)
from salawaku.law.reliefs import Standing
from salawaku.law.scholarships import Child, scholarship
from salawaku.law.workdays import add_working_days, is_holiday

__all__ = [
    "Accident",
    "Basis",
    "Benefits",
    "Change",
    "Child",
    "Claim",
    "Clocks",
    "Confidence",
    "Contributions",
    "CoverClock",
    "Impairment",
    "Item",
    "Key",
    "Level",
    "Line",
    "MembershipRules",
    "Outcome",
    "OutsideValidityError",
    "Parameter",
    "Payer",
    "Program",
    "Reckoning",
    "Register",
    "RiskGroup",
    "Scheme",
    "Sector",
    "Segment",
    "Share",
    "Standing",
    "Status",
    "Text",
    "UnknownParameterError",
    "Value",
    "accident_benefits",
    "add_months",
    "add_working_days",
    "catch_up_cost",
    "contributions",
    "cover_clock",
    "cover_clocks",
    "death_benefits",
    "documents",
    "due_date",
    "enact",
    "evaluate",
    "expires_on",
    "first_of_month",
    "heirs_order",
    "is_holiday",
    "is_usual_prepayment",
    "last_of_month",
    "late_compensation",
    "late_fee",
    "law_now",
    "month_index",
    "monthly_cost",
    "months_from",
    "payment_deadline",
    "refundable",
    "report_deadline",
    "scholarship",
]
