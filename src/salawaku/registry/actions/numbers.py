"""Participant numbers (KPJ) that BPJS gave to workers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal

LOCK = "SELECT pg_advisory_xact_lock(hashtext('registry_participant_number'))"
TAKEN = """
SELECT count(*) FROM unnest(%(workers)s::bigint[], %(numbers)s::text[]) AS given (worker_id, number)
JOIN registry_worker w ON w.participant_number = given.number AND w.id <> given.worker_id AND w.status <> 'merged'
"""
SET = """
UPDATE registry_worker w SET participant_number = given.number
FROM unnest(%(workers)s::bigint[], %(numbers)s::text[]) AS given (worker_id, number)
WHERE w.id = given.worker_id AND w.status <> 'merged' AND w.participant_number <> given.number
  AND (%(over)s OR w.participant_number = '')
"""
LEFT = """
SELECT count(*) FROM unnest(%(workers)s::bigint[], %(numbers)s::text[]) AS given (worker_id, number)
LEFT JOIN registry_worker w ON w.id = given.worker_id AND w.status <> 'merged'
WHERE w.participant_number IS DISTINCT FROM given.number
"""


def hold_participant_numbers() -> None:
    """Until the end of the transaction nobody else gives participant numbers: look first, then set."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)


@transaction.atomic
def participant_numbers_set(
    *,
    by: User | None,
    numbers: Mapping[int, str],
    source: models.Model,
    region_code: str,
    reason: str = "",
    over: bool = False,
) -> int:
    """Give each worker (by id) the number that BPJS told; how many changed. Text, with the zeros it begins with.

    A number that is there stays unless a person decided to write `over` it. Works within the scope in force. Refusal
    when a number is empty, given twice or another record's, and when a worker has another one or is gone. `source`
    is what the audit event is about; the history of each worker shows the change.
    """
    if not all(numbers.values()) or len(set(numbers.values())) < len(numbers):
        raise Refusal("worker.number_twice", _("A KPJ is empty or given twice. Nothing was changed."))
    values: dict[str, Any] = {"workers": list(numbers), "numbers": list(numbers.values()), "over": over}
    with connection.cursor() as cursor:
        hold_participant_numbers()
        cursor.execute(TAKEN, values)
        if cursor.fetchone()[0]:
            raise Refusal("worker.number_taken", _("Another worker has this KPJ. Nothing was changed."))
        cursor.execute(SET, values)
        changed = int(cursor.rowcount)
        cursor.execute(LEFT, values)
        if cursor.fetchone()[0]:
            raise Refusal(
                "worker.number_changed", _("A worker has got another KPJ meanwhile. Nothing was changed; try again.")
            )
    if changed:
        detail = {"workers": changed, "source": str(getattr(source, "public_id", source.pk))}
        audit.record(
            by=by, kind="worker.numbered", subject=source, detail=detail, reason=reason, region_code=region_code
        )
    return changed
