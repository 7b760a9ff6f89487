"""Months that were decreed and given back before they were billed."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel


class MonthGivenBack(ScopedModel):
    """A decreed month that a worker no longer has from this purse, and why; its amount went back to the purse.

    The row stays when the event behind it is taken back; `event` says which one that was.
    """

    class Cause(models.TextChoices):
        DIED = "died", _("The worker died")
        MOVED = "moved", _("Moved where this purse does not pay")
        EMPLOYED = "employed", _("Became a wage earner")
        ELSEWHERE = "elsewhere", _("Is insured elsewhere")
        RELEASED = "released", _("Given back by the office")

    worker = models.ForeignKey("registry.Worker", models.PROTECT, related_name="+")
    month = models.DateField()
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    purse = models.ForeignKey("programmes.Purse", models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    cause = models.CharField(max_length=9, choices=Cause.choices)
    event = models.ForeignKey("registry.WorkerEvent", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=models.functions.Now())

    PERSONAL: dict[str, str] = {}

    class Meta:
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="written_once", exclude=["worker"]),  # a merge moves it to the other record
        ]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1, amount__gt=0), name="given_back_a_month_that_cost"),
        ]
        indexes = [
            models.Index(fields=["worker", "month"], name="given_back_worker"),
            models.Index(fields=["event"], name="given_back_event"),
        ]

    def __str__(self) -> str:
        return f"given back {self.month:%Y-%m}"
