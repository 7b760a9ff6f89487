"""A decree with its annex by name and address, frozen when signed."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel


def frozen() -> list[pgtrigger.Trigger]:
    """The trigger that keeps rows as they were signed; policies.py takes the privileges away as well."""
    return [pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete)]


def no_more(table: str, count: str) -> str:
    """SQL of a trigger: `table` has as many rows as the decree says in `count`; nobody is slipped in after signing.

    The rows are counted beyond the scope of whoever inserts, who would else not see them all.
    """
    return f"""
seen := current_setting('salawaku.regions', true);
PERFORM set_config('salawaku.regions', '{{""}}', false);
IF EXISTS (SELECT 1 FROM programmes_decree d
           WHERE d.id IN (SELECT decree_id FROM fresh)
             AND (SELECT count(*) FROM {table} l WHERE l.decree_id = d.id) > d.{count}) THEN
    RAISE EXCEPTION 'the annex of this decree is complete' USING ERRCODE = 'check_violation';
END IF;
PERFORM set_config('salawaku.regions', coalesce(seen, '{{}}'), false);
RETURN NULL;
"""


def complete(name: str, table: str, count: str) -> pgtrigger.Trigger:
    """The trigger of no_more()."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="fresh"),  # type: ignore[no-untyped-call]
        declare=[("seen", "text")],
        func=no_more(table, count),
    )


class Decree(models.Model):
    """A signed decree; never changed: a later change is a new decree that names this one in `changes`.

    `sha256` is the hash of the canonical text of the annex (programmes/annex.py) and is printed on it. `removed` is
    how many entries of earlier decrees it takes out.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    allocation = models.OneToOneField("programmes.Allocation", models.PROTECT, related_name="decree")
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="decrees")
    changes = models.ForeignKey("self", models.PROTECT, null=True, related_name="changed_by")
    number = models.CharField(max_length=60, unique=True)
    signed_on = models.DateField()
    signatory = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    form = models.PositiveSmallIntegerField(default=1, help_text="version of the canonical text")
    workers = models.PositiveIntegerField()
    removed = models.PositiveIntegerField(default=0, db_default=0)
    amount = models.BigIntegerField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(auto_now_add=True)

    PERSONAL = {"signatory": "fake_name"}
    APPEND_ONLY = True

    class Meta:
        triggers = frozen()
        ordering = ("-signed_on", "-id")

    def __str__(self) -> str:
        return self.number


class DecreeLine(ScopedModel):
    """One person of the annex as it was on the day of signing."""

    decree = models.ForeignKey(Decree, models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    worker = models.ForeignKey("registry.Worker", models.PROTECT, related_name="+", db_constraint=False)
    name = models.CharField(max_length=120)
    nik = models.CharField(max_length=16)
    address = models.CharField(max_length=220, blank=True)
    village = models.CharField(max_length=120)
    occupation = models.CharField(max_length=80, blank=True)
    purse = models.CharField(max_length=120)
    first_month = models.DateField()
    months = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()

    PERSONAL = {"name": "fake_name", "nik": "fake_nik", "address": "blank"}
    APPEND_ONLY = True

    class Meta:
        triggers = [
            *frozen(),
            complete("no_more_lines", "programmes_decreeline", "workers"),
        ]
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["decree", "number"], name="decree_line_once")]

    def __str__(self) -> str:
        return f"decree line {self.number}"


class DecreeFile(ScopedModel):
    """The annex as a file: PDF per village, xlsx whole. Kept in the database, so that it is signed or not at all."""

    class Kind(models.TextChoices):
        PDF = "pdf", _("PDF")
        XLSX = "xlsx", _("Excel")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    decree = models.ForeignKey(Decree, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    PERSONAL = {"content": "blank"}
    APPEND_ONLY = True

    class Meta:
        triggers = frozen()
        ordering = ("kind", "village_code")
        constraints = [
            models.UniqueConstraint(fields=["decree", "kind", "village_code"], name="decree_file_once"),
        ]

    def __str__(self) -> str:
        return self.name
