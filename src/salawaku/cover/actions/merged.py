"""What a merge of two records of one person leaves behind: nobody is paid for twice in a month."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions.death import cover_close
from salawaku.cover.actions.following import REFUND_REASONS
from salawaku.cover.actions.giving_back import OF_WORKER, give_back
from salawaku.cover.actions.refund import refunds_forget, refunds_make
from salawaku.cover.models import MonthGivenBack, Refund
from salawaku.registry.endings import ENDED
from salawaku.registry.models import Worker

ENDINGS = f"SELECT kind, closes_from FROM ({ENDED}) ended WHERE worker_id = %s"

# A refund belongs to the record that has its month, also when the refund was found after the merge that is undone.
ALIGN = """
UPDATE cover_refund r SET worker_id = m.worker_id FROM cover_workermonth m
WHERE r.worker_id = ANY(%(both)s) AND m.worker_id = ANY(%(both)s) AND m.worker_id <> r.worker_id
  AND m.month = r.month AND m.bill_id = r.bill_id AND (r.status <> 'received' OR r.ledger_kept)
  AND NOT EXISTS (SELECT 1 FROM cover_workermonth o
                  WHERE o.worker_id = r.worker_id AND o.month = r.month AND o.bill_id = r.bill_id)
"""


@transaction.atomic
def cover_merged(*, by: User | None, kept: Worker, gone: Worker) -> None:
    """Close what two records of one person had twice; the register calls it with the merge.

    Months that both have stayed with `gone`: what is only decreed goes back to its purse, what is billed is asked
    back. Months that came to `kept` after a death or an end of aid are closed like its own. An undone merge leaves
    them closed: a new plan decides about them.
    """
    _align(kept, gone)
    values = {"worker": gone.pk, "first": date.min}
    person = by.pk if by else None
    freed = give_back(OF_WORKER, values, cause=MonthGivenBack.Cause.RELEASED, by=person)
    owed = refunds_make(by=by, worker=gone, first_month=date.min, reason=Refund.Reason.DOUBLE)
    if freed.months or owed:
        detail = {"freed_months": freed.months, "months_to_refund": owed}
        audit.record(by=by, kind="cover.closed", subject=gone, detail=detail, region_code=gone.village_code)
    if kept.died_on:
        cover_close(by=by, worker=kept)
    for kind, first in _endings(kept):
        give_back(OF_WORKER, {"worker": kept.pk, "first": first}, cause=kind, by=person)
        refunds_make(by=by, worker=kept, first_month=first, reason=REFUND_REASONS[kind])


@transaction.atomic
def cover_parted(*, by: User | None, kept: Worker, gone: Worker) -> None:
    """Two persons after all: what was not asked back yet because they were one is owed; `kept` keeps what it has."""
    _align(kept, gone)
    refunds_forget(by=by, worker=gone, first_month=date.min, reason=Refund.Reason.DOUBLE)
    for kind, first in _endings(gone):
        refunds_make(by=by, worker=gone, first_month=first, reason=REFUND_REASONS[kind])


def _align(kept: Worker, gone: Worker) -> None:
    with elevated("refunds go with their months, whoever pays them"), connection.cursor() as cursor:
        cursor.execute(ALIGN, {"both": [kept.pk, gone.pk]})


def _endings(worker: Worker) -> list[tuple[str, date]]:
    with elevated("an end of aid counts wherever it was written"), connection.cursor() as cursor:
        cursor.execute(ENDINGS, [worker.pk])
        found: list[tuple[str, date]] = cursor.fetchall()
        return found
