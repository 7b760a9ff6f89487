"""Clocks and papers of a claim: who inherits, what to bring, by when to report and to pay, until when to claim.

Sources: PP 44/2015 Pasal 37, Permenaker 1/2025 Pasal 8 and 79, PP 82/2019 Pasal 26.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import Enum
from fractions import Fraction

from salawaku.law.force import law_now
from salawaku.law.formula import rounding
from salawaku.law.money import to_rupiah
from salawaku.law.register import Register, Text
from salawaku.law.workdays import add_working_days


class Claim(Enum):
    """What is claimed."""

    JKM = "jkm"
    JKK = "jkk"
    SCHOLARSHIP = "scholarship"


def heirs_order(day: date, *, law: Register | None = None) -> tuple[Text, ...]:
    """Who inherits, the first group that exists takes all (PP 44/2015 Pasal 37(5))."""
    found: tuple[Text, ...] = (law or law_now()).at("heirs.order", day)
    return found


def documents(claim: Claim, day: date, *, law: Register | None = None) -> tuple[Text, ...]:
    """What to bring for a claim."""
    found: tuple[Text, ...] = (law or law_now()).at(f"claim.{claim.value}.documents", day)
    return found


def payment_deadline(claim: Claim, complete_on: date, *, law: Register | None = None) -> date:
    """The last day on which BPJS pays in time after a file was complete: 3 (JKM) or 7 (JKK) working days later."""
    return add_working_days(complete_on, (law or law_now()).at(f"claim.{claim.value}.payment_deadline", complete_on))


def late_compensation(benefit: int, deadline: date, paid_on: date, *, law: Register | None = None) -> int:
    """What is owed in rupiah on top of `benefit` for each day after the deadline (PP 44/2015 Pasal 37(3))."""
    law = law or law_now()
    rate: Fraction = law.at("claim.late_payment_compensation", deadline)
    return to_rupiah(benefit * rate * max((paid_on - deadline).days, 0), rounding(law))


def report_deadline(happened_at: datetime, *, law: Register | None = None) -> datetime:
    """Until when an accident is reported in its first stage: 2 × 24 hours. `happened_at` must carry its zone."""
    if happened_at.tzinfo is None:
        raise ValueError("a time needs its zone")
    hours = (law or law_now()).at("claim.jkk.report_stage1", happened_at.date())
    return happened_at + timedelta(hours=hours)


def expires_on(accident_on: date, *, law: Register | None = None) -> date:
    """The last day on which JKK can be claimed for an accident (PP 82/2019 Pasal 26); JKM is not known to expire."""
    years = (law or law_now()).at("claim.jkk.expiry_years", accident_on)
    last = min(accident_on.day, 28) if accident_on.month == 2 else accident_on.day
    return accident_on.replace(year=accident_on.year + years, day=last)
