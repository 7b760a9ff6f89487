"""What taking an entry back leaves as it was: the page and the answer say what, and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from salawaku import law
from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions import bills_prepay, refunds_receive, refunds_request
from salawaku.cover.left_open import LeftOpen, left_open
from salawaku.cover.models import Refund
from salawaku.programmes.models import Programme, Purse
from salawaku.registry.actions import (
    merge_undo,
    worker_died,
    worker_employed,
    worker_event_undo,
    worker_moved,
    worker_returned,
    workers_merge,
)
from salawaku.registry.models import Worker, WorkerEvent
from tests.cover.test_split import pay
from tests.programmes.city import PASSO, approved, programme, purse, register

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
TODAY = timezone.localdate()
YEAR = TODAY.year
MARCH, DECEMBER = date(YEAR, 3, 1), date(YEAR, 12, 1)
NOTHING = LeftOpen(0, None, None, 0, 0)


@pytest.fixture
def here(budi: User) -> Programme:
    """Two fishers covered all this year; nothing is billed yet."""
    register(2)
    made = programme(first_month=date(YEAR, 1, 1), last_month=DECEMBER)
    purse(made, ceiling=10_000_000)
    approved(made, by=budi)
    return made


@pytest.fixture
def worker(here: Programme) -> Worker:
    with elevated("a test looks"):
        return Worker.objects.earliest("pk")


def shown(browser: Client, worker: Worker) -> str:
    return browser.get(reverse("worker_detail", args=[worker.public_id])).content.decode()


def asked_back(worker: Worker, sari: User, *, received: bool = False) -> WorkerEvent:
    """January to March paid, and asked back after a wage from March on: the event."""
    for bill in bills_prepay(by=None, first=date(YEAR, 1, 1), last=MARCH).bills:
        pay(bill, name=f"{bill.month}.csv")
    event = worker_employed(by=sari, worker=worker, month=MARCH).event
    letter = refunds_request(by=sari, purse=Purse.objects.get(), number="1", issued_on=MARCH)
    if received:
        ids = list(Refund.objects.values_list("pk", flat=True))
        refunds_receive(by=sari, letter=letter, refunds=ids, received_on=MARCH, receipt="K")
    return event


def test_nothing_is_left_of_somebody_covered(worker: Worker) -> None:
    assert left_open(worker, today=TODAY) == NOTHING


def test_a_death_mended_to_a_later_day_says_which_months_have_no_payer(
    client_of: ClientOf, worker: Worker, sari: User
) -> None:
    browser = client_of(sari)
    with elevated("a test acts"):
        worker_died(by=sari, worker=worker, died_on=date(YEAR, 2, 9))
        assert left_open(worker, today=TODAY) == NOTHING
    assert "Hari yang lebih belakangan" in shown(browser, worker)
    url = reverse("worker_death", args=[worker.public_id])
    told = browser.post(url, {"died_on": f"{YEAR}-05-09", "reason": "akta"}, follow=True).content.decode()
    assert left_open(worker, today=TODAY) == LeftOpen(3, MARCH, date(YEAR, 5, 1), 0, 0)
    assert f"3 bulan sudah dikembalikan dan tidak ada yang membayarnya: Maret {YEAR} sampai Mei {YEAR}." in told
    assert "tanyakan kepada kantor cabang BPJS" in told


def test_an_undone_merge_says_which_months_to_come_have_no_payer(
    client_of: ClientOf, here: Programme, worker: Worker, sari: User
) -> None:
    with elevated("a test merges"):
        kept, gone = Worker.objects.order_by("pk")
        merge = workers_merge(by=sari, kept=kept, gone=gone)
        assert left_open(gone, today=TODAY) == NOTHING
    browser = client_of(sari)
    assert "Bulan yang dikembalikan karena penggabungan" in shown(browser, kept)
    browser.post(reverse("merge_undo", args=[merge.public_id]), {"reason": "dua orang"})
    now = law.first_of_month(TODAY)
    assert left_open(gone, today=TODAY) == LeftOpen(13 - now.month, now, DECEMBER, 0, 0)
    assert "rencana baru dapat memilih pekerja ini" in shown(browser, gone)
    assert left_open(kept, today=TODAY) == NOTHING
    with elevated("a test acts"):
        assert merge_undo(by=sari, merge=merge).undone_at


def test_an_undone_wage_says_that_bpjs_was_asked(client_of: ClientOf, worker: Worker, sari: User) -> None:
    browser = client_of(sari)
    with elevated("a test acts"):
        event = asked_back(worker, sari)
    assert "tetap diminta" in shown(browser, worker)
    url = reverse("worker_event_undo", args=[worker.public_id, event.public_id])
    told = browser.post(url, {"reason": "keliru"}, follow=True).content.decode()
    assert "1 bulan pernah diminta kembali dari BPJS, dan tetap begitu" in told
    assert "catat bulan itu pada surat sebagai ditolak" in told
    assert left_open(worker, today=TODAY).requested == 1


def test_an_undone_wage_says_that_the_money_came_back(client_of: ClientOf, worker: Worker, sari: User) -> None:
    with elevated("a test acts"):
        event = asked_back(worker, sari, received=True)
        assert left_open(worker, today=TODAY) == NOTHING
        told = worker_event_undo(by=sari, event=event)
    assert "1 month was asked back" in told[-1] or "1 bulan pernah diminta" in told[-1]
    assert left_open(worker, today=TODAY).received == 1
    assert "Uangnya ada di sumber dana" in shown(client_of(sari), worker)


def test_months_before_a_return_were_not_owed(worker: Worker, sari: User) -> None:
    """The wage stands: what was asked back for its time is right, also after the worker came back."""
    with elevated("a test acts"):
        asked_back(worker, sari)
        worker_returned(by=sari, worker=worker, month=date(YEAR, 6, 1))
    found = left_open(worker, today=TODAY)
    assert (found.requested, found.received) == (0, 0)
    assert found.first == law.first_of_month(TODAY)


def test_months_to_come_of_somebody_who_left_the_city_wait_for_nobody(worker: Worker, sari: User) -> None:
    with elevated("a test acts"):
        worker_moved(by=sari, worker=worker, month=MARCH)
        assert left_open(worker, today=TODAY) == NOTHING
        worker_moved(by=sari, worker=worker, month=MARCH, village_to="81.71.01.2001")
        assert left_open(worker, today=TODAY).months == 13 - TODAY.month
    assert worker.village_code == PASSO
