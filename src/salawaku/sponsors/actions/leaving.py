"""A sponsor retires, moves away, stops, or changes office: nobody's cover may lapse unseen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from salawaku import law
from salawaku.accounts import audit
from salawaku.accounts.models import Agency, User
from salawaku.accounts.refusal import Refusal, law_known
from salawaku.accounts.scoping import elevated
from salawaku.programmes.actions import purse_ceiling_set
from salawaku.programmes.models import Purse
from salawaku.sponsors.actions.matching import hand_over
from salawaku.sponsors.actions.reach import must_manage
from salawaku.sponsors.actions.register import follow_agency
from salawaku.sponsors.models import Pledge, Sponsor, SponsoredMonth
from salawaku.sponsors.money import value_of


@dataclass(frozen=True, slots=True)
class Leaving:
    """What became of the workers: months freed, workers handed over, workers of whom a month is without sponsor."""

    freed_months: int
    handed_over: int
    without_sponsor: int

    def as_json(self) -> dict[str, Any]:
        """For the audit trail."""
        return {
            "freed_months": self.freed_months,
            "handed_over": self.handed_over,
            "without_sponsor": self.without_sponsor,
        }


@law_known()
@transaction.atomic
def sponsor_leave(*, by: User | None, sponsor: Sponsor, status: str, from_month: date, reason: str = "") -> Leaving:
    """End the pledges of a sponsor from a month on, and hand the workers over to other pledges with free places.

    What was deducted stays. The ceiling of the purse falls by what will not come, as far as it is not committed or
    billed. Refusal for one who has left before, or another's region.
    """
    must_manage(by, sponsor.village_code)
    sponsor = Sponsor.objects.select_for_update().get(pk=sponsor.pk)
    if sponsor.status != Sponsor.Status.ACTIVE:
        raise Refusal("sponsor.left", _("This civil servant is no longer in service or has stopped."))
    if status not in {Sponsor.Status.RETIRED, Sponsor.Status.MOVED_AWAY, Sponsor.Status.STOPPED}:
        raise Refusal("sponsor.status", _("Choose whether the sponsor retires, moves away or stops."))
    month = law.first_of_month(from_month)
    sponsor.status, sponsor.status_from = status, month
    sponsor.save(update_fields=["status", "status_from"])
    pledges = sponsor.pledges.filter(Q(ended_from=None) | Q(ended_from__gt=month), status="accepted")
    ended = [_end(by, pledge, month) for pledge in pledges.filter(last_month__gte=month).order_by("id")]
    sponsor.pledges.filter(status="offered").update(status=Pledge.Status.WITHDRAWN)
    result = Leaving(
        sum(one.freed_months for one in ended),
        sum(one.handed_over for one in ended),
        sum(one.without_sponsor for one in ended),
    )
    detail = {"status": status, "from": f"{month:%Y-%m}", **result.as_json()}
    audit.record(
        by=by, kind="sponsor.left", subject=sponsor, detail=detail, reason=reason, region_code=sponsor.village_code
    )
    return result


@transaction.atomic
def leave_preview(*, by: User | None, sponsor: Sponsor, status: str, from_month: date) -> Leaving:
    """What would become of the workers: leaving is done and taken back, so that it says exactly what will be.

    Refusal as `sponsor_leave`.
    """
    with transaction.atomic():
        result = sponsor_leave(by=by, sponsor=sponsor, status=status, from_month=from_month)
        transaction.set_rollback(True)
    return result


def _end(by: User | None, pledge: Pledge, month: date) -> Leaving:
    """End one pledge: free its months, lower the ceiling, find others for its workers."""
    purse = Purse.objects.select_for_update(of=("self",)).select_related("programme").get(pk=pledge.purse_id)
    with elevated("the workers of a sponsor may live in any village"):
        rows = SponsoredMonth.objects.filter(pledge=pledge, month__gte=month).exclude(status="paid")
        workers = sorted(set(rows.values_list("worker_id", flat=True)))
        freed, _by_model = rows.delete()
    until = pledge.ended_from and law.add_months(pledge.ended_from, -1)
    Pledge.objects.filter(pk=pledge.pk).update(ended_from=max(month, pledge.first_month))
    worth = value_of(purse, pledge.workers, max(month, pledge.first_month), until or pledge.last_month)
    ceiling = max(purse.committed + purse.billed, purse.ceiling - worth)
    if ceiling != purse.ceiling:
        purse_ceiling_set(by=by, purse=purse, ceiling=ceiling, reason=str(pledge))
    plan = hand_over(purse=purse, first_month=month, workers=workers)
    return Leaving(freed, plan.workers, plan.left_workers)


@transaction.atomic
def sponsor_move(*, by: User | None, sponsor: Sponsor, agency_code: str, from_month: date) -> Sponsor:
    """Another office of the same government: pledge and workers stay, the deduction goes to the new office's list.

    Refusal for an unknown agency, the same one, or another's region.
    """
    must_manage(by, sponsor.village_code)
    if not Agency.objects.filter(code=agency_code).exists():
        raise Refusal("agency.unknown", _("There is no agency with this code. Nothing was changed."))
    sponsor = Sponsor.objects.select_for_update().get(pk=sponsor.pk)
    if sponsor.agency_code == agency_code:
        raise Refusal("sponsor.same_agency", _("The sponsor works in this agency already."))
    before, sponsor.agency_code = sponsor.agency_code, agency_code
    sponsor.save(update_fields=["agency_code"])
    with connection.cursor() as cursor:
        follow_agency(cursor, [sponsor.pk], law.first_of_month(from_month))
    detail = {"from_agency": before, "to_agency": agency_code, "from": f"{from_month:%Y-%m}"}
    audit.record(by=by, kind="sponsor.moved", subject=sponsor, detail=detail, region_code=sponsor.village_code)
    return sponsor
