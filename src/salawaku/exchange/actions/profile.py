"""Changing what a registration file looks like."""

from __future__ import annotations

from django.db import DataError, connection, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.exchange.models import FileProfile
from salawaku.exchange.profiles import Profile
from salawaku.exchange.rights import must_reach
from salawaku.exchange.selectors import profile_in_force


@transaction.atomic
def profile_set(*, by: User | None, region_code: str, profile: Profile) -> FileProfile | None:
    """Keep a new version of a region's profile. The same profile again changes nothing (None when it is as shipped).

    Refusal for another's region and for a pattern that the database cannot read.
    """
    must_reach(by, "exchange.send", region_code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('exchange_fileprofile'), hashtext(%s))", [region_code])
    for column in profile.columns:
        _must_match(column.heading, column.pattern)
    earlier = FileProfile.objects.filter(region_code=region_code)
    if profile_in_force(region_code)[0] == profile:
        return earlier.first()
    version = (earlier.aggregate(last=Max("version"))["last"] or 0) + 1
    made = FileProfile.objects.create(region_code=region_code, version=version, data=profile.as_data(), made_by=by)
    audit.record(by=by, kind="profile.changed", subject=made, detail={"version": version}, region_code=region_code)
    return made


def _must_match(heading: str, pattern: str) -> None:
    """PostgreSQL reads patterns a little differently from Python: it has the last word."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT '' ~ %s", [f"^(?:{pattern})$"])
    except DataError as fault:
        raise Refusal(
            "profile.pattern",
            _("The pattern of column “%(heading)s” cannot be used. Nothing was changed."),
            heading=heading,
        ) from fault
