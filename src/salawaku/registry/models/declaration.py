"""What was declared about a worker at registration or later, kept as it was declared."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.scoping import ScopedModel

LARGEST_EVIDENCE = 5_000_000  # a photo of a form as telephones make it
# Whoever sees no worker of that area has nothing to declare about one: the trigger looks through the writer's eyes.
OF_THE_WORKER = """
IF NOT EXISTS (SELECT 1 FROM registry_worker w WHERE w.id = NEW.worker_id AND w.status <> 'merged'
               AND w.village_code = NEW.village_code AND w.agency_code = NEW.agency_code) THEN
    RAISE EXCEPTION 'a declaration stands in the village and agency of its worker' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class Declaration(ScopedModel):
    """One field check: who declared what about a worker, and when. Never changed; a correction is a newer one.

    What was not asked is null (or empty text), which is not the same as "no": `assistance` [] says that the family
    receives none. `evidence` is a photo or PDF of the signed form.
    """

    class Assistance(models.TextChoices):
        PKH = "PKH", _("PKH")
        BPNT = "BPNT", _("BPNT (Sembako)")

    class Employment(models.TextChoices):
        NONE = "none", _("Works for himself or herself")
        ASN = "asn", _("ASN (civil servant)")
        TNI = "tni", _("TNI (armed forces)")
        POLRI = "polri", _("Polri (police)")
        VILLAGE = "village_apparatus", _("Village apparatus")
        COMPANY = "company", _("Employed by a company")
        OTHER = "other", _("Other employer")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    worker = models.ForeignKey("registry.Worker", models.PROTECT, related_name="declarations", db_index=False)
    works = models.BooleanField(null=True)
    works_as = models.CharField(max_length=120, blank=True)
    works_at = models.CharField(max_length=160, blank=True)
    hours_from = models.TimeField(null=True)
    hours_to = models.TimeField(null=True)
    gravely_ill = models.BooleanField(null=True)
    residence_since = models.DateField(null=True)
    assistance = ArrayField(models.CharField(max_length=10, choices=Assistance.choices), null=True)
    employment = models.CharField(max_length=20, choices=Employment.choices, blank=True)
    declared_by = models.CharField(max_length=160)
    declared_on = models.DateField()
    evidence = models.BinaryField(null=True)
    evidence_type = models.CharField(max_length=20, blank=True)
    evidence_sha256 = models.CharField(max_length=64, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    PERSONAL = {
        "works_as": "blank",
        "works_at": "blank",
        "gravely_ill": "blank",
        "assistance": "blank",
        "declared_by": "fake_name",
        "evidence": "blank",
        "evidence_type": "blank",
        "evidence_sha256": "blank",
    }
    APPEND_ONLY = True

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["worker", "-id"], name="declaration_latest")]
        triggers = [
            pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="of_the_worker", when=pgtrigger.Before, operation=pgtrigger.Insert, func=OF_THE_WORKER
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(declared_by=""), name="declaration_declared_by_somebody"),
            models.CheckConstraint(
                condition=Q(hours_from__isnull=True, hours_to__isnull=True)
                | Q(hours_from__isnull=False, hours_to__isnull=False),
                name="declaration_hours_pair",
            ),
            models.CheckConstraint(
                condition=Q(residence_since__isnull=True) | Q(residence_since__lte=F("declared_on")),
                name="declaration_lives_there_by_then",
            ),
            models.CheckConstraint(
                condition=Q(assistance__isnull=True) | Q(assistance__contained_by=["PKH", "BPNT"]),
                name="declaration_assistance_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    employment__in=["", "none", "asn", "tni", "polri", "village_apparatus", "company", "other"]
                ),
                name="declaration_employment_known",
            ),
            models.CheckConstraint(
                condition=Q(evidence__isnull=True, evidence_type="", evidence_sha256="")
                | Q(
                    evidence__isnull=False,
                    evidence_type__in=["image/jpeg", "image/png", "application/pdf"],
                    evidence_sha256=Func(
                        Func("evidence", function="sha256", output_field=models.BinaryField()),
                        Value("hex"),
                        function="encode",
                        output_field=models.CharField(),
                    ),
                ),
                name="declaration_evidence_as_hashed",
            ),
        ]

    def __str__(self) -> str:
        return f"declaration {self.public_id}"
