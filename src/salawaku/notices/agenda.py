"""The events of a person's calendar: what is due and what ends, within the scope of the reading."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from salawaku import law
from salawaku.accounts.models import User
from salawaku.accounts.scoping import acting_as
from salawaku.cover.models import Bill, Difference
from salawaku.cover.reconcile_selectors import reconciliations_for
from salawaku.cover.selectors import bills_for, lapses_ahead
from salawaku.notices.figures import last_day_to_keep
from salawaku.notices.ics import Event, calendar
from salawaku.notices.rules import SEPTEMBER
from salawaku.notices.selectors import absolute, preference_of
from salawaku.web import wording

BACK = timedelta(days=62)
MONTHS_AHEAD = 12


def calendar_of(user: User, *, today: date) -> bytes:
    """The person's calendar as a file, in the person's language. The same facts on a day give the same bytes."""
    with acting_as(user), translation.override(preference_of(user).language):
        events = list(events_of(user, today=today))
    stamp = datetime.combine(today, time(), UTC)
    return calendar(events, name="Salawaku", stamp=stamp)


def events_of(user: User, *, today: date) -> Iterator[Event]:
    """What the person's roles let them see: bills, ends of memberships, months to close, the January plan."""
    if user.can("programme.view"):
        yield from _bills(user, today)
    if user.can("cover.view"):
        yield from _lapses(today)
    if user.can("month.reconcile"):
        yield from _months(user)
    if user.can("programme.manage"):
        yield _january(today)


def _bills(user: User, today: date) -> Iterator[Event]:
    asked = bills_for(user).exclude(status=Bill.Status.VOID)
    for bill in asked.filter(due_on__gte=today - BACK).order_by("due_on", "id"):
        said = {"code": bill.billing_code, "month": wording.month(bill.month), "amount": wording.rupiah(bill.amount)}
        words = _("Paid: bill %(code)s") if bill.status == Bill.Status.PAID else _("Due: bill %(code)s")
        text = _("%(month)s, %(amount)s") % said
        link = absolute(reverse("bill_detail", args=[bill.public_id]))
        yield Event(f"bill-{bill.public_id}@salawaku", bill.due_on, words % said, text, link)


def _lapses(today: date) -> Iterator[Event]:
    until = law.add_months(today, MONTHS_AHEAD)
    for row in (row for row in lapses_ahead(as_of=today) if row.on <= until):
        said = {"workers": wording.number(row.workers), "ends_on": wording.day(row.on)}
        yield Event(
            f"lapse-{row.on:%Y-%m-%d}@salawaku",
            last_day_to_keep(row.on),
            _("Last day: %(workers)s memberships end tomorrow") % said,
            _("%(workers)s memberships end on %(ends_on)s unless a month is paid.") % said,
            absolute(reverse("cover_lapses", query={"month": f"{row.on:%Y-%m}"})),
        )


def _months(user: User) -> Iterator[Event]:
    is_open = Q(differences__status=Difference.Status.OPEN)
    months = reconciliations_for(user).filter(status="open")
    for one in months.annotate(
        due=Min("differences__due_on", filter=is_open), n=Count("differences", filter=is_open)
    ):
        if one.due is not None:
            said = {"month": wording.month(one.month), "n": wording.number(one.n)}
            yield Event(
                f"month-{one.public_id}@salawaku",
                one.due,
                _("Settle and close %(month)s") % said,
                _("%(n)s differences with BPJS are open.") % said,
                absolute(reverse("reconcile_detail", args=[one.public_id])),
            )


def _january(today: date) -> Event:
    year = today.year if today.month <= SEPTEMBER else today.year + 1
    said = {"year": str(year + 1)}
    return Event(
        f"january-{year + 1}@salawaku",
        date(year, SEPTEMBER, 1),
        _("Plan January %(year)s: who pays until the budget starts?") % said,
        "",
        absolute(reverse("january_plan")),
    )
