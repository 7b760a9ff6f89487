"""A batch of workers whom BPJS is asked to register."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel


class RegistrationBatch(models.Model):
    """The workers of a programme (or of one decree of it) with months from `first_month` on, as sent at one time.

    `profile` is the whole profile that the file was made with; `sha256` is that of the file; `codes` counts what the
    pre-check found, also in rows that were sent (warnings).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    decree = models.ForeignKey("programmes.Decree", models.PROTECT, null=True, related_name="+")
    region_code = models.CharField(max_length=13)
    first_month = models.DateField()
    agreement_number = models.CharField(max_length=60, blank=True, help_text="number of the PKS")
    profile = models.JSONField()
    profile_version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    sent = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()
    codes = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    PERSONAL: dict[str, str] = {}
    APPEND_ONLY = True

    class Meta:
        ordering = ("-id",)
        triggers = [pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(condition=Q(first_month__day=1), name="registration_month_is_a_first"),
            models.CheckConstraint(condition=Q(sent__gt=0), name="registration_sends_somebody"),
        ]

    def __str__(self) -> str:
        return f"registration {self.public_id}"


class RegistrationRow(ScopedModel):
    """One worker of a batch: left out with the codes to mend, sent, and what BPJS answered.

    A worker waits for an answer in one batch only. The row stays with the record it was sent for; after a merge it
    is found by the NIK.
    """

    class State(models.TextChoices):
        TO_SEND = "to_send", _("Left out, to mend")
        SENT = "sent", _("Sent, waits for an answer")
        REGISTERED = "registered", _("Registered")
        REJECTED = "rejected", _("Rejected by BPJS")

    batch = models.ForeignKey(RegistrationBatch, models.PROTECT, related_name="rows")
    worker = models.ForeignKey("registry.Worker", models.PROTECT, related_name="+")
    purse = models.ForeignKey("programmes.Purse", models.PROTECT, related_name="+")
    first_month = models.DateField()
    months = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    codes = ArrayField(models.CharField(max_length=200), default=list)
    participant_number = models.CharField(blank=True)
    reason = models.CharField(max_length=300, blank=True)
    reason_code = models.CharField(max_length=30, blank=True)
    answered_at = models.DateTimeField(null=True)
    feedback = models.ForeignKey("exchange.Feedback", models.PROTECT, null=True, related_name="rows_answered")

    PERSONAL = {"participant_number": "blank", "reason": "blank"}

    class Meta:
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="same_row", fields=["batch", "worker", "purse", "first_month", "months", "codes"]
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["batch", "worker"], name="registration_row_once"),
            models.UniqueConstraint(
                fields=["worker"], condition=Q(state="sent"), name="registration_waits_in_one_batch"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["registered", "rejected"], answered_at__isnull=False)
                | Q(state__in=["to_send", "sent"], answered_at__isnull=True, reason="", participant_number=""),
                name="registration_row_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(reason_code=""), name="registration_rejected_says_why"
            ),
        ]
        indexes = [models.Index(fields=["batch", "state", "id"], name="registration_row_state")]

    def __str__(self) -> str:
        return f"registration row {self.pk}"


class RegistrationFile(ScopedModel):
    """The file of a batch as it was made, for whoever sees the whole region."""

    batch = models.OneToOneField(RegistrationBatch, models.PROTECT, related_name="file")
    name = models.CharField(max_length=120)
    content = models.BinaryField()

    PERSONAL = {"content": "blank"}
    APPEND_ONLY = True

    class Meta:
        triggers = [pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name
