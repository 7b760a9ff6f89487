"""Deciding whether two records are one person."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.intake.actions.rows import recheck
from salawaku.intake.models import ListRow, Pair, PairDecision
from salawaku.intake.models.pair import Decision
from salawaku.linkage.tiers import record_key
from salawaku.registry.models import Worker


@transaction.atomic
def pair_decide(*, by: User, pair: Pair, decision: str) -> Pair:
    """Same, different or unsure. The first two are remembered by the records themselves and never asked again."""
    if decision not in Decision.values:
        raise Refusal("pair.unknown_decision", _("Choose one of the three answers."))
    pair = Pair.objects.select_for_update(of=("self",)).select_related("left__file").get(pk=pair.pk)
    if not pair.left.file.is_open:
        raise Refusal("row.not_open", _("This row is in the register already, or its list is closed."))
    if pair.decision == decision:
        return pair
    pair.decision, pair.decided_by_id, pair.decided_at = decision, by.pk, timezone.now()
    pair.save(update_fields=["decision", "decided_by_id", "decided_at"])
    if decision != Decision.UNSURE:
        _remember(by, pair)
        _conclude(pair)
    detail = {"pair": str(pair.public_id), "decision": decision, "row": pair.left_id, "tier": pair.tier}
    audit.record(by=by, kind="pair.decided", subject=pair.left.file, detail=detail, region_code=pair.village_code)
    return pair


def _conclude(pair: Pair) -> None:
    """The same person: the row is known. Another person: linkage looks for the next one it could be."""
    if pair.decision == Decision.DIFFERENT:
        recheck(pair.left)
        return
    row = pair.left
    row.status, row.codes = ListRow.Status.DUPLICATE, []
    row.duplicate_row_id, row.duplicate_worker_id = pair.right_row_id, pair.right_worker_id
    row.save(update_fields=["status", "codes", "duplicate_row", "duplicate_worker"])


def _remember(by: User, pair: Pair) -> None:
    with elevated("the right side may be a stranger; only digests are kept"):
        right: ListRow | Worker = (
            Worker.objects.get(pk=pair.right_worker_id)
            if pair.right_worker_id is not None
            else ListRow.objects.get(pk=pair.right_row_id or 0)
        )
        low, high = sorted([_key(pair.left), _key(right)])
        PairDecision.objects.update_or_create(
            low_key=low,
            high_key=high,
            defaults={
                "decision": pair.decision,
                "by_id": by.pk,
                "village_code": pair.village_code,
                "agency_code": pair.agency_code,
            },
        )


def _key(record: ListRow | Worker) -> str:
    return record_key(record.nik or None, record.name, record.birth_date)
