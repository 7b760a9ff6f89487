"""Comparing a month three ways, settling what differs, closing the month."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku import law
from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import covers, elevated
from salawaku.cover.active_file import Active, read_active
from salawaku.cover.models import Difference, Reconciliation
from salawaku.regions.models import Region

WORKDAYS_TO_SETTLE = 7

STAGE = """
CREATE TEMPORARY TABLE active (row integer, nik text, participant_number text, amount bigint) ON COMMIT DROP
"""
# Everybody of the region with a month of cover, and everybody on the list, once each. A person is found by NIK, else
# by participant number; the list may name one twice.
COMPARE = """
CREATE TEMPORARY TABLE compared ON COMMIT DROP AS
WITH listed AS (
    SELECT DISTINCT ON (coalesce(w.id::text, a.nik || '/' || a.participant_number))
           w.id AS worker_id, w.village_code, w.agency_code, a.nik, a.participant_number, a.amount
    FROM active a
    LEFT JOIN LATERAL (
        SELECT id, village_code, agency_code FROM registry_worker
        WHERE status <> 'merged' AND village_code ^@ %(region)s
          AND ((a.nik <> '' AND nik = a.nik)
               OR (participant_number <> '' AND participant_number = a.participant_number))
        ORDER BY nik = a.nik DESC, id LIMIT 1) w ON true
    ORDER BY coalesce(w.id::text, a.nik || '/' || a.participant_number), a.row
), ours AS (
    SELECT worker_id, village_code, agency_code, sum(amount) AS amount, bool_and(status = 'paid') AS paid
    FROM cover_workermonth WHERE month = %(month)s AND village_code ^@ %(region)s
    GROUP BY worker_id, village_code, agency_code
)
SELECT coalesce(o.worker_id, l.worker_id) AS worker_id,
       coalesce(o.village_code, l.village_code, %(region)s) AS village_code,
       coalesce(o.agency_code, l.agency_code, '') AS agency_code,
       CASE WHEN coalesce(o.worker_id, l.worker_id) IS NULL THEN l.nik ELSE '' END AS nik,
       CASE WHEN coalesce(o.worker_id, l.worker_id) IS NULL THEN l.participant_number ELSE '' END
           AS participant_number,
       o.amount AS expected, l.amount AS found, o.worker_id IS NOT NULL AS decreed, coalesce(o.paid, false) AS paid,
       l.nik IS NOT NULL AS active,
       CASE WHEN o.worker_id IS NULL THEN 'not_in_decree'
            WHEN l.nik IS NULL AND o.paid THEN 'paid_not_active'
            WHEN l.nik IS NULL THEN 'decreed_not_paid'
            WHEN NOT o.paid THEN 'active_not_paid'
            WHEN l.amount <> o.amount THEN 'amount' END AS kind
FROM ours o FULL JOIN listed l ON l.worker_id = o.worker_id
"""
COUNT = """
SELECT count(*) FILTER (WHERE decreed), count(*) FILTER (WHERE paid), count(*) FILTER (WHERE active),
       count(*) FILTER (WHERE kind IS NULL) FROM compared
"""
# What a person settled or took over stays with it when a newer list of an open month still shows the difference.
GONE = """
DELETE FROM cover_difference d WHERE d.reconciliation_id = %(reconciliation)s AND NOT EXISTS (
    SELECT 1 FROM compared c WHERE c.kind = d.kind AND c.worker_id IS NOT DISTINCT FROM d.worker_id
      AND c.nik = d.nik AND c.participant_number = d.participant_number)
"""
KEEP = """
INSERT INTO cover_difference (reconciliation_id, kind, worker_id, village_code, agency_code, nik, participant_number,
                              expected, found, due_on)
SELECT %(reconciliation)s, kind, worker_id, village_code, agency_code, nik, participant_number, expected, found,
       %(due)s
