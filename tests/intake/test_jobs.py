"""Long work as jobs: queued once, told on the page, taken up again after a kill."""

from __future__ import annotations

import os

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from salawaku.accounts.scoping import acting_as
from salawaku.intake import jobs, storage, tasks
from salawaku.intake.actions import file_confirm
from salawaku.intake.models import ListFile, Progress
from salawaku.registry.models import Worker
from tests.intake.people import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_queue(settings) -> None:
    settings.JOBS_IN_QUEUE = True


def test_a_check_is_queued_once_and_says_so(in_queue, receive, sari) -> None:
    file = receive(sari, people(1, 2))
    with acting_as(sari):
        jobs.enqueue_check(by=sari, file=file)
        jobs.enqueue_check(by=sari, file=file)
        assert Progress.objects.get().step == "queued"
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args) == ("intake.check_file", {"file_id": file.pk, "by_id": sari.pk})


def test_a_confirmation_is_queued_once(in_queue, checked, sari) -> None:
    file = checked(sari, people(1, 2))
    with acting_as(sari):
        jobs.enqueue_confirm(by=sari, file=file, second_look=True)
        jobs.enqueue_confirm(by=sari, file=file, second_look=True)
    assert ProcrastinateJob.objects.get().args["second_look"] is True


def test_the_tasks_do_the_work_within_the_scope_of_who_asked(receive, sari) -> None:
    file = receive(sari, people(1, 2))
    tasks.check_file(file_id=file.pk, by_id=sari.pk)
    tasks.confirm_file(file_id=file.pk, by_id=sari.pk)
    with acting_as(sari):
        assert Worker.objects.count() == 2
        assert Progress.objects.get().step == "done"


def test_a_task_of_a_stranger_finds_nothing(receive, sari, rina_far) -> None:
    file = receive(sari, people(1, 2))
    with pytest.raises(ListFile.DoesNotExist):
        tasks.check_file(file_id=file.pk, by_id=rina_far.pk)


def test_a_refused_job_says_its_code(confirmed, receive, sari) -> None:
    confirmed(sari, people(1, 3))
    again = receive(sari, people(1, 4), note="again")
    tasks.check_file(file_id=again.pk, by_id=sari.pk)
    tasks.confirm_file(file_id=again.pk, by_id=sari.pk)
    with acting_as(sari):
        assert again.progress.error == "file.mostly_duplicates"
        assert (again.progress.step, again.progress.percent) == ("failed", 0)
    tasks.confirm_file(file_id=again.pk, by_id=sari.pk, second_look=True)
    with acting_as(sari):
        assert Worker.objects.count() == 4


def test_a_broken_job_says_so(receive, sari, settings, tmp_path) -> None:
    file = receive(sari, people(1, 3))
    settings.MEDIA_ROOT = tmp_path / "elsewhere"  # the disk with the file is gone
    tasks.check_file(file_id=file.pk, by_id=sari.pk)
    with acting_as(sari):
        file.refresh_from_db()
        assert (file.status, file.codes) == ("refused", ["file.unreadable"])


def test_a_job_that_dies_of_a_fault_says_so(checked, sari, monkeypatch) -> None:
    file = checked(sari, people(1, 3))
    monkeypatch.setattr(jobs, "file_confirm", lambda **_facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.confirm_file(file_id=file.pk, by_id=sari.pk)
    with acting_as(sari):
        assert Progress.objects.get(file=file).error == "job.broken"


def test_abandoned_jobs_go_back_into_the_queue(in_queue, checked, sari) -> None:
    file = checked(sari, people(1, 2))
    with acting_as(sari):
        jobs.enqueue_confirm(by=sari, file=file, second_look=False)
    app.job_manager.connector.execute_query("UPDATE procrastinate_jobs SET status = 'doing'")
    jobs.requeue_abandoned()
    assert ProcrastinateJob.objects.get().status == "todo"
    with acting_as(sari):
        file_confirm(by=sari, file=file)
        tasks.confirm_file(file_id=file.pk, by_id=sari.pk)
        assert Worker.objects.count() == 2


def test_a_list_that_nobody_finished_checking_is_taken_up_again(in_queue, receive, sari, settings) -> None:
    file = receive(sari, people(1, 2))
    orphan, young = (storage.path_of(f"lists/{name}") for name in ("orphan", "young"))
    for path in (orphan, young):
        path.write_bytes(b"x")
    os.utime(orphan, (0, 0))
    os.utime(storage.path_of(file.stored), (0, 0))
    jobs.requeue_abandoned()
    assert ProcrastinateJob.objects.get().args == {"file_id": file.pk, "by_id": sari.pk}
    assert (orphan.exists(), young.exists(), storage.path_of(file.stored).exists()) == (False, True, True)
