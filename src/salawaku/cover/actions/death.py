"""Closing the cover of a worker who died."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.programmes.refusal import Refusal
from salawaku.registry.models import Worker

CLOSE = """
WITH gone AS (
    DELETE FROM cover_workermonth WHERE worker_id = %(worker)s AND month > %(died_on)s AND status = 'decreed'
    RETURNING purse_id, amount
), freed AS (SELECT purse_id, sum(amount) AS amount, count(*) AS months FROM gone GROUP BY purse_id),
given_back AS (
    UPDATE programmes_purse p SET committed = committed - freed.amount
    FROM freed WHERE p.id = freed.purse_id RETURNING freed.months
)
SELECT coalesce(sum(months), 0) FROM given_back
"""
TO_REFUND = """
SELECT count(*) FROM cover_workermonth WHERE worker_id = %s AND month > %s AND status <> 'decreed'
"""


@transaction.atomic
def worker_died(*, by: User | None, worker: Worker, died_on: date) -> int:
    """Write a death down and close the cover from the month after; returns how many months were freed.

    The month of death stays: without it BPJS would void the claim. Months already billed after the death stay on
    their bills and are counted in the audit event, for the refund.
    """
    worker = Worker.objects.select_for_update(of=("self",)).get(pk=worker.pk)
    if worker.status != Worker.Status.LIVING:
        raise Refusal("worker.not_living", _("This worker was reported before. Nothing was changed."))
    worker.status, worker.died_on = Worker.Status.DIED, died_on
    worker.save(update_fields=["status", "died_on"])
    values: dict[str, Any] = {"worker": worker.pk, "died_on": died_on}
    with connection.cursor() as cursor:
        cursor.execute(CLOSE, values)
        freed = int(cursor.fetchone()[0])
        cursor.execute(TO_REFUND, [worker.pk, died_on])
        refund = int(cursor.fetchone()[0])
    detail = {"freed_months": freed, "months_to_refund": refund}
    audit.record(by=by, kind="worker.died", subject=worker, region_code=worker.village_code)
    audit.record(by=by, kind="cover.closed", subject=worker, detail=detail, region_code=worker.village_code)
    return freed
