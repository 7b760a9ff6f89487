"""Reading the ledger on any day: who is covered, until when, what lapses, what it costs.

Everything is seen within the acting person's scope. A figure "as of" a day reads the ledger as it is known now and
sets the clocks to that day.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from salawaku import law
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.cover.clock_sql import clock_sql, clock_values
from salawaku.cover.models import Bill, PaymentLine, WorkerMonth
from salawaku.programmes.models import Purse
from salawaku.programmes.selectors import programmes_for, programmes_managed_by
from salawaku.registry.endings import has_ended

# Whose aid has ended (a wage, cover elsewhere, moved away) is nobody whom a programme keeps.
HELPED = f"NOT {has_ended('w.id', by='%(today)s')}"
KEYS = {
    "village": ("w.village_code", ""),
    "agency": ("w.agency_code", ""),
    "source": (
        "p.name",
        """JOIN cover_workermonth m
             ON m.worker_id = c.worker_id
            AND m.month = (c.membership_end - make_interval(months => %(grace)s + 1))::date
           JOIN programmes_purse p ON p.id = m.purse_id""",
    ),
    "none": ("'all'", ""),
}

STATUS = f"""
WITH {{clock}}
SELECT {{key}}, count(*), count(*) FILTER (WHERE c.status = 'active'), count(*) FILTER (WHERE c.status = 'in_grace'),
       count(*) FILTER (WHERE c.status = 'ended'),
       count(*) FILTER (WHERE c.days_to_lapse BETWEEN 1 AND 30),
       count(*) FILTER (WHERE c.days_to_lapse BETWEEN 1 AND 90)
FROM clock c JOIN registry_worker w ON w.id = c.worker_id AND w.status = 'living' {{joined}}
WHERE {HELPED} GROUP BY 1 ORDER BY 1
"""

COVERAGE = f"""
WITH {{clock}}, registered AS (
    SELECT w.village_code, count(*) AS registered, count(*) FILTER (WHERE c.status = 'active') AS covered
    FROM registry_worker w LEFT JOIN clock c ON c.worker_id = w.id WHERE w.status = 'living' AND {HELPED}
    GROUP BY w.village_code
), quota AS (
    SELECT q.village_code, sum(q.seats) AS quota
    FROM programmes_quota q JOIN programmes_programme p ON p.id = q.programme_id
    WHERE p.status <> 'draft'
      AND %(today)s BETWEEN p.first_month AND p.last_month + interval '1 month' - interval '1 day'
    GROUP BY q.village_code
)
SELECT w.village_code, coalesce(r.name, w.village_code), coalesce(r.kind, ''), w.covered, w.registered,
       coalesce(q.quota, 0)::int
FROM registered w
LEFT JOIN quota q ON q.village_code = w.village_code
LEFT JOIN regions_region r ON r.code = w.village_code
ORDER BY w.village_code
"""

AHEAD = f"""
WITH {{clock}}
SELECT c.membership_end, count(*) FROM clock c JOIN registry_worker w ON w.id = c.worker_id AND w.status = 'living'
WHERE c.days_to_lapse > 0 AND {HELPED} GROUP BY 1 ORDER BY 1
"""

ENDS = f"""
WITH {{clock}}
SELECT w.village_code, c.membership_end, coalesce(c.status, ''), count(*)
FROM registry_worker w LEFT JOIN clock c ON c.worker_id = w.id WHERE w.status = 'living' AND {HELPED} GROUP BY 1, 2, 3
"""

SEATS = """
SELECT q.village_code, sum(q.seats)::int
FROM programmes_quota q JOIN programmes_programme p ON p.id = q.programme_id
WHERE p.status <> 'draft'
      AND %(today)s BETWEEN p.first_month AND p.last_month + interval '1 month' - interval '1 day'
GROUP BY q.village_code
"""

BOARD = """
SELECT month, count(*), count(*) FILTER (WHERE status = 'decreed'), count(*) FILTER (WHERE status = 'billed'),
       count(*) FILTER (WHERE status = 'paid'), sum(amount)::bigint,
       coalesce(sum(amount) FILTER (WHERE status = 'paid'), 0)::bigint
FROM cover_workermonth WHERE month BETWEEN %(first)s AND %(last)s GROUP BY month ORDER BY month
"""


class Standing(NamedTuple):
    """How many of a group stand where; `cost_to_keep_month` pays one month for all who lapse within 90 days."""

    key: str
    workers: int
    active: int
    in_grace: int
    ended: int
    lapse_30: int
    lapse_90: int
    cost_to_keep_month: int


class VillageEnd(NamedTuple):
    """Registered workers of a village whose membership ends on one day; no day and no status: never covered."""

    village_code: str
    membership_end: date | None
    status: str
    workers: int


class Coverage(NamedTuple):
    """One village: `target` is the quota of the day's programmes, or all registered where there is none."""

    key: str
    name: str
    kind: str
    covered: int
    registered: int
    quota: int

    @property
    def target(self) -> int:
        """What should be covered."""
        return self.quota or self.registered

    @property
    def gap(self) -> int:
        """How many are missing; below zero when more are covered than were planned. Never clipped."""
        return self.target - self.covered

    def as_json(self) -> dict[str, Any]:
        """The fields of `salawaku coverage --json`."""
        return {**self._asdict(), "target": self.target, "gap": self.gap}


class BoardMonth(NamedTuple):
    """A month from decree to payment, in worker-months and rupiah."""

    month: date
    workers: int
    decreed: int
    billed: int
    paid: int
    amount: int
    amount_paid: int


