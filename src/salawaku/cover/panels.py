"""What the register shows of a worker's cover: the strip in rows; the strip and the family's benefit on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from salawaku import law
from salawaku.cover import selectors
from salawaku.cover.left_open import left_open
from salawaku.cover.models import WorkerMonth
from salawaku.registry.models import Worker

YEARS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class MonthCell:
    """A month as the cover strip draws it."""

    month: date
    state: str
    payer: str


@dataclass(frozen=True, slots=True)
class WorkerCover:
    """What the strip of one worker needs."""

    today: date
    months: Sequence[MonthCell]
    clock: law.CoverClock
    payer: law.Payer


def covers_of(worker_ids: Sequence[int], *, today: date, since: date | None = None) -> dict[int, WorkerCover]:
    """The cover of some workers from the last three years, or since a day, with one query."""
    first = since or law.add_months(today, -12 * YEARS_SHOWN)
    found = selectors.worker_months(worker_ids=list(worker_ids), first=first)
    return {worker_id: _cover(list(months), today) for worker_id, months in groupby(found, lambda m: m.worker_id)}


def _cover(months: list[WorkerMonth], today: date) -> WorkerCover:
    paid = [month.month for month in months if month.status == WorkerMonth.Status.PAID]
    cells = [MonthCell(month.month, month.status, month.purse.kind) for month in months]
    return WorkerCover(today, cells, law.cover_clock(paid, today), months[-1].purse.payer)


def cover_panel(request: HttpRequest, worker: Worker) -> str:
    """Strip, status in one sentence, what the family would receive today, what it costs to catch up."""
    today = timezone.localdate()
    cover = covers_of([worker.pk], today=today, since=date.min).get(worker.pk)  # all paid months count
    context = {
        "cover": cover,
        "worker": worker,
        "catch_up": cover and _catch_up(cover, worker),
        "open": left_open(worker, today=today),
    }
    return render_to_string("cover/parts/worker.html", context, request)


def _catch_up(cover: WorkerCover, worker: Worker) -> int:
    """What the arrears cost whoever paid last."""
    sector = law.Sector.TRANSPORT if worker.occupation and worker.occupation.transport else law.Sector.OTHER
    return law.catch_up_cost(cover.clock, payer=cover.payer, sector=sector)


def strip_cells(request: HttpRequest, workers: Sequence[Worker]) -> Mapping[int, str]:
    """The small strip of each worker of a page."""
    covers = covers_of([worker.pk for worker in workers], today=timezone.localdate())
    return {
        worker_id: render_to_string("cover/parts/strip.html", {"cover": cover}) for worker_id, cover in covers.items()
    }
