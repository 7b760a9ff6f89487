"""Taking a list in."""

from __future__ import annotations

from datetime import date
from typing import BinaryIO

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated, may_write
from salawaku.intake import storage
from salawaku.intake.models import ListFile

# Twice the largest file that the reader takes; what is above is not even stored.
MOST_BYTES = 100_000_000
# Refused, or stopped before its check ended: sending it again takes it up again.
UNFINISHED = (ListFile.Status.REFUSED, ListFile.Status.RECEIVED, ListFile.Status.CHECKING)


def file_receive(
    *,
    by: User,
    name: str,
    content: BinaryIO,
    village_code: str,
    agency_code: str = "",
    as_of: date | None = None,
) -> ListFile:
    """Store a list under its content; nothing is read yet.

    Refuses a sender outside the person's own scope, a file too large to be a list, and content that was taken in
    before (`file.repeated`). A file that was refused before, or whose check never ended, is given back to be checked
    again.
    """
    if not may_send(by, village_code, agency_code):
        raise Refusal("file.sender", _("You cannot send lists for this village or office."))
    kept = storage.keep(content, limit=MOST_BYTES)
    if kept is None:
        raise Refusal("file.unreadable", _("The file is larger than 100 MB. Send the list alone, without pictures."))
    is_new = False
    try:
        with transaction.atomic():
            file, is_new = _enter(by, storage.get_valid_name(name), kept, village_code, agency_code, as_of)
    finally:
        if not is_new:
            storage.discard(kept.stored)
    return file


def may_send(by: User, village_code: str, agency_code: str) -> bool:
    """Whether a list of this sender lies within the person's own scope."""
    with acting_as(by):
        return may_write(village_code, agency_code)


def _enter(
    by: User, name: str, kept: storage.Stored, village_code: str, agency_code: str, as_of: date | None
) -> tuple[ListFile, bool]:
    with connection.cursor() as cursor:  # two people sending one file at once: the second one waits and is told
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 8171))", [kept.sha256])
    with elevated("the same content may have been sent by somebody else"):
        known = ListFile.objects.filter(sha256=kept.sha256).exclude(status=ListFile.Status.WITHDRAWN).first()
    if known is not None:
        return _known(by, known), False
    file = ListFile.objects.create(
        name=name,
        sha256=kept.sha256,
        size=kept.size,
        stored=kept.stored,
        as_of=as_of or timezone.localdate(),
        by_id=by.pk,
        by_name=by.name,
        village_code=village_code,
        agency_code=agency_code,
    )
    audit.record(by=by, kind="file.received", subject=file, detail={"bytes": kept.size}, region_code=village_code)
    return file, True


def _known(by: User, known: ListFile) -> ListFile:
    if known.status in UNFINISHED and may_send(by, known.village_code, known.agency_code):
        return known
    raise Refusal("file.repeated", _("This file was sent before. Nothing was changed."))
