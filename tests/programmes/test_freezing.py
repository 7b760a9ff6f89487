"""Large decrees: drawn up by a job with progress, frozen whole or not at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.programmes import actions, jobs
from salawaku.programmes.actions.decree import Signing
from salawaku.programmes.models import Allocation, Decree, DecreeFile, Freezing
from salawaku.programmes.verifying import decree_verify
from salawaku.registry.models import Worker
from tests.programmes.city import RUMAH_TIGA, approved, programme, purse, register
from tests.programmes.test_waiting_pages import ClientOf

pytestmark = pytest.mark.django_db
NUMBER = "188.4/5/2026"
SIGNING: dict[str, Any] = {
    "number": NUMBER,
    "signed_on": date(2026, 1, 5),
    "signatory": "Wali Kota",
    "changes": None,
}
FORM = {"number": NUMBER, "signed_on": "2026-01-05", "signatory": "Wali Kota"}
HX = {"HX-Request": "true"}


@pytest.fixture
def plan(db: None, sari: User, budi: User, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Allocation:
    """Three workers of two villages, which count as many; jobs are run by the test."""
    settings.JOBS_IN_QUEUE = False
    monkeypatch.setattr(jobs, "LARGE", 2)
    register(2)
    register(1, first=10, village_code=RUMAH_TIGA)
    here = programme()
    purse(here, ceiling=10_000_000)
    return approved(here, by=budi, maker=sari)


def page(plan: Allocation) -> str:
    return reverse("decree_new", args=[plan.public_id])


def progress(plan: Allocation) -> str:
    return reverse("allocation_freezing", args=[plan.public_id])


def test_a_large_decree_is_frozen_by_a_job_and_its_progress_can_be_left(
    client_of: ClientOf, plan: Allocation, sari: User, django_capture_on_commit_callbacks: Any
) -> None:
    browser: Client = client_of(sari)
    with django_capture_on_commit_callbacks() as waiting:
        answer = browser.post(page(plan), FORM)
        assert answer.headers["Location"] == page(plan)
    Freezing.objects.update(done=1, total=3)
    assert NUMBER in browser.get(page(plan)).content.decode()
    assert "1 dari 3" in browser.get(progress(plan), headers=HX).content.decode()
    assert not Decree.objects.exists()
    for job in waiting:
        job()
    assert browser.get(progress(plan), headers=HX).headers["HX-Refresh"] == "true"
    decree = Decree.objects.get()
    assert browser.get(page(plan)).headers["Location"] == reverse("decree_detail", args=[decree.public_id])
    assert (decree.frozen_by, decree.number, Freezing.objects.count()) == (sari, NUMBER, 0)
    assert decree_verify(decree).holds
    assert browser.get(progress(plan)).headers["Location"] == page(plan)


def test_a_small_decree_is_frozen_at_once(
    client_of: ClientOf, plan: Allocation, sari: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LARGE", 3)
    client_of(sari).post(page(plan), FORM)
    assert Decree.objects.get().number == NUMBER


def test_the_files_tell_how_far_they_are(plan: Allocation, sari: User) -> None:
    told: list[tuple[int, int]] = []
    with acting_as(sari):
        drawn = actions.decree_draw_up(
            by=sari, allocation=plan, signing=Signing(**SIGNING), tell=lambda *so_far: told.append(so_far)
        )
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert [file.kind for file in drawn.files] == ["pdf", "pdf", "xlsx"]
    assert not Decree.objects.exists()


def test_files_of_an_annex_that_changed_meanwhile_are_drawn_up_anew(plan: Allocation, sari: User) -> None:
    with acting_as(sari):
        drawn = actions.decree_draw_up(
            by=sari, allocation=plan, signing=Signing(**SIGNING), tell=lambda done, total: None
        )
    with elevated("a test writes"):
        Worker.objects.filter(name="Pekerja 10").update(name="Nama Baru")
    decree = actions.decree_freeze(by=sari, allocation=plan, drawn=drawn, **SIGNING)
    with elevated("a test looks"):
        kept = [bytes(file.content) for file in DecreeFile.objects.order_by("-kind", "village_code")]
    assert decree.sha256 != drawn.sha256
    assert not {file.content for file in drawn.files} & set(kept)


def test_what_cannot_be_frozen_is_refused_before_the_job(plan: Allocation, sari: User) -> None:
    with pytest.raises(Refusal) as refused:
        jobs.enqueue_freeze(by=sari, allocation=plan, **SIGNING | {"number": " "})
    assert refused.value.code == "decree.number"
    assert not Freezing.objects.exists()


def test_a_job_that_is_refused_says_so_and_may_be_tried_again(
    client_of: ClientOf, plan: Allocation, sari: User, budi: User
) -> None:
    jobs.enqueue_freeze(by=sari, allocation=plan, **SIGNING)
    register(1, first=50)
    other = programme(code="lain-2026")
    purse(other, ceiling=10_000_000)
    actions.decree_freeze(by=sari, allocation=approved(other, by=budi), **SIGNING)
    jobs.run_freeze(allocation_id=plan.pk)
    assert Freezing.objects.get().error == "decree.number"
    answer = client_of(sari).get(page(plan))
    assert answer.context["failed"]
    assert answer.context["form"].initial["signatory"] == "Wali Kota"
    assert client_of(sari).get(progress(plan), headers=HX).headers["HX-Refresh"] == "true"
    jobs.enqueue_freeze(by=sari, allocation=plan, **SIGNING | {"number": "188.4/6/2026"})
    jobs.run_freeze(allocation_id=plan.pk)
    jobs.run_freeze(allocation_id=plan.pk)
    assert set(Decree.objects.values_list("number", flat=True)) == {NUMBER, "188.4/6/2026"}


def test_a_job_that_breaks_signs_nothing(plan: Allocation, sari: User, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs.enqueue_freeze(by=sari, allocation=plan, **SIGNING)
    monkeypatch.setattr("salawaku.programmes.annex.WIDTHS", None)
    with pytest.raises(TypeError):
        jobs.run_freeze(allocation_id=plan.pk)
    assert Freezing.objects.get().error == "job.broken"
    assert str(Freezing.objects.get()) == f"{NUMBER} 2/3"
    assert not Decree.objects.exists()


def test_twice_in_the_queue_is_once(plan: Allocation, sari: User, settings: Any) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    settings.JOBS_IN_QUEUE = True
    for _turn in range(2):
        jobs.enqueue_freeze(by=sari, allocation=plan, **SIGNING)
    (job,) = ProcrastinateJob.objects.all()
    assert (job.task_name, job.args) == ("programmes.freeze_decree", {"allocation_id": plan.pk})
