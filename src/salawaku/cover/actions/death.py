"""Closing the cover of a worker who died."""

from __future__ import annotations

from django.db import transaction

from salawaku import law
from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.cover.actions.closed import unless_closed
from salawaku.cover.actions.giving_back import OF_WORKER, give_back, months_not_owed
from salawaku.cover.actions.refund import refunds_of_death
from salawaku.registry.models import Worker


@unless_closed()
@transaction.atomic
def cover_close(*, by: User | None, worker: Worker) -> int:
    """Close the cover of a worker who died from the month after; returns how many months were freed.

    The register calls it in the transaction that writes the death. The month of death stays: without it BPJS would
    void the claim. Months already billed stay on their bills, are counted in the audit event and asked back
    (actions/refund.py); a closed month stays as it was closed.
    """
    if worker.died_on is None:
        return 0
    values = {"worker": worker.pk, "first": law.add_months(worker.died_on, 1)}
    freed = give_back(OF_WORKER, values, cause="died", by=by.pk if by else None)
    refunds_of_death(by=by, worker=worker)
    detail = {"freed_months": freed.months, "months_to_refund": months_not_owed(OF_WORKER, values)}
    audit.record(by=by, kind="cover.closed", subject=worker, detail=detail, region_code=worker.village_code)
    return freed.months
