"""Programme-years, quotas, purses, allocations and decrees."""

from salawaku.programmes.models.agreement import Agreement, AgreementQuota
from salawaku.programmes.models.allocation import Allocation, AllocationLine
from salawaku.programmes.models.criteria import CriteriaSet
from salawaku.programmes.models.decree import Decree, DecreeFile, DecreeLine
from salawaku.programmes.models.freezing import Freezing
from salawaku.programmes.models.programme import Programme, Quota
from salawaku.programmes.models.purse import Purse
from salawaku.programmes.models.removal import DecreeRemoval

__all__ = [
    "Agreement",
    "AgreementQuota",
    "Allocation",
    "AllocationLine",
    "CriteriaSet",
    "Decree",
    "DecreeFile",
    "DecreeLine",
    "DecreeRemoval",
    "Freezing",
    "Programme",
    "Purse",
    "Quota",
]
