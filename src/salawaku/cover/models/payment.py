"""Payment files and their lines."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Payment(models.Model):
    """A payment file as it was imported; the same content is imported once."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    lines_read = models.PositiveIntegerField()
    imported_at = models.DateTimeField(auto_now_add=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.file_name


class PaymentLine(models.Model):
    """One receipt. Its number is text ("00000001") and is taken once, from whichever file it comes."""

    class Outcome(models.TextChoices):
        MATCHED = "matched", _("Matches a bill")
        AMOUNT_DIFFERS = "amount_differs", _("The amount differs from the bill")
        ONLY_THEIRS = "only_theirs", _("No bill has this code")
        ALREADY_PAID = "already_paid", _("The bill was paid before")

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="lines")
    row = models.PositiveIntegerField()
    receipt = models.CharField(max_length=60, unique=True)
    billing_code = models.CharField(max_length=60)
    amount = models.BigIntegerField()
    paid_on = models.DateField()
    bill = models.ForeignKey("cover.Bill", models.PROTECT, null=True, related_name="payment_lines")
    outcome = models.CharField(max_length=14, choices=Outcome.choices)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("payment_id", "row")

    def __str__(self) -> str:
        return self.receipt
