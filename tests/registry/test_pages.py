"""The pages of the register: whoever may, strangers, nobody, malformed addresses."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.test import Client

from salawaku.accounts.models import AuditEvent
from salawaku.accounts.scoping import elevated
from salawaku.registry.models import Merge, Worker

pytestmark = pytest.mark.django_db
NIK = "8171030101800001"


def events(kind: str) -> int:
    with elevated("the test counts events"):
        return AuditEvent.objects.filter(kind=kind).count()


def test_the_list_shows_the_area_with_masked_niks(client_of, sari, rina, rina_far, tono, worker) -> None:
    worker(1)
    page = client_of(sari).get("/pekerja/").text
    assert "8171••••••••0001" in page
    assert NIK not in page
    assert "Yohanis" not in client_of(rina).get("/pekerja/").text
    assert "Yohanis" not in client_of(rina_far).get("/pekerja/").text
    assert client_of(tono).get("/pekerja/").status_code == 403
    assert Client().get("/pekerja/").status_code == 302


@pytest.mark.parametrize(
    "text", ["Johanis Latuheru", "yohanis", "LATUHERU", NIK, "8171 0301 0180 0001", "0812-3456", "KPJ77"]
)
def test_search_finds_a_person_however_written(client_of, sari, worker, text) -> None:
    found = worker(1, phone="08123456", participant_number="KPJ77")
    worker(2, name="Fatima Tuasikal")
    browser = client_of(sari)
    answer = browser.post("/pekerja/cari/", {"text": text})
    assert answer.headers["Location"] == "/pekerja/"
    page = browser.get("/pekerja/").text
    assert str(found.public_id) in page
    assert "Fatima" not in page


@pytest.mark.parametrize("text", ["???", "Abner", "8171039999999999"])
def test_search_for_nobody_finds_nobody(client_of, sari, worker, text) -> None:
    worker(1)
    browser = client_of(sari)
    browser.post("/pekerja/cari/", {"text": text})
    assert "Tidak ditemukan" in browser.get("/pekerja/").text
    browser.post("/pekerja/cari/", {"text": ""})
    assert "Tidak ditemukan" not in browser.get("/pekerja/").text


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("village=81.71.03", 1), ("village=81.71.04", 0), ("village=';drop", 1), ("occupation=nelayan_pesisir", 1),
        ("occupation=x", 1), ("agency=dinas_perikanan", 1), ("status=died", 0), ("status=living", 1),
        ("after=x&before=y", 1), (f"after={uuid4()}", 1),
    ],
)  # fmt: skip
def test_filters_are_codes_and_nonsense_is_left_out(client_of, sari, worker, query, number) -> None:
    worker(1)
    assert client_of(sari).get(f"/pekerja/?{query}").text.count("8171••••••••0001") == number


def test_filters_can_be_taken_off(client_of, sari, worker) -> None:
    worker(1)
    page = (
        client_of(sari)
        .get("/pekerja/?village=81.71.03.2001&status=living&agency=dinas_perikanan&occupation=nelayan_pesisir")
        .text
    )
    assert "Negeri Passo" in page
    assert 'href="/pekerja/?occupation=nelayan_pesisir&amp;agency=dinas_perikanan&amp;status=living"' in page


def test_pages_follow_each_other_without_a_name_in_the_address(client_of, sari, worker) -> None:
    for number in range(1, 121):
        worker(number, name=f"Orang {number:03}")
    browser = client_of(sari)
    first = browser.get("/pekerja/")
    second = browser.get(first.context["next_url"])
    third = browser.get(second.context["next_url"])
    assert [len(page.context["rows"]) for page in (first, second, third)] == [50, 50, 20]
    assert "rang" not in first.context["next_url"]
    assert third.context["next_url"] == ""
    back = browser.get(third.context["previous_url"])
    assert [row[0].pk for row in back.context["rows"]] == [row[0].pk for row in second.context["rows"]]
    front = browser.get(second.context["previous_url"])
    assert [row[0].pk for row in front.context["rows"]] == [row[0].pk for row in first.context["rows"]]
    assert front.context["previous_url"] == ""


def test_the_page_of_a_worker(client_of, sari, rina_far, tono, worker) -> None:
    address = f"/pekerja/{worker(1).public_id}/"
    page = client_of(sari).get(address).text
    assert "8171••••••••0001" in page
    assert NIK not in page
    assert client_of(rina_far).get(address).status_code == 404
    assert client_of(tono).get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert client_of(sari).get(f"/pekerja/{uuid4()}/").status_code == 404
    assert client_of(sari).get("/pekerja/8171030101800001/").status_code == 404


def test_each_unmasking_is_written_down(client_of, sari, rina_far, dewi, worker) -> None:
    address = f"/pekerja/{worker(1).public_id}/nik/"
    assert NIK in client_of(sari).post(address).text
    assert NIK in client_of(sari).post(address, headers={"hx-request": "true"}).text
    assert events("nik.unmasked") == 2
    assert client_of(sari).get(address).status_code == 405
    assert client_of(dewi).post(address).status_code == 403
    assert client_of(rina_far).post(address).status_code == 404
    assert events("nik.unmasked") == 2


def test_a_death_is_written_down_once(client_of, sari, rina_far, dewi, worker) -> None:
    one = worker(1)
    address = f"/pekerja/{one.public_id}/meninggal/"
    form = {"died_on": "2026-05-01", "reason": "akta kematian"}
    assert client_of(dewi).post(address, form).status_code == 403
    assert client_of(rina_far).post(address, form).status_code == 404
    assert client_of(sari).post(address, {**form, "died_on": "2999-01-01"}).status_code == 422
    assert client_of(sari).post(address, {**form, "died_on": "1950-01-01"}).status_code == 302
    assert events("worker.died") == 0
    client_of(sari).post(address, form)
    client_of(sari).post(address, form)
    assert events("worker.died") == 1
    assert "Kematian dicatat, oleh Sari (akta kematian)" in client_of(sari).get(f"/pekerja/{one.public_id}/").text


def test_merge_and_undo_by_page(client_of, sari, dewi, rina_far, worker) -> None:
    kept, gone = worker(1), worker(2)
    address = f"/pekerja/{kept.public_id}/gabung/{gone.public_id}/"
    assert client_of(dewi).get(address).status_code == 403
    assert client_of(rina_far).get(address).status_code == 404
    assert client_of(sari).get(address).status_code == 200
    assert client_of(sari).post(address, {"reason": ""}).status_code == 200
    client_of(sari).post(address, {"reason": "satu orang"})
    with elevated("the test looks at everything"):
        merge = Merge.objects.get()
        assert Worker.objects.get(pk=gone.pk).status == "merged"
    client_of(sari).post(address, {"reason": "lagi"})
    undo = f"/pekerja/gabungan/{merge.public_id}/batal/"
    assert client_of(rina_far).post(undo).status_code == 404
    assert client_of(dewi).post(undo).status_code == 403
    client_of(sari).post(undo, {"reason": "ternyata dua"})
    with elevated("the test looks at everything"):
        assert Worker.objects.get(pk=gone.pk).status == "living"
    assert (events("worker.merged"), events("worker.merge_undone")) == (1, 1)


def test_an_export_is_written_down_and_holds_no_formula(client_of, sari, rina, worker) -> None:
    worker(1, name="=cmd|' /C calc'!A0", address="+62 jalan")
    answer = client_of(sari).post("/pekerja/unduh/")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert [sheet["A2"].value, sheet["C2"].value, sheet["C2"].data_type] == [NIK, "=cmd|' /C calc'!A0", "s"]
    assert events("list.exported") == 1
    assert client_of(rina).post("/pekerja/unduh/").status_code == 403
    assert Client().post("/pekerja/unduh/").status_code == 302
