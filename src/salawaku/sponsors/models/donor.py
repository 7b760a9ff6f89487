"""Organisations that give, and what they promised."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel


class Donor(ScopedModel):
    """A company, bank or body that gives, with the person to talk to. `village_code` is the region of the office."""

    class Kind(models.TextChoices):
        COMPANY = "csr", _("Company (CSR)")
        BANK = "bank", _("Bank (CSR)")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=Kind.choices, default=Kind.COMPANY)
    tax_number = models.CharField(max_length=30, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    contact_email = models.EmailField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    PERSONAL = {
        "tax_number": "blank",
        "contact_name": "fake_name",
        "contact_phone": "blank",
        "contact_email": "blank",
    }

    class Meta:
        ordering = ("organisation",)
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(fields=["village_code", "organisation"], name="donor_once"),
        ]

    def __str__(self) -> str:
        return self.organisation


class DonorPledge(ScopedModel):
    """`workers` workers for `months` months in chosen villages. Accepting it opens its purse."""

    class Status(models.TextChoices):
        OFFERED = "offered", _("Waiting to be accepted")
        ACCEPTED = "accepted", _("Accepted")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    donor = models.ForeignKey(Donor, models.PROTECT, related_name="pledges")
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    workers = models.PositiveIntegerField()
    first_month = models.DateField()
    months = models.PositiveSmallIntegerField()
    villages = ArrayField(models.CharField(max_length=13), default=list, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OFFERED)
    purse = models.OneToOneField("programmes.Purse", models.PROTECT, null=True, related_name="donor_pledge")
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("-id",)
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="promise_stays", fields=["donor", "programme", "workers", "first_month", "months", "villages"]
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(workers__gt=0, months__range=(1, 12)), name="donorpledge_not_empty"),
            models.CheckConstraint(condition=Q(first_month__day=1), name="donorpledge_from_a_month"),
            models.CheckConstraint(
                condition=Q(status="accepted", purse__isnull=False, accepted_at__isnull=False)
                | Q(status="offered", purse__isnull=True, accepted_at__isnull=True),
                name="donorpledge_accepted_has_a_purse",
            ),
        ]

    def __str__(self) -> str:
        return f"donor pledge {self.public_id}"
