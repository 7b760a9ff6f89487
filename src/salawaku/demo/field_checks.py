"""Field checks of the demonstration: what the operator of Passo was told about some workers before the year began."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.db import transaction

from salawaku.accounts.models import User
from salawaku.programmes.models import Programme
from salawaku.registry.actions import Declared, declaration_add
from salawaku.registry.models import Declaration, Worker

VILLAGE = "81.71.03.2001"
CHECKED = 12


@transaction.atomic
def field_checks(*, by: User, programme: Programme) -> int:
    """Write down what was declared about a few workers; how many. Once done it stays done."""
    if Declaration.objects.exists():
        return 0
    day = programme.first_month - timedelta(days=20)
    workers = Worker.objects.filter(village_code=VILLAGE, status=Worker.Status.LIVING).order_by("id")[:CHECKED]
    for place, worker in enumerate(workers):
        declaration_add(by=by, worker=worker, declared=_declared(place, worker, day))
    return len(workers)


def _declared(place: int, worker: Worker, day: date) -> Declared:
    """Every fourth family receives BPNT, every fifth worker came lately, the last one does not work any more."""
    return Declared(
        declared_by="Raja Negeri Passo (peragaan)",
        declared_on=day,
        works=place != CHECKED - 1,
        works_as=str(worker.occupation or ""),
        works_at="Pasar Passo" if place % 2 else "Pantai Passo",
        hours_from=time(5),
        hours_to=time(13),
        gravely_ill=False,
        residence_since=day - timedelta(days=90 if place % 5 == 4 else 4_000),
        assistance=("BPNT",) if place % 4 == 3 else (),
        employment="none",
    )
