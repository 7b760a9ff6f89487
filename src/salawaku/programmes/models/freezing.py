"""A decree that is being drawn up by a job."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Freezing(models.Model):
    """What will be written on the decree of a large plan, and how far its files are; gone when it is frozen.

    Written outside the job's transaction, so that a page can poll it. `error` is the code of why it ended without a
    decree; then somebody may try again.
    """

    allocation = models.OneToOneField(
        "programmes.Allocation", models.PROTECT, primary_key=True, related_name="freezing"
    )
    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    signatory = models.CharField(max_length=120)
    changes = models.ForeignKey("programmes.Decree", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=60, blank=True)

    PERSONAL = {"signatory": "fake_name"}

    def __str__(self) -> str:
        return f"{self.number} {self.done}/{self.total}"
