"""Roles, and which person has which role where."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language


class Role(models.Model):
    """What a kind of colleague may do, described so that a person can choose it.

    `shipped` remembers every permission that a release ever brought to the role: what a newer release adds is told
    from it, and what an administrator took away is not given back.
    """

    code = models.CharField(max_length=40, primary_key=True)
    name_id = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    description_id = models.CharField(max_length=200)
    description_en = models.CharField(max_length=200)
    permissions = ArrayField(models.CharField(max_length=40), default=list)
    shipped = ArrayField(models.CharField(max_length=40), default=list)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("name_id",)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_en if get_language() == "en" else self.name_id

    @property
    def description(self) -> str:
        """What the role does, in the language of the page."""
        return self.description_en if get_language() == "en" else self.description_id

    @property
    def sees_persons(self) -> bool:
        """Whether the role has any business with rows about persons."""
        telling = {"register.view", "cover.view", "intake.load", "payment.record", "sponsor.view"}
        return bool(telling & set(self.permissions))


class Assignment(models.Model):
    """A role given to a person for a region subtree and, for agency officers, one agency.

    `given_by` is empty only for what the command line gave (the first administrator, the demonstration).
    """

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="assignments")
    role = models.ForeignKey(Role, models.PROTECT)
    region_code = models.CharField(max_length=13)
    agency_code = models.CharField(max_length=40, blank=True)
    given_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", null=True)

    PERSONAL: dict[str, str] = {}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(given_by__isnull=True) | ~Q(given_by=F("user")), name="assignment_by_another"
            ),
            models.UniqueConstraint(fields=["user", "role", "region_code", "agency_code"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(region_code__regex=r"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$"),
                name="assignment_region_is_a_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_id} {self.region_code} {self.agency_code}".strip()
