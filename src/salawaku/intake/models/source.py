"""Further lists that name a worker."""

from __future__ import annotations

from django.db import models

from salawaku.accounts.scoping import ScopedModel


class WorkerSource(ScopedModel):
    """A confirmed row that names a worker already in the register: evidence, for nothing of the worker changes.

    The row that first brought a worker is `Worker.source_row_id`. The scope is the worker's.
    """

    worker = models.ForeignKey("registry.Worker", models.PROTECT, related_name="sources")
    row = models.OneToOneField("intake.ListRow", models.PROTECT, related_name="source")

    PERSONAL: dict[str, str] = {}

    def __str__(self) -> str:
        return f"source {self.pk}"
