"""Every rule a programme ever had: who made it, when and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from salawaku.programmes.models.decree import frozen


class CriteriaSet(models.Model):
    """One version of a programme's rule, never changed; `rules` is what programmes/criteria.py reads.

    `made_by` is null when the command line made it, or when it was made before versions were kept.
    """

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="criteria_sets")
    version = models.PositiveSmallIntegerField()
    rules = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    PERSONAL: dict[str, str] = {}
    APPEND_ONLY = True

    class Meta:
        ordering = ("-version",)
        triggers = frozen()
        constraints = [models.UniqueConstraint(fields=["programme", "version"], name="criteria_version_once")]

    def __str__(self) -> str:
        return f"criteria {self.programme_id}.{self.version}"
