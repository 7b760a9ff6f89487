"""The ledger of cover: one row per worker and month."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel


class WorkerMonth(ScopedModel):
    """One worker's month of JKK and JKM, paid by one purse: the primary key allows no second payer.

    The key names the insurance and not the programme-year, so that a city and a province cannot both pay for the
    same month. The table is partitioned by year of `month` (migration 0001); a partition is reached only through
    it; triggers check purse and bill once per statement. `village_code` and `agency_code` are the worker's.
    """

    class Status(models.TextChoices):
        DECREED = "decreed", _("Decreed")
        BILLED = "billed", _("Billed")
        PAID = "paid", _("Paid")

    pk = models.CompositePrimaryKey("month", "worker_id", "insurance")
    month = models.DateField()
    month_index = models.GeneratedField(
        expression=ExtractYear("month") * 12 + ExtractMonth("month") - 1,  # months since year 0
        output_field=models.IntegerField(),
        db_persist=True,
    )
    worker = models.ForeignKey("registry.Worker", models.PROTECT, related_name="+")
    insurance = models.CharField(max_length=7, default="JKK_JKM", db_default="JKK_JKM")
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+", db_constraint=False)
    purse = models.ForeignKey("programmes.Purse", models.PROTECT, related_name="+", db_constraint=False)
    amount = models.BigIntegerField()
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.DECREED, db_default="decreed")
    bill = models.ForeignKey("cover.Bill", models.PROTECT, null=True, related_name="+", db_constraint=False)

    PERSONAL: dict[str, str] = {}

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.status}"
