"""A programme-year and its seats per village."""

from __future__ import annotations

import uuid
from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from salawaku.programmes.models.months import month_checks


def default_programs() -> list[str]:
    """Work accident and death: what a local government buys."""
    return ["JKK", "JKM"]


def default_criteria() -> dict[str, Any]:
    """Working age on the first month, a vulnerable occupation (programmes/criteria.py reads it)."""
    return {"age_min": 18, "age_max": 64, "vulnerable_only": True}


# The rule in force is one that was written down, with its maker (models/criteria.py).
RULE_WITH_A_MAKER = """
IF NOT EXISTS (SELECT 1 FROM programmes_criteriaset s WHERE s.programme_id = NEW.id
               AND s.version = NEW.criteria_version AND s.rules = NEW.criteria) THEN
    RAISE EXCEPTION 'a rule in force stands among the criteria sets' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), model_name="ProgrammeHistory"
)
class Programme(models.Model):
    """What one owner covers in one region from `first_month` to `last_month`, under which rule.

    `code` is the name that commands use, such as "ambon-2026". A change of `criteria` raises `criteria_version`;
    every allocation keeps the criteria it was made with.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    region_code = models.CharField(max_length=13)
    agency_code = models.CharField(max_length=40, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    criteria = models.JSONField(default=default_criteria)
    criteria_version = models.PositiveSmallIntegerField(default=1)
    programs = ArrayField(models.CharField(max_length=3), default=default_programs)
    first_month = models.DateField()
    last_month = models.DateField()
    status = models.CharField(max_length=6, choices=Status.choices, default=Status.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("-year", "name")
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="rule_with_a_maker",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("criteria", "criteria_version"),  # type: ignore[no-untyped-call]
                func=RULE_WITH_A_MAKER,
            ),
        ]
        constraints = month_checks("programme")

    def __str__(self) -> str:
        return self.name


class Quota(models.Model):
    """How many seats a village has in a programme."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="quotas")
    village_code = models.CharField(max_length=13)
    seats = models.PositiveIntegerField()

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("village_code",)
        constraints = [models.UniqueConstraint(fields=["programme", "village_code"], name="quota_once")]

    def __str__(self) -> str:
        return f"{self.village_code}: {self.seats}"
