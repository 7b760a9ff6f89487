"""Asking back what was billed for months that were not owed, and what becomes of it.

A month that was billed and not paid yet is asked back once its bill is paid; before that nothing can come back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku import law
from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.cover.actions.closed import unless_closed
from salawaku.cover.models import Refund, RefundLetter
from salawaku.programmes.models import Purse
from salawaku.registry.models import Worker

# `{closings}` are workers with the first month that is not owed and why. A month has one refund, whoever finds it;
# one that was given up for its refund and decreed anew may be asked back again.
FIND = """
INSERT INTO cover_refund (worker_id, month, bill_id, purse_id, amount, reason, village_code, agency_code)
SELECT m.worker_id, m.month, m.bill_id, m.purse_id, m.amount, c.reason, m.village_code, m.agency_code
FROM ({closings}) c JOIN cover_workermonth m ON m.worker_id = c.worker_id AND m.month >= c.first_month
JOIN registry_worker w ON w.id = m.worker_id
WHERE m.status <> 'decreed' AND (w.died_on IS NULL OR m.month <> date_trunc('month', w.died_on))
ON CONFLICT DO NOTHING
"""
ONE = "SELECT %(worker)s::bigint AS worker_id, %(first)s::date AS first_month, %(reason)s::text AS reason"
DEATHS = """
SELECT id AS worker_id, (date_trunc('month', died_on) + interval '1 month')::date AS first_month, 'death' AS reason
FROM registry_worker WHERE died_on IS NOT NULL
"""
ASK = """
UPDATE cover_refund r SET status = 'requested', letter_id = %(letter)s
FROM cover_workermonth m WHERE m.month = r.month AND m.worker_id = r.worker_id AND m.purse_id = r.purse_id
  AND m.status = 'paid' AND r.purse_id = %(purse)s AND r.status = 'to_request'
