"""Writing the audit trail: one call in the transaction of the action itself."""

from __future__ import annotations

import json
import re
from typing import Any

from django.db import connection, models

from salawaku.accounts.models import AuditEvent, User

KINDS = frozenset(
    {
        "user.opened", "user.closed", "user.invited", "role.given", "role.taken", "role.changed",
        "token.made", "token.revoked",
        "file.received", "file.checked", "file.refused", "file.confirmed", "file.withdrawn", "file.returned",
        "mapping.corrected", "row.decided", "pair.decided",
        "worker.entered", "worker.changed", "worker.merged", "worker.merge_undone", "worker.died",
        "worker.declared", "evidence.taken",
        "worker.moved", "worker.employed", "worker.covered_elsewhere", "worker.returned", "worker.event_undone",
        "nik.unmasked", "list.exported",
        "programme.opened", "programme.changed", "quota.set", "purse.opened", "purse.changed",
        "allocation.proposed", "allocation.approved", "allocation.refused", "allocation.withdrawn",
        "decree.frozen", "bill.made", "payment.imported", "payment.matched", "payment.set_aside", "cover.closed",
        "cover.moved", "cover.restored", "months.released",
        "bill.split", "bill.joined", "order.recorded", "order.voided", "order.proof_taken",
        "refund.found", "refund.requested", "refund.received", "refund.refused",
        "month.reconciled", "month.closed", "difference.assigned", "difference.settled", "difference.signed_off",
        "sponsor.loaded", "sponsor.left", "sponsor.moved", "pledge.recorded", "pledge.accepted", "pledge.withdrawn",
        "pledge.paper_taken",
        "match.kept", "match.undone", "deduction.listed", "deduction.returned", "donor.entered",
        "donor.pledged", "donor.accepted", "donor.reported",
        "agreement.recorded", "agreement.changed", "agreement.document_taken",
        "notices.made", "notice.mailed", "notice.dismissed", "notice.sent_by_hand", "notice.preferences",
        "calendar.made", "calendar.revoked",
        "profile.changed", "registration.sent", "registration.fetched", "feedback.imported", "question.settled",
        "worker.numbered", "match.exported", "match.imported", "match.looked_at",
        "boundary.imported", "demo.made",
    }
)  # fmt: skip
# A NIK or a family card, a civil servant's number (NIP); not part of a hash.
LONG_NUMBER = re.compile(r"(?<![0-9a-f])(?:\d{16}|\d{18})(?![0-9a-f])")
INSERT = f"""
INSERT INTO {AuditEvent._meta.db_table}
    (at, actor_id, actor, kind, subject_type, subject_id, region_code, reason, detail)
VALUES (now(), %s, %s, %s, %s, %s, %s, %s, %s::jsonb)
"""  # without RETURNING: whoever acts need not be allowed to read the trail


def record(
    *,
    by: User | None,
    kind: str,
    subject: models.Model,
    detail: dict[str, Any] | None = None,
    reason: str = "",
    region_code: str = "",
) -> None:
    """Write one event; only inside a transaction, so that the deed and its trace stand or fall together.

    `detail` takes ids, counts and codes, never a person's data; a NIK in it is an error, one in the
    reason that a person typed is blotted out. The region is the subject's own if none is named, else the only
    one its author works in. Raises ValueError for an unknown kind.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown audit kind {kind!r}: add it to KINDS")
    if not connection.in_atomic_block:
        raise RuntimeError("an audit event is written in the transaction of its action")
    told = json.dumps(detail or {}, default=str)
    if LONG_NUMBER.search(told):
        raise ValueError(f"the detail of {kind} holds a number that looks like a NIK")
    values = [
        by.pk if by else None,
        by.name if by else "system",
        kind,
        subject._meta.label_lower,
        str(getattr(subject, "public_id", subject.pk)),
        region_code or _region_of(subject, by),
        LONG_NUMBER.sub("•••", reason)[:500],
        told,
    ]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)


def _region_of(subject: models.Model, by: User | None) -> str:
    """The subject's region, or the region of an author who has only one."""
    own = str(getattr(subject, "village_code", "") or getattr(subject, "region_code", ""))
    regions = by.regions if by and not own else []
    return own or (regions[0] if len(regions) == 1 else "")
