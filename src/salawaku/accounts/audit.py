"""Writing the audit trail: one call in the transaction of the action itself."""

from __future__ import annotations

from typing import Any

from django.db import connection, models

from salawaku.accounts.models import AuditEvent, User

KINDS = frozenset(
    {
        "user.opened", "user.closed", "role.given", "role.taken", "role.changed",
        "file.received", "file.checked", "file.refused", "file.confirmed", "file.withdrawn", "file.returned",
        "mapping.corrected", "row.decided", "pair.decided",
        "worker.entered", "worker.changed", "worker.merged", "worker.merge_undone", "worker.died",
        "nik.unmasked", "list.exported",
        "programme.opened", "programme.changed", "quota.set", "purse.opened", "purse.changed",
        "allocation.proposed", "allocation.approved", "allocation.refused", "allocation.withdrawn",
        "decree.frozen", "bill.made", "payment.imported", "cover.closed",
        "boundary.imported", "demo.made",
    }
)  # fmt: skip


def record(
    *,
    by: User | None,
    kind: str,
    subject: models.Model,
    detail: dict[str, Any] | None = None,
    reason: str = "",
    region_code: str = "",
) -> AuditEvent:
    """Write one event; only inside a transaction, so that the deed and its trace stand or fall together.

    `detail` takes ids, counts and codes, never a person's data. Raises ValueError for an unknown kind.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown audit kind {kind!r}: add it to KINDS")
    if not connection.in_atomic_block:
        raise RuntimeError("an audit event is written in the transaction of its action")
    return AuditEvent.objects.create(
        actor_id=by.pk if by else None,
        actor=by.name if by else "system",
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=str(getattr(subject, "public_id", subject.pk)),
        region_code=region_code,
        reason=reason,
        detail=detail or {},
    )
