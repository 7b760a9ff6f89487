"""What changed in a worker's life so that somebody else pays, or pays elsewhere."""

from __future__ import annotations

import uuid
from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from salawaku import law
from salawaku.accounts.scoping import ScopedModel


class WorkerEvent(ScopedModel):
    """A move, a wage, a second membership, or the return to unprotected work, from `month` on.

    Rows are written once; a mistake is taken back by a row that names it in `undoes`. A move without `village_to`
    leads out of the city or regency: the record stays where it was, so that its history does.
    """

    class Kind(models.TextChoices):
        MOVED = "moved", _("Moved away")
        EMPLOYED = "employed", _("Became a wage earner (PU)")
        ELSEWHERE = "elsewhere", _("Is insured elsewhere already")
        RETURNED = "returned", _("Works without an employer again")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    worker = models.ForeignKey("registry.Worker", models.PROTECT, related_name="events")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    month = models.DateField()
    village_from = models.CharField(max_length=13, blank=True)
    village_to = models.CharField(max_length=13, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    PERSONAL = {"reason": "blank"}

    class Meta:
        ordering = ("-id",)
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="written_once", exclude=["worker"]),  # a merge moves it to the other record
        ]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="worker_event_month_is_a_first"),
            models.CheckConstraint(
                condition=(Q(kind="moved") & ~Q(village_from="") & ~Q(village_from=F("village_to")))
                | (~Q(kind="moved") & Q(village_from="", village_to="")),
                name="worker_event_only_a_move_has_villages",
            ),
            models.CheckConstraint(
                condition=Q(undoes__isnull=True) | ~Q(undoes=F("id")), name="worker_event_not_itself"
            ),
        ]
        indexes = [models.Index(fields=["worker", "month", "id"], name="worker_event_of_worker")]

    def __str__(self) -> str:
        return f"event {self.public_id}"

    @property
    def closes_from(self) -> date | None:
        """The first month that is not owed any more; None where cover goes on."""
        if self.kind in (self.Kind.EMPLOYED, self.Kind.ELSEWHERE):
            return self.month
        if self.kind == self.Kind.MOVED and not self.village_to:
            return law.add_months(self.month, 1)
        return None
