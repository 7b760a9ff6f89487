"""What the page of lists reads: filters, pages, and what waits for a person."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from salawaku.intake import selectors
from salawaku.intake.actions import progress as steps
from salawaku.intake.models import ListFile, Progress
from salawaku.intake.senders import Sender

PAGE = 25


class ListFilter(NamedTuple):
    """What narrows the lists; both are codes and may stand in an address."""

    status: str = ""
    sender: str = ""

    def codes(self) -> dict[str, str]:
        """The filters in force."""
        return {name: value for name, value in self._asdict().items() if value}


class Waiting(NamedTuple):
    """What the lists of the area wait for."""

    to_mend: int
    to_decide: int
    to_confirm: int

    @property
    def nothing(self) -> bool:
        """Whether everything is done."""
        return not any(self)


def files_page(wanted: ListFilter, *, before: UUID | None = None) -> tuple[list[ListFile], UUID | None]:
    """One page of lists, newest first, and the key of the next one."""
    found = _filtered(wanted)
    edge = selectors.file_list().filter(public_id=before).first() if before else None
    if edge:
        found = found.filter(Q(received_at__lt=edge.received_at) | Q(received_at=edge.received_at, id__lt=edge.pk))
    files = list(found[: PAGE + 1])
    return files[:PAGE], files[PAGE - 1].public_id if len(files) > PAGE else None


def files_waiting() -> Waiting:
    """Counts over all open lists of the area."""
    open_files = selectors.file_list().filter(status__in=[ListFile.Status.CHECKED, ListFile.Status.CONFIRMED])
    sums: dict[str, Any] = open_files.order_by().aggregate(mend=Sum("rejected"), decide=Sum("review"))
    to_confirm = open_files.filter(status=ListFile.Status.CHECKED, rows__gt=F("rejected") + F("review")).count()
    return Waiting(sums["mend"] or 0, sums["decide"] or 0, to_confirm)


def senders_seen() -> list[Sender]:
    """The senders whose lists lie here, for the filter."""
    pairs = selectors.file_list().order_by().values_list("village_code", "agency_code").distinct()
    return [Sender(village, agency) for village, agency in pairs]


def progress_of(file: ListFile) -> Progress | None:
    """How far the job of a list is; None when none was ever asked for."""
    return getattr(file, "progress", None)


def is_busy(file: ListFile) -> bool:
    """Whether a job is waiting or at work on a list."""
    progress = progress_of(file)
    return progress is not None and progress.step not in (steps.DONE, steps.FAILED)


def _filtered(wanted: ListFilter) -> QuerySet[ListFile]:
    found = selectors.file_list()
    if wanted.status:
        found = found.filter(status=wanted.status)
    if wanted.sender:
        sender = Sender.of(wanted.sender)
        found = found.filter(village_code=sender.village_code, agency_code=sender.agency_code)
    return found
