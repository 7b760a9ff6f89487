"""A move, a wage, cover elsewhere, a return: written down from a month on, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku import law
from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.regions.models import Region
from salawaku.registry import events
from salawaku.registry.models import Worker, WorkerEvent
from salawaku.registry.selectors import event_standing

Kind = WorkerEvent.Kind
MONTHS_BACK, MONTHS_AHEAD = 60, 12
HOME = 5  # "81.71": the city or regency in a village's code
AUDITED = {
    Kind.MOVED: "worker.moved",
    Kind.EMPLOYED: "worker.employed",
    Kind.ELSEWHERE: "worker.covered_elsewhere",
    Kind.RETURNED: "worker.returned",
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event, and in sentences what the other rooms did about it."""

    event: WorkerEvent
    told: list[str]


@transaction.atomic
def worker_moved(*, by: User | None, worker: Worker, month: date, village_to: str = "", reason: str = "") -> Recorded:
    """Write a move down, known by `month`: to a village of the same city or regency, or with "" out of it.

    Within it the cover moves along from that month; out of it the cover closes from the month after. Refusal for a
    village that is not there, the one where the worker lives, or a month to come.
    """
    worker = _living(worker)
    if month > timezone.localdate():
        raise Refusal("event.in_future", _("This month lies in the future. Write a move down when it has happened."))
    if village_to == worker.village_code:
        raise Refusal("event.same_village", _("The worker lives in this village already."))
    known = Region.objects.filter(level=4, code=village_to, code__startswith=worker.village_code[:HOME])
    if village_to and not known.exists():
        raise Refusal(
            "event.village", _("Choose a village of the same city or regency, or say that the worker left it.")
        )
    villages = {"village_from": worker.village_code, "village_to": village_to}
    with elevated("a move may lead beyond the area of who writes it down"):
        if village_to:
            worker.village_code = village_to
            worker.save(update_fields=["village_code"])
        return _record(by, worker, Kind.MOVED, month, reason, **villages)


@transaction.atomic
def worker_employed(*, by: User | None, worker: Worker, month: date, reason: str = "") -> Recorded:
    """The worker earns a wage (PU) from `month` on: the employer insures, aid stops from that month."""
    return _record(by, _living(worker), Kind.EMPLOYED, month, reason)


@transaction.atomic
def worker_covered_elsewhere(*, by: User | None, worker: Worker, month: date, reason: str = "") -> Recorded:
    """Somebody outside this register insures the worker from `month` on: one of the two memberships is too many."""
    return _record(by, _living(worker), Kind.ELSEWHERE, month, reason)


@transaction.atomic
def worker_returned(*, by: User | None, worker: Worker, month: date, reason: str = "") -> Recorded:
    """Wage or other cover has ended: the worker may be chosen again. Refusal where there was none."""
    worker = _living(worker)
    if event_standing(worker, Kind.EMPLOYED, Kind.ELSEWHERE, Kind.RETURNED) in {None, Kind.RETURNED}:
        raise Refusal("event.not_ended", _("Nothing says that this worker was insured by somebody else."))
    return _record(by, worker, Kind.RETURNED, month, reason)


@transaction.atomic
def worker_event_undo(*, by: User | None, event: WorkerEvent, reason: str = "") -> list[str]:
    """Take an event back, with what it closed or moved. Refusal once a month is billed that hangs on it."""
    event = WorkerEvent.objects.select_for_update(of=("self",)).select_related("worker").get(pk=event.pk)
    worker = _living(event.worker)
    _refuse_undo(event)
    if event.kind == Kind.MOVED and event.village_to:
        worker.village_code = event.village_from
        with elevated("a move is taken back to where it came from"):
            worker.save(update_fields=["village_code"])
    with elevated("the event may stand in an area beyond that of who takes it back"):
        WorkerEvent.objects.create(
            worker=worker, kind=event.kind, month=event.month, village_from=event.village_from,
            village_to=event.village_to, reason=reason, undoes=event, by=by, village_code=worker.village_code,
            agency_code=worker.agency_code,
        )  # fmt: skip
    told = events.tell_undo(by, event)
    audit.record(
        by=by, kind="worker.event_undone", subject=worker, detail={"event": str(event.public_id), "kind": event.kind},
        reason=reason, region_code=worker.village_code,
    )  # fmt: skip
    return told


class _Enough(Exception):  # noqa: N818 - carries the answer of a preview out of its transaction
    def __init__(self, told: list[str]) -> None:
        self.told = told


def what_would_change(deed: Callable[[], Recorded]) -> list[str]:
    """Do it, listen to what the rooms say, and take everything back: a preview that cannot differ from the deed."""
    try:
        with transaction.atomic():
            raise _Enough(deed().told)
    except _Enough as enough:
        return enough.told


def _record(
    by: User | None, worker: Worker, kind: WorkerEvent.Kind, month: date, reason: str, **villages: str
) -> Recorded:
    today = law.first_of_month(timezone.localdate())
    if not law.add_months(today, -MONTHS_BACK) <= month <= law.add_months(today, MONTHS_AHEAD):
        raise Refusal("event.month", _("Choose a month of the last five years or of the year ahead."))
    if kind != Kind.MOVED and event_standing(worker, Kind.EMPLOYED, Kind.ELSEWHERE, Kind.RETURNED) == kind:
        raise Refusal("event.repeated", _("This is written down already. Take the earlier entry back to change it."))
    event = WorkerEvent.objects.create(
        worker=worker, kind=kind, month=law.first_of_month(month), reason=reason, by=by,
        village_code=worker.village_code, agency_code=worker.agency_code, **villages,
    )  # fmt: skip
    detail = {"event": str(event.public_id), "month": f"{month:%Y-%m}"}
    audit.record(
        by=by, kind=AUDITED[kind], subject=worker, detail=detail, reason=reason, region_code=worker.village_code
    )
    return Recorded(event, events.tell_event(by, event))


def _living(worker: Worker) -> Worker:
    """The worker under lock, if alive and not merged."""
    locked = Worker.objects.select_for_update().get(pk=worker.pk)
    if locked.status != Worker.Status.LIVING:
        raise Refusal("event.not_living", _("This record is closed: the worker has died or the record was merged."))
    return locked


def _refuse_undo(event: WorkerEvent) -> None:
    if event.undoes_id or WorkerEvent.objects.filter(undoes=event).exists():
        raise Refusal("event.undone", _("This entry was taken back before. Nothing was changed."))
    later = WorkerEvent.objects.filter(
        worker_id=event.worker_id, pk__gt=event.pk, undoes__isnull=True, undone_by__isnull=True
    )
    if later.exists():
        raise Refusal("event.later_first", _("Something was written down after it. Take that back first."))
