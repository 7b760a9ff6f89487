"""A month compared three ways: decreed, paid, active at BPJS."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel


class Reconciliation(models.Model):
    """One month of one region beside the active list of BPJS. The list itself is not kept, only what differs.

    A closed month is never changed: triggers refuse it here, in its differences and in the ledger (migration 0003).
    Who compared does not close.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Not closed yet")
        CLOSED = "closed", _("Closed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    month = models.DateField()
    region_code = models.CharField(max_length=13)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    decreed = models.PositiveIntegerField(default=0)
    paid = models.PositiveIntegerField(default=0)
    active = models.PositiveIntegerField(default=0)
    agreed = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=6, choices=Status.choices, default=Status.OPEN)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("-month", "region_code")
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(name="closed", operation=pgtrigger.Update, condition=pgtrigger.Q(old__status="closed")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["month", "region_code"], name="reconciliation_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="reconciliation_month_is_a_first"),
            models.CheckConstraint(
                condition=Q(status="closed", closed_by__isnull=False, closed_at__isnull=False)
                | Q(status="open", closed_by__isnull=True, closed_at__isnull=True),
                name="reconciliation_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | Q(made_by__isnull=True) | ~Q(closed_by=F("made_by")),
                name="reconciliation_maker_is_not_closer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.region_code}"


class Difference(ScopedModel):
    """One person for whom the three do not agree. `nik` and `participant_number` only of persons not in the register.

    `expected` and `found` are rupiah: what the ledger and the list of BPJS say.
    """

    class Kind(models.TextChoices):
        PAID_NOT_ACTIVE = "paid_not_active", _("Paid, not active at BPJS")
        ACTIVE_NOT_PAID = "active_not_paid", _("Active at BPJS, not paid")
        DECREED_NOT_PAID = "decreed_not_paid", _("Decreed, neither paid nor active")
        NOT_IN_DECREE = "not_in_decree", _("Active at BPJS, in no decree")
        AMOUNT = "amount", _("Another amount at BPJS")

    class Status(models.TextChoices):
        OPEN = "open", _("Not settled yet")
        SETTLED = "settled", _("Settled")
        SIGNED_OFF = "signed_off", _("Signed off")

    reconciliation = models.ForeignKey(Reconciliation, models.PROTECT, related_name="differences")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    worker = models.ForeignKey("registry.Worker", models.PROTECT, null=True, related_name="+")
    nik = models.CharField(max_length=16, blank=True)
    participant_number = models.CharField(max_length=30, blank=True)
    expected = models.BigIntegerField(null=True)
    found = models.BigIntegerField(null=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN, db_default="open")
    reason = models.CharField(max_length=300, blank=True, db_default="")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    PERSONAL = {"nik": "fake_nik", "participant_number": "hash", "reason": "unsaid"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reconciliation", "worker"], condition=Q(worker__isnull=False), name="difference_once"
            ),
            models.UniqueConstraint(
                fields=["reconciliation", "nik", "participant_number"],
                condition=Q(worker__isnull=True),
                name="difference_of_unknown_once",
            ),
            models.CheckConstraint(
                condition=Q(status="open", settled_at__isnull=True) | ~Q(status="open") & Q(settled_at__isnull=False),
                name="difference_settled_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="signed_off") | (Q(settled_by__isnull=False) & ~Q(reason="")),
                name="difference_signed_off_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["reconciliation", "status", "kind", "id"], name="difference_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
