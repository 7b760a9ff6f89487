"""The treasury of the demonstration: payment orders (SP2D) with their proof for bills of the city."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Sum

from salawaku import law
from salawaku.accounts.models import User
from salawaku.cover.actions import order_record
from salawaku.cover.models import Bill
from salawaku.demo.files import paper

EVERY_MONTHS = 2
FIRST_PART = 85  # percent


def first_part(month: date) -> int:
    """The part of the city's bill that the treasury can pay at once, in rupiah."""
    owed = Bill.objects.filter(month=month, purse__kind="apbd_city", status="open").aggregate(sum=Sum("amount"))
    return (owed["sum"] or 0) * FIRST_PART // 100


def order(month: date, *, by: User) -> None:
    """The order that paid the city's bills of that month, every second month; once."""
    paid = Bill.objects.filter(month=month, purse__kind="apbd_city", status="paid", order_lines=None)
    bills = list(paid.order_by("pk"))
    if not bills or law.month_index(month) % EVERY_MONTHS:
        return
    number = f"{month.month:04d}/SP2D/LS/{month.year} (peragaan)"
    order_record(
        by=by, number=number, issued_on=month + timedelta(days=9), amount=sum(bill.amount for bill in bills),
        bills=bills, proof=paper(f"SP2D {month:%Y-%m}, peragaan"),
    )  # fmt: skip
