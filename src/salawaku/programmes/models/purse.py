"""A funding source of a programme."""

from __future__ import annotations

import uuid

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from salawaku.law import Payer, Segment
from salawaku.programmes.models import purse_kinds
from salawaku.programmes.models.months import month_checks

SEGMENTS = tuple(segment.value for segment in Segment)
ACCOUNT_CODE = r"^([0-9]{1,6}(\.[0-9]{1,6})*)?$"


def default_segments() -> list[str]:
    """Workers without an employer: those whom a programme covers."""
    return [Segment.BPU.value]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), model_name="PurseHistory")
class Purse(models.Model):
    """Money that may be spent on contributions: never more is committed and billed than `ceiling`.

    `committed` is promised by approved allocations and not billed yet, `billed` is on a bill, `paid` the part of
    the billed that was paid. `regions`, `village_kinds`, `occupations` and `segments` say for whom it may be spent
    (programmes/eligibility.py); an empty list leaves nobody out. `owner` is the agency or office that answers for
    the money, `account_code` its place in the budget. Purses are used in the order of `priority`.
    """

    Kind = purse_kinds.Kind
    PayerCode = purse_kinds.PayerCode

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="purses")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=18, choices=purse_kinds.Kind.choices)
    payer_code = models.CharField(max_length=2, choices=purse_kinds.PayerCode.choices)
    owner = models.CharField(max_length=120, blank=True, default="")
    legal_basis = models.CharField(max_length=300, blank=True, default="")
    account_code = models.CharField(max_length=40, blank=True, default="")
    priority = models.PositiveSmallIntegerField(default=1)
    regions = ArrayField(models.CharField(max_length=13), default=list, blank=True)
    village_kinds = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    occupations = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    segments = ArrayField(models.CharField(max_length=5), default=default_segments)
    minimum_months = models.PositiveSmallIntegerField(default=1)
    first_month = models.DateField()
    last_month = models.DateField()
    ceiling = models.BigIntegerField()
    committed = models.BigIntegerField(default=0)
    billed = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)

    PERSONAL: dict[str, str] = {}

    class Meta:
        ordering = ("priority", "id")
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="purse_name_once"),
            models.CheckConstraint(
                condition=Q(committed__gte=0, billed__gte=0, ceiling__gte=F("committed") + F("billed")),
                name="purse_never_below_zero",
            ),
            models.CheckConstraint(condition=Q(paid__gte=0, paid__lte=F("billed")), name="purse_paid_was_billed"),
            models.CheckConstraint(condition=Q(kind__in=purse_kinds.Kind.values), name="purse_kind_known"),
            models.CheckConstraint(
                condition=Q(payer_code__in=purse_kinds.PayerCode.values), name="purse_payer_known"
            ),
            models.CheckConstraint(condition=Q(account_code__regex=ACCOUNT_CODE), name="purse_account_code"),
            models.CheckConstraint(condition=Q(minimum_months__range=(1, 12)), name="purse_minimum_months"),
            models.CheckConstraint(
                condition=Q(segments__contained_by=list(SEGMENTS)) & ~Q(segments=[]), name="purse_segments"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=purse_kinds.VILLAGE_MONEY)
                | (Q(village_kinds__contained_by=list(purse_kinds.WITH_VILLAGE_MONEY)) & ~Q(village_kinds=[])),
                name="purse_village_money",
            ),
            *month_checks("purse"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def payer(self) -> Payer:
        """As whom the law sees this source."""
        return purse_kinds.PAYERS.get(self.kind, Payer.APBD)

    @property
    def left(self) -> int:
        """What can still be committed."""
        return self.ceiling - self.committed - self.billed

    @property
    def warnings(self) -> list[str | Promise]:
        """What is allowed and better thought over, in whole sentences."""
        found: list[str | Promise] = []
        if self.minimum_months < purse_kinds.COUNTED_IN_FULL and self.payer_code in purse_kinds.COMPANY_CODES:
            found.append(
                _("Fewer than six months per worker: BPJS does not count such a worker of a company or bank at all.")
            )
        elif self.minimum_months < purse_kinds.COUNTED_IN_FULL:
            found.append(
                _(
                    "Fewer than six months per worker: BPJS counts such a worker of a government or village only in"
                    " part."
                )
            )
        if Segment.BPU.value not in self.segments:
            found.append(_("Without the segment BPU this purse pays for nobody in a plan."))
        return found
