"""What must be told on a day, to whom: one rule for each subject. They read sums and posts, and write nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.urls import reverse

from salawaku import law
from salawaku.cover.selectors import price_to_keep
from salawaku.notices import figures
from salawaku.notices.posts import Desk

SOON = 7  # days
BILLED_BY = 5  # day of the month
SEPTEMBER = 9


class Draft(NamedTuple):
    """Something to be told to one person; `key` says which thing it is, `facts` are counts, rupiah, days, codes."""

    recipient_id: int
    kind: str
    key: str
    region_code: str
    facts: dict[str, Any]
    link: str
    due_on: date | None = None
    urgent: bool = False


Rule = Callable[[date, Desk], Iterator[Draft]]


def lapses(as_of: date, desk: Desk) -> Iterator[Draft]:
    """Memberships that end after this month and the next: to the village, the agency and the programme officer."""
    price = price_to_keep(as_of)
    for months, usual in ((1, "lapse_month"), (2, "lapse_next")):
        ends = law.add_months(as_of, months)
        urgent = (ends - as_of).days <= SOON
        places = figures.lapses_on(ends, as_of=as_of)
        for post in desk.posts(usual):
            workers = places[post.region_code, post.agency_code]
            if not workers:
                continue
            yield Draft(
                post.user_id,
                "lapse_week" if urgent else usual,
                f"{ends:%Y-%m}:{post.region_code}:{post.agency_code}",
                post.region_code,
                {"workers": workers, "cost": workers * price, "ends_on": f"{ends:%Y-%m-%d}"},
                reverse("cover_lapses", query={"month": f"{ends:%Y-%m}"} | _village(post.region_code)),
                figures.last_day_to_keep(ends),
                urgent,
            )


def _village(region_code: str) -> dict[str, str]:
    return {"village": region_code} if len(region_code) == figures.LEVELS[-1] else {}


def bills(as_of: date, desk: Desk) -> Iterator[Draft]:
    """Open bills that are due within seven days, or were due: to finance and programme officers."""
    for bill in figures.bills_due(until=as_of + timedelta(days=SOON)):
        kind = "bill_overdue" if bill.due_on < as_of else "bill_due"
        facts = {
            "code": bill.billing_code,
            "amount": bill.amount,
            "workers": bill.workers,
            "month": f"{bill.month:%Y-%m-%d}",
        }
        region, link = bill.programme.region_code, reverse("bill_detail", args=[bill.public_id])
        for user_id in desk.reaching(region, kind):
            yield Draft(user_id, kind, bill.billing_code, region, facts, link, bill.due_on)


def missing_bills(as_of: date, desk: Desk) -> Iterator[Draft]:
    """From the 5th: a month that is decreed and not billed."""
    if as_of.day < BILLED_BY:
        return
    month = law.first_of_month(as_of)
    for row in figures.unbilled(month):
        facts = {"workers": row.workers, "amount": row.amount, "month": f"{month:%Y-%m-%d}"}
        for user_id in desk.reaching(row.region_code, "bill_missing"):
            key = f"{month:%Y-%m}:{row.programme}"
            yield Draft(
                user_id, "bill_missing", key, row.region_code, facts, reverse("bill_list"), law.due_date(month)
            )


def idle_money(as_of: date, desk: Desk) -> Iterator[Draft]:
    """Once a month, from August or the last month of a purse on: money that is promised to nobody."""
    for purse in figures.idle_purses(as_of=as_of):
        region = purse.programme.region_code
        facts = {"left": purse.left, "ceiling": purse.ceiling, "source": purse.kind}
        link = reverse("purse_detail", args=[purse.public_id])
        for user_id in desk.reaching(region, "money_unused"):
            yield Draft(user_id, "money_unused", f"{as_of:%Y-%m}:{purse.public_id}", region, facts, link)


def differences(as_of: date, desk: Desk) -> Iterator[Draft]:
    """Differences with BPJS to settle within seven days, or overdue: to their owner, else to all who could settle."""
    for row in figures.open_differences(until=as_of + timedelta(days=SOON)):
        kind = "difference_overdue" if row.due_on < as_of else "difference_due"
        able = desk.reaching(row.region_code, kind)
        facts = {"number": row.number, "month": f"{row.month:%Y-%m-%d}", "due_on": f"{row.due_on:%Y-%m-%d}"}
        link = reverse("reconcile_detail", args=[row.public_id])
        key = f"{row.public_id}:{row.due_on:%Y-%m-%d}:{'own' if row.owner_id in able else 'open'}"
        for user_id in [row.owner_id] if row.owner_id in able else able:
            yield Draft(user_id, kind, key, row.region_code, facts, link, row.due_on)


def pairs(as_of: date, desk: Desk) -> Iterator[Draft]:
    """Once a week: pairs of records that wait for a decision."""
    places = figures.pairs_waiting()
    year, week, _day = as_of.isocalendar()
    for post in desk.posts("rows_waiting"):
        if number := places[post.region_code, post.agency_code]:
            key = f"{year}-{week:02}:{post.region_code}:{post.agency_code}"
            facts = {"number": number}
            yield Draft(post.user_id, "rows_waiting", key, post.region_code, facts, reverse("intake_review"))


def january(as_of: date, desk: Desk) -> Iterator[Draft]:
    """In September: members for whom nobody pays in January yet, while the budget can still be planned."""
    if as_of.month != SEPTEMBER:
        return
    places, price = figures.january_gaps(as_of=as_of)
    for post in desk.posts("january_plan"):
        workers = places[post.region_code, ""]
        if workers and not post.agency_code:
            facts = {"workers": workers, "cost": workers * price, "year": str(as_of.year + 1)}
            key, due = f"{as_of.year + 1}:{post.region_code}", law.last_of_month(as_of)
            yield Draft(post.user_id, "january_plan", key, post.region_code, facts, reverse("january_plan"), due)


RULES: tuple[Rule, ...] = (lapses, bills, missing_bills, idle_money, differences, pairs, january)
