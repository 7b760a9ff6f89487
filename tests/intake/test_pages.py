"""The pages of intake: whoever may, strangers, nobody, malformed addresses."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from salawaku.accounts.scoping import elevated
from salawaku.intake.models import ListFile, ListRow, Pair
from salawaku.registry.models import Worker
from tests.intake.people import people, person, workbook

pytestmark = pytest.mark.django_db


def upload(browser: Client, rows: list[dict[str, str]], **more: str):
    sent = SimpleUploadedFile("daftar nelayan.xlsx", workbook(rows).read())
    return browser.post("/daftar/kirim/", {"sender": more.get("sender", "81.71|"), "lists": sent})


def test_a_sent_list_comes_back_in_four_counted_tabs(client_of, sari, checked) -> None:
    rows = [*people(1, 5), person(6, NIK="123"), person(7, Pekerjaan="penjinak naga"), person(1)]
    file = checked(sari, rows)
    page = client_of(sari).get(f"/daftar/{file.public_id}/")
    assert page.status_code == 200
    assert "8 baris = 1 perlu diperbaiki + 1 perlu diputuskan + 1 sudah ada + 5 siap" in page.text
    assert "8171••••••••" not in page.text  # the first tab is what must be mended: its NIK is no NIK
    ready = client_of(sari).get(f"/daftar/{file.public_id}/?tab=accepted").text
    assert person(1)["NIK"] not in ready
    assert person(1)["Nama"] in ready


def test_upload_takes_the_file_and_leads_to_its_page(client_of, sari, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = upload(client_of(sari), people(1, 3))
    with elevated("the test looks at everything"):
        file = ListFile.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/daftar/{file.public_id}/"
    assert (file.status, file.accepted) == ("checked", 3)


@pytest.mark.parametrize("sender", ["81.01|", "81.71.04.2003|", "x", ""])
def test_nobody_sends_for_somebody_else(client_of, agency_rina, sender) -> None:
    answer = upload(client_of(agency_rina), people(1, 1), sender=sender)
    assert answer.status_code == 422
    with elevated("the test looks at everything"):
        assert not ListFile.objects.exists()


FILE_PAGES = ("", "kemajuan/", "kolom/", "sahkan/", "periksa/")


@pytest.mark.parametrize("page", FILE_PAGES)
def test_file_pages_open_for_insiders_only(client_of, sari, rina_far, tono, checked, page) -> None:
    file = checked(sari, people(1, 2))
    address = f"/daftar/{file.public_id}/{page}"
    assert client_of(sari).get(address).status_code == 200
    assert client_of(rina_far).get(address).status_code == 404
    assert client_of(tono).get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert client_of(sari).get(f"/daftar/{uuid4()}/{page}").status_code == 404
    assert client_of(sari).get(f"/daftar/nonsense/{page}").status_code == 404


POSTS = ("ulang/", "tandai/", "sahkan/", "tarik/")


@pytest.mark.parametrize("page", POSTS)
def test_file_deeds_are_for_insiders_only(client_of, sari, rina_far, tono, checked, page) -> None:
    file = checked(sari, people(1, 2))
    address = f"/daftar/{file.public_id}/{page}"
    assert client_of(rina_far).post(address).status_code == 404
    assert client_of(tono).post(address).status_code == 403
    assert Client().post(address).status_code == 302
    with elevated("the test looks at everything"):
        assert not Worker.objects.exists()


def test_a_village_operator_sees_the_own_lists_only(client_of, sari, rina, checked) -> None:
    own = checked(rina, people(1, 2), village="81.71.04.2003")
    other = checked(sari, people(10, 12))
    page = client_of(rina).get("/daftar/").text
    assert str(own.public_id) in page
    assert str(other.public_id) not in page
    assert client_of(rina).get(f"/daftar/{other.public_id}/").status_code == 404
    assert client_of(rina).post(f"/daftar/{own.public_id}/sahkan/").status_code == 403


def test_confirming_carries_the_rows_over(client_of, sari, checked, django_capture_on_commit_callbacks) -> None:
    file = checked(sari, people(1, 4))
    with django_capture_on_commit_callbacks(execute=True):
        client_of(sari).post(f"/daftar/{file.public_id}/sahkan/")
    with elevated("the test looks at everything"):
        assert Worker.objects.count() == 4
    assert "Masuk data induk" in client_of(sari).get(f"/daftar/{file.public_id}/").text


def test_a_list_of_known_people_asks_for_a_second_look(client_of, sari, confirmed, checked) -> None:
    confirmed(sari, people(1, 4))
    again = checked(sari, people(1, 5), note="again")
    address = f"/daftar/{again.public_id}/sahkan/"
    assert 'name="second_look"' in client_of(sari).get(address).text
    assert client_of(sari).post(address, follow=True).redirect_chain[-1][0] == address


def test_a_row_is_mended_in_place(client_of, sari, checked) -> None:
    file = checked(sari, [*people(1, 3), person(9, NIK="81710312")])
    with elevated("the test looks at everything"):
        row = ListRow.objects.get(status="rejected")
    address = f"/daftar/{file.public_id}/baris/{row.pk}/"
    page = client_of(sari).get(address)
    assert "81710312" in page.text
    form = {**page.context["form"].initial, "nik": person(9)["NIK"]}
    client_of(sari).post(address, {name: value or "" for name, value in form.items()})
    with elevated("the test looks at everything"):
        row.refresh_from_db()
        assert (row.status, row.nik, row.raw["nik"]) == ("accepted", person(9)["NIK"], "81710312")
    assert client_of(sari).get(f"/daftar/{file.public_id}/baris/{row.pk + 999}/").status_code == 404


def test_a_corrected_mapping_is_kept_and_used(client_of, sari, checked, django_capture_on_commit_callbacks) -> None:
    file = checked(sari, people(1, 3))
    labels = list(file.mapping)
    data = {
        f"column{number}": "" if label == "Pekerjaan" else file.mapping[label] for number, label in enumerate(labels)
    }
    with django_capture_on_commit_callbacks(execute=True):
        client_of(sari).post(f"/daftar/{file.public_id}/kolom/", data)
    with elevated("the test looks at everything"):
        file.refresh_from_db()
    assert (file.status, file.review) == ("checked", 3)


def test_the_review_card_hides_strangers(client_of, sari, rina_far, confirmed, checked) -> None:
    known = person(20)
    confirmed(sari, [known])
    with elevated("the test moves a worker to another regency"):
        Worker.objects.update(village_code="81.01.01.2001")
    checked(sari, [person(20, Nama="Abner Talakua")])
    page = client_of(sari).get("/daftar/periksa/")
    assert page.status_code == 200
    assert known["NIK"] not in page.text
    assert known["Nama"] not in page.text
    assert "1 dari 1" in page.text


def test_a_decision_moves_the_queue_on(client_of, sari, tono, rina_far, confirmed, checked) -> None:
    confirmed(sari, people(30, 31))
    checked(sari, [person(30, Nama="Abner Talakua"), person(31, Nama="Selfi Rumahlatu")])
    with elevated("the test looks at everything"):
        pairs = list(Pair.objects.order_by("id"))
    address = f"/daftar/pasangan/{pairs[0].public_id}/"
    assert client_of(tono).post(address).status_code == 403
    assert client_of(rina_far).post(address).status_code == 404
    assert Client().post(address).status_code == 302
    assert client_of(sari).get(address).status_code == 405
    browser = client_of(sari)
    assert "1 dari 2" in browser.get("/daftar/periksa/").text
    browser.post(address, {"decision": "different"})
    assert "2 dari 2" in browser.get("/daftar/periksa/").text
    browser.post(f"/daftar/pasangan/{pairs[1].public_id}/", {"decision": "nonsense"})
    assert "2 dari 2" in browser.get("/daftar/periksa/").text
    browser.post(f"/daftar/pasangan/{pairs[1].public_id}/", {"decision": "same"})
    assert "Semua sudah diputuskan" in browser.get("/daftar/periksa/").text


def test_the_empty_form_is_for_own_senders_and_reads_back(client_of, rina, tmp_path) -> None:
    from datetime import date

    import openpyxl

    from salawaku.intake.engine.check import check_files

    assert client_of(rina).get("/daftar/format/?sender=81.71|").status_code == 404
    assert client_of(rina).get("/daftar/format/").status_code == 404
    answer = client_of(rina).get("/daftar/format/?sender=81.71.04.2003|")
    path = tmp_path / "form.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    book = openpyxl.load_workbook(path)
    sheet = book["Daftar"]
    assert len(sheet.data_validations.dataValidation) == 3
    made = person(1)
    village = book["Pilihan"]["B1"].value
    for column, value in zip(
        "ABDEIJ", [made["NIK"], made["Nama"], made["Tanggal Lahir"], "L", village, "Tukang ojek"], strict=True
    ):
        sheet[f"{column}2"] = value
    book.save(path)
    result = check_files([path], as_of=date(2026, 6, 1))
    assert result.totals()["accepted"] == 1
