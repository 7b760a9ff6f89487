"""Recording, accepting and withdrawing a pledge."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal, law_known
from salawaku.accounts.scoping import covers
from salawaku.programmes.actions import purse_ceiling_set
from salawaku.programmes.models import Purse
from salawaku.registry.models import Worker
from salawaku.sponsors.actions.reach import must_manage
from salawaku.sponsors.models import Pledge, PowerOfAttorney, Sponsor
from salawaku.sponsors.money import value_of
from salawaku.sponsors.paper import Paper, kind_of


@dataclass(frozen=True, slots=True)
class PledgeTerms:
    """What a sponsor promises: how many workers, from which month to which, when signed; at most one wish."""

    workers: int
    first_month: date
    last_month: date
    signed_on: date
    wish_worker: Worker | None = None
    wish_village: str = ""


@transaction.atomic
def pledge_record(
    *, by: User | None, sponsor: Sponsor, purse: Purse, terms: PledgeTerms, paper: Paper | None = None
) -> Pledge:
    """Write a pledge down, with its power of attorney.

    Refusal for a sponsor who has left, a purse that is not of foster sponsors or not of the region, months outside
    the purse, a number that is not 1 to 100, two wishes, a file that is not a PDF or a photo.
    """
    must_manage(by, sponsor.village_code)
    _check(sponsor, purse, terms)
    pledge = Pledge.objects.create(
        sponsor=sponsor,
        purse=purse,
        workers=terms.workers,
        first_month=terms.first_month.replace(day=1),
        last_month=terms.last_month.replace(day=1),
        signed_on=terms.signed_on,
        wish_worker=terms.wish_worker,
        wish_village=terms.wish_village,
        village_code=sponsor.village_code,
        agency_code=sponsor.agency_code,
    )
    if paper is not None:
        PowerOfAttorney.objects.create(
            pledge=pledge,
            name=paper.name[-120:],
            kind=kind_of(paper),
            content=paper.content,
            sha256=hashlib.sha256(paper.content).hexdigest(),
            village_code=sponsor.village_code,
        )
    detail = {"workers": terms.workers, "purse": purse.pk, "paper": paper is not None}
    audit.record(by=by, kind="pledge.recorded", subject=pledge, detail=detail, region_code=sponsor.village_code)
    return pledge


def _check(sponsor: Sponsor, purse: Purse, terms: PledgeTerms) -> None:
    if sponsor.status != Sponsor.Status.ACTIVE:
        raise Refusal("sponsor.left", _("This civil servant is no longer in service or has stopped."))
    if purse.kind != Purse.Kind.FOSTER:
        raise Refusal("pledge.purse", _("Only a purse of foster sponsors takes pledges."))
    here, there = purse.programme.region_code, sponsor.village_code
    if not (covers(here, there) or covers(there, here)):
        raise Refusal("pledge.region", _("The purse belongs to a programme of another region."))
    first, last = terms.first_month.replace(day=1), terms.last_month.replace(day=1)
    if not purse.first_month <= first <= last <= purse.last_month:
        raise Refusal("pledge.months", _("The months of a pledge lie within those of its purse."))
    if not 1 <= terms.workers <= 100:
        raise Refusal("pledge.workers", _("A pledge is for 1 to 100 workers."))
    if terms.wish_worker is not None and terms.wish_village:
        raise Refusal("pledge.wish", _("A sponsor wishes for a worker or for a village, not for both."))


@law_known()
@transaction.atomic
def pledge_accept(*, by: User | None, pledge: Pledge) -> Pledge:
    """Accept a pledge: the ceiling of its purse rises by what the workers cost in these months at most.

    Refusal when it is not waiting, when the sponsor has left, or without a power of attorney: nothing may be deducted
    from a salary without one.
    """
    must_manage(by, pledge.village_code)
    pledge = Pledge.objects.select_for_update(of=("self",)).select_related("sponsor").get(pk=pledge.pk)
    _must_wait(pledge)
    if pledge.sponsor.status != Sponsor.Status.ACTIVE:
        raise Refusal("sponsor.left", _("This civil servant is no longer in service or has stopped."))
    if not PowerOfAttorney.objects.filter(pledge=pledge).exists():
        raise Refusal("pledge.no_paper", _("The power of attorney is missing. Nothing can be deducted without it."))
    pledge.status, pledge.accepted_by, pledge.accepted_at = Pledge.Status.ACCEPTED, by, timezone.now()
    pledge.save(update_fields=["status", "accepted_by", "accepted_at"])
    purse = Purse.objects.select_for_update(of=("self",)).select_related("programme").get(pk=pledge.purse_id)
    worth = value_of(purse, pledge.workers, pledge.first_month, pledge.last_month)
    purse_ceiling_set(by=by, purse=purse, ceiling=purse.ceiling + worth, reason=str(pledge))
    detail = {"workers": pledge.workers, "raised_by": worth}
    audit.record(by=by, kind="pledge.accepted", subject=pledge, detail=detail, region_code=pledge.village_code)
    return pledge


@transaction.atomic
def pledge_withdraw(*, by: User | None, pledge: Pledge, reason: str) -> Pledge:
    """Take back a pledge that was not accepted. Refusal when it is not waiting any more."""
    must_manage(by, pledge.village_code)
    pledge = Pledge.objects.select_for_update().get(pk=pledge.pk)
    _must_wait(pledge)
    pledge.status = Pledge.Status.WITHDRAWN
    pledge.save(update_fields=["status"])
    audit.record(by=by, kind="pledge.withdrawn", subject=pledge, reason=reason, region_code=pledge.village_code)
    return pledge


def _must_wait(pledge: Pledge) -> None:
    if pledge.status != Pledge.Status.OFFERED:
        raise Refusal("pledge.not_waiting", _("This pledge was accepted or withdrawn before. Nothing was changed."))


@transaction.atomic
def pledge_paper_taken(*, by: User, pledge: Pledge) -> None:
    """Write down who took the power of attorney out. Refusal for another's region."""
    must_manage(by, pledge.village_code)
    audit.record(by=by, kind="pledge.paper_taken", subject=pledge, region_code=pledge.village_code)
