"""Who is covered from which purse: proposed by one person, approved by another."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel


class Allocation(models.Model):
    """One plan for a programme from `first_month` on, with its totals and the hash of its lines.

    `law_hash` is that of the legal parameters its prices follow from (empty in plans made before it was kept).
    `proposed_by` is null when the command line proposed without naming a person.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="allocations")
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.PROPOSED)
    method = models.CharField(max_length=20, default="waterfall")
    first_month = models.DateField()
    criteria = models.JSONField()
    criteria_version = models.PositiveSmallIntegerField()
    workers = models.PositiveIntegerField(default=0)
    worker_months = models.PositiveIntegerField(default=0)
    unfunded = models.PositiveIntegerField(default=0)
    amount = models.BigIntegerField(default=0)
    reasons = models.JSONField(default=dict)
    plan_hash = models.CharField(max_length=64)
    law_hash = models.CharField(max_length=64, default="")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=300, blank=True)

    PERSONAL = {"closed_reason": "unsaid"}

    class Meta:
        ordering = ("-id",)
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            # Without this the maker could be taken off a plan first and approve it then.
            pgtrigger.ReadOnly(name="maker_stays", fields=["proposed_by", "proposed_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(approved_by=F("proposed_by")),
                name="allocation_maker_is_not_approver",
            ),
            models.CheckConstraint(
                condition=Q(status="approved", approved_by__isnull=False, approved_at__isnull=False)
                | (~Q(status="approved") & Q(approved_by__isnull=True, approved_at__isnull=True)),
                name="allocation_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"allocation {self.public_id}"


class AllocationLine(ScopedModel):
    """One worker in a plan: chosen for a purse and its months, or not, with the one reason why (reasons.py).

    `declaration` is the newest one about the worker when the plan was made: the evidence of the decision.
    """

    allocation = models.ForeignKey(Allocation, models.CASCADE, related_name="lines")
    worker = models.ForeignKey("registry.Worker", models.PROTECT, related_name="+")
    purse = models.ForeignKey("programmes.Purse", models.PROTECT, null=True, related_name="+")
    first_month = models.DateField(null=True)
    months = models.PositiveSmallIntegerField(default=0)
    amount = models.BigIntegerField(default=0)
    transport = models.BooleanField(default=False)
    rank = models.PositiveIntegerField(null=True)
    chosen = models.BooleanField()
    reason = models.CharField(max_length=30)
    declaration = models.ForeignKey(
        "registry.Declaration", models.PROTECT, null=True, related_name="+", db_index=False
    )

    PERSONAL: dict[str, str] = {}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["allocation", "worker", "first_month"], name="allocation_line_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(chosen=True, purse__isnull=False, first_month__isnull=False, months__gt=0)
                | Q(chosen=False, purse__isnull=True, first_month__isnull=True, months=0, amount=0),
                name="allocation_line_chosen_has_a_purse",
            ),
        ]
        indexes = [models.Index(fields=["allocation", "reason", "id"], name="allocation_line_order")]

    def __str__(self) -> str:
        return f"line {self.pk}"
