"""Sending lists and what their pages tell, from a real workbook to workers in the register."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from salawaku.accounts.models import AuditEvent
from salawaku.accounts.scoping import elevated
from salawaku.intake.engine.check import check_files
from salawaku.intake.models import ListFile
from salawaku.registry.models import Worker
from tests.intake.people import HEADINGS, people, person, workbook

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def openpyxl_list(rows: list[dict[str, str]]) -> bytes:
    """A workbook as an office makes it, with a letterhead above."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["PEMERINTAH NEGERI PASSO"])
    sheet.append([])
    sheet.append(list(HEADINGS))
    for row in rows:
        sheet.append([row[name] for name in HEADINGS])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def send(browser: Client, *contents: bytes, sender: str = "81.71|", name: str = "daftar.xlsx", **more: Any):
    files = [SimpleUploadedFile(name, content) for content in contents]
    return browser.post("/daftar/kirim/", {"sender": sender, "lists": files}, **more)


def lists() -> list[ListFile]:
    with elevated("the test looks at everything"):
        return list(ListFile.objects.order_by("id"))


def workers() -> int:
    with elevated("the test looks at everything"):
        return Worker.objects.count()


@pytest.fixture
def at_work(django_capture_on_commit_callbacks):
    """Jobs run as soon as the block ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_from_a_workbook_to_workers(client_of, sari, at_work) -> None:
    browser = client_of(sari)
    with at_work():
        answer = send(browser, openpyxl_list([*people(1, 3), person(9, NIK="123")]))
    [file] = lists()
    assert answer.headers["Location"] == f"/daftar/{file.public_id}/"
    preview = browser.get(f"/daftar/{file.public_id}/sahkan/")
    assert (preview.context["preview"].workers, preview.context["preview"].staying) == (3, 1)
    assert preview.context["preview"].villages == [("Negeri Passo", 3)]
    with at_work():
        browser.post(f"/daftar/{file.public_id}/sahkan/")
    assert workers() == 3
    page = browser.get(f"/daftar/{file.public_id}/")
    assert "Masuk data induk" in page.text
    assert not page.context["has_new"]


def test_the_counts_add_up_to_the_rows(client_of, sari, checked) -> None:
    file = checked(sari, [*people(1, 5), person(6, NIK="123"), person(7, Pekerjaan="penjinak naga"), person(1)])
    page = client_of(sari).get(f"/daftar/{file.public_id}/")
    sums = {one["status"]: one["number"] for one in page.context["sums"]}
    assert sums == {"rejected": 1, "review": 1, "duplicate": 1, "accepted": 5}
    assert sum(sums.values()) == file.rows == 8
    assert page.context["tab"] == "rejected"
    for tab, number in sums.items():
        assert len(client_of(sari).get(f"/daftar/{file.public_id}/?tab={tab}").context["rows"]) == number


def test_whole_numbers_are_masked_and_broken_ones_shown(client_of, sari, checked) -> None:
    known = person(1)
    file = checked(sari, [known, person(9, NIK="81710312"), person(3, **{"Tanggal Lahir": "31-02-1980"})])
    page = client_of(sari).get(f"/daftar/{file.public_id}/").text
    assert "81710312" in page
    assert person(3)["NIK"] not in page
    ready = client_of(sari).get(f"/daftar/{file.public_id}/?tab=accepted").text
    assert known["NIK"] not in ready
    assert known["Nama"] in ready
    assert f"{known['NIK'][:4]}••••••••{known['NIK'][-4:]}" in ready


def test_several_lists_at_once(client_of, sari, at_work) -> None:
    with at_work():
        answer = send(client_of(sari), openpyxl_list(people(1, 2)), openpyxl_list(people(5, 6)))
    assert answer.headers["Location"] == "/daftar/"
    assert [file.status for file in lists()] == ["checked", "checked"]


def test_the_same_list_again_changes_nothing(client_of, sari, at_work) -> None:
    content = openpyxl_list(people(1, 2))
    browser = client_of(sari)
    for _time in range(2):
        with at_work():
            answer = send(browser, content)
    assert len(lists()) == 1
    assert answer.headers["Location"] == "/daftar/"
    assert "daftar.xlsx" in browser.get("/daftar/").text


def test_sending_with_progress_is_told_where_to_go(client_of, sari, at_work) -> None:
    with at_work():
        answer = send(client_of(sari), openpyxl_list(people(1, 1)), headers=HTMX)
    assert answer.headers["HX-Redirect"] == f"/daftar/{lists()[0].public_id}/"


@pytest.mark.parametrize("sender", ["81.01|", "81.71.04.2003|", "x", ""])
def test_nobody_sends_for_somebody_else(client_of, agency_rina, sender) -> None:
    assert send(client_of(agency_rina), openpyxl_list(people(1, 1)), sender=sender).status_code == 422
    assert lists() == []


def test_a_village_operator_has_no_choice_of_sender(client_of, rina) -> None:
    page = client_of(rina).get("/daftar/")
    assert page.context["upload"].only_sender == ("81.71.04.2003|", "Negeri Rumahtiga") or (
        page.context["upload"].only_sender[0] == "81.71.04.2003|"
    )


def test_without_a_file_the_page_says_so(client_of, sari) -> None:
    answer = client_of(sari).post("/daftar/kirim/", {"sender": "81.71|"})
    assert answer.status_code == 422
    assert "Pilih sedikitnya satu berkas." in answer.text


def test_opening_the_address_of_sending_leads_to_the_form(client_of, sari) -> None:
    assert client_of(sari).get("/daftar/kirim/").headers["Location"] == "/daftar/#send"


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "tidak ada data pekerja"), (b"\x00\x01nonsense", "daftar.xlsx"), (b"PK\x03\x04broken", "berkas rusak")],
)
def test_a_file_that_cannot_be_read_is_refused_politely(client_of, sari, at_work, content, said) -> None:
    with at_work():
        send(client_of(sari), content)
    [file] = lists()
    page = client_of(sari).get(f"/daftar/{file.public_id}/")
    assert file.status == "refused"
    assert said in page.text
    assert "Berkas ini belum dapat dipakai" in page.text


def test_a_zip_bomb_is_refused_politely(client_of, sari, at_work) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            for _block in range(310):
                part.write(b"0" * 1_000_000)
    with at_work():
        send(client_of(sari), target.getvalue())
    [file] = lists()
    assert file.told["values"] == {"why": "bomb"}
    assert "terlalu besar" in client_of(sari).get(f"/daftar/{file.public_id}/").text


class Sparse(io.RawIOBase):
    """A form with one file of zeros that exists nowhere as a whole."""

    def __init__(self, head: bytes, zeros: int, tail: bytes) -> None:
        super().__init__()
        self.parts, self.left = [head], zeros
        self.tail, self.length = tail, len(head) + zeros + len(tail)

    def read(self, size: int = -1) -> bytes:
        if self.parts:
            return self.parts.pop()
        if self.left:
            block = min(self.left, 1 << 16 if size < 0 else size)
            self.left -= block
            return b"\0" * block
        rest, self.tail = self.tail, b""
        return rest


def test_a_file_of_200_mb_is_given_up_while_it_arrives(client_of, sari) -> None:
    head = (
        b'--edge\r\nContent-Disposition: form-data; name="sender"\r\n\r\n81.71|\r\n'
        b'--edge\r\nContent-Disposition: form-data; name="lists"; filename="besar.xlsx"\r\n\r\n'
    )
    form = Sparse(head, 200_000_000, b"\r\n--edge--\r\n")
    browser = client_of(sari)
    answer = browser.request(
        REQUEST_METHOD="POST",
        PATH_INFO="/daftar/kirim/",
        CONTENT_TYPE="multipart/form-data; boundary=edge",
        CONTENT_LENGTH=str(form.length),
        **{"wsgi.input": form},
    )
    assert answer.status_code == 302
    assert lists() == []
    page = browser.get("/daftar/").text
    assert "besar.xlsx lebih besar dari 100 MB" in page
    assert "Choose" not in page


def test_a_mended_marked_list_comes_in_again(client_of, sari, at_work) -> None:
    browser = client_of(sari)
    rows = [person(1), person(2, NIK="123"), person(3, Nama="=cmd|' /C calc'!A0")]
    with at_work():
        send(browser, workbook(rows).getvalue())
    [file] = lists()
    answer = browser.post(f"/daftar/{file.public_id}/tandai/")
    content = io.BytesIO(b"".join(answer.streaming_content))
    book = openpyxl.load_workbook(content)
    sheet = next(one for one in book.worksheets if one.title != "Ringkasan")
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(str(cell.value).startswith("=cmd") and cell.data_type == "s" for cell in cells)
    [broken] = [cell for cell in cells if cell.value == "123"]
    broken.value = person(2)["NIK"]
    target = io.BytesIO()
    book.save(target)
    with at_work():
        send(browser, target.getvalue(), name="daftar-diperiksa.xlsx")
    again = lists()[1]
    assert (again.rows, again.rejected) == (3, 0)
    with elevated("the test looks at everything"):
        assert AuditEvent.objects.filter(kind="file.returned", subject_id=str(file.public_id)).count() == 1


def test_a_list_of_known_people_asks_for_a_second_look(client_of, sari, confirmed, checked, at_work) -> None:
    confirmed(sari, people(1, 4))
    again = checked(sari, people(1, 5), note="again")
    address = f"/daftar/{again.public_id}/sahkan/"
    page = client_of(sari).get(address)
    assert 'name="second_look"' in page.text
    assert len(page.context["examples"]) == 4
    assert client_of(sari).post(address).status_code == 200
    assert workers() == 4
    with at_work():
        client_of(sari).post(address, {"second_look": "on"})
    assert workers() == 5


def test_taking_a_list_back_says_who_leaves(client_of, sari, confirmed) -> None:
    file = confirmed(sari, people(1, 12))
    address = f"/daftar/{file.public_id}/tarik/"
    preview = client_of(sari).get(address).context["preview"]
    assert (preview.workers, len(preview.names), preview.more) == (12, 10, 2)
    assert client_of(sari).post(address, {"reason": ""}).status_code == 200
    assert workers() == 12
    client_of(sari).post(address, {"reason": "daftar lama"})
    assert workers() == 0
    assert "sudah ditarik kembali" in client_of(sari).get(f"/daftar/{file.public_id}/").text


def test_a_corrected_mapping_is_kept_and_used(client_of, sari, checked, at_work) -> None:
    file = checked(sari, people(1, 3))
    page = client_of(sari).get(f"/daftar/{file.public_id}/kolom/")
    assert person(1)["NIK"] not in page.text
    assert person(1)["Nama"] in page.text
    data = {field.html_name: field.initial for field in page.context["form"]}
    trade = next(field.html_name for field in page.context["form"] if field.label == "Pekerjaan")
    with at_work():
        client_of(sari).post(f"/daftar/{file.public_id}/kolom/", data | {trade: ""})
    [file] = lists()
    assert (file.status, file.review) == ("checked", 3)
    assert client_of(sari).post(f"/daftar/{file.public_id}/kolom/", data | {trade: "x"}).status_code == 200


def test_the_progress_is_a_part_that_asks_again(client_of, sari, receive) -> None:
    from salawaku.intake.actions import progress

    file = receive(sari, people(1, 2))
    browser, address = client_of(sari), f"/daftar/{file.public_id}/kemajuan/"
    assert browser.get(address).headers["Location"] == f"/daftar/{file.public_id}/"
    assert browser.get(address, headers=HTMX).headers["HX-Refresh"] == "true"
    assert "Periksa sekarang" in browser.get(f"/daftar/{file.public_id}/").text
    with elevated("the test plays the job"):
        progress.teller(file)(progress.LINKING, 1, 2)
    part = browser.get(address, headers=HTMX).text
    assert "1 dari 2 baris" in part
    assert 'hx-trigger="every 2s"' in part
    assert 'hx-trigger="every 3s"' in browser.get("/daftar/").text
    with elevated("the test plays the job"):
        progress.failed(file, "job.broken")
    assert "berhenti sebelum selesai" in browser.get(f"/daftar/{file.public_id}/").text


def test_checking_again_reads_the_file_anew(client_of, sari, receive, at_work) -> None:
    file = receive(sari, people(1, 2))
    with at_work():
        client_of(sari).post(f"/daftar/{file.public_id}/ulang/")
    assert lists()[0].accepted == 2


def test_pages_of_lists_are_turned_by_key(client_of, sari, checked, monkeypatch) -> None:
    monkeypatch.setattr("salawaku.intake.listing.PAGE", 1)
    first, second = checked(sari, people(1, 1)), checked(sari, people(2, 2))
    page = client_of(sari).get("/daftar/")
    assert [file for file, _sender, _busy in page.context["lines"]] == [second]
    following = client_of(sari).get(page.context["next_url"])
    assert [file for file, _sender, _busy in following.context["lines"]] == [first]
    assert client_of(sari).get("/daftar/?sender=81.01|&status=refused").context["chips"]


def test_lists_are_narrowed_to_one_sender(client_of, sari, checked) -> None:
    checked(sari, people(1, 1))
    of_passo = checked(sari, people(2, 2), village="81.71.03.2001")
    page = client_of(sari).get("/daftar/", {"sender": "81.71.03.2001|"})
    assert [file for file, _sender, _busy in page.context["lines"]] == [of_passo]


def test_rows_are_turned_by_key_within_their_filter(client_of, sari, checked, monkeypatch) -> None:
    monkeypatch.setattr("salawaku.intake.selectors.PAGE", 1)
    file = checked(sari, [person(1, NIK="1"), person(2, NIK="2"), person(3, Nama="")])
    page = client_of(sari).get(f"/daftar/{file.public_id}/?code=nik.length")
    assert [line.row.codes for line in page.context["rows"]] == [["nik.length"]]
    following = client_of(sari).get(page.context["next_url"])
    assert following.context["rows"][0].nik == "2"
    assert not following.context["next_url"]


def test_the_template_is_for_own_senders_and_reads_back(client_of, rina, sari, tmp_path) -> None:
    assert client_of(rina).get("/daftar/format/?sender=81.71|").status_code == 404
    assert client_of(rina).get("/daftar/format/").status_code == 404
    path = tmp_path / "templat.xlsx"
    for user, sender in ((sari, "81.71|dinas_perikanan"), (rina, "81.71.04.2003|")):
        path.write_bytes(b"".join(client_of(user).get(f"/daftar/format/?sender={sender}").streaming_content))
        book = openpyxl.load_workbook(path)
        sheet = book["Daftar"]
        assert {column.number_format for column in sheet.column_dimensions.values()} == {"@"}
        assert sum(rule.type == "list" for rule in sheet.data_validations.dataValidation) == 3
        assert check_files([path], as_of=date(2026, 6, 1)).files[0].codes == ["file.empty"]
    made = person(1)
    cells = dict(A=made["NIK"], B=made["Nama"], D=made["Tanggal Lahir"], E="L", F="Tukang ojek")
    for column, value in cells.items():
        sheet[f"{column}5"] = value
    book.save(path)
    result = check_files([path], as_of=date(2026, 6, 1))
    assert result.totals()["accepted"] == 1
    assert result.rows["village"].to_list() == ["81.71.04.2003"]
