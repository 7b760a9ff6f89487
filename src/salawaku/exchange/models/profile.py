"""What a file for BPJS looks like, as data with versions."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models


class FileProfile(models.Model):
    """One version of a region's profile (exchange/profiles.py reads `data`); the highest version is in force.

    A version is never changed: a batch names the one that it was made with. Without any, the shipped one holds.
    """

    region_code = models.CharField(max_length=13)
    version = models.PositiveIntegerField()
    data = models.JSONField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    PERSONAL: dict[str, str] = {}
    APPEND_ONLY = True

    class Meta:
        ordering = ("region_code", "-version")
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [models.UniqueConstraint(fields=["region_code", "version"], name="file_profile_version_once")]

    def __str__(self) -> str:
        return f"profile {self.region_code} {self.version}"
