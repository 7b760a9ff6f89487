"""Looking at whole identity numbers on a list or on a card of two records."""

from __future__ import annotations

from django.db import transaction

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.intake.models import ListFile, ListRow, Pair


@transaction.atomic
def nik_unmask(*, by: User, subject: ListFile | Pair, row: ListRow | None = None) -> None:
    """Write down that somebody looks; to be called before the number is shown."""
    detail = {"row": row.pk} if row else {}
    audit.record(by=by, kind="nik.unmasked", subject=subject, detail=detail, region_code=subject.village_code)
