"""Reading sponsors, pledges, participation, deductions and who is left without a sponsor."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from salawaku import law
from salawaku.accounts.models import Agency, User
from salawaku.accounts.scoping import elevated
from salawaku.cover.clock_sql import clock_sql, clock_values
from salawaku.programmes.models import Purse
from salawaku.programmes.selectors import programmes_for, programmes_managed_by
from salawaku.sponsors.models import Pledge, Sponsor, SponsoredMonth

LIVING = """
SELECT p.id, p.sponsor_id, s.agency_code FROM sponsors_pledge p JOIN sponsors_sponsor s ON s.id = p.sponsor_id
WHERE p.status = 'accepted' AND s.village_code ^@ %(region)s AND %(month)s BETWEEN p.first_month AND p.last_month
  AND (p.ended_from IS NULL OR p.ended_from > %(month)s)
"""
# Registered through a sponsor: carried by a living pledge in any of its months up to this one. Active: the membership
# clock says so on the day, whoever's money was late.
PARTICIPATION = """
WITH {clock}, living AS ({living}), asn AS (
    SELECT agency_code, count(*) AS asn FROM sponsors_sponsor
    WHERE village_code ^@ %(region)s AND (status = 'active' OR status = 'stopped' OR status_from > %(month)s)
    GROUP BY agency_code
), sponsors AS (
    SELECT agency_code, count(DISTINCT sponsor_id) AS sponsors FROM living GROUP BY agency_code
), carried AS (
    SELECT l.agency_code, count(DISTINCT m.worker_id) AS workers,
           count(DISTINCT m.worker_id) FILTER (WHERE c.status = 'active') AS active
    FROM living l JOIN sponsors_sponsoredmonth m ON m.pledge_id = l.id AND m.month <= %(month)s
    LEFT JOIN clock c ON c.worker_id = m.worker_id GROUP BY l.agency_code
)
SELECT a.code, a.name, coalesce(asn.asn, 0), coalesce(s.sponsors, 0), coalesce(c.workers, 0), coalesce(c.active, 0)
FROM accounts_agency a
LEFT JOIN asn ON asn.agency_code = a.code
LEFT JOIN sponsors s ON s.agency_code = a.code
LEFT JOIN carried c ON c.agency_code = a.code
WHERE (asn.asn > 0 OR s.sponsors > 0) AND (%(agencies)s::text[] IS NULL OR a.code = ANY(%(agencies)s::text[]))
ORDER BY a.name
"""
DEDUCTIONS = """
SELECT s.nip, s.name, s.bank, s.account, count(*), sum(w.amount)::bigint,
       count(*) FILTER (WHERE m.status = 'paid'), count(*) FILTER (WHERE m.status = 'unpaid'), s.id
FROM sponsors_sponsoredmonth m
JOIN sponsors_pledge p ON p.id = m.pledge_id
JOIN sponsors_sponsor s ON s.id = p.sponsor_id
JOIN cover_workermonth w USING (month, worker_id, insurance)
WHERE m.month = %(month)s AND m.agency_code = %(agency)s AND m.village_code ^@ %(region)s
GROUP BY s.id ORDER BY s.bank, s.nip
"""
# Of whom a month from today on has no sponsor although a foster purse is to pay it, and who did not pay.
# Months and clocks are brought together by grouping: a planner that takes a few thousand workers for one would join
# them by reading every clock again for each.
WITHOUT = """
WITH {clock}, found AS (
    SELECT worker_id, max(membership_end) AS membership_end, max(first_month) AS first_month, max(months) AS months,
           max(cost) AS cost
    FROM (
        SELECT m.worker_id, min(m.month) AS first_month, count(*) AS months, sum(m.amount)::bigint AS cost,
               NULL::date AS membership_end
        FROM cover_workermonth m
        JOIN programmes_purse u ON u.id = m.purse_id AND u.kind = 'foster'
        LEFT JOIN sponsors_sponsoredmonth s ON s.month = m.month AND s.worker_id = m.worker_id
        WHERE m.village_code ^@ %(region)s AND ((s.month IS NULL AND m.month >= %(month)s) OR s.status = 'unpaid')
        GROUP BY m.worker_id
        UNION ALL SELECT worker_id, NULL, NULL, NULL, membership_end FROM clock
    ) both_of GROUP BY worker_id
)
SELECT w.public_id, w.name, w.nik, w.village_code, coalesce(r.name, w.village_code), f.membership_end,
       f.first_month, f.months, f.cost, w.id
