"""Opening a programme-year and changing its criteria."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.programmes.criteria import Criteria
from salawaku.programmes.models import CriteriaSet, Programme


@transaction.atomic
def programme_open(
    *,
    by: User | None,
    code: str,
    name: str,
    region_code: str,
    first_month: date,
    last_month: date,
    agency_code: str = "",
    legal_basis: str = "",
    criteria: Criteria | None = None,
) -> Programme:
    """Open a programme for the months of one year. Refusal for a code that is taken or months of two years."""
    if first_month > last_month or first_month.year != last_month.year:
        raise Refusal("programme.months", _("The months must lie in one year, the first before the last."))
    if Programme.objects.filter(code=code).exists():
        raise Refusal("programme.code", _("There is already a programme with this short name."))
    programme = Programme.objects.create(
        code=code,
        year=first_month.year,
        name=name,
        region_code=region_code,
        agency_code=agency_code,
        legal_basis=legal_basis,
        criteria=(criteria or Criteria()).as_json(),
        first_month=first_month.replace(day=1),
        last_month=last_month.replace(day=1),
    )
    _keep(by, programme, legal_basis)
    audit.record(by=by, kind="programme.opened", subject=programme, region_code=region_code)
    return programme


@transaction.atomic
def programme_criteria_set(
    *, by: User | None, programme: Programme, criteria: Criteria, reason: str = ""
) -> Programme:
    """Change who may be covered; raises the version and keeps the older ones. The same criteria change nothing."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if Criteria.from_json(programme.criteria) == criteria:
        return programme
    programme.criteria, programme.criteria_version = criteria.as_json(), programme.criteria_version + 1
    _keep(by, programme, reason)
    programme.save(update_fields=["criteria", "criteria_version"])
    audit.record(
        by=by,
        kind="programme.changed",
        subject=programme,
        detail={"criteria_version": programme.criteria_version},
        reason=reason,
        region_code=programme.region_code,
    )
    return programme


def _keep(by: User | None, programme: Programme, reason: str) -> None:
    CriteriaSet.objects.create(
        programme=programme,
        version=programme.criteria_version,
        rules=programme.criteria,
        made_by=by,
        reason=reason,
    )
