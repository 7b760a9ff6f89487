"""Closing the cover of a worker who died."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions.refund import refunds_of_death
from salawaku.registry.models import Worker

CLOSE = """
WITH gone AS (
    DELETE FROM cover_workermonth WHERE worker_id = %(worker)s AND month > %(died_on)s AND status = 'decreed'
      AND NOT cover_is_closed(month, village_code)
    RETURNING purse_id, amount
), freed AS (SELECT purse_id, sum(amount) AS amount, count(*) AS months FROM gone GROUP BY purse_id),
given_back AS (
    UPDATE programmes_purse p SET committed = committed - freed.amount
    FROM freed WHERE p.id = freed.purse_id RETURNING freed.months
)
SELECT coalesce(sum(months), 0) FROM given_back
"""
TO_REFUND = """
SELECT count(*) FROM cover_workermonth
WHERE worker_id = %(worker)s AND month > %(died_on)s AND status <> 'decreed'
"""


@transaction.atomic
def cover_close(*, by: User | None, worker: Worker) -> int:
    """Close the cover of a worker who died from the month after; returns how many months were freed.

    The register calls it in the transaction that writes the death. The month of death stays: without it BPJS would
    void the claim. Months already billed stay on their bills, are counted in the audit event and asked back
    (actions/refund.py); a closed month stays as it was closed.
    """
    values: dict[str, Any] = {"worker": worker.pk, "died_on": worker.died_on}
    with elevated("a death closes all months of the worker, whoever pays them"), connection.cursor() as cursor:
        cursor.execute(CLOSE, values)
        freed = int(cursor.fetchone()[0])
        cursor.execute(TO_REFUND, values)
        refund = int(cursor.fetchone()[0])
    refunds_of_death(by=by, worker=worker)
    detail = {"freed_months": freed, "months_to_refund": refund}
    audit.record(by=by, kind="cover.closed", subject=worker, detail=detail, region_code=worker.village_code)
    return freed