FROM found f JOIN registry_worker w ON w.id = f.worker_id AND w.status = 'living'
LEFT JOIN regions_region r ON r.code = w.village_code
WHERE f.months > 0
ORDER BY f.membership_end NULLS LAST, w.id LIMIT %(limit)s
"""


class Participation(NamedTuple):
    """One agency: civil servants in its register, sponsors with a living pledge, their workers, the active ones."""

    agency: str
    name: str
    asn: int
    sponsors: int
    workers: int
    active: int

    def as_json(self) -> dict[str, Any]:
        """The fields of `salawaku sponsors participation --json`; shares in percent with two decimals."""
        return {
            **self._asdict(),
            "sponsors_per_asn": percent(self.sponsors, self.asn),
            "workers_per_asn": percent(self.workers, self.asn),
            "active_share": percent(self.active, self.workers),
        }


class Deduction(NamedTuple):
    """What one sponsor owes in a month: for how many workers, how much, of how many it was paid and not."""

    nip: str
    name: str
    bank: str
    account: str
    workers: int
    amount: int
    paid: int
    unpaid: int
    sponsor_id: int

    @property
    def state(self) -> str:
        """paid, unpaid or due."""
        return "unpaid" if self.unpaid else "paid" if self.paid == self.workers else "due"


class Unsponsored(NamedTuple):
    """A worker whom nobody carries: when the membership ends (None: never paid), from when, what keeping costs."""

    public_id: str
    name: str
    nik: str
    village_code: str
    village: str
    membership_end: date | None
    first_month: date
    months: int
    cost: int
    worker_id: int


def percent(part: int, whole: int) -> float | None:
    """Percent with two decimals, half up; None of nothing. 974 of 10,345 is 9.42. Never clipped at 100."""
    return (part * 20_000 + whole) // (2 * whole) / 100 if whole else None


def agencies_of(user: User, region_code: str) -> list[str] | None:
    """The agencies whose sponsors a person sees in a region: None for all, else the codes of the own ones."""
    if user.can_in("sponsor.view", region_code):
        return None
    return sorted({office.partition("|")[0] for office in user.scope().offices if office.endswith(f"|{region_code}")})


def region_of(user: User) -> str:
    """The region in which a person sees sponsors; the first of several."""
    return next(iter(user.regions_where("sponsor.view")), "")


def participation(*, region_code: str, as_of: date, agencies: list[str] | None = None) -> list[Participation]:
    """Every agency with civil servants in its register, also those without any sponsor. Counts, no persons."""
    values = clock_values(as_of) | {"region": region_code, "month": as_of.replace(day=1), "agencies": agencies}
    clock = clock_sql("AND worker_id IN (SELECT worker_id FROM sponsors_sponsoredmonth)")
    with elevated("counts of an agency, whose workers may live in any village"):
        return [Participation(*row) for row in _rows(PARTICIPATION.format(clock=clock, living=LIVING), values)]


def total_of(rows: list[Participation]) -> Participation:
    """All agencies together."""
    return Participation(
        "",
        "",
        sum(row.asn for row in rows),
        sum(row.sponsors for row in rows),
        sum(row.workers for row in rows),
        sum(row.active for row in rows),
    )


def deductions(*, region_code: str, agency_code: str, month: date) -> list[Deduction]:
    """The deduction list of an agency and month by bank and NIP. The caller has asked whether one may see it."""
    values = {"region": region_code, "agency": agency_code, "month": month}
    with elevated("the workers of a sponsor may live in any village; only their number is shown"):
        return [Deduction(*row) for row in _rows(DEDUCTIONS, values)]


def without_sponsor(*, region_code: str, as_of: date, limit: int = 200) -> list[Unsponsored]:
    """Whom nobody carries, soonest lapse first, within the scope in force."""
    only = """AND worker_id IN (SELECT x.worker_id FROM cover_workermonth x
              JOIN programmes_purse y ON y.id = x.purse_id WHERE y.kind = 'foster')"""
    values = clock_values(as_of) | {"region": region_code, "month": as_of.replace(day=1), "limit": limit}
    return [Unsponsored(*row) for row in _rows(WITHOUT.format(clock=clock_sql(only)), values)]


def sponsors_for(*, search: str = "", agency: str = "", pledged: bool = False) -> QuerySet[Sponsor]:
    """The register within the scope in force, with the living pledges and the workers promised of each."""
    found = Sponsor.objects.annotate(promises=Count("pledges", filter=Q(pledges__status="accepted")))
    if search:
        found = found.filter(Q(name__icontains=search) | Q(nip=search))
    if agency:
        found = found.filter(agency_code=agency)
    if pledged:
        found = found.filter(promises__gt=0)
    return found.order_by("id")


def pledges_waiting() -> QuerySet[Pledge]:
    """Pledges to be accepted, within the scope in force."""
    return Pledge.objects.filter(status="offered").select_related("sponsor", "purse").order_by("id")


def deductions_unpaid(*, as_of: date) -> int:
    """Months of the last three, up to this one, that no sponsor's salary paid, within the scope in force."""
    months = law.add_months(as_of, -2), law.first_of_month(as_of)
    return SponsoredMonth.objects.filter(status="unpaid", month__range=months).count()


class Carried(NamedTuple):
    """A worker of a pledge: number and state of the months; whoever may not see the worker sees no name."""

    worker_id: int
    first_month: date
    last_month: date
    due: int
    paid: int
    unpaid: int


def carried_by(pledge: Pledge) -> list[Carried]:
    """The workers of a pledge by id, with what was deducted."""
    rows = _rows(
        """SELECT worker_id, min(month), max(month), count(*) FILTER (WHERE status = 'due'),
                  count(*) FILTER (WHERE status = 'paid'), count(*) FILTER (WHERE status = 'unpaid')
           FROM sponsors_sponsoredmonth WHERE pledge_id = %(pledge)s GROUP BY worker_id ORDER BY worker_id""",
        {"pledge": pledge.pk},
    )
    return [Carried(*row) for row in rows]


def foster_purses(user: User, *, managed: bool = False) -> QuerySet[Purse]:
    """Purses of foster sponsors that a person sees, or may change."""
    programmes = programmes_managed_by(user) if managed else programmes_for(user)
    purses = Purse.objects.filter(programme__in=programmes, kind=Purse.Kind.FOSTER).select_related("programme")
    return purses.annotate(left_now=F("ceiling") - F("committed") - F("billed")).order_by("-programme__year", "id")


def purse_named(programme: str, name: str = "") -> Purse | None:
    """The foster purse of a programme by its short name, as commands take it; `name` where there are several."""
    found = Purse.objects.filter(programme__code=programme, kind=Purse.Kind.FOSTER).select_related("programme")
    return (found.filter(name=name) if name else found).order_by("id").first()


def agency_named(code: str) -> Agency | None:
    """An agency by its code."""
    return Agency.objects.filter(pk=code).first()


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
