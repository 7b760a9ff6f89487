"""Two records found to be one person."""

import uuid

from django.db import models

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

    PERSONAL: dict[str, str] = {}

    def __str__(self) -> str:
        return f"merge {self.public_id}"
