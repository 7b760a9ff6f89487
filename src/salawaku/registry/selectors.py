"""Reading the register: always within the scope of whoever is acting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from salawaku.accounts.models import AuditEvent
from salawaku.accounts.scoping import in_scope
from salawaku.linkage.names import name_key
from salawaku.regions.models import Region
from salawaku.registry.models import Merge, Worker, WorkerEvent

PAGE = 50
# What the history of a worker tells; the rest of the columns are keys and technical.
TOLD = (
    "name", "nik", "birth_date", "sex", "village_code", "address", "phone", "occupation_id", "participant_number",
    "status", "died_on",
)  # fmt: skip


@dataclass(frozen=True)
class WorkerFilter:
    """What narrows the list. `text` (a name or a number) never stands in an address; the others are codes."""

    text: str = ""
    village: str = ""
    occupation: str = ""
    agency: str = ""
    status: str = ""

    def codes(self) -> dict[str, str]:
        """The filters in force that may stand in an address."""
        found = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "text"}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True)
class Page:
    """One page of workers and the keys of its neighbours."""

    workers: list[Worker]
    before: UUID | None
    after: UUID | None


@dataclass(frozen=True)
class Happening:
    """One thing that happened to a worker: what, when, who, and which fields changed."""

    at: datetime
    kind: str
    actor: str = ""
    reason: str = ""
    fields: Sequence[str] = ()


def worker_list(wanted: WorkerFilter) -> QuerySet[Worker]:
    """The workers that match, by name."""
    found = in_scope(Worker.objects.all())
    if wanted.text:
        found = found.filter(_matches(wanted.text))
    if wanted.village:
        found = found.filter(village_code__startswith=wanted.village)
    if wanted.occupation:
        found = found.filter(occupation_id=wanted.occupation)
    if wanted.agency:
        found = found.filter(agency_code=wanted.agency)
    found = found.filter(status=wanted.status) if wanted.status else found.exclude(status=Worker.Status.MERGED)
    return found.select_related("occupation").order_by("name_key", "id")


def worker_page(found: QuerySet[Worker], *, after: UUID | None = None, before: UUID | None = None) -> Page:
    """One page by key: the address holds a worker's public id, never the name it is sorted by."""
    key = after or before
    edge = in_scope(Worker.objects.filter(public_id=key)).first() if key else None
    if edge is None:
        workers = list(found[: PAGE + 1])
        return Page(workers[:PAGE], None, _last(workers))
    if after:
        later = Q(name_key__gt=edge.name_key) | Q(name_key=edge.name_key, id__gt=edge.pk)
        workers = list(found.filter(later)[: PAGE + 1])
        return Page(workers[:PAGE], workers[0].public_id if workers else None, _last(workers))
    earlier = Q(name_key__lt=edge.name_key) | Q(name_key=edge.name_key, id__lt=edge.pk)
    workers = list(found.filter(earlier).order_by("-name_key", "-id")[: PAGE + 1])
    shown = workers[:PAGE][::-1]
    return Page(shown, shown[0].public_id if len(workers) > PAGE else None, shown[-1].public_id if shown else None)


def worker_get(public_id: UUID) -> Worker:
    """One worker within the scope; raises Worker.DoesNotExist for a stranger's."""
    return in_scope(Worker.objects.select_related("occupation")).get(public_id=public_id)


def worker_seen(public_id: UUID) -> bool:
    """Whether a worker lies within the scope."""
    return in_scope(Worker.objects.filter(public_id=public_id)).exists()


def village_titles(workers: Sequence[Worker]) -> dict[str, str]:
    """The villages of some workers by code, with their kind."""
    codes = {worker.village_code for worker in workers}
    return {region.code: region.title for region in Region.objects.filter(code__in=codes)}


def merge_get(public_id: UUID) -> Merge:
    """One merge within the scope; raises Merge.DoesNotExist."""
    return in_scope(Merge.objects.select_related("kept", "gone")).get(public_id=public_id)


def worker_merges(worker: Worker) -> QuerySet[Merge]:
    """The merges a worker took part in, the latest first."""
    return (
        in_scope(Merge.objects.filter(Q(kept=worker) | Q(gone=worker))).select_related("kept", "gone").order_by("-id")
    )


def event_get(worker: Worker, public_id: UUID) -> WorkerEvent:
    """One event of a worker within the scope; raises WorkerEvent.DoesNotExist."""
    return in_scope(WorkerEvent.objects.select_related("worker")).get(public_id=public_id, worker=worker)


def events_standing(worker: Worker) -> QuerySet[WorkerEvent]:
    """What was written down about a worker and not taken back, the latest first."""
    return WorkerEvent.objects.filter(worker=worker, undoes__isnull=True, undone_by__isnull=True).order_by(
        "-month", "-id"
    )


def event_standing(worker: Worker, *kinds: str) -> str | None:
    """The kind of the latest of these that was not taken back."""
    return events_standing(worker).filter(kind__in=kinds).values_list("kind", flat=True).first()


def worker_alike(worker: Worker) -> QuerySet[Worker]:
    """Others in the register who may be the same person: the same birth date or village under the same name."""
    same = Q(name_key=worker.name_key) & (Q(birth_date=worker.birth_date) | Q(village_code=worker.village_code))
    near = Q(birth_date=worker.birth_date, nik__startswith=worker.nik[:6], nik__endswith=worker.nik[-4:])
    living = in_scope(Worker.objects.exclude(status=Worker.Status.MERGED).exclude(pk=worker.pk))
    return living.filter(same | near).select_related("occupation").order_by("id")[:10]


def worker_timeline(worker: Worker) -> list[Happening]:
    """Everything that happened, the latest first: changes by the history, deeds by the audit trail."""
    versions = list(worker.history.order_by("pgh_id"))  # type: ignore[attr-defined]  # made by pghistory
    changes = [
        Happening(at=version.pgh_created_at, kind=f"history.{version.pgh_label}", fields=_changed(earlier, version))
        for earlier, version in zip([None, *versions], versions, strict=False)
    ]
    events = AuditEvent.objects.filter(subject_type="registry.worker", subject_id=str(worker.public_id))
    deeds = [Happening(at=event.at, kind=event.kind, actor=event.actor, reason=event.reason) for event in events]
    return sorted(deeds + changes, key=lambda happening: happening.at, reverse=True)


def _changed(earlier: Any, later: Any) -> list[str]:
    if earlier is None:
        return []
    return [name for name in TOLD if getattr(earlier, name) != getattr(later, name)]


def _last(workers: list[Worker]) -> UUID | None:
    return workers[PAGE - 1].public_id if len(workers) > PAGE else None


def _matches(text: str) -> Q:
    digits = re.sub(r"[\s.'-]", "", text).removeprefix("+")
    if digits.isdigit():
        return Q(nik=digits) | Q(participant_number=digits) | Q(phone__in=_phone_spellings(digits))
    key = name_key(text) or ""
    wanted = Q(pk__in=[]) if not key else Q()
    for word in key.split():
        wanted &= Q(name_key__contains=word)
    return wanted | Q(participant_number=text.strip().upper())


def _phone_spellings(digits: str) -> list[str]:
    """0812…, 62812… and +62812… are one number."""
    core = digits.removeprefix("62") if digits.startswith("62") else digits.removeprefix("0")
    return [f"0{core}", f"62{core}", f"+62{core}", core]
