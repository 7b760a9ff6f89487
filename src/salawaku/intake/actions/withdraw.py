"""Taking a list back."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.intake.actions.rows import recheck
from salawaku.intake.models import ListFile, ListRow
from salawaku.registry.merging import relations

_OWN = "SELECT id FROM intake_listrow WHERE file_id = %(file)s"
_BROUGHT = f"SELECT id FROM registry_worker WHERE source_row_id IN ({_OWN})"


@transaction.atomic
def file_withdraw(*, by: User, file: ListFile, reason: str = "") -> ListFile:
    """Undo a list: the workers it brought leave the register, as long as nothing was built on them.

    Their history stays. The same file can be sent again afterwards.
    """
    file = ListFile.objects.select_for_update().get(pk=file.pk)
    if file.status == ListFile.Status.WITHDRAWN:
        return file
    workers = _take_out(file) if file.status == ListFile.Status.CONFIRMED else 0
    file.status = ListFile.Status.WITHDRAWN
    file.save(update_fields=["status"])
    detail = {"workers": workers}
    audit.record(
        by=by, kind="file.withdrawn", subject=file, detail=detail, reason=reason, region_code=file.village_code
    )
    return file


def _take_out(file: ListFile) -> int:
    facts = {"file": file.pk}
    with (
        elevated("whether something was built on a worker does not depend on who asks"),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM intake_workersource WHERE row_id IN ({_OWN})", facts)
        _refuse_if_built_on(file)
        cursor.execute(f"DELETE FROM intake_pair WHERE right_worker_id IN ({_BROUGHT}) RETURNING left_id", facts)
        waiting = [row[0] for row in cursor.fetchall()]
        cursor.execute(f"DELETE FROM registry_worker WHERE source_row_id IN ({_OWN})", facts)
        workers = cursor.rowcount
        for row in ListRow.objects.filter(pk__in=waiting, status=ListRow.Status.REVIEW).select_related("file"):
            recheck(row)
    return int(workers)


def _refuse_if_built_on(file: ListFile) -> None:
    with connection.cursor() as cursor:
        for relation in (relation for relation in relations() if relation.holds):
            cursor.execute(
                f"SELECT count(*) FROM {relation.table} WHERE {relation.column} IN ({_BROUGHT})", {"file": file.pk}
            )
            [(number,)] = cursor.fetchall()
            if number:
                raise Refusal(
                    "file.built_on",
                    _("%(what)s: %(number)s. Workers of this list are in use there, so it cannot be withdrawn."),
                    what=relation.label,
                    number=number,
                )
