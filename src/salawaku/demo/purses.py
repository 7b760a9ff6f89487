"""The purses of a demonstration year: who gives what for which months, and when that is known."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from salawaku import law
from salawaku.demo.donors import BANK, BRIDGE
from salawaku.programmes.actions import PurseTerms


class Gift(NamedTuple):
    """A purse in numbers of months of a year; `share` is the percentage of the city's workers it can carry.

    That of foster sponsors opens empty: what they pledge fills it. `donor` names who promises it.
    """

    kind: str
    name: str
    payer_code: str
    share: int
    first: int
    last: int
    known: int  # the month in which the money is there and can be decreed
    village_kinds: tuple[str, ...] = ()
    donor: str = ""

    def months(self, year: int, since: date) -> tuple[date, date]:
        """Its first and last month in that year, not before the story begins."""
        return max(date(year, self.first, 1), since), date(year, self.last, 1)

    def known_from(self, year: int, since: date) -> date:
        """The month in which its plan is made."""
        return max(date(year, self.known, 1), since)

    def terms(self, *, year: int, since: date, workers: int, priority: int) -> PurseTerms:
        """What is agreed about it in a city of so many workers."""
        first, last = self.months(year, since)
        price = law.monthly_cost(first, payer=law.Payer.APBD)
        return PurseTerms(
            name=self.name,
            kind=self.kind,
            payer_code=self.payer_code,
            ceiling=workers * self.share // 100 * (law.month_index(last) - law.month_index(first) + 1) * price,
            first_month=first,
            last_month=last,
            priority=priority,
            village_kinds=self.village_kinds,
        )


# The city's budget is late every year: a company bridges January and February for whom its money reaches.
GIFTS = (
    Gift("foster", "Bapak asuh ASN", "SL", 0, 1, 12, known=1),
    Gift("csr", "CSR perusahaan untuk awal tahun", "SC", 20, 1, 2, known=1, donor=BRIDGE),
    Gift("apbd_city", "APBD Kota Ambon", "SG", 38, 3, 12, known=3),
    Gift("village_fund", "Dana desa dan ADD", "SD", 14, 4, 9, known=3, village_kinds=("desa", "negeri")),
    Gift("bank", "CSR bank daerah", "SB", 6, 7, 12, known=3, donor=BANK),
)
