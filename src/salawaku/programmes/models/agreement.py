"""Agreements about cover (PKS, memoranda) and how many workers they promise in which region."""

from __future__ import annotations

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["document"],
    model_name="AgreementHistory",
)  # fmt: skip
class Agreement(models.Model):
    """What offices agreed with each other: from `valid_from` to `valid_to`, for the region `region_code`.

    `parties` are offices, one a line, never persons. With a `programme` only the cover of that programme fulfils
    it, else everybody's. The signed document, if there is one, is kept with its hash.
    """

    class Kind(models.TextChoices):
        PKS = "pks", _("Cooperation agreement (PKS)")
        MEMORANDUM = "memorandum", _("Memorandum of understanding")
        OTHER = "other", _("Other agreement")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    parties = models.TextField(max_length=600)
    subject = models.CharField(max_length=300)
    signed_on = models.DateField()
    valid_from = models.DateField()
    valid_to = models.DateField()
    region_code = models.CharField(max_length=13)
    programme = models.ForeignKey(
        "programmes.Programme", models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    document = models.BinaryField(null=True)
    document_title = models.CharField(max_length=200, blank=True, default="")
    document_sha256 = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    PERSONAL = {"document": "blank", "document_title": "blank"}

    class Meta:
        ordering = ("-valid_from", "number")
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(fields=["region_code", "number"], name="agreement_once"),
            models.CheckConstraint(condition=Q(valid_from__lte=F("valid_to")), name="agreement_days_in_order"),
            models.CheckConstraint(
                condition=Q(document__isnull=True) | Q(document_sha256__regex="^[0-9a-f]{64}$"),
                name="agreement_document_has_a_hash",
            ),
        ]

    def __str__(self) -> str:
        return self.number


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), model_name="AgreementQuotaHistory"
)
class AgreementQuota(models.Model):
    """How many workers an agreement promises in one region of its own."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="quotas")
    region_code = models.CharField(max_length=13)
    workers = models.PositiveIntegerField()

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("region_code",)
        constraints = [
            models.UniqueConstraint(fields=["agreement", "region_code"], name="agreement_quota_once"),
            models.CheckConstraint(condition=Q(workers__gt=0), name="agreement_quota_for_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.region_code}: {self.workers}"
