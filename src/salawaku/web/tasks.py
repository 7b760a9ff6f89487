"""What waits for a person, by what the own roles and area allow: counts only, each with the page where it is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from salawaku import law
from salawaku.accounts.models import User
from salawaku.cover import selectors as cover
from salawaku.cover.reconcile_selectors import differences_waiting, reconciliations_for
from salawaku.cover.refund_selectors import refunds_by_purse
from salawaku.exchange.selectors import deaths_to_confirm, questions_open
from salawaku.intake import selectors as intake
from salawaku.intake.models import ListFile
from salawaku.programmes.selectors import allocations_waiting_for
from salawaku.sponsors.selectors import deductions_unpaid, pledges_waiting
from salawaku.web.addresses import address
from salawaku.web.dashboard import Task


def tasks_for(user: User, *, today: date) -> Iterator[Task]:
    """In the order of the work: lists, plans, sponsors, bills and payments, BPJS. Some may count nothing."""
    yield from _of_lists(user)
    yield from _of_programmes(user)
    yield from _of_sponsors(user, today)
    yield from _of_money(user, today)
    yield from _of_bpjs(user)


def _of_lists(user: User) -> Iterator[Task]:
    if user.can("intake.confirm"):
        waiting = intake.file_list().filter(status=ListFile.Status.CHECKED)
        yield Task(
            _("checked lists wait to be confirmed"), waiting.count(), address("intake_list"), icon="file-check"
        )
    if user.can("intake.decide"):
        pairs = intake.pairs_open().count()
        yield Task(_("pairs may be the same person"), pairs, address("intake_review"), icon="users")


def _of_programmes(user: User) -> Iterator[Task]:
    if user.can("allocation.approve"):
        plans = list(allocations_waiting_for(user).values_list("public_id", flat=True))
        url = address("allocation_detail", plans[0]) if len(plans) == 1 else address("programme_list")
        yield Task(_("plans wait for your approval"), len(plans), url, icon="scale")


def _of_sponsors(user: User, today: date) -> Iterator[Task]:
    if user.can("sponsor.manage"):
        pledges = pledges_waiting().count()
        yield Task(_("pledges of foster sponsors wait to be accepted"), pledges, address("pledge_list"))
        unpaid = deductions_unpaid(as_of=today)
        yield Task(_("months were not deducted from a sponsor's salary"), unpaid, address("sponsor_without"))


def _of_money(user: User, today: date) -> Iterator[Task]:
    if user.can("bill.run"):
        month = law.first_of_month(today)
        decreed = sum(row.decreed for row in cover.month_board(first=month, last=month))
        yield Task(_("workers of this month are not billed yet"), decreed, address("bill_list"), icon="receipt")
        ready = sum(row.ready for row in refunds_by_purse(user))
        yield Task(_("paid months can be asked back from BPJS"), ready, address("refund_list"))
    if user.can("payment.record"):
        unmatched = cover.unmatched_receipts(user).count()
        yield Task(_("receipts match no bill"), unmatched, address("payments"), icon="receipt-off")


def _of_bpjs(user: User) -> Iterator[Task]:
    if user.can("month.reconcile"):
        months = list(reconciliations_for(user).filter(status="open").values_list("public_id", flat=True))
        url = address("reconcile_detail", months[0]) if len(months) == 1 else address("reconcile_list")
        yield Task(_("differences with BPJS wait for you"), differences_waiting(user), url)
    if user.can("exchange.receive"):
        yield Task(_("answers of BPJS wait to be settled"), questions_open(user), address("feedback_list"))
    if user.can("dukcapil.match"):
        deaths = len(deaths_to_confirm(user))
        yield Task(_("workers died according to Dukcapil; ask the family"), deaths, address("match_list"))
