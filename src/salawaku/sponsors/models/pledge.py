"""What a sponsor has promised, and the power of attorney that lets the pay office deduct it."""

from __future__ import annotations

import uuid
from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel
from salawaku.programmes.models.months import month_checks


class Pledge(ScopedModel):
    """A sponsor pays the contributions of `workers` workers through a foster purse, from month to month.

    What was promised never changes; `ended_from` is the first month that is not carried any more. A sponsor may wish
    for one worker or for a village. `village_code` and `agency_code` are the sponsor's.
    """

    class Status(models.TextChoices):
        OFFERED = "offered", _("Waiting to be accepted")
        ACCEPTED = "accepted", _("Accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    public_id = models.UUIDField(default=uuid.uuid4, db_default=models.Func(function="gen_random_uuid"), unique=True)
    sponsor = models.ForeignKey("sponsors.Sponsor", models.PROTECT, related_name="pledges")
    purse = models.ForeignKey("programmes.Purse", models.PROTECT, related_name="pledges")
    workers = models.PositiveSmallIntegerField()
    first_month = models.DateField()
    last_month = models.DateField()
    signed_on = models.DateField()
    wish_worker = models.ForeignKey("registry.Worker", models.PROTECT, null=True, related_name="+")
    wish_village = models.CharField(max_length=13, blank=True, db_default="")
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.OFFERED, db_default="offered")
    ended_from = models.DateField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=models.functions.Now())

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("signed_on", "id")
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="promise_stays",
                fields=["sponsor", "purse", "workers", "first_month", "last_month", "signed_on"],
            ),
        ]
        constraints = [
            *month_checks("pledge"),
            models.CheckConstraint(condition=Q(workers__range=(1, 100)), name="pledge_of_1_to_100_workers"),
            models.CheckConstraint(
                condition=Q(wish_worker__isnull=True) | Q(wish_village=""), name="pledge_has_one_wish"
            ),
            models.CheckConstraint(
                condition=Q(status="accepted", accepted_at__isnull=False)
                | (~Q(status="accepted") & Q(accepted_at__isnull=True, ended_from__isnull=True)),
                name="pledge_accepted_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_from__isnull=True) | Q(ended_from__day=1), name="pledge_ends_with_a_month"
            ),
        ]
        indexes = [models.Index(fields=["purse", "status"], name="pledge_purse")]

    def __str__(self) -> str:
        return f"pledge {self.public_id}"

    def carries(self, month: date) -> bool:
        """Whether the pledge reaches to that month."""
        ends = self.ended_from is not None and month >= self.ended_from
        return self.status == self.Status.ACCEPTED and self.first_month <= month <= self.last_month and not ends


class PowerOfAttorney(ScopedModel):
    """The signed paper behind a pledge, kept as it came. Only the office that runs the programme sees it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pledge = models.OneToOneField(Pledge, models.PROTECT, related_name="paper")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    PERSONAL = {"name": "blank", "content": "blank"}
    APPEND_ONLY = True

    class Meta:
        triggers = [pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"power of attorney {self.public_id}"
