"""Deaths that are told late: months were paid after them, and BPJS is asked to give those back."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from salawaku import law
from salawaku.accounts.models import User
from salawaku.cover.actions import refunds_request
from salawaku.cover.models import Refund, RefundLetter, WorkerMonth
from salawaku.registry.actions import worker_died
from salawaku.registry.models import Worker

TOLD_AFTER = 3  # months
ASKED, FOUND = 11, 19  # days of the month of death


def deaths_told_late(month: date, *, by: User) -> None:
    """Two workers died some months before: for one a letter asks the money back, for the other it is only found."""
    died = law.add_months(month, -TOLD_AFTER)
    _death(died.replace(day=ASKED), by=by)
    _ask(month, by=by)
    _death(died.replace(day=FOUND), by=by)


def _death(day: date, *, by: User) -> None:
    """Somebody who was paid for in the month of death and in the one after it; once."""
    first = law.first_of_month(day)
    paid = WorkerMonth.objects.filter(status="paid", worker__status=Worker.Status.LIVING).exclude(
        purse__kind="foster"
    )
    after = paid.filter(month=law.add_months(first, 1)).values("worker_id")
    covered = paid.filter(month=first, worker_id__in=after).order_by("worker_id").first()
    if covered and not Worker.objects.filter(died_on=day).exists():
        worker_died(by=by, worker=covered.worker, died_on=day, reason="Kabar dari keluarga terlambat (peragaan)")


@transaction.atomic
def _ask(month: date, *, by: User) -> None:
    waiting = Refund.objects.filter(status="to_request").order_by("pk").select_related("purse").first()
    if waiting and not RefundLetter.objects.exists():
        number = f"460/{month.month:03d}/{month.year} (peragaan)"
        refunds_request(by=by, purse=waiting.purse, number=number, issued_on=month)
