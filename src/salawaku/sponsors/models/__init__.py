"""Civil servants as foster sponsors, their pledges, the months they carry; donors and what they give."""

from salawaku.sponsors.models.donor import Donor, DonorPledge
from salawaku.sponsors.models.pledge import Pledge, PowerOfAttorney
from salawaku.sponsors.models.sponsor import Sponsor
from salawaku.sponsors.models.sponsored_month import SponsoredMonth

__all__ = ["Donor", "DonorPledge", "Pledge", "PowerOfAttorney", "Sponsor", "SponsoredMonth"]
