"""The donors of the demonstration: one bridges the months before the budget, a bank gives half a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import transaction

from salawaku import law
from salawaku.accounts.models import User
from salawaku.programmes.actions import purse_change
from salawaku.programmes.models import Programme
from salawaku.programmes.purse_terms import terms_of
from salawaku.sponsors.actions import DonorTerms, donor_accept, donor_enter, donor_promise
from salawaku.sponsors.models import Donor, DonorPledge

BRIDGE, BANK, LATE, OFFERING = (
    "PT Contoh Bahari", "Bank Daerah (peragaan)", "PT Contoh Pelabuhan", "PT Contoh Listrik",
)  # fmt: skip


@transaction.atomic
def give(
    organisation: str, programme: Programme, months: tuple[date, date], *, workers: int, priority: int, by: User
) -> None:
    """The purse of a donor for the first to the last of `months`: promised, accepted and put in its place, once."""
    pledge = _promised(organisation, programme, months, workers=workers, by=by)
    if pledge.status == DonorPledge.Status.ACCEPTED:
        return
    purse = donor_accept(by=by, pledge=pledge).purse
    if purse is None:
        raise RuntimeError("an accepted promise has its purse")
    terms = replace(terms_of(purse), priority=priority)
    purse_change(by=by, purse=purse, terms=terms, reason="Urutan pemakaian dana (peragaan)")


@transaction.atomic
def offer(programme: Programme, month: date, *, workers: int, by: User) -> None:
    """A company offers a month from this one on; nobody has accepted it yet."""
    month = min(law.add_months(month, 1), programme.last_month)
    _promised(OFFERING, programme, (month, month), workers=workers, by=by)


def _promised(
    organisation: str, programme: Programme, months: tuple[date, date], *, workers: int, by: User
) -> DonorPledge:
    first, last = months
    known = DonorPledge.objects.filter(donor__organisation=organisation, programme=programme, first_month=first)
    if pledge := known.first():
        return pledge
    span = law.month_index(last) - law.month_index(first) + 1
    terms = DonorTerms(workers=max(1, workers), months=span, first_month=first)
    return donor_promise(by=by, donor=_donor(organisation, programme, by), programme=programme, terms=terms)


def _donor(organisation: str, programme: Programme, by: User) -> Donor:
    if known := Donor.objects.filter(organisation=organisation).first():
        return known
    kind = Donor.Kind.BANK if organisation == BANK else Donor.Kind.COMPANY
    return donor_enter(
        by=by, region_code=programme.region_code, organisation=organisation, kind=kind,
        contact_name="Bagian kemitraan (peragaan)", contact_phone="080000000000",
        contact_email="kemitraan@demo.salawaku.test",
    )  # fmt: skip
