"""A programme-year of the demonstration city: seats, purses as they become known, plans and decrees."""

from __future__ import annotations

from datetime import date

from salawaku.accounts.models import User
from salawaku.demo.purses import GIFTS, Gift
from salawaku.programmes.actions import (
    allocation_approve,
    allocation_propose,
    decree_freeze,
    programme_open,
    purse_open,
    quotas_set,
)
from salawaku.programmes.models import Allocation, Programme
from salawaku.registry.models import Worker

CITY = "81.71"
CODE = "PR"


class ProgrammeYear:
    """One year of the programme, from `since` on where the story begins within it. What was done stays done."""

    def __init__(self, *, maker: User, approver: User, year: int, since: date) -> None:
        self.maker, self.approver = maker, approver
        self.year, self.since = year, since
        self.gifts = [gift for gift in GIFTS if date(year, gift.last, 1) >= since]

    def open(self) -> Programme:
        """The programme with its seats per village."""
        code = f"{CODE}-{self.year}"
        return Programme.objects.filter(code=code).first() or self._open(code)

    def _open(self, code: str) -> Programme:
        programme = programme_open(
            by=self.maker,
            code=code,
            name=f"Perlindungan pekerja rentan Kota Ambon {self.year}",
            region_code=CITY,
            agency_code="dinas_tenaga_kerja",
            legal_basis="Peraturan Wali Kota (contoh untuk peragaan)",
            first_month=max(date(self.year, 1, 1), self.since),
            last_month=date(self.year, 12, 1),
        )
        quotas_set(by=self.maker, programme=programme, method="population", seats=_workers() * 8 // 10)
        return programme

    def decide(self, month: date) -> None:
        """What becomes known in that month: its purses, a plan, its approval by the colleague, the decree."""
        news = [gift for gift in self.gifts if gift.known_from(self.year, self.since) == month]
        if not news:
            return
        programme = self.open()
        for gift in news:
            self._open_purse(programme, gift)
        allocation = self._approved(programme, month)
        if not hasattr(allocation, "decree"):
            decree_freeze(
                by=self.maker,
                allocation=allocation,
                number=f"{100 + month.month}/SK/{self.year} (peragaan)",
                signed_on=month,
                signatory="Wali Kota Ambon (peragaan)",
            )

    def _open_purse(self, programme: Programme, gift: Gift) -> None:
        if not programme.purses.filter(name=gift.name).exists():
            priority = GIFTS.index(gift) + 1
            terms = gift.terms(year=self.year, since=self.since, workers=_workers(), priority=priority)
            purse_open(by=self.maker, programme=programme, terms=terms)

    def _approved(self, programme: Programme, month: date) -> Allocation:
        plans = Allocation.objects.filter(programme=programme, first_month=month)
        if approved := plans.filter(status=Allocation.Status.APPROVED).first():
            return approved
        if not plans.filter(status=Allocation.Status.PROPOSED).exists():
            allocation_propose(by=self.maker, programme=programme, first_month=month)
        return allocation_approve(by=self.approver, allocation=plans.get(status=Allocation.Status.PROPOSED))


def _workers() -> int:
    return Worker.objects.filter(village_code__startswith=CITY).count()
