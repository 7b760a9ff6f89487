"""What BPJS answered to a registration file, and what in an answer a person must look at."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel


class Feedback(models.Model):
    """One answer file of the branch; the file itself is not kept. The same file is taken once in a region."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region_code = models.CharField(max_length=13)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("-id",)
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]
        constraints = [models.UniqueConstraint(fields=["region_code", "sha256"], name="feedback_once")]

    def __str__(self) -> str:
        return f"feedback {self.public_id}"


class Question(ScopedModel):
    """A row of an answer that changed nothing until a person decides; its sheet row is `row`.

    `nik` is kept only where no worker of ours has it. `participant_number` is the number that BPJS told.
    """

    class Kind(models.TextChoices):
        UNKNOWN_NIK = "unknown_nik", _("No worker of this region has this NIK")
        NIK_INVALID = "nik_invalid", _("The NIK is not 16 digits")
        NUMBER_DAMAGED = "number_damaged", _("The KPJ stood in a number cell and may have lost zeros")
        NUMBER_MISSING = "number_missing", _("Accepted, but without a KPJ")
        NUMBER_TAKEN = "number_taken", _("Another worker has this KPJ")
        NUMBER_TWICE = "number_twice", _("The file gives this KPJ to two NIKs")
        NUMBER_DIFFERS = "number_differs", _("The worker has another KPJ here")
        TWO_ANSWERS = "two_answers", _("The file answers twice for this NIK, and differently")
        CONTRADICTS = "contradicts", _("Rejected, but registered here with a KPJ")
        NOT_SENT = "not_sent", _("Rejected, but not waiting for an answer")

    feedback = models.ForeignKey(Feedback, models.PROTECT, related_name="questions")
    row = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    worker = models.ForeignKey("registry.Worker", models.PROTECT, null=True, related_name="+")
    nik = models.CharField(max_length=30, blank=True)
    participant_number = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decision = models.CharField(max_length=300, blank=True)
    taken = models.BooleanField(default=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    PERSONAL = {"nik": "fake_nik", "participant_number": "blank", "reason": "blank", "decision": "blank"}

    class Meta:
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(fields=["feedback", "row"], name="question_once"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, taken=False)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="question_decided_pair",
            ),
        ]
        indexes = [models.Index(fields=["feedback", "kind", "id"], name="question_kind")]

    def __str__(self) -> str:
        return f"question {self.pk}"
