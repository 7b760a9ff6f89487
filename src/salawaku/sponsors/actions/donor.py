"""Donors and what they promise; accepting a promise opens its purse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku import law
from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal, law_known
from salawaku.accounts.scoping import covers
from salawaku.programmes.actions import PurseTerms, purse_open
from salawaku.programmes.models import Programme, Purse
from salawaku.regions.models import Region
from salawaku.sponsors.actions.reach import must_manage
from salawaku.sponsors.models import Donor, DonorPledge
from salawaku.sponsors.money import value_of


@dataclass(frozen=True, slots=True)
class DonorTerms:
    """What a donor promises: so many workers for so many months from a month on, in these villages (none: all)."""

    workers: int
    months: int
    first_month: date
    villages: Sequence[str] = field(default_factory=list)


@transaction.atomic
def donor_enter(
    *,
    by: User | None,
    region_code: str,
    organisation: str,
    kind: str,
    tax_number: str = "",
    contact_name: str = "",
    contact_phone: str = "",
    contact_email: str = "",
) -> Donor:
    """Enter a donor. Refusal for one that stands there already, or another's region."""
    must_manage(by, region_code)
    name = " ".join(organisation.split())
    if Donor.objects.filter(village_code=region_code, organisation__iexact=name).exists():
        raise Refusal("donor.exists", _("This donor stands in the list already."))
    donor = Donor.objects.create(
        village_code=region_code,
        organisation=name,
        kind=kind,
        tax_number=tax_number,
        contact_name=contact_name,
        contact_phone=contact_phone,
        contact_email=contact_email,
    )
    audit.record(by=by, kind="donor.entered", subject=donor, region_code=region_code)
    return donor


@transaction.atomic
def donor_promise(*, by: User | None, donor: Donor, programme: Programme, terms: DonorTerms) -> DonorPledge:
    """Write a promise down. Refusal for months outside the programme, nobody promised, villages outside it."""
    must_manage(by, donor.village_code)
    first = law.first_of_month(terms.first_month)
    if not (terms.workers > 0 and 1 <= terms.months <= 12):
        raise Refusal("donor.workers", _("A promise is for at least one worker and 1 to 12 months."))
    if not programme.first_month <= first <= law.add_months(first, terms.months - 1) <= programme.last_month:
        raise Refusal("donor.months", _("The months of the promise lie within those of the programme."))
    villages = sorted(set(terms.villages))
    known = Region.objects.filter(code__in=villages, level=4).count()
    if known != len(villages) or not all(covers(programme.region_code, code) for code in villages):
        raise Refusal("donor.villages", _("Choose villages of the programme's region."))
    pledge = DonorPledge.objects.create(
        donor=donor,
        programme=programme,
        workers=terms.workers,
        months=terms.months,
        first_month=first,
        villages=villages,
        village_code=donor.village_code,
    )
    detail = {"workers": terms.workers, "months": terms.months, "villages": len(villages)}
    audit.record(by=by, kind="donor.pledged", subject=pledge, detail=detail, region_code=donor.village_code)
    return pledge


@law_known()
@transaction.atomic
def donor_accept(*, by: User | None, pledge: DonorPledge) -> DonorPledge:
    """Accept a promise: a purse of its own, of its value, with its months as the least for each worker.

    Refusal when it was accepted before, or when the person may not manage the programme's region.
    """
    must_manage(by, pledge.village_code)
    pledge = (
        DonorPledge.objects.select_for_update(of=("self",)).select_related("donor", "programme").get(pk=pledge.pk)
    )
    must_manage(by, pledge.programme.region_code)
    if pledge.status != DonorPledge.Status.OFFERED:
        raise Refusal("donor.accepted", _("This promise was accepted before. Nothing was changed."))
    last = law.add_months(pledge.first_month, pledge.months - 1)
    payer_code = Purse.PayerCode.BANK if pledge.donor.kind == Donor.Kind.BANK else Purse.PayerCode.COMPANY
    priced = Purse(kind=pledge.donor.kind, first_month=pledge.first_month, last_month=last)
    terms = PurseTerms(
        name=f"{pledge.donor.organisation[:100]} {pledge.pk}",
        kind=pledge.donor.kind,
        payer_code=payer_code,
        ceiling=value_of(priced, pledge.workers, pledge.first_month, last),
        first_month=pledge.first_month,
        last_month=last,
        minimum_months=pledge.months,
        regions=pledge.villages,
    )
    pledge.purse = purse_open(by=by, programme=pledge.programme, terms=terms)
    pledge.status, pledge.accepted_by, pledge.accepted_at = DonorPledge.Status.ACCEPTED, by, timezone.now()
    pledge.save(update_fields=["purse", "status", "accepted_by", "accepted_at"])
    detail = {"purse": pledge.purse.pk, "ceiling": terms.ceiling}
    audit.record(by=by, kind="donor.accepted", subject=pledge, detail=detail, region_code=pledge.village_code)
    return pledge
