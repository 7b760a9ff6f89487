"""A batch of persons matched with the population register: result and date, nothing else."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel


class MatchBatch(models.Model):
    """One request to Dukcapil under an agreement (Permendagri 102/2019): number, date and purpose are demanded.

    Neither the file that went out nor the one that came back is kept, only their hashes.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region_code = models.CharField(max_length=13)
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, related_name="+")
    agreement_number = models.CharField(max_length=60)
    agreement_date = models.DateField()
    purpose = models.CharField(max_length=200)
    with_name = models.BooleanField(default=True)
    with_birth_date = models.BooleanField(default=True)
    workers = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    result_sha256 = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("-id",)
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="agreement_stays",
                fields=["agreement_number", "agreement_date", "purpose", "made_by", "made_at", "sha256", "workers"],
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement_number__regex=r"\S") & Q(purpose__regex=r"\S"), name="match_under_an_agreement"
            ),
            models.CheckConstraint(condition=Q(workers__gt=0), name="match_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"match {self.public_id}"


class MatchResult(ScopedModel):
    """What Dukcapil said of one worker: one word and the day. It has no field for anything more."""

    class Result(models.TextChoices):
        VALID = "valid", _("Valid")
        DEAD = "dead", _("Died")
        MOVED = "moved", _("Moved away")
        NOT_FOUND = "not_found", _("Not found")
        DIFFERENT = "different", _("Found with other data")

    batch = models.ForeignKey(MatchBatch, models.PROTECT, related_name="results")
    worker = models.ForeignKey("registry.Worker", models.PROTECT, related_name="+")
    result = models.CharField(max_length=9, choices=Result.choices, null=True)  # null: no answer yet
    result_on = models.DateField(null=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(fields=["batch", "worker"], name="match_result_once"),
            models.CheckConstraint(
                condition=Q(result__isnull=True, result_on__isnull=True)
                | Q(result__in=["valid", "dead", "moved", "not_found", "different"], result_on__isnull=False),
                name="match_result_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["worker", "-result_on"], name="match_result_latest")]

    def __str__(self) -> str:
        return f"match result {self.pk}"
