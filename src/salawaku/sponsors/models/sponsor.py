"""A civil servant in the register of an agency."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel


class Sponsor(ScopedModel):
    """One civil servant (ASN). Everybody of the register stands here; a sponsor is who has a living pledge.

    `village_code` is the region of the government that employs, `agency_code` the office (accounts.Agency; a foreign
    key holds it, migration 0001). `status_from` is the first month in which somebody who retired, moved away or
    stopped carries nobody.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", _("In service")
        RETIRED = "retired", _("Retired")
        MOVED_AWAY = "moved_away", _("Moved to another government")
        STOPPED = "stopped", _("Stopped sponsoring")

    public_id = models.UUIDField(default=uuid.uuid4, db_default=models.Func(function="gen_random_uuid"), unique=True)
    nip = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120)
    bank = models.CharField(max_length=60, blank=True, db_default="")
    account = models.CharField(max_length=40, blank=True, db_default="")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE, db_default="active")
    status_from = models.DateField(null=True)
    created_at = models.DateTimeField(db_default=models.functions.Now())

    PERSONAL = {"nip": "fake_nip", "name": "fake_name", "bank": "blank", "account": "blank"}

    class Meta:
        ordering = ("name", "id")
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(condition=Q(nip__regex=r"^[0-9]{18}$"), name="sponsor_nip_is_18_digits"),
            models.CheckConstraint(
                condition=Q(status="active", status_from__isnull=True)
                | (~Q(status="active") & Q(status_from__isnull=False, status_from__day=1)),
                name="sponsor_left_from_a_month",
            ),
        ]
        indexes = [models.Index(fields=["agency_code", "status"], name="sponsor_agency")]

    def __str__(self) -> str:
        return f"sponsor {self.public_id}"