"""
# The ledger gives the month up, unless it is closed or lies before a death written since: then this row is the later
# entry that corrects it. In each case the purse has its money back, once: a settled refund never changes.
RECEIVE = """
WITH chosen AS (
    SELECT r.id, r.worker_id, r.month, r.purse_id, r.amount,
           m.worker_id IS NULL OR cover_is_closed(m.month, m.village_code) OR coalesce(m.month <= w.died_on, false)
               AS kept
    FROM cover_refund r JOIN registry_worker w ON w.id = r.worker_id
    LEFT JOIN cover_workermonth m ON m.month = r.month AND m.worker_id = r.worker_id AND m.purse_id = r.purse_id
    WHERE r.letter_id = %(letter)s AND r.status = 'requested' AND r.id = ANY(%(refunds)s)
), gone AS (
    DELETE FROM cover_workermonth m USING chosen c
    WHERE NOT c.kept AND m.month = c.month AND m.worker_id = c.worker_id
), settled AS (
    UPDATE cover_refund r SET status = 'received', received_on = %(day)s, receipt = %(receipt)s, ledger_kept = c.kept,
           settled_by_id = %(by)s, settled_at = now()
    FROM chosen c WHERE r.id = c.id RETURNING r.purse_id, r.amount, c.kept
), back AS (
    UPDATE programmes_purse p SET billed = p.billed - s.amount, paid = p.paid - s.amount
    FROM (SELECT purse_id, sum(amount) AS amount FROM settled GROUP BY purse_id) s WHERE p.id = s.purse_id
)
SELECT count(*), coalesce(sum(amount), 0)::bigint, count(*) FILTER (WHERE kept) FROM settled
"""


@transaction.atomic
def refunds_make(*, by: User | None, worker: Worker, first_month: date, reason: str) -> int:
    """Write down what was billed for a worker from `first_month` on, to be asked back; how many months are new.

    For whatever ends the claim to cover: a death, a wage, a move, a second membership (Refund.Reason). The month of
    death itself is never among them. Again writes nothing.
    """
    values = {"worker": worker.pk, "first": law.first_of_month(first_month), "reason": Refund.Reason(reason).value}
    with elevated("a closing concerns all months of the worker, whoever pays them"):
        found = _find(ONE, values)
    if found:
        detail = {"months": found, "reason": reason}
        audit.record(by=by, kind="refund.found", subject=worker, detail=detail, region_code=worker.village_code)
    return found


@transaction.atomic
def refunds_forget(*, by: User | None, worker: Worker, first_month: date, reason: str) -> int:
    """Take back what was not asked for yet, because what ended the claim to cover was itself taken back."""
    with elevated("a closing concerns all months of the worker, whoever pays them"):
        unasked = Refund.objects.filter(worker=worker, reason=reason, status=Refund.Status.TO_REQUEST)
        gone, _tables = unasked.filter(month__gte=law.first_of_month(first_month)).delete()
    if gone:
        detail = {"months": -gone, "reason": reason}
        audit.record(by=by, kind="refund.found", subject=worker, detail=detail, region_code=worker.village_code)
    return gone


@transaction.atomic
def refunds_of_death(*, by: User | None, worker: Worker) -> int:
    """What is to be asked back of a worker who died; what was not asked for yet follows a mended day of death."""
    if worker.died_on is None:
        return 0
    with elevated("a death concerns all months of the worker, whoever pays them"):
        unasked = Refund.objects.filter(worker=worker, reason=Refund.Reason.DEATH, status=Refund.Status.TO_REQUEST)
        unasked.filter(month__lte=worker.died_on).delete()
    first = law.add_months(worker.died_on, 1)
    return refunds_make(by=by, worker=worker, first_month=first, reason=Refund.Reason.DEATH)


@transaction.atomic
def refunds_find(*, by: User | None) -> int:
    """Write down what is to be asked back of every death in one's area, the command line everywhere; how many months.

    For deaths written before refunds were kept. Again writes nothing.
    """
    with acting_as(by) if by else elevated("the command line looks at all deaths and shows none"):
        found = _find(DEATHS, {})
        if found:
            region = by.regions[0] if by else str(settings.HOME_REGION)
            latest = Refund.objects.latest("pk")
            audit.record(by=by, kind="refund.found", subject=latest, detail={"months": found}, region_code=region)
    return found


def _find(closings: str, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(FIND.format(closings=closings), values)
        return int(cursor.rowcount)


@transaction.atomic
def refunds_request(*, by: User, purse: Purse, number: str, issued_on: date) -> RefundLetter:
    """Ask BPJS for everything of a purse that waits and was paid, by one letter.

    Refusal without a number, for a number used before, a foreign purse, and when nothing waits.
    """
    region = _reached(by, purse)
    if not number.strip():
        raise Refusal("refund.no_number", _("Write the number of your letter."))
    if RefundLetter.objects.filter(purse=purse, number=number.strip()).exists():
        raise Refusal("refund.number_taken", _("This letter number was used for this purse before."))
    letter = RefundLetter.objects.create(purse=purse, number=number.strip(), issued_on=issued_on, made_by=by)
    with elevated("a letter holds all months of its purse"), connection.cursor() as cursor:
        cursor.execute(ASK, {"letter": letter.pk, "purse": purse.pk})
        asked = int(cursor.rowcount)
    if not asked:
        raise Refusal("refund.nothing", _("Nothing of this purse waits to be asked back."))
    audit.record(by=by, kind="refund.requested", subject=letter, detail={"months": asked}, region_code=region)
    return letter


@unless_closed()
@transaction.atomic
def refunds_receive(
    *, by: User, letter: RefundLetter, refunds: Sequence[int], received_on: date, receipt: str
) -> int:
    """The money of some months of a letter came back: the purse owes and has paid that much less, and may spend it.

    Returns the rupiah. Refusal without a receipt number, and when one of the months does not wait any more.
    """
    region = _reached(by, letter.purse)
    if not receipt.strip():
        raise Refusal("refund.no_receipt", _("Write the receipt number, so that the money can be found again."))
    if received_on > timezone.localdate():
        raise Refusal("refund.in_future", _("The day of the receipt lies in the future."))
    values: dict[str, Any] = {
        "letter": letter.pk,
        "refunds": list(refunds),
        "day": received_on,
        "receipt": receipt.strip()[:60],
        "by": by.pk,
    }
    with elevated("a letter holds all months of its purse"), connection.cursor() as cursor:
        cursor.execute(RECEIVE, values)
        number, amount, kept = cursor.fetchone()
    _refuse_others(number, refunds)
    detail = {"months": number, "amount": amount, "in_closed_months": kept}
    audit.record(by=by, kind="refund.received", subject=letter, detail=detail, region_code=region)
    return int(amount)


@transaction.atomic
def refunds_refuse(*, by: User, letter: RefundLetter, refunds: Sequence[int], reason: str) -> int:
    """BPJS does not give some months of a letter back; how many. The months stay as they were paid."""
    region = _reached(by, letter.purse)
    if not reason.strip():
        raise Refusal("refund.no_reason", _("Please say why BPJS refused. Nothing was changed."))
    with elevated("a letter holds all months of its purse"):
        waiting = Refund.objects.filter(letter=letter, status=Refund.Status.REQUESTED, pk__in=list(refunds))
        number = waiting.update(
            status=Refund.Status.REFUSED,
            refused_why=reason.strip()[:300],
            settled_by=by,
            settled_at=timezone.now(),
        )
    _refuse_others(number, refunds)
    detail = {"months": number}
    audit.record(by=by, kind="refund.refused", subject=letter, detail=detail, reason=reason, region_code=region)
    return number


def _reached(by: User, purse: Purse) -> str:
    """The region of the purse, which is now locked; refusal when it lies outside the person's area."""
    locked = Purse.objects.select_for_update(of=("self",)).select_related("programme").get(pk=purse.pk)
    region = locked.programme.region_code
    if not region.startswith(tuple(by.regions)):
        raise Refusal("refund.foreign", _("This purse is not in your area. Nothing was changed."))
    return region


def _refuse_others(number: int, refunds: Sequence[int]) -> None:
    if not refunds or number != len(set(refunds)):
        raise Refusal("refund.not_waiting", _("Choose months of this letter that still wait. Nothing was changed."))
