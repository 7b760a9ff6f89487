"""The order by which the treasury pays bills (SP2D), with its proof."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel


class PaymentOrder(models.Model):
    """A payment order (SP2D) and the bills it pays: their sum is its amount, to the rupiah (triggers).

    Recording one pays nothing by itself: months are paid by the receipt, which may come before or after. An order is
    never changed or deleted; a wrong one is voided with a reason, and its number is then free again.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region_code = models.CharField(max_length=13)
    year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    amount = models.BigIntegerField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=300, blank=True)

    PERSONAL = {"void_reason": "unsaid"}

    class Meta:
        ordering = ("-issued_on", "-id")
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="as_recorded",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("region_code", "year", "number", "issued_on", "amount"),
            ),
            pgtrigger.Protect(
                name="voided", operation=pgtrigger.Update, condition=pgtrigger.Q(old__voided_at__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["region_code", "year", "number"],
                condition=Q(voided_at__isnull=True),
                name="paymentorder_number_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(number=""), name="paymentorder_amount"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="paymentorder_voided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OrderBill(models.Model):
    """A bill on an order, with the amount it asked for then. `live` until the order is voided."""

    order = models.ForeignKey(PaymentOrder, models.PROTECT, related_name="lines")
    bill = models.ForeignKey("cover.Bill", models.PROTECT, related_name="order_lines")
    amount = models.BigIntegerField()
    live = models.BooleanField(default=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("id",)
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(fields=["order", "bill"], name="orderbill_once"),
            models.UniqueConstraint(fields=["bill"], condition=Q(live=True), name="orderbill_bill_has_one_order"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="orderbill_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.bill_id}"


class OrderProof(ScopedModel):
    """The scanned order: whoever signed it is named there, so it is seen by the region of the order only."""

    class Kind(models.TextChoices):
        PDF = "pdf", _("PDF")
        JPG = "jpg", _("JPG")
        PNG = "png", _("PNG")

    order = models.OneToOneField(PaymentOrder, models.PROTECT, related_name="proof")
    kind = models.CharField(max_length=3, choices=Kind.choices)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    PERSONAL = {"content": "blank"}
    APPEND_ONLY = True

    class Meta:
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.sha256
