"""What came of the monthly deduction: by the file of the bank or pay office, or by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from salawaku import law
from salawaku.accounts import audit
from salawaku.accounts.models import Agency, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.sponsors.actions.reach import must_manage
from salawaku.sponsors.models import Sponsor
from salawaku.sponsors.return_file import read_answers

STAGE = """
DROP TABLE IF EXISTS pg_temp.answer;
CREATE TEMPORARY TABLE answer (row integer, nip text, amount bigint, paid boolean) ON COMMIT DROP
"""
# Several lines of one sponsor count together.
COMPARE = """
DROP TABLE IF EXISTS pg_temp.compared;
CREATE TEMPORARY TABLE compared ON COMMIT DROP AS
WITH owed AS (
    SELECT p.sponsor_id, s.nip, sum(w.amount) AS amount
    FROM sponsors_sponsoredmonth m
    JOIN sponsors_pledge p ON p.id = m.pledge_id
    JOIN sponsors_sponsor s ON s.id = p.sponsor_id
    JOIN cover_workermonth w USING (month, worker_id, insurance)
    WHERE m.month = %(month)s AND m.agency_code = %(agency)s AND m.village_code ^@ %(region)s
    GROUP BY p.sponsor_id, s.nip
), told AS (
    SELECT nip, min(row) AS row, sum(amount)::bigint AS amount, bool_and(paid) AS paid FROM answer GROUP BY nip
)
SELECT o.sponsor_id, told.row,
       CASE WHEN o.sponsor_id IS NULL THEN 'unknown' WHEN told.nip IS NULL THEN 'not_listed'
            WHEN NOT told.paid THEN 'unpaid' WHEN told.amount <> o.amount THEN 'amount_differs' ELSE 'paid' END
           AS outcome
FROM owed o FULL JOIN told ON told.nip = o.nip
"""
APPLY = """
UPDATE sponsors_sponsoredmonth m SET status = c.outcome
FROM compared c JOIN sponsors_pledge p ON p.sponsor_id = c.sponsor_id
WHERE c.outcome IN ('paid', 'unpaid') AND m.pledge_id = p.id AND m.month = %(month)s AND m.agency_code = %(agency)s
  AND m.village_code ^@ %(region)s AND m.status <> c.outcome AND (c.outcome = 'paid' OR p.ended_from IS NULL
       OR m.month < p.ended_from)
"""
BY_HAND = """
DROP TABLE IF EXISTS pg_temp.compared;
CREATE TEMPORARY TABLE compared ON COMMIT DROP AS
SELECT DISTINCT p.sponsor_id, 0 AS row, CASE WHEN p.sponsor_id = ANY(%(unpaid)s) THEN 'unpaid' ELSE 'paid' END
           AS outcome
FROM sponsors_sponsoredmonth m JOIN sponsors_pledge p ON p.id = m.pledge_id
WHERE m.month = %(month)s AND m.agency_code = %(agency)s AND m.village_code ^@ %(region)s
"""


@dataclass(frozen=True, slots=True)
class DeductionResult:
    """How many sponsors paid and did not; file rows that fit no sponsor or another amount stay as they were."""

    paid: int
    unpaid: int
    amount_differs: list[int]
    unknown: list[int]
    not_listed: int
    changed: int

    def as_json(self) -> dict[str, Any]:
        """The fields of `salawaku sponsors returned --json`; rows are those of the file."""
        return {
            "paid": self.paid,
            "unpaid": self.unpaid,
            "amount_differs": self.amount_differs,
            "unknown": self.unknown,
            "not_listed": self.not_listed,
            "changed_months": self.changed,
        }


@transaction.atomic
def deductions_return(
    *, by: User | None, region_code: str, agency_code: str, month: date, file_name: str, content: bytes
) -> DeductionResult:
    """Take in who paid; the same file again changes nothing. An amount that differs is told and decided by a person.

    Refusal for another's region, an unknown agency, a file that cannot be read, a month with nothing to deduct.
    """
    must_manage(by, region_code)
    answers = read_answers(file_name, content)
    values: dict[str, Any] = {"month": law.first_of_month(month), "agency": agency_code, "region": region_code}
    with elevated("the workers of a sponsor may live in any village"), connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy("COPY answer FROM STDIN") as copy:
            for answer in answers:
                copy.write_row(answer)
        cursor.execute(COMPARE, values)
        result = _apply(cursor, values)
    return _told(by, result, values, {"sha256": hashlib.sha256(content).hexdigest()})


@transaction.atomic
def deductions_by_hand(
    *, by: User | None, region_code: str, agency_code: str, month: date, unpaid: Collection[Sponsor]
) -> DeductionResult:
    """Everybody on the list of this agency and month has paid, but these. Refusal as `deductions_return`."""
    must_manage(by, region_code)
    values: dict[str, Any] = {"month": law.first_of_month(month), "agency": agency_code, "region": region_code}
    ids = sorted(sponsor.pk for sponsor in unpaid)
    with elevated("the workers of a sponsor may live in any village"), connection.cursor() as cursor:
        cursor.execute(BY_HAND, values | {"unpaid": ids})
        result = _apply(cursor, values)
    return _told(by, result, values, {"by_hand": True})


def _apply(cursor: CursorWrapper, values: dict[str, Any]) -> DeductionResult:
    cursor.execute("SELECT outcome, count(*), array_agg(row ORDER BY row) FROM compared GROUP BY outcome")
    found = {outcome: (number, rows) for outcome, number, rows in cursor.fetchall()}
    if not {"paid", "unpaid", "amount_differs", "not_listed"} & found.keys():
        raise Refusal(
            "deduction.nothing", _("Nothing is to be deducted in this agency and month. Nothing was changed.")
        )
    cursor.execute(APPLY, values)
    return DeductionResult(
        found.get("paid", (0, []))[0],
        found.get("unpaid", (0, []))[0],
        found.get("amount_differs", (0, []))[1],
        found.get("unknown", (0, []))[1],
        found.get("not_listed", (0, []))[0],
        cursor.rowcount,
    )


def _told(by: User | None, result: DeductionResult, values: dict[str, Any], more: dict[str, Any]) -> DeductionResult:
    agency = Agency.objects.filter(pk=values["agency"]).first()
    if agency is None:
        raise Refusal("agency.unknown", _("There is no agency with this code. Nothing was changed."))
    counts = {
        "paid": result.paid,
        "unpaid": result.unpaid,
        "amount_differs": len(result.amount_differs),
        "unknown": len(result.unknown),
        "not_listed": result.not_listed,
    }
    detail = {"month": f"{values['month']:%Y-%m}", **counts, **more}
    audit.record(by=by, kind="deduction.returned", subject=agency, detail=detail, region_code=values["region"])
    return result
