"""How a sender's columns are read."""

from __future__ import annotations

from django.db import models


class ColumnMapping(models.Model):
    """A mapping of column names to fields that a person corrected, kept for this sender and layout."""

    village_code = models.CharField(max_length=13, blank=True)
    agency_code = models.CharField(max_length=40, blank=True)
    layout = models.CharField(max_length=64)
    mapping = models.JSONField()
    by_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village_code", "agency_code", "layout"], name="mapping_once_per_layout")
        ]

    def __str__(self) -> str:
        return f"mapping {self.layout[:12]}"
