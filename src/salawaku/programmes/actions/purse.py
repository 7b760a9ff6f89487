"""Opening a purse and changing its ceiling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.programmes.models import Programme, Purse


@dataclass(frozen=True, slots=True)
class PurseTerms:
    """What is agreed about a purse; its months are the programme's unless said otherwise."""

    name: str
    kind: str
    payer_code: str
    ceiling: int
    first_month: date | None = None
    last_month: date | None = None
    priority: int = 1
    minimum_months: int = 1
    region_code: str = ""
    village_kinds: Sequence[str] = field(default_factory=list)


@transaction.atomic
def purse_open(*, by: User | None, programme: Programme, terms: PurseTerms) -> Purse:
    """Open a purse. Refusal for a ceiling below zero, months outside the programme, or a name that is taken."""
    first, last = terms.first_month or programme.first_month, terms.last_month or programme.last_month
    if terms.ceiling < 0:
        raise Refusal("purse.ceiling", _("The ceiling cannot be below zero."))
    if not programme.first_month <= first <= last <= programme.last_month:
        raise Refusal("purse.months", _("The months of a purse lie within those of its programme."))
    if programme.purses.filter(name=terms.name).exists():
        raise Refusal("purse.name", _("The programme already has a purse of this name."))
    months = {"first_month": first.replace(day=1), "last_month": last.replace(day=1)}
    purse = Purse.objects.create(programme=programme, **{**asdict(terms), **months})
    detail = {"kind": terms.kind, "ceiling": terms.ceiling}
    audit.record(by=by, kind="purse.opened", subject=purse, detail=detail, region_code=programme.region_code)
    return purse


@transaction.atomic
def purse_ceiling_set(*, by: User | None, purse: Purse, ceiling: int, reason: str) -> None:
    """Raise or lower the ceiling, never below what is committed and billed."""
    fits = Purse.objects.filter(pk=purse.pk, committed__lte=ceiling - F("billed"))
    if not fits.update(ceiling=ceiling):
        raise Refusal("purse.ceiling", _("More than this is already committed and billed. The ceiling stays."))
    audit.record(
        by=by,
        kind="purse.changed",
        subject=purse,
        detail={"ceiling": ceiling},
        reason=reason,
        region_code=purse.programme.region_code,
    )
