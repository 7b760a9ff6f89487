"""Two records found to be one person."""

import uuid

from django.db import models
from django.db.models import F, Q

from salawaku.accounts.scoping import ScopedModel


class Merge(ScopedModel):
    """`gone` was merged into `kept`; `moved` lists what moved, so that it can be undone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kept = models.ForeignKey("registry.Worker", models.PROTECT, related_name="merges_kept")
    gone = models.ForeignKey("registry.Worker", models.PROTECT, related_name="merges_gone")
    moved = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    by_id = models.BigIntegerField()
    undone_at = models.DateTimeField(null=True)
    undone_by_id = models.BigIntegerField(null=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two"),
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at__isnull=True), name="merge_gone_once"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by_id__isnull=True)
                | Q(undone_at__isnull=False, undone_by_id__isnull=False),
                name="merge_undone_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"merge {self.public_id}"
