"""A list as a village or an agency sent it."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel


class ListFile(ScopedModel):
    """One uploaded file; `village_code` and `agency_code` are the sender's, not those of the persons in it.

    `rows` is what the reader found; the four counts are kept by a trigger on the rows themselves (row.py), so
    that the sum below fails when a row was lost on its way. `stored` is a random name under MEDIA_ROOT. `told` holds
    what the reader has to say about the file: the values of a refusal, hidden sheets, sheets without a list.
    """

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked, waits for confirmation")
        CONFIRMED = "confirmed", _("In the register")
        REFUSED = "refused", _("Cannot be used")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    stored = models.CharField(max_length=80)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.RECEIVED)
    codes = ArrayField(models.CharField(max_length=40), default=list)
    mapping = models.JSONField(default=dict)
    layouts = ArrayField(models.CharField(max_length=64), default=list)
    told = models.JSONField(default=dict)
    as_of = models.DateField()
    rows = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    duplicate = models.IntegerField(default=0)
    review = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=120)
    received_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_id = models.BigIntegerField(null=True)

    PERSONAL = {"by_name": "fake_name", "name": "blank", "told": "blank"}

    class Meta:
        ordering = ("-received_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=~Q(status="withdrawn"), name="listfile_content_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["received", "checking", "checked", "confirmed", "refused", "withdrawn"]),
                name="listfile_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["checked", "confirmed"])
                | Q(rows=F("accepted") + F("duplicate") + F("review") + F("rejected")),
                name="listfile_rows_add_up",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by_id__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by_id__isnull=False),
                name="listfile_confirmed_pair",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(confirmed_at__isnull=False),
                name="listfile_confirmed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["-received_at", "-id"], name="listfile_newest")]

    def __str__(self) -> str:
        return f"list {self.public_id}"

    @property
    def mostly_duplicates(self) -> bool:
        """Whether the stop rule holds this list back until somebody looked a second time."""
        return self.rows > 0 and self.duplicate * 2 > self.rows

    @property
    def is_open(self) -> bool:
        """Whether its rows can still be mended and decided; what comes of it is carried by confirming again."""
        return self.status in (self.Status.CHECKED, self.Status.CONFIRMED)


class Progress(models.Model):
    """How far the job of a file is; written outside the job's transaction so that a page can poll it."""

    file = models.OneToOneField(ListFile, models.CASCADE, primary_key=True, related_name="progress")
    step = models.CharField(max_length=20)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    error = models.CharField(max_length=60, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    PERSONAL: dict[str, str] = {}

    def __str__(self) -> str:
        return f"{self.step} {self.done}/{self.total}"

    @property
    def percent(self) -> int:
        """Part done, 0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else 0