FROM compared WHERE kind IS NOT NULL ORDER BY kind, village_code, worker_id
ON CONFLICT DO NOTHING
"""
# Whoever changes the ledger holds this lock shared (migration 0008): nothing of the month is still being written.
WAIT_FOR_WRITERS = "SELECT pg_advisory_xact_lock(hashtext('salawaku.close_month'))"
BY_KIND = """
SELECT kind, count(*) FROM cover_difference WHERE reconciliation_id = %s GROUP BY kind
"""


@dataclass(frozen=True, slots=True)
class ReconcileResult:
    """What a comparison found; `by_kind` counts the differences of each kind."""

    reconciliation: Reconciliation
    by_kind: dict[str, int]
    is_new: bool

    def as_json(self) -> dict[str, Any]:
        """The fields of `salawaku reconcile --json`."""
        one = self.reconciliation
        counts = {kind: self.by_kind.get(kind, 0) for kind in Difference.Kind.values}
        totals = {"rows": one.rows, "decreed": one.decreed, "paid": one.paid, "active": one.active}
        return {"month": f"{one.month:%Y-%m}", "region": one.region_code, **totals, "agreed": one.agreed, **counts}


@transaction.atomic
def month_reconcile(
    *, by: User | None, month: date, region_code: str, file_name: str, content: bytes
) -> ReconcileResult:
    """Compare what is decreed and paid in a month with the active list of BPJS and keep what differs.

    The same list again changes nothing; a newer one of an open month replaces the comparison and keeps what people
    settled, where it still differs. Refusal for a closed month, a list that cannot be read, another's region.
    """
    _must_reach(by, region_code)
    if not Region.objects.filter(code=region_code).exists():
        raise Refusal("region.unknown", _("There is no region with this code. Nothing was compared."))
    month, digest = law.first_of_month(month), hashlib.sha256(content).hexdigest()
    one = Reconciliation.objects.select_for_update().filter(month=month, region_code=region_code).first()
    if one and one.status == Reconciliation.Status.CLOSED:
        raise Refusal("month.closed", _("This month is closed. Nothing was compared."))
    if one and one.sha256 == digest:
        return _result(one, is_new=False)
    listed = read_active(file_name, content)
    one = one or Reconciliation(month=month, region_code=region_code)
    one.file_name, one.sha256, one.rows, one.made_by = file_name[-200:], digest, len(listed), by
    one.save()
    with elevated("a comparison looks at every worker of the region"), connection.cursor() as cursor:
        _compare(cursor, one, listed)
        one.save(update_fields=["decreed", "paid", "active", "agreed"])
        result = _result(one, is_new=True)
    audit.record(by=by, kind="month.reconciled", subject=one, detail=result.as_json(), region_code=region_code)
    return result


def _must_reach(by: User | None, region_code: str) -> None:
    if by is not None and not any(covers(own, region_code) for own in by.regions):
        raise Refusal("region.foreign", _("This region is not yours. Nothing was changed."))


def _compare(cursor: CursorWrapper, one: Reconciliation, listed: Sequence[Active]) -> None:
    today = timezone.localdate()
    values: dict[str, Any] = {
        "month": one.month,
        "region": one.region_code,
        "reconciliation": one.pk,
        "due": law.add_working_days(today, WORKDAYS_TO_SETTLE),
    }
    cursor.execute("DROP TABLE IF EXISTS pg_temp.active, pg_temp.compared")
    cursor.execute(STAGE)
    with cursor.copy("COPY active FROM STDIN") as copy:
        for row in listed:
            copy.write_row(row)
    cursor.execute("ANALYZE active")
    cursor.execute(COMPARE, values)
    cursor.execute(COUNT)
    one.decreed, one.paid, one.active, one.agreed = cursor.fetchone()
    cursor.execute(GONE, values)
    cursor.execute(KEEP, values)


def _result(one: Reconciliation, *, is_new: bool) -> ReconcileResult:
    with elevated("counts of a region, without persons"), connection.cursor() as cursor:
        cursor.execute(BY_KIND, [one.pk])
        return ReconcileResult(one, dict(cursor.fetchall()), is_new)


@transaction.atomic
def difference_assign(*, by: User, difference: Difference, owner: User, due_on: date) -> Difference:
    """Give an open difference to somebody until a day. Refusal when it was settled or its month is closed."""
    found = _open(by, difference)
    found.owner, found.due_on = owner, due_on
    found.save(update_fields=["owner", "due_on"])
    detail = {"difference": found.pk, "owner": owner.pk, "due_on": due_on}
    audit.record(by=by, kind="difference.assigned", subject=found.reconciliation, detail=detail)
    return found


@transaction.atomic
def difference_settle(*, by: User, difference: Difference, reason: str, signed_off: bool = False) -> Difference:
    """Say that a difference was mended at its source, or sign it off as it is; with the reason.

    Refusal without a reason, when it was settled before, or when the month is closed.
    """
    if not reason.strip():
        raise Refusal("difference.reason", _("Please say what was done. Nothing was changed."))
    found = _open(by, difference)
    found.status = Difference.Status.SIGNED_OFF if signed_off else Difference.Status.SETTLED
    found.reason, found.settled_by, found.settled_at = reason.strip()[:300], by, timezone.now()
    found.save(update_fields=["status", "reason", "settled_by", "settled_at"])
    detail = {"difference": found.pk, "kind": found.kind}
    audit.record(by=by, kind=f"difference.{found.status}", subject=found.reconciliation, detail=detail, reason=reason)
    return found


@transaction.atomic
def differences_sign_off(*, by: User, reconciliation: Reconciliation, kind: str, reason: str) -> int:
    """Sign off every open difference of one kind with one reason; how many.

    Refusal without a reason, for another's region, or when the month is closed.
    """
    if not reason.strip():
        raise Refusal("difference.reason", _("Please say what was done. Nothing was changed."))
    one = Reconciliation.objects.select_for_update().get(pk=reconciliation.pk)
    _must_reach(by, one.region_code)
    if one.status == Reconciliation.Status.CLOSED:
        raise Refusal("month.closed", _("This month is closed. Nothing was changed."))
    signed = one.differences.filter(kind=kind, status=Difference.Status.OPEN).update(
        status=Difference.Status.SIGNED_OFF, reason=reason.strip()[:300], settled_by=by, settled_at=timezone.now()
    )
    detail = {"kind": kind, "differences": signed}
    audit.record(
        by=by, kind="difference.signed_off", subject=one, detail=detail, reason=reason, region_code=one.region_code
    )
    return signed


def _open(by: User, difference: Difference) -> Difference:
    """The difference, locked, if it still waits, its month is open and its region is the person's."""
    one = Reconciliation.objects.select_for_update().get(pk=difference.reconciliation_id)
    _must_reach(by, one.region_code)
    found = Difference.objects.select_for_update(of=("self",)).get(pk=difference.pk)
    if one.status == Reconciliation.Status.CLOSED:
        raise Refusal("month.closed", _("This month is closed. Nothing was changed."))
    if found.status != Difference.Status.OPEN:
        raise Refusal("difference.settled", _("This difference was settled before. Nothing was changed."))
    return found


@transaction.atomic
def month_close(*, by: User, reconciliation: Reconciliation) -> Reconciliation:
    """Close a month: nothing of it changes any more. Refusal while a difference is open, for whoever compared it,
    and when it is closed already."""
    one = Reconciliation.objects.select_for_update().get(pk=reconciliation.pk)
    _must_reach(by, one.region_code)
    if one.status == Reconciliation.Status.CLOSED:
        raise Refusal("month.closed", _("This month is closed already."))
    with connection.cursor() as cursor:
        cursor.execute(WAIT_FOR_WRITERS)
    if one.made_by_id == by.pk:
        raise Refusal("month.same_person", _("You made this comparison. A colleague must close the month."))
    with elevated("a month closes only when nobody's difference is open"):
        waiting = one.differences.filter(status=Difference.Status.OPEN).count()
    if waiting:
        raise Refusal(
            "month.open_differences",
            _("%(n)d differences are open. Settle them or sign them off; the month stays open."),
            n=waiting,
        )
    one.status, one.closed_by, one.closed_at = Reconciliation.Status.CLOSED, by, timezone.now()
    one.save(update_fields=["status", "closed_by", "closed_at"])
    audit.record(by=by, kind="month.closed", subject=one, region_code=one.region_code)
    return one
