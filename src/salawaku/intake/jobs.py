"""Long work as jobs: put in the queue in the transaction of the page, worked off by the worker of `serve`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.intake import storage
from salawaku.intake.actions import file_check, file_confirm
from salawaku.intake.actions import progress as steps
from salawaku.intake.models import ListFile


def enqueue_check(*, by: User, file: ListFile) -> None:
    """Check a list as soon as a worker is free; twice in the queue is once."""
    from salawaku.intake.tasks import check_file

    steps.teller(file)(steps.QUEUED, 0, 0)
    if not _in_queue():
        transaction.on_commit(lambda: run_check(file_id=file.pk, by_id=by.pk))
        return
    try:
        with transaction.atomic():
            check_file.configure(queueing_lock=f"check:{file.pk}", lock=f"file:{file.pk}").defer(
                file_id=file.pk, by_id=by.pk
            )
    except AlreadyEnqueued:
        return


def enqueue_confirm(*, by: User, file: ListFile, second_look: bool) -> None:
    """Confirm a list as soon as a worker is free; twice in the queue is once."""
    from salawaku.intake.tasks import confirm_file

    steps.teller(file)(steps.QUEUED, 0, 0)
    if not _in_queue():
        transaction.on_commit(lambda: run_confirm(file_id=file.pk, by_id=by.pk, second_look=second_look))
        return
    try:
        with transaction.atomic():
            confirm_file.configure(queueing_lock=f"confirm:{file.pk}", lock=f"file:{file.pk}").defer(
                file_id=file.pk, by_id=by.pk, second_look=second_look
            )
    except AlreadyEnqueued:
        return


def run_check(*, file_id: int, by_id: int) -> None:
    """The job of a check, within the scope of whoever asked for it."""
    by = User.objects.get(pk=by_id)
    with acting_as(by):
        file = ListFile.objects.get(pk=file_id)
        with _told(file):
            file_check(by=by, file=file)


def run_confirm(*, file_id: int, by_id: int, second_look: bool) -> None:
    """The job of a confirmation, within the scope of whoever asked for it."""
    by = User.objects.get(pk=by_id)
    with acting_as(by):
        file = ListFile.objects.get(pk=file_id)
        with _told(file):
            tell = steps.teller(file)
            tell(steps.CARRYING, 0, file.accepted)
            file_confirm(by=by, file=file, second_look=second_look)
            tell(steps.DONE, 1, 1)


def requeue_abandoned() -> None:
    """At the start of a worker: what a kill left half done is taken up again, and stored files of nobody go.

    Called before the only worker of the site starts, so whatever is "doing" has nobody doing it. A job may run
    again without doubling anything.
    """
    for job in app.job_manager.list_jobs(status="doing"):
        if job.id is not None:
            app.job_manager.retry_job_by_id(job.id, retry_at=timezone.now())
    with elevated("every list is looked after, whoever sent it"):
        unchecked = ListFile.objects.filter(status__in=[ListFile.Status.RECEIVED, ListFile.Status.CHECKING])
        for file in unchecked:
            enqueue_check(by=User.objects.get(pk=file.by_id), file=file)
        storage.sweep(set(ListFile.objects.values_list("stored", flat=True)))


def run_worker() -> None:
    """Work jobs off until interrupted."""
    call_command("procrastinate", "worker", "--delete-jobs=successful")


@contextmanager
def _told(file: ListFile) -> Iterator[None]:
    """A refusal ends the job with its code on the page; any other end without a result says "failed"."""
    ended = False
    try:
        yield
        ended = True
    except Refusal as refusal:
        steps.failed(file, refusal.code)
        ended = True
    finally:
        if not ended:
            steps.failed(file, "job.broken")


def _in_queue() -> bool:
    """Whether a worker process works jobs off; tests and small scripts do them at once instead."""
    return bool(getattr(settings, "JOBS_IN_QUEUE", True))
