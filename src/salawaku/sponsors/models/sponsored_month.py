"""Which pledge carries which month of which worker."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel


class SponsoredMonth(ScopedModel):
    """One worker's month in the ledger, carried by one pledge: the primary key allows no second sponsor.

    A foreign key binds each row to its month in the ledger and lets it go and move with it; statement triggers
    refuse more workers than a pledge has, months outside it, and purses that are not the pledge's or not of foster
    sponsors (migration 0001). `village_code` and `agency_code` are those of the sponsor when the month falls due, so
    that an agency sees its own list and no worker by name.
    """

    class Status(models.TextChoices):
        DUE = "due", _("To be deducted")
        PAID = "paid", _("Deducted")
        UNPAID = "unpaid", _("Not deducted")

    pk = models.CompositePrimaryKey("month", "worker_id")
    month = models.DateField()
    worker = models.ForeignKey("registry.Worker", models.PROTECT, related_name="+", db_constraint=False)
    insurance = models.CharField(max_length=7, default="JKK_JKM", db_default="JKK_JKM")
    pledge = models.ForeignKey("sponsors.Pledge", models.PROTECT, related_name="months")
    status = models.CharField(max_length=6, choices=Status.choices, default=Status.DUE, db_default="due")

    PERSONAL: dict[str, str] = {}

    class Meta:
        indexes = [
            models.Index(fields=["agency_code", "month"], name="sponsoredmonth_agency"),
            models.Index(fields=["worker", "month"], name="sponsoredmonth_worker"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["due", "paid", "unpaid"]), name="sponsoredmonth_status"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.status}"
