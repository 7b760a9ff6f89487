"""Reading a stored list, comparing it with everybody known, and keeping its rows beside the register."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.intake import storage
from salawaku.intake.actions import progress as steps
from salawaku.intake.actions.register_frame import known_people, remembered_decisions
from salawaku.intake.actions.staging import guard_niks, keep_rows
from salawaku.intake.engine.check import FileResult, RunResult, check_files
from salawaku.intake.engine.places import Places
from salawaku.intake.engine.trades import Occupations
from salawaku.intake.models import ColumnMapping, ListFile

Status = ListFile.Status
CHECKABLE = (Status.RECEIVED, Status.CHECKING, Status.CHECKED, Status.REFUSED)
WHOLE_VILLAGE = 13  # the length of a village's code


def file_check(*, by: User, file: ListFile, tell: Callable[[str, int, int], None] | None = None) -> ListFile:
    """Check a list and keep the outcome of every row; again is the same again, and what was mended is read anew.

    Reading needs no transaction and may take long; what it finds is kept in one.
    """
    tell = tell or steps.teller(file)
    tell(steps.READING, 0, 0)
    result = read_file(file, tell)
    with transaction.atomic():
        return _keep(by, file, result, tell)


def read_file(file: ListFile, tell: Callable[[str, int, int], None] = steps.silent) -> RunResult:
    """What the engine says about a stored list, compared with everybody but the list's own rows."""
    people = known_people(file_id=file.pk)

    def register(sound: Any) -> Any:
        tell(steps.LINKING, 0, sound.height)
        return people(sound)

    with storage.under_its_name(file.stored, file.name) as path:
        return check_files(
            [path],
            as_of=file.as_of,
            home_region=settings.HOME_REGION,
            places=shipped_places(settings.HOME_REGION),
            occupations=shipped_occupations(),
            register=register,
            decisions=remembered_decisions(),
            mappings=corrected_mappings(file),
            village=sender_village(file),
        )


@cache
def shipped_places(region: str) -> Places:
    """The villages of the home region, made once for the process."""
    return Places.shipped(region)


@cache
def shipped_occupations() -> Occupations:
    """The occupations, made once for the process."""
    return Occupations.shipped()


def sender_village(file: ListFile) -> str | None:
    """The sender's village, if the sender is a village."""
    return file.village_code if len(file.village_code) == WHOLE_VILLAGE else None


def corrected_mappings(file: ListFile) -> dict[str, dict[str, str]]:
    """What was corrected before for this sender, by layout."""
    kept = ColumnMapping.objects.filter(village_code=file.village_code, agency_code=file.agency_code)
    return dict(kept.values_list("layout", "mapping"))


def _keep(by: User, file: ListFile, result: RunResult, tell: Callable[[str, int, int], None]) -> ListFile:
    file = ListFile.objects.select_for_update().get(pk=file.pk)
    if file.status not in CHECKABLE:
        raise Refusal("file.not_open", _("This list was confirmed or withdrawn; it cannot be checked again."))
    [read] = result.files
    tell(steps.KEEPING, 0, result.rows.height)
    file.status = Status.CHECKING  # while rows come and go their counts need not add up
    file.save(update_fields=["status"])
    _drop_rows(file)
    keep_rows(file, result.rows)
    guard_niks(file.pk)
    _conclude(file, read, result.rows.height)
    kind = "file.refused" if file.status == Status.REFUSED else "file.checked"
    file.refresh_from_db()
    counts = {"rows": file.rows, "accepted": file.accepted, "duplicate": file.duplicate, "review": file.review}
    detail = {**counts, "rejected": file.rejected, "codes": file.codes}
    audit.record(by=by, kind=kind, subject=file, detail=detail, region_code=file.village_code)
    tell(steps.DONE, 1, 1)
    return file


def _drop_rows(file: ListFile) -> None:
    """What an earlier check kept; rows that others point at are pointed at in vain until their next check."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM intake_pair WHERE left_id IN (SELECT id FROM intake_listrow WHERE file_id = %(file)s)"
            " OR right_row_id IN (SELECT id FROM intake_listrow WHERE file_id = %(file)s)",
            {"file": file.pk},
        )
        cursor.execute("DELETE FROM intake_listrow WHERE file_id = %s", [file.pk])


def _conclude(file: ListFile, read: FileResult, rows: int) -> None:
    """The file's own outcome. The database checks that the rows kept are as many as the reader found."""
    file.status = Status.REFUSED if read.status == "refused" else Status.CHECKED
    file.codes, file.mapping, file.layouts = read.codes, read.mapping, list(dict.fromkeys(read.fingerprints))
    file.told = {"values": read.values, "hidden": read.hidden, "without": read.without}
    file.rows, file.checked_at = rows, timezone.now()
    fields = ["status", "codes", "mapping", "layouts", "told", "rows", "checked_at"]
    file.save(update_fields=fields)
