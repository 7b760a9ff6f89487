"""The report to a donor, in which nobody can be recognised.

Villages with fewer than five workers are not told apart: their numbers stand in one line together. Where that line
would still hold fewer than five, the next smallest village joins it, so that no number can be found by taking the
shown ones from the sum. Deaths are told for all villages together only.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.programmes.pdf import typeset
from salawaku.sponsors.models import DonorPledge
from salawaku.web import wording

LEAST = 5
FEW = f"<{LEAST}"

VILLAGES = """
SELECT m.village_code, coalesce(r.name, m.village_code), count(DISTINCT m.worker_id),
       count(*) FILTER (WHERE m.status = 'paid'), coalesce(sum(m.amount) FILTER (WHERE m.status = 'paid'), 0)::bigint
FROM cover_workermonth m LEFT JOIN regions_region r ON r.code = m.village_code
WHERE m.purse_id = %(purse)s GROUP BY m.village_code, r.name ORDER BY m.village_code
"""
DEATHS = """
SELECT count(DISTINCT w.id) FROM cover_workermonth m JOIN registry_worker w ON w.id = m.worker_id
WHERE m.purse_id = %(purse)s AND m.month = date_trunc('month', w.died_on)
"""


class Village(NamedTuple):
    """One village of a donor's purse: workers, months paid and their amount in rupiah."""

    code: str
    name: str
    workers: int
    months: int
    amount: int


class Line(NamedTuple):
    """A line as it is shown; None where a number stands in the common line."""

    name: str
    workers: str
    months: int | None
    amount: int | None


class Report(NamedTuple):
    """The lines, the sum and the deaths as they are shown ("<5" for one to four)."""

    lines: list[Line]
    total: Line
    deaths: str


def masked(number: int) -> str:
    """A count of people as it may be shown."""
    return FEW if 0 < number < LEAST else wording.number(number)


def report_of(pledge: DonorPledge) -> Report:
    """What became of an accepted promise. Counts only; the caller has asked whether one may see the promise."""
    with elevated("counts of a purse, whose workers live in any of its villages"), connection.cursor() as cursor:
        cursor.execute(VILLAGES, {"purse": pledge.purse_id})
        villages = [Village(*row) for row in cursor.fetchall()]
        cursor.execute(DEATHS, {"purse": pledge.purse_id})
        deaths = int(cursor.fetchone()[0])
    return shown(villages, deaths)


def shown(villages: list[Village], deaths: int) -> Report:
    """Hide what would show single people."""
    small, rest = together(villages)
    total = sum(village.workers for village in villages)
    lines = [Line(one.name, wording.number(one.workers), one.months, one.amount) for one in rest]
    if small:
        names = ", ".join(village.name for village in small)
        lines.append(_sum(_("Together: %(villages)s") % {"villages": names}, small))
    return Report(lines, _sum(_("All villages"), villages), masked(deaths) if total >= LEAST else FEW)


def together(villages: list[Village]) -> tuple[list[Village], list[Village]]:
    """The villages that share a line, and those that have one of their own, each in the order of their codes."""
    by_size = sorted(villages, key=lambda village: (village.workers, village.code))
    small = [village for village in by_size if village.workers < LEAST]
    rest = by_size[len(small) :]
    while small and rest and (sum(village.workers for village in small) < LEAST or len(small) == 1):
        small.append(rest.pop(0))
    return sorted(small), sorted(rest)


def _sum(name: str, villages: list[Village]) -> Line:
    workers = sum(village.workers for village in villages)
    if 0 < workers < LEAST:
        return Line(name, FEW, None, None)
    months, amount = sum(village.months for village in villages), sum(village.amount for village in villages)
    return Line(name, wording.number(workers), months, amount)


@transaction.atomic
def report_pdf(*, by: User | None, pledge: DonorPledge) -> bytes:
    """The report as a PDF, in Indonesian; the event says who took it."""
    with override("id"):
        report = report_of(pledge)
        data = {
            "title": _("Report to %(donor)s") % {"donor": pledge.donor.organisation},
            "subtitle": pledge.programme.name,
            "labels": [_("Village"), _("Workers"), _("Months paid"), _("Amount (Rp)")],
            "rows": [_printed(line) for line in [*report.lines, report.total]],
            "deaths": _("Workers who died while covered: %(n)s") % {"n": report.deaths},
            "note": _("Numbers under five people are not shown, so that nobody can be recognised."),
        }
    audit.record(by=by, kind="donor.reported", subject=pledge, region_code=pledge.village_code)
    return typeset("sponsors", "report.typ", data, day=pledge.first_month)


def _printed(line: Line) -> list[str]:
    numbers = ["–" if value is None else wording.number(value) for value in (line.months, line.amount)]
    return [line.name, line.workers, *numbers]
