"""One worker's clock with what the family would receive, and what it costs to catch up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from salawaku.law.benefits import death_benefits
from salawaku.law.clocks import Clocks, Status, clocks_of_one
from salawaku.law.contributions import contributions
from salawaku.law.force import law_now
from salawaku.law.kinds import Payer, Sector
from salawaku.law.months import add_months, last_of_month, month_from_index, months_from
from salawaku.law.register import Register
from salawaku.law.situations import Many

DONOR_EXCEPTION = "bpu.arrears.donor_exception"


@dataclass(frozen=True, slots=True)
class CoverClock:
    """One non-wage worker's cover on one day.

    `cover_end` is the last day of the last paid month in a row; `membership_end` the first day on which the
    membership no longer exists if nothing more is paid. `family_receives` is for a death today that is not a work
    accident, without scholarship; in grace it is nothing, and `family_if_arrears_paid` what it would be had the
    months up to today been paid. `arrears` are the months that can still be caught up. After the end there is a
    special procedure when a donor or government paid late (`donor_exception`, bpu.arrears.donor_exception).
    """

    status: Status
    last_paid: date | None = None
    cover_end: date | None = None
    membership_start: date | None = None
    membership_end: date | None = None
    days_to_lapse: int = 0
    full_benefit_from: date | None = None
    scholarship_from: date | None = None
    months_of_membership: int = 0
    months_contributed: int = 0
    consecutive_months: int = 0
    arrears: tuple[date, ...] = ()
    donor_exception: bool = False
    family_receives: int = 0
    family_if_arrears_paid: int = 0
    family_receives_work_accident: int = 0


def cover_clock(
    paid_months: Iterable[date], today: date, *, income: int | None = None, law: Register | None = None
) -> CoverClock:
    """Read the clock of a worker on `today` from the months paid for, in any order.

    `income` in rupiah a month decides the benefit at work; without it that of the lowest band.
    OutsideValidityError for a day on which the rules are not known.
    """
    law = law or law_now()
    clocks = clocks_of_one(paid_months, today, law=law)
    status = list(Status)[int(clocks.status[0])]
    if status is Status.NONE:
        return CoverClock(status)
    member = status is not Status.ENDED
    amount, at_work = _family(law, clocks, today, income) if member else (0, 0)
    last = _month(clocks.last_paid)
    return CoverClock(
        status=status,
        last_paid=last,
        cover_end=last_of_month(last),
        membership_start=_month(clocks.membership_start),
        membership_end=_month(clocks.membership_end),
        days_to_lapse=int(clocks.days_to_lapse[0]),
        full_benefit_from=_month(clocks.full_benefit_from) if member else None,
        scholarship_from=_month(clocks.scholarship_from) if member else None,
        months_of_membership=int(clocks.months_of_membership[0]),
        months_contributed=int(clocks.months_contributed[0]),
        consecutive_months=int(clocks.consecutive_months[0]),
        arrears=tuple(months_from(add_months(last, 1), today)) if status is Status.IN_GRACE else (),
        donor_exception=not member and any(value.holds(today) for value in law[DONOR_EXCEPTION].values),
        family_receives=amount if status is Status.ACTIVE else 0,
        family_if_arrears_paid=amount,
        family_receives_work_accident=at_work if status is Status.ACTIVE else 0,
    )


def catch_up_cost(
    clock: CoverClock, *, payer: Payer, sector: Sector, income: int | None = None, law: Register | None = None
) -> int:
    """What the months that can still be caught up cost this payer together, in rupiah."""
    law = law or law_now()
    return sum(monthly_cost(month, payer=payer, sector=sector, income=income, law=law) for month in clock.arrears)


def monthly_cost(
    month: date,
    *,
    payer: Payer,
    sector: Sector = Sector.OTHER,
    income: int | None = None,
    law: Register | None = None,
) -> int:
    """JKK and JKM of a non-wage worker for one month in rupiah; without an income in the lowest band."""
    law = law or law_now()
    amount = law.at("bpu.jkk.base_min", month) if income is None else income
    return int(contributions(month, amount, sector=sector, payer=payer, law=law).total)


def _family(law: Register, clocks: Clocks, today: date, income: int | None) -> tuple[int, int]:
    wage = law.at("bpu.jkk.base_min", today) if income is None else income
    usual = death_benefits(
        today,
        months_of_membership=clocks.months_of_membership,
        months_contributed=clocks.months_contributed,
        law=law,
    )
    at_work = death_benefits(today, at_work=True, income=wage, law=law)
    return int(usual.total.flat[0]), int(at_work.total.flat[0])


def _month(number: Many) -> date:
    return month_from_index(int(number[0]))
