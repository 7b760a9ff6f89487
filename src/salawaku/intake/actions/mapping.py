"""Correcting which column is which."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.intake.actions.check import CHECKABLE
from salawaku.intake.models import ColumnMapping, ListFile

# What a column can be told to be; "" leaves it out.
FIELDS = (
    "nik", "family_card", "name", "birth_place_date", "birth_place", "birth_date", "sex", "address", "rt_rw", "rt",
    "rw", "village", "district", "occupation", "income", "phone", "decile",
)  # fmt: skip


@transaction.atomic
def mapping_correct(*, by: User, file: ListFile, mapping: dict[str, str]) -> ListFile:
    """Keep a corrected mapping for this sender and layout; the list waits for its next check."""
    file = ListFile.objects.select_for_update().get(pk=file.pk)
    if file.status not in CHECKABLE or not file.layouts:
        raise Refusal("file.not_open", _("The columns of this list can no longer be changed."))
    if not set(mapping.values()) <= {"", *FIELDS}:
        raise Refusal("mapping.unknown_field", _("A column was given a meaning that does not exist."))
    for layout in file.layouts:
        ColumnMapping.objects.update_or_create(
            village_code=file.village_code,
            agency_code=file.agency_code,
            layout=layout,
            defaults={"mapping": mapping, "by_id": by.pk},
        )
    audit.record(
        by=by,
        kind="mapping.corrected",
        subject=file,
        detail={"layouts": file.layouts, "fields": sorted(set(mapping.values()))},
        region_code=file.village_code,
    )
    file.status = ListFile.Status.RECEIVED
    file.save(update_fields=["status"])
    return file
