"""Two records that may be one person."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel


class Decision(models.TextChoices):
    """What a person said about two records."""

    SAME = "same", _("The same person")
    DIFFERENT = "different", _("Two different persons")
    UNSURE = "unsure", _("Not sure yet")


class Tier(models.TextChoices):
    """Why two records are put side by side."""

    CONFLICT = "conflict", _("The same NIK under another name")
    PROBABLE = "probable", _("Probably the same person")


class Pair(ScopedModel):
    """A row beside another row or a worker, for a person to decide; `evidence` says field by field what agrees.

    The scope is that of the left row. The right side may lie outside the reviewer's scope: then it is shown
    masked, and only the evidence is told.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    left = models.ForeignKey("intake.ListRow", models.CASCADE, related_name="pairs")
    right_row = models.ForeignKey("intake.ListRow", models.CASCADE, null=True, related_name="pairs_right")
    right_worker = models.ForeignKey("registry.Worker", models.CASCADE, null=True, related_name="+")
    tier = models.CharField(max_length=8, choices=Tier.choices)
    evidence = models.JSONField(default=dict)
    decision = models.CharField(max_length=9, choices=Decision.choices, blank=True)
    decided_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(tier__in=["conflict", "probable"]), name="pair_tier_known"),
            models.CheckConstraint(
                condition=Q(right_row__isnull=True, right_worker__isnull=False)
                | Q(right_row__isnull=False, right_worker__isnull=True),
                name="pair_one_right_side",
            ),
            models.CheckConstraint(condition=~Q(left=F("right_row")), name="pair_of_two"),
            models.UniqueConstraint(
                fields=["left", "right_row", "right_worker"], nulls_distinct=False, name="pair_once"
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", "same", "different", "unsure"]), name="pair_decision_known"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_by_id__isnull=True, decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_by_id__isnull=False, decided_at__isnull=False)),
                name="pair_decided_pair",
            ),
        ]
        indexes = [models.Index(fields=["village_code", "agency_code", "id"], name="pair_queue")]

    def __str__(self) -> str:
        return f"pair {self.public_id}"


class PairDecision(ScopedModel):
    """What was decided about two persons, by the keys of their records: nobody is asked a second time.

    The keys are digests (salawaku.linkage.record_key), in ascending order.
    """

    low_key = models.CharField(max_length=64)
    high_key = models.CharField(max_length=64)
    decision = models.CharField(
        max_length=9, choices=[(Decision.SAME, _("Same")), (Decision.DIFFERENT, _("Different"))]
    )
    by_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now=True)

    PERSONAL = {"low_key": "hash", "high_key": "hash"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low_key", "high_key"], name="pairdecision_once"),
            models.CheckConstraint(condition=Q(low_key__lte=F("high_key")), name="pairdecision_in_order"),
            models.CheckConstraint(condition=Q(decision__in=["same", "different"]), name="pairdecision_known"),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"
