"""Freezing a large decree as a job: its files take seconds, and nobody has to wait at the page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as
from salawaku.programmes.actions import decree_draw_up, decree_freeze, decree_ready
from salawaku.programmes.actions.decree import Signing
from salawaku.programmes.models import Allocation, Freezing

LARGE = 1_000  # workers; below, a decree is frozen while one waits
BROKEN = "job.broken"


def enqueue_freeze(*, by: User, allocation: Allocation, **signing: Any) -> None:
    """Freeze as soon as a worker is free; twice in the queue is once. What cannot be frozen is refused at once."""
    from salawaku.programmes.tasks import freeze_decree

    decree_ready(allocation=allocation, number=signing["number"], changes=signing["changes"])
    started = {"by": by, "done": 0, "total": 0, "error": ""}
    with transaction.atomic():
        Freezing.objects.update_or_create(allocation=allocation, defaults=signing | started)
        if not getattr(settings, "JOBS_IN_QUEUE", True):
            transaction.on_commit(lambda: run_freeze(allocation_id=allocation.pk))
            return
        try:
            with transaction.atomic():
                name = f"freeze:{allocation.pk}"
                freeze_decree.configure(queueing_lock=name, lock=name).defer(allocation_id=allocation.pk)
        except AlreadyEnqueued:
            return


def run_freeze(*, allocation_id: int) -> None:
    """The job, within the scope of whoever signs. Killed at any moment it starts anew: signed whole or not at all."""
    wanted = Freezing.objects.select_related("by", "changes").filter(pk=allocation_id).first()
    if wanted is None:  # frozen already, by a run whose end the queue did not hear of
        return
    error = BROKEN
    try:
        with acting_as(wanted.by):
            _freeze(wanted)
        error = ""
    except Refusal as refusal:
        error = refusal.code
    finally:
        if error:
            Freezing.objects.filter(pk=allocation_id).update(error=error[:60])


def _freeze(wanted: Freezing) -> None:
    allocation = Allocation.objects.select_related("programme").get(pk=wanted.pk)
    signing = Signing(wanted.number, wanted.signed_on, wanted.signatory, wanted.changes)
    decree_ready(allocation=allocation, number=signing.number, changes=signing.changes)

    def tell(done: int, total: int) -> None:
        Freezing.objects.filter(pk=wanted.pk).update(done=done, total=total)

    drawn = decree_draw_up(by=wanted.by, allocation=allocation, signing=signing, tell=tell)
    with transaction.atomic():
        decree_freeze(by=wanted.by, allocation=allocation, drawn=drawn, **signing._asdict())
        Freezing.objects.filter(pk=wanted.pk).delete()
