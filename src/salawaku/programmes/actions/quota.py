"""Seats per village: equal, by registered workers, by need, or by hand."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.programmes.models import Programme, Quota
from salawaku.programmes.need import need_of
from salawaku.regions.models import Region
from salawaku.registry.models import Worker


@transaction.atomic
def quotas_set(
    *,
    by: User | None,
    programme: Programme,
    method: str,
    seats: int = 0,
    by_village: Mapping[str, int] | None = None,
) -> int:
    """Set the seats of the programme's villages; returns their sum.

    `method` "equal": `seats` for each village; "population": `seats` in all, by registered living workers; "need":
    `seats` in all, by those of them without cover, the poorer and the more endangered more (programmes/need.py);
    "hand": the seats in `by_village`, other villages keep theirs.
    """
    villages = list(
        Region.objects.filter(level=4, code__startswith=programme.region_code).values_list("code", flat=True)
    )
    wanted = _wanted(programme, method, villages, seats, by_village or {})
    if foreign := set(wanted) - set(villages):
        raise Refusal(
            "quota.village", _("These villages are not in the programme's region: %s.") % ", ".join(sorted(foreign))
        )
    if any(count < 0 for count in wanted.values()):
        raise Refusal("quota.negative", _("A number of seats cannot be below zero."))
    Quota.objects.bulk_create(
        [Quota(programme=programme, village_code=code, seats=count) for code, count in wanted.items()],
        update_conflicts=True,
        unique_fields=["programme", "village_code"],
        update_fields=["seats"],
    )
    detail = {"method": method, "villages": len(wanted), "seats": sum(wanted.values())}
    audit.record(by=by, kind="quota.set", subject=programme, detail=detail, region_code=programme.region_code)
    return sum(wanted.values())


def _wanted(
    programme: Programme, method: str, villages: list[str], seats: int, by_village: Mapping[str, int]
) -> dict[str, int]:
    if method == "equal":
        return dict.fromkeys(villages, seats)
    if method == "population":
        return share_out(seats, _registered(villages))
    if method == "need":
        return share_out(seats, need_of(programme, villages))
    if method == "hand":
        return dict(by_village)
    raise Refusal("quota.method", _("Seats are set equally, by registered workers, by need, or by hand."))


def _registered(villages: list[str]) -> dict[str, int]:
    """Living registered workers of each village, also where there are none."""
    with elevated("seats are shared out by counts of all workers of the region"):
        counted = dict(
            Worker.objects.filter(status=Worker.Status.LIVING, village_code__in=villages)
            .values_list("village_code")
            .annotate(n=Count("*"))
        )
    return {code: counted.get(code, 0) for code in villages}


def share_out(seats: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Whole seats in proportion to the weights (largest remainder); nobody counted, no seats."""
    total = sum(weights.values())
    if not total:
        return dict.fromkeys(weights, 0)
    shares = {code: divmod(seats * weight, total) for code, weight in weights.items()}
    missing = seats - sum(whole for whole, _rest in shares.values())
    first = sorted(shares, key=lambda code: (-shares[code][1], code))[:missing]
    return {code: whole + (code in first) for code, (whole, _rest) in shares.items()}
