"""Reading one bill: who is on it, and the chain from decree to receipt."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.models import Bill, OrderBill, PaymentLine, PaymentOrder
from salawaku.cover.paging import split_page
from salawaku.cover.selectors import bills_for
from salawaku.programmes.models import Decree, Purse
from salawaku.programmes.selectors import programmes_managed_by

VILLAGES = """
SELECT m.village_code, coalesce(r.name, m.village_code), count(*), sum(m.amount)::bigint
FROM cover_workermonth m LEFT JOIN regions_region r ON r.code = m.village_code
WHERE m.purse_id = %(purse)s AND m.month = %(month)s AND m.bill_id = %(bill)s GROUP BY 1, 2 ORDER BY 1
"""
# The decrees whose annexes name somebody of the bill for this purse and month.
DECREES = """
SELECT d.id FROM programmes_decree d
WHERE d.programme_id = %(programme)s AND EXISTS (
    SELECT 1 FROM programmes_allocationline l
    JOIN cover_workermonth m ON m.worker_id = l.worker_id AND m.bill_id = %(bill)s AND m.month = %(month)s
    WHERE l.allocation_id = d.allocation_id AND l.chosen AND l.purse_id = %(purse)s
      AND %(month)s >= l.first_month AND %(month)s < l.first_month + make_interval(months => l.months))
"""


class VillageShare(NamedTuple):
    """The workers of a bill in one village; nobody is named."""

    code: str
    name: str
    workers: int
    amount: int


class Told(NamedTuple):
    """Something of a chain that does not agree, with the rupiah that differ (0: something is missing)."""

    text: Promise
    difference: int = 0


class Chain(NamedTuple):
    """From decree to receipt, as far as it has come."""

    decrees: list[Decree]
    orders: list[OrderBill]
    receipts: list[PaymentLine]
    told: list[Told]


def bills_managed_by(user: User) -> QuerySet[Bill]:
    """Bills of the programmes that lie wholly in the user's regions."""
    found = Bill.objects.filter(programme__in=programmes_managed_by(user))
    return found.select_related("purse", "programme", "split_from", "joined_into")


def bill_page(user: User, *, month: date | None, after: UUID | None, rows: int) -> tuple[list[Bill], UUID | None]:
    """Bills the user sees, of one month or of all, the latest month first, behind the bill `after`; and the public
    id of the last of them where more follow."""
    found = bills_for(user)
    if month:
        found = found.filter(month=month)
    if after and (last := bills_for(user).filter(public_id=after).first()):
        same = Q(month=last.month)
        found = found.filter(
            Q(month__lt=last.month)
            | same & Q(purse_id__gt=last.purse_id)
            | same & Q(purse_id=last.purse_id, part__gt=last.part)
        )
    return split_page(list(found[: rows + 1]), rows)


def months_billed(user: User) -> list[date]:
    """The months that have a bill the user sees, the latest first."""
    return list(bills_for(user).order_by("-month").values_list("month", flat=True).distinct())


def open_amount(user: User) -> int:
    """What is billed and not paid yet, in rupiah, of all bills the user sees."""
    return int(bills_for(user).filter(status=Bill.Status.OPEN).aggregate(sum=Sum("amount", default=0))["sum"])


def purses_managed_by(user: User) -> QuerySet[Purse]:
    """Purses whose months the user may bill."""
    found = Purse.objects.filter(programme__in=programmes_managed_by(user))
    return found.select_related("programme").order_by("programme__name", "priority", "id")


def purses_named(name: str) -> list[Purse]:
    """The purses of every programme with this name, for the command line. Refusal where there is none."""
    found = list(Purse.objects.filter(name=name).select_related("programme"))
    if not found:
        raise Refusal("bill.no_source", _("No purse is called %(name)s. Nothing was billed."), name=name)
    return found


def villages_of(bill: Bill) -> list[VillageShare]:
    """How many workers of each village are on the bill, and what they cost."""
    with elevated("counts of a bill show nobody"), connection.cursor() as cursor:
        cursor.execute(VILLAGES, {"bill": bill.pk, "month": bill.month, "purse": bill.purse_id})
        return [VillageShare(*row) for row in cursor.fetchall()]


def decrees_behind(bill: Bill) -> list[Decree]:
    """The decrees that name the bill's workers, the earliest first."""
    values: dict[str, Any] = {
        "bill": bill.pk,
        "month": bill.month,
        "programme": bill.programme_id,
        "purse": bill.purse_id,
    }
    with elevated("the number of a decree shows nobody"), connection.cursor() as cursor:
        cursor.execute(DECREES, values)
        ids = [decree for (decree,) in cursor.fetchall()]
    return list(Decree.objects.filter(pk__in=ids).order_by("signed_on", "id"))


def siblings(bill: Bill) -> list[Bill]:
    """The other bills of the purse for the month, the first part first."""
    found = Bill.objects.filter(purse_id=bill.purse_id, month=bill.month).exclude(pk=bill.pk)
    return list(found.order_by("part"))


def chain_of(bill: Bill) -> Chain:
    """What led to the bill and what became of it, with what does not agree."""
    orders = list(OrderBill.objects.filter(bill=bill).select_related("order").order_by("-live", "-id"))
    receipts = list(PaymentLine.objects.filter(bill=bill).select_related("payment").order_by("paid_on", "id"))
    decrees = decrees_behind(bill)
    return Chain(decrees, orders, receipts, _told(bill, decrees, orders, receipts))


def _told(bill: Bill, decrees: list[Decree], orders: list[OrderBill], receipts: list[PaymentLine]) -> list[Told]:
    told = [
        Told(_("A receipt says another amount than the bill."), line.amount - bill.amount)
        for line in receipts
        if line.amount != bill.amount
    ]
    if not decrees and bill.status != Bill.Status.VOID:
        told.append(Told(_("No signed decree names these workers yet.")))
    if bill.status == Bill.Status.PAID and not any(line.live for line in orders):
        told.append(Told(_("The bill is paid, and no payment order was recorded.")))
    if sum(line.outcome == PaymentLine.Outcome.ALREADY_PAID for line in receipts):
        told.append(Told(_("The bank has a second payment for this bill."), bill.amount))
    return told


def orders_for(user: User) -> QuerySet[PaymentOrder]:
    """Payment orders of the regions that the user sees whole."""
    return PaymentOrder.objects.filter(lines__bill__programme__in=programmes_managed_by(user)).distinct()


def bills_without_order(user: User) -> QuerySet[Bill]:
    """Bills that an order may still pay, the earliest due day first; paid ones too, for the order may come later."""
    found = bills_managed_by(user).exclude(status=Bill.Status.VOID)
    return found.exclude(order_lines__live=True).order_by("due_on", "id")


def paid_of(order: PaymentOrder) -> int:
    """What receipts have paid of the order's bills, in rupiah."""
    bills = order.lines.values("bill")
    lines = PaymentLine.objects.filter(bill__in=bills)
    paying = lines.filter(outcome="matched") | lines.filter(decision="matched")
    return sum(paying.values_list("amount", flat=True))
