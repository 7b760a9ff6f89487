"""A worker."""

from __future__ import annotations

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel


# One trigger call per statement, not per row: carrying a list of 100,000 in costs one INSERT … SELECT more.
@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    model_name="WorkerHistory",
    level=pghistory.Statement,
    context_field=None,  # type: ignore[arg-type]  # None is what its manual says
    obj_field=pghistory.ObjForeignKey(related_name="history", db_index=True),
    append_only=True,
)
class Worker(ScopedModel):
    """A person who works and lives in `village_code`; `agency_code` is the agency that owns the occupation.

    `name_key` is the normalised name on which linkage looks (salawaku.linkage.names). A record that was merged
    into another keeps its data with status MERGED; a NIK is unique among the other records. `source_row_id` is the
    row of the list that first brought the person (intake.ListRow); further evidence stands in intake.
    """

    class Status(models.TextChoices):
        LIVING = "living", _("Living")
        DIED = "died", _("Died")
        MERGED = "merged", _("Merged into another record")

    class Sex(models.TextChoices):
        MALE = "M", _("Male")
        FEMALE = "F", _("Female")

    public_id = models.UUIDField(default=uuid.uuid4, db_default=models.Func(function="gen_random_uuid"))
    nik = models.CharField(max_length=16)
    family_card = models.CharField(blank=True)
    participant_number = models.CharField(blank=True)
    name = models.CharField()
    name_key = models.CharField()
    birth_place = models.CharField(blank=True)
    birth_date = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    address = models.CharField(blank=True)
    rt = models.CharField(blank=True)
    rw = models.CharField(blank=True)
    phone = models.CharField(blank=True)
    occupation = models.ForeignKey("registry.Occupation", models.PROTECT, null=True, db_index=False)
    income = models.BigIntegerField(null=True)
    welfare_decile = models.PositiveSmallIntegerField(null=True)
    status = models.CharField(max_length=6, choices=Status.choices, default=Status.LIVING, db_default="living")
    died_on = models.DateField(null=True)
    proposed_on = models.DateField()
    source_row_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(db_default=models.functions.Now())

    PERSONAL = {
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
            models.UniqueConstraint(fields=["nik"], condition=~Q(status="merged"), name="worker_nik_once"),
            models.UniqueConstraint(fields=["public_id"], name="worker_public_id_once"),
            models.CheckConstraint(condition=Q(nik__regex=r"^[0-9]{16}$"), name="worker_nik_is_16_digits"),
            models.CheckConstraint(
                condition=Q(status="died", died_on__isnull=False) | ~Q(status="died"),
                name="worker_died_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(welfare_decile__isnull=True) | Q(welfare_decile__range=(1, 10)),
                name="worker_decile_1_to_10",
            ),
        ]
        indexes = [
            models.Index(fields=["village_code", "name_key", "id"], name="worker_village_name"),
            models.Index(fields=["birth_date"], name="worker_birth_date"),
            models.Index(fields=["source_row_id"], name="worker_source_row"),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="worker_phone"),
            models.Index(
                fields=["participant_number"], condition=~Q(participant_number=""), name="worker_participant_number"
            ),
        ]

    def __str__(self) -> str:
        return f"worker {self.public_id}"
