"""One row of a list."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel

_TALLY = """
WITH changed AS ({changed}),
     tally AS (
        SELECT file_id, sum(n) FILTER (WHERE status = 'accepted') AS accepted,
               sum(n) FILTER (WHERE status = 'duplicate') AS duplicate,
               sum(n) FILTER (WHERE status = 'review') AS review,
               sum(n) FILTER (WHERE status = 'rejected') AS rejected
        FROM changed GROUP BY file_id)
UPDATE intake_listfile AS file
SET accepted = file.accepted + coalesce(tally.accepted, 0), duplicate = file.duplicate + coalesce(tally.duplicate, 0),
    review = file.review + coalesce(tally.review, 0), rejected = file.rejected + coalesce(tally.rejected, 0)
FROM tally WHERE file.id = tally.file_id;
RETURN NULL;
"""
_CAME = "SELECT file_id, status, 1 AS n FROM new_rows"
_WENT = "SELECT file_id, status, -1 AS n FROM old_rows"


def _count(name: str, operation: pgtrigger.Operation, changed: str, **tables: str) -> pgtrigger.Trigger:
    """The trigger that keeps the counts of a file equal to its rows, once per statement."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        level=pgtrigger.Statement,
        referencing=pgtrigger.Referencing(**tables),  # type: ignore[no-untyped-call]
        func=" ".join(_TALLY.format(changed=changed).split()),
    )


class ListRow(ScopedModel):
    """A row with its outcome; the cells as they stood are in `raw`, what a person mended in `mended`, what came of
    both in the fields.

    The scope is that of the file, so that a sender sees the rows sent; `home_village` is where the person lives.
    The field names are those of registry.Worker, for one INSERT … SELECT carries accepted rows over.
    """

    class Status(models.TextChoices):
        ACCEPTED = "accepted", _("Ready")
        DUPLICATE = "duplicate", _("Already known")
        REVIEW = "review", _("To decide")
        REJECTED = "rejected", _("To mend")

    file = models.ForeignKey("intake.ListFile", models.CASCADE, db_index=False)
    sheet = models.CharField(blank=True)
    row = models.IntegerField()
    status = models.CharField(max_length=9, choices=Status.choices)
    codes = ArrayField(models.CharField(max_length=40), default=list, db_default=[])
    raw = models.JSONField(default=dict)
    mended = models.JSONField(default=dict, db_default={})
    nik = models.CharField(blank=True)
    family_card = models.CharField(blank=True)
    participant_number = models.CharField(blank=True)
    name = models.CharField(blank=True)
    name_key = models.CharField(blank=True)
    birth_place = models.CharField(blank=True)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    address = models.CharField(blank=True)
    rt = models.CharField(blank=True)
    rw = models.CharField(blank=True)
    phone = models.CharField(blank=True)
    occupation = models.ForeignKey(
        "registry.Occupation", models.PROTECT, null=True, db_index=False, db_constraint=False, related_name="+"
    )
    income = models.BigIntegerField(null=True)
    welfare_decile = models.PositiveSmallIntegerField(null=True)
    home_village = models.CharField(max_length=13, blank=True)
    # No constraints on the two: they point at what was seen at the check, and a row of another list may go.
    duplicate_row = models.ForeignKey(
        "self", models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    duplicate_worker = models.ForeignKey(
        "registry.Worker", models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    decided_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)

    PERSONAL = {
        "raw": "blank",
        "mended": "blank",
        "nik": "fake_nik",
        "family_card": "fake_nik",
        "participant_number": "blank",
        "name": "fake_name",
        "name_key": "blank",
        "birth_place": "blank",
        "birth_date": "year_only",
        "address": "blank",
        "phone": "blank",
        "income": "blank",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "sheet", "row"], name="listrow_once"),
            models.CheckConstraint(
                condition=Q(status__in=["accepted", "duplicate", "review", "rejected"]), name="listrow_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status="accepted")
                | (Q(nik__regex=r"^[0-9]{16}$", birth_date__isnull=False) & ~Q(name="") & ~Q(home_village="")),
                name="listrow_accepted_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by_id__isnull=True, decided_at__isnull=True)
                | Q(decided_by_id__isnull=False, decided_at__isnull=False),
                name="listrow_decided_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["file", "status", "id"], name="listrow_tab"),
            models.Index(fields=["nik"], condition=~Q(nik=""), name="listrow_nik"),
            models.Index(fields=["birth_date"], name="listrow_birth_date"),
        ]
        triggers = [
            _count("count_in", pgtrigger.Insert, _CAME, new="new_rows"),
            _count("count_out", pgtrigger.Delete, _WENT, old="old_rows"),
            _count("count_over", pgtrigger.Update, f"{_CAME} UNION ALL {_WENT}", new="new_rows", old="old_rows"),
        ]

    def __str__(self) -> str:
        return f"row {self.sheet} {self.row}".strip()
