"""When contributions are due, what lateness costs, which months can be paid ahead, caught up, or refunded.

Sources: PP 44/2015 (15th; next working day), BPJS circulars on late fees, Perdir 22/PERDIR.02/072022 (arrears and
refunds). See bpu.payment_due, pu.payment_due, bpu.late_fee, pu.late_fee, bpu.refund_to_government_payer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from salawaku.law.force import law_now
from salawaku.law.formula import rounding
from salawaku.law.kinds import Segment
from salawaku.law.money import to_rupiah
from salawaku.law.months import add_months, first_of_month, last_of_month, month_index
from salawaku.law.register import Register
from salawaku.law.workdays import next_working_day

# Jakon is paid by the contract, not by the month.
DUE = {Segment.BPU: "bpu.payment_due", Segment.PU: "pu.payment_due"}
LATE_FEE = {Segment.BPU: "bpu.late_fee", Segment.PU: "pu.late_fee"}
PREPAYMENT = "bpu.prepayment_periods_months"


def due_date(month: date, segment: Segment = Segment.BPU, *, law: Register | None = None) -> date:
    """The last day to pay the contribution of `month`. OutsideValidityError before the rule; KeyError for Jakon."""
    rule = (law or law_now()).at(DUE[segment], first_of_month(month))
    last = last_of_month(add_months(month, rule["months_after"]))
    return next_working_day(min(last, last.replace(day=1) + timedelta(days=rule["day"] - 1)))


def late_fee(due: int, month: date, paid_on: date, segment: Segment, *, law: Register | None = None) -> int:
    """What is added in rupiah to `due` rupiah of `month`, paid on `paid_on`: a rate for each month begun after the
    due date, borne by the employer (PU, PP 44/2015). Non-wage workers pay none; their cover lapses instead."""
    law = law or law_now()
    last = due_date(month, segment, law=law)
    if paid_on <= last:
        return 0
    late = month_index(paid_on) - month_index(last) + (1 if paid_on.day > last.day else 0)
    rate: Fraction = law.at(LATE_FEE[segment], first_of_month(month))
    return to_rupiah(due * rate * late, rounding(law))


def is_usual_prepayment(months: int, *, law: Register | None = None) -> bool:
    """Whether BPJS offers to take so many months at once; agreements of governments may name others."""
    return months in (law or law_now()).at(PREPAYMENT, date.max)


def refundable(paid: Iterable[date], claim_on: date) -> list[date]:
    """The paid months that can be given back to one participant: those after the month of a JHT, JKK or JKM claim.
    For governments and donors the agreement decides (bpu.refund_to_government_payer)."""
    return sorted(month for month in paid if first_of_month(month) > first_of_month(claim_on))
