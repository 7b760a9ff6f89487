"""What cover does when a worker moves, earns a wage or is insured elsewhere, and when that is taken back."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from psycopg.errors import CheckViolation, UniqueViolation

from salawaku import law
from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions.closed import unless_closed
from salawaku.cover.actions.giving_back import (
    FITS_VILLAGE,
    OF_WORKER,
    OF_WORKER_MOVED,
    GivenBack,
    give_back,
    months_not_owed,
)
from salawaku.cover.actions.refund import refunds_forget, refunds_make
from salawaku.cover.left_open import left_open
from salawaku.cover.models import Refund, WorkerMonth
from salawaku.registry.models import WorkerEvent
from salawaku.web import wording

REFUND_REASONS: dict[str, str] = {
    WorkerEvent.Kind.EMPLOYED: Refund.Reason.WAGE_EARNER,
    WorkerEvent.Kind.ELSEWHERE: Refund.Reason.DOUBLE,
    WorkerEvent.Kind.MOVED: Refund.Reason.MOVED_AWAY,
}
MOVE_ALONG = f"""
UPDATE cover_workermonth m SET village_code = %(village)s
FROM programmes_purse p, programmes_programme g
WHERE m.worker_id = %(worker)s AND m.month >= %(from)s AND p.id = m.purse_id AND g.id = m.programme_id
  AND m.village_code <> %(village)s AND {FITS_VILLAGE}
  AND NOT cover_is_closed(m.month, m.village_code) AND NOT cover_is_closed(m.month, %(village)s)
"""
# Purses before months, as bill runs take them, so that neither waits for the other for ever.
LOCK_PURSES = """
SELECT id FROM programmes_purse
WHERE id IN (SELECT purse_id FROM cover_workermonth WHERE worker_id = %(worker)s AND month >= %(from)s
             UNION SELECT purse_id FROM cover_monthgivenback WHERE event_id = %(event)s)
ORDER BY id FOR UPDATE
"""
# Billed after the event: of what the worker has from its month on, or of what it gave back.
BILLED_SINCE = """
SELECT EXISTS (SELECT 1 FROM cover_workermonth m JOIN cover_bill b ON b.id = m.bill_id
               WHERE m.worker_id = %(worker)s AND m.month >= %(from)s AND b.created_at > %(at)s)
    OR EXISTS (SELECT 1 FROM cover_monthgivenback r JOIN cover_bill b ON b.purse_id = r.purse_id AND b.month = r.month
               WHERE r.event_id = %(event)s AND b.created_at > %(at)s)
