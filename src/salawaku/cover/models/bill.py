"""What a purse owes for a month."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Bill(models.Model):
    """The contributions of one purse for one month. `part` 2 and on bill workers who were decreed later, or take an
    instalment out of an earlier part (`split_from`). A part that was joined again with another one is void and keeps
    what it asked for; nobody is on it.

    `law_hash` is that of the legal parameters behind the due date and, through the plan, the amounts.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Not paid yet")
        PAID = "paid", _("Paid")
        VOID = "void", _("Joined with another bill")

    public_id = models.UUIDField(default=uuid.uuid4, db_default=models.Func(function="gen_random_uuid"), unique=True)
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="bills")
    purse = models.ForeignKey("programmes.Purse", models.PROTECT, related_name="bills")
    month = models.DateField()
    part = models.PositiveSmallIntegerField(default=1, db_default=1)
    amount = models.BigIntegerField()
    workers = models.PositiveIntegerField()
    billing_code = models.CharField(max_length=30, unique=True)
    due_on = models.DateField()
    law_hash = models.CharField(max_length=64, default="", db_default="")
    status = models.CharField(max_length=4, choices=Status.choices, default=Status.OPEN, db_default="open")
    paid_on = models.DateField(null=True)
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    joined_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(db_default=models.functions.Now())

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("-month", "purse_id", "part")
        constraints = [
            models.UniqueConstraint(fields=["purse", "month", "part"], name="bill_once"),
            models.CheckConstraint(condition=Q(amount__gt=0, workers__gt=0), name="bill_not_empty"),
            models.CheckConstraint(
                condition=Q(status="paid", paid_on__isnull=False)
                | Q(status__in=["open", "void"], paid_on__isnull=True),
                name="bill_paid_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status="void", joined_into__isnull=False)
                | Q(status__in=["open", "paid"], joined_into__isnull=True),
                name="bill_void_is_joined",
            ),
        ]

    def __str__(self) -> str:
        return self.billing_code