class LapsesAhead(NamedTuple):
    """How many memberships end on a day if nothing more is paid."""

    on: date
    workers: int


def cover_status(*, as_of: date, by: str = "none") -> list[Standing]:
    """Members, in grace and ended by village, agency, source or none (KeyError for anything else)."""
    key, joined = KEYS[by]
    price = price_to_keep(as_of)
    rows = _rows(STATUS.format(clock=clock_sql(), key=key, joined=joined), clock_values(as_of))
    return [Standing._make((*row, row[6] * price)) for row in rows]


def price_to_keep(as_of: date) -> int:
    """What a month costs a public purse, which PP 50/2025 gives no relief, so that nobody plans too little."""
    return law.monthly_cost(as_of, payer=law.Payer.APBD)


def coverage_by_village(*, as_of: date) -> list[Coverage]:
    """Covered, registered and quota of each village that has workers in the register."""
    return [Coverage(*row) for row in _rows(COVERAGE.format(clock=clock_sql()), clock_values(as_of))]


def village_ends(*, as_of: date) -> list[VillageEnd]:
    """All registered workers by village, end of membership and status: one pass for a page that shows all three."""
    return [VillageEnd(*row) for row in _rows(ENDS.format(clock=clock_sql()), clock_values(as_of))]


def seats_by_village(*, as_of: date) -> dict[str, int]:
    """The quota of each village in the programmes of the day."""
    return dict(_rows(SEATS, {"today": as_of}))


def lapses_ahead(*, as_of: date) -> list[LapsesAhead]:
    """Ends of memberships in the coming months if nothing more is paid."""
    return [LapsesAhead(*row) for row in _rows(AHEAD.format(clock=clock_sql()), clock_values(as_of))]


def lapse_counts(*, as_of: date) -> tuple[int, int]:
    """How many lapse at the end of this month and of the next."""
    ahead = {row.on: row.workers for row in lapses_ahead(as_of=as_of)}
    return ahead.get(law.add_months(as_of, 1), 0), ahead.get(law.add_months(as_of, 2), 0)


def month_board(*, first: date, last: date) -> list[BoardMonth]:
    """Each month of the span that has cover."""
    return [BoardMonth(*row) for row in _rows(BOARD, {"first": first, "last": last})]


def worker_clock(*, worker_id: int, as_of: date) -> law.CoverClock:
    """The clock of one worker, with what the family would receive."""
    paid = WorkerMonth.objects.filter(worker_id=worker_id, status=WorkerMonth.Status.PAID)
    return law.cover_clock(paid.values_list("month", flat=True), as_of)


def worker_months(*, worker_ids: list[int], first: date) -> QuerySet[WorkerMonth]:
    """The months of some workers from `first` on, with their purse."""
    months = WorkerMonth.objects.filter(worker_id__in=worker_ids, month__gte=first)
    return months.select_related("purse").order_by("worker_id", "month")


def bills_for(user: User) -> QuerySet[Bill]:
    """Bills of the programmes the user sees."""
    return Bill.objects.filter(programme__in=programmes_for(user)).select_related("purse", "programme")


def purses_for(user: User) -> QuerySet[Purse]:
    """Purses of the programmes the user sees, with what is left in each."""
    return Purse.objects.filter(programme__in=programmes_for(user)).select_related("programme")


def lines_managed_by(user: User) -> QuerySet[PaymentLine]:
    """Receipts the user looks after: of bills in the own regions; without a bill, of files of the own office."""
    of_own_file = Q(payment__region_code="")
    for code in user.regions:
        of_own_file |= Q(payment__region_code__startswith=code)
    of_own_bill = Q(bill__programme__in=programmes_managed_by(user))
    return PaymentLine.objects.filter(of_own_bill | (Q(bill=None) & of_own_file))


def unmatched_receipts(user: User) -> QuerySet[PaymentLine]:
    """Receipts that matched no bill exactly and wait for somebody to decide."""
    waiting = lines_managed_by(user).filter(decision="").exclude(outcome=PaymentLine.Outcome.MATCHED)
    return waiting.select_related("payment", "bill")


def every_unmatched_receipt() -> list[dict[str, Any]]:
    """Those of all regions, for the command line."""
    waiting = PaymentLine.objects.filter(decision="").exclude(outcome=PaymentLine.Outcome.MATCHED)
    rows = waiting.order_by("id").values("id", "receipt", "billing_code", "amount", "paid_on", "outcome")
    return [row | {"paid_on": f"{row['paid_on']:%Y-%m-%d}"} for row in rows]


def line_named(number: int) -> PaymentLine:
    """The receipt with this id. Refusal where there is none."""
    if (line := PaymentLine.objects.filter(pk=number).first()) is None:
        raise Refusal("payment.no_line", _("There is no such receipt. `salawaku payments waiting` lists them."))
    return line


def bill_named(code: str) -> Bill:
    """The bill with this code. Refusal where there is none."""
    if (bill := Bill.objects.filter(billing_code=code).first()) is None:
        raise Refusal(
            "payment.no_bill", _("No bill has the code %(billing_code)s. Nothing was changed."), billing_code=code
        )
    return bill


def bills_for_line(user: User, line: PaymentLine) -> QuerySet[Bill]:
    """Open bills that a receipt could pay: the same amount, in the user's regions, the oldest first."""
    bills = Bill.objects.filter(programme__in=programmes_managed_by(user), status="open", amount=line.amount)
    return bills.select_related("purse", "programme").order_by("month", "id")


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