"""
RESTORE = """
WITH back AS (
    INSERT INTO cover_workermonth (month, worker_id, programme_id, purse_id, amount, village_code, agency_code)
    SELECT month, %(worker)s, programme_id, purse_id, amount, village_code, agency_code
    FROM cover_monthgivenback WHERE event_id = %(event)s
    RETURNING purse_id, amount
), taken AS (SELECT purse_id, sum(amount) AS amount FROM back GROUP BY purse_id), committed AS (
    UPDATE programmes_purse p SET committed = committed + taken.amount FROM taken WHERE p.id = taken.purse_id
)
SELECT count(*) FROM back
"""


@unless_closed()
@transaction.atomic
def cover_follow(*, by: User | None, event: WorkerEvent) -> list[str]:
    """Close or move the cover of a worker from the right month; the register calls it with the event.

    A wage and cover elsewhere close from their month, a move out of the city from the month after. A move within
    it takes the months along from its own month; those of a purse that may not pay in the new village are given
    back from the month after. Says in sentences what changed.
    """
    moved = _move_along(event) if event.village_to else 0
    which, values = _closing(event)
    freed, owed = GivenBack(0, 0, 0), 0
    if which:
        freed = give_back(which, values, cause=event.kind, by=by.pk if by else None, event=event.pk)
        owed = months_not_owed(which, values)
        if event.closes_from:
            refunds_make(by=by, worker=event.worker, first_month=event.closes_from, reason=REFUND_REASONS[event.kind])
    if moved:
        _trace(by, "cover.moved", event, {"months": moved})
    if freed.months or owed:
        _trace(by, "cover.closed", event, {"freed_months": freed.months, "months_to_refund": owed})
    return list(_told(moved, freed, owed, which, values))


@unless_closed()
@transaction.atomic
def cover_follow_back(*, by: User | None, event: WorkerEvent) -> list[str]:
    """Give the months back that an event closed, and move along again what it moved.

    Refusal where a bill was made since, another payer took a month, a month was closed, or the purse holds less.
    """
    values: dict[str, Any] = {"worker": event.worker_id, "from": event.month, "at": event.at, "event": event.pk}
    with elevated("what an event closed is restored whoever pays it"), connection.cursor() as cursor:
        cursor.execute(BILLED_SINCE, values)
        if cursor.fetchone() == (True,):
            raise Refusal(
                "event.billed",
                gettext_lazy(
                    "A bill was made since. Nothing was changed; write down what is true from now on instead."
                ),
            )
        _refuse_if_covered_again(event)
        cursor.execute(LOCK_PURSES, values)
        if event.village_to:
            _move(event, event.village_from)
        restored = _restore(values)
    if event.closes_from:
        reason = REFUND_REASONS[event.kind]
        refunds_forget(by=by, worker=event.worker, first_month=event.closes_from, reason=reason)
    return [*_restored(by, event, restored), *_asked_back(event)]


def _restored(by: User | None, event: WorkerEvent, restored: int) -> list[str]:
    if not restored:
        return [_("No month of cover changes.")]
    _trace(by, "cover.restored", event, {"months": restored})
    return [_months(restored, ngettext("%(n)s month is decreed again.", "%(n)s months are decreed again.", restored))]


def _asked_back(event: WorkerEvent) -> list[str]:
    """What is owed again though BPJS was asked to give it back, or gave it back: that is not taken back here."""
    found = left_open(event.worker, today=timezone.localdate())
    number = found.requested + found.received
    if not number:
        return []
    text = ngettext(
        "%(n)s month was asked back from BPJS before, and that stays so: see under Cover what to do.",
        "%(n)s months were asked back from BPJS before, and that stays so: see under Cover what to do.",
        number,
    )
    return [_months(number, text)]


def _refuse_if_covered_again(event: WorkerEvent) -> None:
    """A return is not taken back over the head of the months that were decreed because of it."""
    months = WorkerMonth.objects.filter(worker_id=event.worker_id, month__gte=event.month)
    if event.kind == WorkerEvent.Kind.RETURNED and months.exists():
        raise Refusal(
            "event.covered_again",
            gettext_lazy("Months are decreed for this worker since. Nothing was changed; give them back first."),
        )


def _restore(values: dict[str, Any]) -> int:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(RESTORE, values)
            restored = int(cursor.fetchone()[0])
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # an end of this savepoint would not undo it
            return restored
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation | CheckViolation):
            raise
        raise Refusal(
            "event.taken",
            gettext_lazy(
                "What it gave back is used: a month has another payer or is closed, or the purse holds less."
                " Nothing was changed; make a new plan for this worker."
            ),
        ) from error


def _closing(event: WorkerEvent) -> tuple[str, dict[str, Any]]:
    """Which months the event closes: a condition and its values; "" where it closes none."""
    if event.closes_from:
        return OF_WORKER, {"worker": event.worker_id, "first": event.closes_from}
    if event.village_to:
        first = law.add_months(event.month, 1)
        return OF_WORKER_MOVED, {"worker": event.worker_id, "first": first, "village": event.village_to}
    return "", {}


def _move_along(event: WorkerEvent) -> int:
    with elevated("the months of a worker move along whoever pays them"):
        return _move(event, event.village_to)


def _move(event: WorkerEvent, village: str) -> int:
    values: dict[str, Any] = {
        "worker": event.worker_id,
        "from": event.month,
        "village": village,
        "event": event.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(LOCK_PURSES, values)
        cursor.execute(MOVE_ALONG, values)
        return int(cursor.rowcount)


def _trace(by: User | None, kind: str, event: WorkerEvent, detail: dict[str, Any]) -> None:
    detail = {"event": str(event.public_id), **detail}
    audit.record(by=by, kind=kind, subject=event.worker, detail=detail, region_code=event.village_code)


def _told(moved: int, freed: GivenBack, owed: int, which: str, values: dict[str, Any]) -> list[str]:
    told = []
    if moved:
        text = ngettext("%(n)s month moves along.", "%(n)s months move along.", moved)
        told.append(_months(moved, text))
    if freed.months:
        text = ngettext(
            "%(n)s decreed month from %(first)s on is given back: %(amount)s returns to its purse.",
            "%(n)s decreed months from %(first)s on are given back: %(amount)s return to their purse.",
            freed.months,
        )
        first = wording.month(values["first"])
        told.append(_months(freed.months, text, first=first, amount=wording.rupiah(freed.amount)))
    if owed:
        text = ngettext(
            "%(n)s month is billed or paid already though it is not owed: it stands among the refunds.",
            "%(n)s months are billed or paid already though they are not owed: they stand among the refunds.",
            owed,
        )
        told.append(_months(owed, text))
    return told or [_("No month of cover changes.")]


def _months(number: int, text: str, **more: str) -> str:
    return text % {"n": wording.number(number), **more}
