"""How far an agreement is fulfilled, region by region, on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from salawaku.programmes import ledger
from salawaku.programmes.ledger import RegionCover
from salawaku.programmes.models import Agreement
from salawaku.regions.models import Region


@dataclass(frozen=True, slots=True)
class RegionFulfilment:
    """What one region was promised and what became of it. `covered` is out of the living with a paid month."""

    region_code: str
    name: str
    quota: int
    decreed: int
    covered: int

    @property
    def percent(self) -> Decimal:
        """Covered out of the quota in percent, one decimal, never clipped."""
        return (Decimal(self.covered) * 100 / self.quota).quantize(Decimal("0.1"), ROUND_HALF_UP)

    def as_json(self) -> dict[str, Any]:
        """The fields of `salawaku agreements --json`; the percent as text, exactly."""
        return {
            "region": self.region_code,
            "name": self.name,
            "quota": self.quota,
            "decreed": self.decreed,
            "covered": self.covered,
            "percent": str(self.percent),
        }


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """An agreement on the day `as_of`: its regions in the order of their codes, and all together."""

    agreement: Agreement
    as_of: date
    regions: Sequence[RegionFulfilment]

    @property
    def total(self) -> RegionFulfilment:
        """All regions together."""
        sums = [sum(getattr(one, name) for one in self.regions) for name in ("quota", "decreed", "covered")]
        return RegionFulfilment(self.agreement.region_code, "", *sums)

    def as_json(self) -> dict[str, Any]:
        """One agreement of `salawaku agreements --json`."""
        total = self.total
        return {
            "number": self.agreement.number,
            "kind": self.agreement.kind,
            "region": self.agreement.region_code,
            "valid_from": self.agreement.valid_from.isoformat(),
            "valid_to": self.agreement.valid_to.isoformat(),
            "as_of": self.as_of.isoformat(),
            "quota": total.quota,
            "decreed": total.decreed,
            "covered": total.covered,
            "percent": str(total.percent),
            "regions": [one.as_json() for one in self.regions],
        }


def agreement_fulfilment(agreement: Agreement, *, today: date) -> Fulfilment:
    """Fulfilment today, or on the last day of an agreement that has ended.

    `decreed` are workers with a month decided in the time of the agreement, `covered` those of them who live and
    have the month of the day (or a later one) paid: the rule of the cover clock.
    """
    quotas = list(agreement.quotas.all())
    as_of = min(today, agreement.valid_to)
    found = ledger.current().cover_of(
        regions=[quota.region_code for quota in quotas],
        first=agreement.valid_from,
        last=agreement.valid_to,
        today=as_of,
        programme_id=agreement.programme_id,
    )
    titles = {region.code: region.title for region in Region.objects.filter(pk__in=[q.region_code for q in quotas])}
    regions = [
        _region(quota.region_code, titles.get(quota.region_code, quota.region_code), quota.workers, found)
        for quota in quotas
    ]
    return Fulfilment(agreement, as_of, regions)


def _region(code: str, name: str, quota: int, found: dict[str, RegionCover]) -> RegionFulfilment:
    cover = found.get(code, RegionCover(code, 0, 0))
    return RegionFulfilment(code, name, quota, cover.decreed, cover.covered)
