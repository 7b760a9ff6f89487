"""Giving decreed months back, so that another purse can carry the workers: the transfer of a payer from a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from salawaku import law
from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.cover.actions.closed import unless_closed
from salawaku.cover.actions.giving_back import OF_PURSE, GivenBack, Standing, give_back, standing
from salawaku.programmes.models import Purse

CLOSED = _("A month of these is closed. Nothing was given back; begin later.")


def release_preview(*, purse: Purse, first_month: date, workers: Sequence[int] | None = None) -> Standing:
    """What would be given back: months, rupiah and workers, and what is billed or closed already."""
    return standing(OF_PURSE, _values(purse, first_month, workers))


@unless_closed("release.closed", CLOSED)
@transaction.atomic
def months_release(
    *, by: User | None, purse: Purse, first_month: date, reason: str, workers: Sequence[int] | None = None
) -> GivenBack:
    """Give the decreed months of a purse from `first_month` on back, of all its workers or of those with these ids.

    The purse has exactly their amounts free again, and the workers may be planned anew. Billed and paid months stay.
    Refusal without a reason, for a closed month, or where nothing is decreed.
    """
    if not reason.strip():
        raise Refusal("release.reason", _("Say why the months are given back."))
    Purse.objects.select_for_update().get(pk=purse.pk)
    values = _values(purse, first_month, workers)
    found = standing(OF_PURSE, values)
    if found.closed:
        raise Refusal("release.closed", CLOSED)
    if not found.months:
        raise Refusal("release.nothing", _("Nothing is decreed and not billed from this month on."))
    freed = give_back(OF_PURSE, values, cause="released", by=by.pk if by else None)
    detail = {"from": f"{first_month:%Y-%m}", **freed._asdict()}
    audit.record(
        by=by, kind="months.released", subject=purse, detail=detail, reason=reason,
        region_code=purse.programme.region_code,
    )  # fmt: skip
    return freed


def _values(purse: Purse, first_month: date, workers: Sequence[int] | None) -> dict[str, Any]:
    chosen = None if workers is None else list(workers)
    return {"purse": purse.pk, "first": law.first_of_month(first_month), "workers": chosen}
