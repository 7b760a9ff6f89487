"""Payment files and their lines."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Payment(models.Model):
    """A payment file as it was imported; the same content is imported once.

    `region_code` is that of the importer's office: who works there looks after the lines that match no bill.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    lines_read = models.PositiveIntegerField()
    region_code = models.CharField(max_length=13, default="", db_default="")
    imported_at = models.DateTimeField(auto_now_add=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.file_name


class PaymentLine(models.Model):
    """One receipt. Its number is text ("00000001") and is taken once, from whichever file it comes.

    `outcome` is what the import found and stays; `decision` is what a person made of a line that matched nothing.
    The name of whoever paid is never kept.
    """

    class Outcome(models.TextChoices):
        MATCHED = "matched", _("Matches a bill")
        AMOUNT_DIFFERS = "amount_differs", _("The amount differs from the bill")
        ONLY_THEIRS = "only_theirs", _("No bill has this code")
        ALREADY_PAID = "already_paid", _("The bill was paid before")
        MONTH_CLOSED = "month_closed", _("The month of the bill is closed")
        RECEIPT_REUSED = "receipt_reused", _("The receipt number stood on another payment")

    class Decision(models.TextChoices):
        MATCHED = "matched", _("Matched by hand")
        NOT_OURS = "not_ours", _("Not ours")

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="lines")
    row = models.PositiveIntegerField()
    receipt = models.CharField(max_length=60)
    billing_code = models.CharField(max_length=60)
    amount = models.BigIntegerField()
    paid_on = models.DateField()
    bill = models.ForeignKey("cover.Bill", models.PROTECT, null=True, related_name="payment_lines")
    outcome = models.CharField(max_length=14, choices=Outcome.choices)
    decision = models.CharField(max_length=8, choices=Decision.choices, default="", db_default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("payment_id", "row")
        constraints = [
            models.UniqueConstraint(
                fields=["receipt"], condition=~Q(outcome="receipt_reused"), name="paymentline_receipt_once"
            ),
            models.UniqueConstraint(
                fields=["receipt", "billing_code", "amount"],
                condition=Q(outcome="receipt_reused"),
                name="paymentline_reused_once",
            ),
            models.UniqueConstraint(
                fields=["bill"], condition=Q(outcome="matched") | Q(decision="matched"), name="paymentline_bill_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="paymentline_amount"),
            models.CheckConstraint(
                condition=Q(bill__isnull=False) | ~(Q(outcome="matched") | Q(decision="matched")),
                name="paymentline_matched_has_a_bill",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (Q(decision__in=["matched", "not_ours"], decided_at__isnull=False) & ~Q(outcome="matched")),
                name="paymentline_decided",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(decision="") & ~Q(outcome="matched"), name="paymentline_waiting"),
        ]

    def __str__(self) -> str:
        return self.receipt
