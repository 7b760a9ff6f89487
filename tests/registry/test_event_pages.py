"""The page of moves, wages and cover elsewhere: look first, then the deed, then perhaps back."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from salawaku.accounts.scoping import elevated
from salawaku.registry.models import Worker, WorkerEvent

pytestmark = pytest.mark.django_db
MONTH = f"{timezone.localdate():%Y-%m}"


def events() -> list[WorkerEvent]:
    with elevated("a test looks"):
        return list(WorkerEvent.objects.order_by("id"))


def test_a_wage_is_shown_before_it_is_written(client_of, sari, worker) -> None:
    found = worker(1)
    url = reverse("worker_event", args=[found.public_id])
    given = {"kind": "employed", "month": MONTH, "reason": "surat perusahaan"}
    browser = client_of(sari)
    assert "Lihat apa yang akan berubah" in browser.get(url).text
    assert "Tidak ada bulan" in browser.post(url, given).text
    assert events() == []
    answer = browser.post(url, given | {"confirmed": "1"}, follow=True)
    assert "surat perusahaan" in answer.text
    assert [event.kind for event in events()] == ["employed"]
    undo = reverse("worker_event_undo", args=[found.public_id, events()[0].public_id])
    assert "ditarik kembali" in browser.post(undo, {"reason": "salah"}, follow=True).text
    assert [event.undoes_id for event in events()] == [None, events()[0].pk]


def test_a_move_out_of_the_own_area_leads_to_the_list(client_of, sari, worker) -> None:
    found = worker(1)
    url = reverse("worker_event", args=[found.public_id])
    given = {"kind": "moved", "month": MONTH, "reason": "surat pindah", "village_to": "81.71.04.2003"}
    client_of(sari).post(url, given | {"confirmed": "1"})
    with elevated("a test looks"):
        assert Worker.objects.get().village_code == "81.71.04.2003"


def test_refusals_and_slips_are_said(client_of, sari, worker) -> None:
    found = worker(1)
    url = reverse("worker_event", args=[found.public_id])
    browser = client_of(sari)
    assert browser.post(url, {"kind": "moved", "month": "kapan"}).status_code == 422
    early = {"kind": "employed", "month": "2001-01", "reason": "x"}
    assert "lima tahun" in browser.post(url, early).text
    nothing = {"kind": "returned", "month": MONTH, "reason": "x", "confirmed": "1"}
    assert browser.post(url, nothing).status_code == 200
    assert events() == []


def test_strangers_and_foreign_entries(client_of, sari, rina, rina_far, tono, worker) -> None:
    found, other = worker(1), worker(2)
    url = reverse("worker_event", args=[found.public_id])
    given = {"kind": "employed", "month": MONTH, "reason": "x", "confirmed": "1"}
    assert client_of(rina).get(url).status_code == 403
    assert client_of(tono).get(url).status_code == 403
    assert client_of(rina_far).post(url, given).status_code == 404
    client_of(sari).post(url, given)
    foreign = reverse("worker_event_undo", args=[other.public_id, events()[0].public_id])
    assert client_of(sari).post(foreign).status_code == 404
    assert client_of(sari).post(reverse("worker_event_undo", args=[found.public_id, uuid4()])).status_code == 404
    assert len(events()) == 1


def test_an_entry_taken_back_twice_is_refused_on_the_page(client_of, sari, worker) -> None:
    found = worker(1)
    browser = client_of(sari)
    given = {"kind": "elsewhere", "month": MONTH, "reason": "x", "confirmed": "1"}
    browser.post(reverse("worker_event", args=[found.public_id]), given)
    undo = reverse("worker_event_undo", args=[found.public_id, events()[0].public_id])
    for _turn in range(2):
        answer = browser.post(undo, {"reason": "y"}, follow=True)
    assert "sudah ditarik" in answer.text
    assert len(events()) == 2
