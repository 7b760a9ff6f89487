"""Whose money a purse can hold, as whom BPJS and the law see it, and where it may not be spent."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from salawaku.law import Payer


class Kind(models.TextChoices):
    """The funding sources that the documents name; a stored code never changes."""

    APBD_CITY = "apbd_city", _("City budget (APBD)")
    APBD_PROVINCE = "apbd_province", _("Provincial budget (APBD)")
    DBH = "dbh", _("Shared revenue (DBH)")
    OTSUS = "otsus", _("Special autonomy fund (Otsus)")
    VILLAGE_FUND = "village_fund", _("Village funds (dana desa)")
    VILLAGE_ALLOCATION = "village_allocation", _("Village allocation (ADD)")
    VILLAGE_APPARATUS = "village_apparatus", _("Village government, for its own staff")
    EMPLOYER = "employer", _("Agency, for its staff who are not civil servants")
    CSR = "csr", _("Company giving (CSR)")
    BANK = "bank", _("Bank giving (CSR)")
    FOSTER = "foster", _("Foster sponsors (bapak asuh)")
    INDIVIDUAL = "individual", _("Private donors (SERTAKAN)")
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


# As whom the law sees a source. One that is not here pays in full, as if it were public money, so that no purse is
# planned too small.
PAYERS: dict[str, Payer] = {
    Kind.VILLAGE_FUND: Payer.VILLAGE_FUND,
    Kind.VILLAGE_ALLOCATION: Payer.VILLAGE_FUND,
    Kind.VILLAGE_APPARATUS: Payer.VILLAGE_FUND,
    Kind.CSR: Payer.CSR,
    Kind.BANK: Payer.CSR,
    Kind.FAITH: Payer.CSR,
    Kind.FOSTER: Payer.FOSTER,
    Kind.INDIVIDUAL: Payer.FOSTER,
    Kind.SELF: Payer.SELF,
}
# The type that BPJS usually gives a source; whoever opens the purse may say otherwise.
USUAL_CODES: dict[str, PayerCode] = {
    Kind.APBD_CITY: PayerCode.GOVERNMENT,
    Kind.APBD_PROVINCE: PayerCode.GOVERNMENT,
    Kind.DBH: PayerCode.GOVERNMENT,
    Kind.OTSUS: PayerCode.GOVERNMENT,
    Kind.EMPLOYER: PayerCode.GOVERNMENT,
    Kind.VILLAGE_FUND: PayerCode.VILLAGE,
    Kind.VILLAGE_APPARATUS: PayerCode.VILLAGE,
    Kind.VILLAGE_ALLOCATION: PayerCode.VILLAGE_APBD,
    Kind.CSR: PayerCode.COMPANY,
    Kind.BANK: PayerCode.BANK,
    Kind.FOSTER: PayerCode.VILLAGE_OTHER,
    Kind.INDIVIDUAL: PayerCode.VILLAGE_OTHER,
    Kind.FAITH: PayerCode.VILLAGE_OTHER,
    Kind.SELF: PayerCode.VILLAGE_OTHER,
    Kind.OTHER: PayerCode.VILLAGE_OTHER,
}
# Money of a village government: a kelurahan is an office of the city and has none (UU 6/2014; Permendagri 20/2018).
VILLAGE_MONEY = (Kind.VILLAGE_FUND, Kind.VILLAGE_ALLOCATION, Kind.VILLAGE_APPARATUS)
WITH_VILLAGE_MONEY = ("desa", "negeri")

# From how many months of cover on BPJS counts a worker in full: fewer count in part, and not at all where a company
# or bank pays (the target figures of its branches).
COUNTED_IN_FULL = 6
COMPANY_CODES = (PayerCode.COMPANY, PayerCode.BANK)
