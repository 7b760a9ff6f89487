"""Next year's programme as a draft: the rule and the seats of this year, without its money."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from salawaku import law
from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.programmes.models import Programme

SEATS = """
INSERT INTO programmes_quota (programme_id, village_code, seats)
SELECT %(new)s, village_code, seats FROM programmes_quota WHERE programme_id = %(old)s
"""
YEAR = 12  # months


@transaction.atomic
def programme_renew(*, by: User | None, programme: Programme) -> Programme:
    """Open the programme of the year after as a draft: same months, rule, seats, no purse. Refusal if it exists."""
    code = _code(programme)
    if Programme.objects.filter(code=code).exists():
        raise Refusal("programme.code", _("Next year's programme exists already. Nothing was opened."))
    new = Programme.objects.create(
        code=code,
        year=programme.year + 1,
        name=programme.name.replace(str(programme.year), str(programme.year + 1)),
        region_code=programme.region_code,
        agency_code=programme.agency_code,
        legal_basis="",  # a new year has a new regulation
        criteria=programme.criteria,
        programs=programme.programs,
        first_month=law.add_months(programme.first_month, YEAR),
        last_month=law.add_months(programme.last_month, YEAR),
        status=Programme.Status.DRAFT,
    )
    with connection.cursor() as cursor:
        cursor.execute(SEATS, {"new": new.pk, "old": programme.pk})
        seats = cursor.rowcount
    detail = {"after": programme.code, "villages": seats}
    audit.record(by=by, kind="programme.opened", subject=new, detail=detail, region_code=new.region_code)
    return new


@transaction.atomic
def programme_put_in_force(*, by: User | None, programme: Programme) -> Programme:
    """Turn a draft into an open programme, for which plans can be made. Refusal for another status."""
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    if locked.status != Programme.Status.DRAFT:
        raise Refusal("programme.no_draft", _("This programme is no draft. Nothing was changed."))
    locked.status = Programme.Status.OPEN
    locked.save(update_fields=["status"])
    detail = {"status": "open"}
    audit.record(by=by, kind="programme.changed", subject=locked, detail=detail, region_code=locked.region_code)
    return locked


def refuse_unless_open(programme: Programme) -> None:
    """Plans are made for open programmes only."""
    if programme.status == Programme.Status.DRAFT:
        raise Refusal("programme.draft", _("The programme is a draft. Open it first; nothing was planned."))
    if programme.status != Programme.Status.OPEN:
        raise Refusal("programme.closed", _("The programme is closed. Nothing was planned."))


def _code(programme: Programme) -> str:
    """The short name with the next year in it, such as ambon-2027 after ambon-2026."""
    year, after = str(programme.year), str(programme.year + 1)
    found = programme.code.replace(year, after) if year in programme.code else f"{programme.code}-{after}"
    return found[:60]
