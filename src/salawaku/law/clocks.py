"""Until when cover holds, when membership ends, and what the family would receive, from a worker's paid months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import pairwise

from salawaku.law.benefits import death_benefit
from salawaku.law.months import add_months, first_of_month, last_of_month, month_index
from salawaku.law.parameters import GRACE_MONTHS, WAITING_MONTHS


class Status(Enum):
    """Where a worker stands on a day."""

    NONE = "none"
    ACTIVE = "active"
    IN_GRACE = "in_grace"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class CoverClock:
    """One worker's cover on one day.

    `cover_end` is the last day of the last paid month in a row; `membership_end` the first day on which the
    membership no longer exists if nothing more is paid. `family_receives` is for a death today that is not a work
    accident; in grace it is nothing, and `family_if_arrears_paid` what it is once the arrears are accepted.
    """

    status: Status
    last_paid: date | None = None
    cover_end: date | None = None
    membership_start: date | None = None
    membership_end: date | None = None
    days_to_lapse: int = 0
    full_benefit_from: date | None = None
    months_of_membership: int = 0
    family_receives: int = 0
    family_if_arrears_paid: int = 0
    family_receives_work_accident: int = 0


def cover_clock(paid_months: Iterable[date], today: date) -> CoverClock:
    """Read the clock of a worker on `today` from the months paid for, in any order."""
    paid = sorted({first_of_month(month) for month in paid_months})
    begun = [month for month in paid if month <= today]
    if not begun:
        return CoverClock(Status.NONE)
    last_paid = _end_of_run(begun[-1], paid) if begun[-1] == first_of_month(today) else begun[-1]
    membership_end = add_months(last_paid, GRACE_MONTHS + 1)
    start = _membership_start(begun)
    if today >= membership_end:
        return CoverClock(Status.ENDED, last_paid, last_of_month(last_paid), start, membership_end)
    return _running(today, last_paid, start, membership_end)


def _running(today: date, last_paid: date, start: date, membership_end: date) -> CoverClock:
    active = today <= last_of_month(last_paid)
    months = month_index(today) - month_index(start)
    amount = death_benefit(today, months_of_membership=months).amount
    at_work = death_benefit(today, months_of_membership=months, work_accident=True).amount
    return CoverClock(
        status=Status.ACTIVE if active else Status.IN_GRACE,
        last_paid=last_paid,
        cover_end=last_of_month(last_paid),
        membership_start=start,
        membership_end=membership_end,
        days_to_lapse=(membership_end - today).days,
        full_benefit_from=add_months(start, WAITING_MONTHS),
        months_of_membership=months,
        family_receives=amount if active else 0,
        family_if_arrears_paid=amount,
        family_receives_work_accident=at_work if active else 0,
    )


def _end_of_run(month: date, paid: list[date]) -> date:
    """The last of the months paid without a gap from `month` on: prepaid months count."""
    known = set(paid)
    while add_months(month, 1) in known:
        month = add_months(month, 1)
    return month


def _membership_start(begun: list[date]) -> date:
    """The first month of the membership that holds the last of the months: four months apart is a new one."""
    start = begun[0]
    for earlier, later in pairwise(begun):
        if month_index(later) - month_index(earlier) > GRACE_MONTHS:
            start = later
    return start
