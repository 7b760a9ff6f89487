"""A programme-year of the demonstration city: seats, purses as they become known, plans and decrees."""

from __future__ import annotations

from datetime import date

from salawaku.accounts.models import User
from salawaku.demo import donors, sponsors
from salawaku.demo.agreements import agree
from salawaku.demo.purses import GIFTS, Gift
from salawaku.programmes.actions import (
    allocation_approve,
    allocation_propose,
    decree_freeze,
    programme_open,
    purse_open,
    quotas_set,
)
from salawaku.programmes.models import Allocation, Decree, Programme, Purse
from salawaku.registry.models import Worker

CITY = "81.71"
CODE = "PR"
SEATS = 80  # percent of the workers for whom the villages have a seat


class ProgrammeYear:
    """One year of the programme, from `since` on where the story begins within it. What was done stays done."""

    def __init__(self, *, maker: User, approver: User, year: int, since: date) -> None:
        self.maker, self.approver = maker, approver
        self.year, self.since = year, since
        self.gifts = [gift for gift in GIFTS if date(year, gift.last, 1) >= since]

    def open(self) -> Programme:
        """The programme with its seats per village."""
        code = f"{CODE}-{self.year}"
        programme = Programme.objects.filter(code=code).first() or self._open(code)
        agree(programme, workers=workers() * SEATS // 100, by=self.maker)
        return programme

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
        quotas_set(by=self.maker, programme=programme, method="population", seats=workers() * SEATS // 100)
        return programme

    def decide(self, month: date) -> Decree | None:
        """What becomes known in that month: its purses, a plan that the colleague approves, its decree, sponsors."""
        news = [gift for gift in self.gifts if gift.known_from(self.year, self.since) == month]
        if not news:
            return None
        programme = self.open()
        for gift in news:
            self._open_purse(programme, gift)
        decree = self.decree(
            self._approved(programme, month), f"{100 + month.month}/SK/{self.year} (peragaan)", month
        )
        for purse in programme.purses.filter(kind=Purse.Kind.FOSTER):
            sponsors.match(purse, month, by=self.maker)
        return decree

    def decree(self, allocation: Allocation, number: str, month: date, *, changes: Decree | None = None) -> Decree:
        """The frozen decree of an approved plan."""
        return Decree.objects.filter(allocation=allocation).first() or decree_freeze(
            by=self.maker, allocation=allocation, number=number, signed_on=month,
            signatory="Wali Kota Ambon (peragaan)", changes=changes,
        )  # fmt: skip

    def _open_purse(self, programme: Programme, gift: Gift) -> None:
        priority = GIFTS.index(gift) + 1
        if gift.donor:
            months, carried = gift.months(self.year, self.since), workers() * gift.share // 100
            donors.give(gift.donor, programme, months, workers=carried, priority=priority, by=self.maker)
            return
        terms = gift.terms(year=self.year, since=self.since, workers=workers(), priority=priority)
        known = programme.purses.filter(name=gift.name).first()
        purse = known or purse_open(by=self.maker, programme=programme, terms=terms)
        if purse.kind == Purse.Kind.FOSTER:
            sponsors.promise(purse, by=self.maker)

    def _approved(self, programme: Programme, month: date) -> Allocation:
        plans = Allocation.objects.filter(programme=programme, first_month=month)
        if approved := plans.filter(status=Allocation.Status.APPROVED).first():
            return approved
        if not plans.filter(status=Allocation.Status.PROPOSED).exists():
            allocation_propose(by=self.maker, programme=programme, first_month=month)
        return allocation_approve(by=self.approver, allocation=plans.get(status=Allocation.Status.PROPOSED))


def workers() -> int:
    """How many people stand in the register of the city."""
    return Worker.objects.filter(village_code__startswith=CITY).count()
