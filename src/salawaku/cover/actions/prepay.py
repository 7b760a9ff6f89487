"""Billing several months ahead in one go: each month its own bill, amount and due date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from salawaku import law
from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal, law_known
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions.bill import BEFORE, MAKE, MOVE, SHIFT, BillRun, whose
from salawaku.cover.actions.closed import CLOSED, unless_closed
from salawaku.cover.models import Bill
from salawaku.programmes.models import Purse

MOST_MONTHS = 12  # a budget is of one year
LOCK = """
SELECT id FROM programmes_purse
WHERE id IN (SELECT DISTINCT purse_id FROM cover_workermonth WHERE month BETWEEN %(first)s AND %(last)s)
  AND (%(wanted)s::bigint[] IS NULL OR id = ANY(%(wanted)s))
  AND (%(every)s OR programme_id IN (SELECT id FROM programmes_programme WHERE region_code LIKE ANY(%(regions)s)))
ORDER BY id FOR UPDATE
"""
SHUT = f"""
SELECT min(w.month) FROM cover_workermonth w
JOIN ({CLOSED}) shut ON shut.month = w.month AND shut.programme_id = w.programme_id
WHERE w.month BETWEEN %(first)s AND %(last)s AND w.status = 'decreed' AND w.purse_id = ANY(%(purses)s)
"""


@dataclass(frozen=True, slots=True)
class Prepayment:
    """What was billed month by month; `usual` says whether BPJS offers to take so many months at once."""

    runs: list[BillRun]

    @property
    def bills(self) -> list[Bill]:
        """Every bill made, the earliest month first."""
        return [bill for run in self.runs for bill in run.bills]

    @property
    def amount(self) -> int:
        """The sum of all bills in rupiah."""
        return sum(bill.amount for bill in self.bills)

    @property
    def worker_months(self) -> int:
        """Months of cover on the bills."""
        return sum(bill.workers for bill in self.bills)

    @property
    def already_billed(self) -> int:
        """Worker-months that were on a bill before."""
        return sum(run.already_billed for run in self.runs)

    @property
    def usual(self) -> bool:
        """One, three, six or twelve months; an agreement of the government may name others."""
        return law.is_usual_prepayment(len(self.runs))

    def as_json(self) -> dict[str, Any]:
        """The fields of `salawaku bill --through --json`."""
        return {
            "first": f"{self.runs[0].month:%Y-%m}",
            "last": f"{self.runs[-1].month:%Y-%m}",
            "bills": len(self.bills),
            "worker_months": self.worker_months,
            "amount": self.amount,
            "already_billed": self.already_billed,
            "usual_period": self.usual,
            "months": [run.as_json() for run in self.runs],
        }


@unless_closed()
@law_known()
@transaction.atomic
def bills_prepay(*, by: User | None, first: date, last: date, purses: Sequence[Purse] = ()) -> Prepayment:
    """Bill the decreed months from `first` to `last` of some purses, or of all; again bills nothing.

    All months or none. Refusal when a month is closed, its law is not known, the months are reversed or more than a
    year, or a purse named lies in another area.
    """
    months = _months(law.first_of_month(first), law.first_of_month(last))
    with elevated("a bill holds all workers of its purse"), connection.cursor() as cursor:
        values: dict[str, Any] = {
            "first": months[0],
            "last": months[-1],
            "wanted": [purse.pk for purse in purses] or None,
            "law": law.law_now().hash,
            **whose(by),
        }
        _refuse_foreign(by, purses)
        cursor.execute(LOCK, values)
        values["purses"] = [purse for (purse,) in cursor.fetchall()]
        _refuse_closed(cursor, values)
        made = [(month, *_bill(cursor, values | {"month": month, "due": law.due_date(month)})) for month in months]
    return Prepayment([_run(by, month, bills, already) for month, bills, already in made])


def _months(first: date, last: date) -> list[date]:
    """The months of the span; each has a known law."""
    months = law.months_from(first, last)
    if not months:
        raise Refusal("bill.months_reversed", _("The last month lies before the first. Nothing was billed."))
    if len(months) > MOST_MONTHS:
        raise Refusal(
            "bill.too_many_months", _("At most %(n)s months are billed in one go. Nothing was billed."), n=MOST_MONTHS
        )
    for month in months:
        law.monthly_cost(month, payer=law.Payer.APBD)
    return months


def _refuse_foreign(by: User | None, purses: Sequence[Purse]) -> None:
    if by and not all(purse.programme.region_code.startswith(tuple(by.regions)) for purse in purses):
        raise Refusal("bill.foreign_purse", _("This purse is not in your area. Nothing was billed."))


def _refuse_closed(cursor: CursorWrapper, values: dict[str, Any]) -> None:
    cursor.execute(SHUT, values)
    (month,) = cursor.fetchone()
    if month:
        raise Refusal("month.closed", _("The month %(month)s is closed. Nothing was billed."), month=f"{month:%Y-%m}")


def _bill(cursor: CursorWrapper, values: dict[str, Any]) -> tuple[list[int], int]:
    """Bill one month of the locked purses: the bills, and how many workers were on one before."""
    cursor.execute(BEFORE, values)
    already = int(cursor.fetchone()[0])
    cursor.execute(MAKE, values)
    values["bills"] = [bill for (bill,) in cursor.fetchall()]
    cursor.execute(MOVE, values)
    cursor.execute(SHIFT, values)
    return values["bills"], already


def _run(by: User | None, month: date, ids: list[int], already: int) -> BillRun:
    bills = list(Bill.objects.filter(pk__in=ids).select_related("purse", "programme").order_by("purse_id"))
    for bill in bills:
        detail = {"month": f"{month:%Y-%m}", "workers": bill.workers, "amount": bill.amount, "ahead": True}
        audit.record(by=by, kind="bill.made", subject=bill, detail=detail, region_code=bill.programme.region_code)
    return BillRun(month, bills, already)
