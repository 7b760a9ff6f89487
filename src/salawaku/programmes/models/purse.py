"""A funding source of a programme."""

from __future__ import annotations

import uuid

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from salawaku.law import Payer
from salawaku.programmes.models.months import month_checks

# A source that is not here pays in full, as if it were public money, so that no purse is planned too small.
PAYERS = {
    "village_fund": Payer.VILLAGE_FUND,
    "village_allocation": Payer.VILLAGE_FUND,
    "csr": Payer.CSR,
    "bank": Payer.CSR,
    "faith": Payer.CSR,
    "foster": Payer.FOSTER,
    "self": Payer.SELF,
}


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), model_name="PurseHistory")
class Purse(models.Model):
    """Money that may be spent on contributions: never more is committed and billed than `ceiling`.

    `committed` is promised by approved allocations and not billed yet, `billed` is on a bill, `paid` the part of
    the billed that was paid. `region_code` and `village_kinds` say for whom it may be spent (village funds reach
    desa and negeri, not kelurahan). Purses are used in the order of `priority`.
    """

    class Kind(models.TextChoices):
        APBD_CITY = "apbd_city", _("City budget (APBD)")
        APBD_PROVINCE = "apbd_province", _("Provincial budget (APBD)")
        VILLAGE_FUND = "village_fund", _("Village funds (dana desa)")
        VILLAGE_ALLOCATION = "village_allocation", _("Village allocation (ADD)")
        CSR = "csr", _("Company giving (CSR)")
        BANK = "bank", _("Bank giving (CSR)")
        FOSTER = "foster", _("Foster sponsors (bapak asuh)")
        FAITH = "faith", _("Church or mosque body")
        SELF = "self", _("Workers themselves")
        OTHER = "other", _("Other source")

    class PayerCode(models.TextChoices):
        """The type of collecting group (wadah) in the books of BPJS."""

        GOVERNMENT = "SG", _("SG government")
        VILLAGE = "SD", _("SD village, own budget (APBDes)")
        VILLAGE_APBD = "SA", _("SA village, regional budget (APBD)")
        VILLAGE_OTHER = "SL", _("SL village, other money")
        COMPANY = "SC", _("SC company")
        BANK = "SB", _("SB bank")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="purses")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=18, choices=Kind.choices)
    payer_code = models.CharField(max_length=2, choices=PayerCode.choices)
    priority = models.PositiveSmallIntegerField(default=1)
    region_code = models.CharField(max_length=13, blank=True)
    village_kinds = ArrayField(models.CharField(max_length=10), default=list, blank=True)
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
            *month_checks("purse"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def payer(self) -> Payer:
        """As whom the law sees this source."""
        return PAYERS.get(self.kind, Payer.APBD)

    @property
    def left(self) -> int:
        """What can still be committed."""
        return self.ceiling - self.committed - self.billed
