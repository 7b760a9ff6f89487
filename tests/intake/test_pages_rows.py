"""Mending a row in place and deciding pairs."""

from __future__ import annotations

import pytest

from salawaku.accounts.models import AuditEvent
from salawaku.accounts.scoping import elevated
from salawaku.intake.models import ListRow, Pair
from salawaku.intake.pairs_shown import differing
from salawaku.intake.wording import masked
from salawaku.registry.models import Occupation, Worker
from tests.intake.people import people, person

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def the_row(**wanted: str) -> ListRow:
    with elevated("the test looks at everything"):
        return ListRow.objects.select_related("file").get(**wanted)


def mend(browser, row: ListRow, headers: dict[str, str] | None = None, **values: str):
    address = f"/daftar/{row.file.public_id}/baris/{row.pk}/"
    form = browser.get(address).context["form"]
    sent = {name: form.initial[name] or "" for name in form.fields} | values
    return browser.post(address, sent, headers=headers)


def looks() -> int:
    with elevated("the test looks at everything"):
        return AuditEvent.objects.filter(kind="nik.unmasked").count()


def test_a_broken_number_is_mended_and_what_stood_there_is_kept(client_of, rina, checked) -> None:
    checked(rina, [*people(1, 3), person(9, NIK="81710312")], village="81.71.04.2003")
    row = the_row(status="rejected")
    answer = mend(client_of(rina), row, nik=person(9)["NIK"])
    assert answer.status_code == 302
    row = the_row(pk=row.pk)
    assert (row.status, row.nik, row.raw["nik"]) == ("accepted", person(9)["NIK"], "81710312")


def test_mending_in_place_brings_the_row_and_the_new_sum(client_of, sari, checked) -> None:
    checked(sari, [*people(1, 3), person(9, NIK="81710312")])
    row = the_row(status="rejected")
    address = f"/daftar/{row.file.public_id}/baris/{row.pk}/"
    browser = client_of(sari)
    assert "hx-post" in browser.get(address, headers=HTMX).text
    assert f'id="row-{row.pk}"' in browser.get(f"{address}?view=card", headers=HTMX).text
    part = mend(browser, row, headers=HTMX, nik=person(9)["NIK"]).text
    assert f'id="row-{row.pk}"' in part
    assert 'id="sums" hx-swap-oob="true"' in part
    assert "Siap" in part
    assert person(9)["NIK"] not in part


def test_a_whole_number_is_not_shown_in_the_form(client_of, sari, checked) -> None:
    known = person(4, **{"Tanggal Lahir": "31-02-1980"})
    checked(sari, [known])
    row = the_row(status="rejected")
    assert known["NIK"] not in client_of(sari).get(f"/daftar/{row.file.public_id}/baris/{row.pk}/").text
    mend(client_of(sari), row, birth_date=person(4)["Tanggal Lahir"])
    row = the_row(pk=row.pk)
    assert (row.status, row.nik) == ("accepted", known["NIK"])


def test_looking_at_a_whole_number_is_written_down(client_of, sari, rina, checked) -> None:
    known = person(4)
    checked(sari, [known], village="81.71.04.2003")
    row = the_row(status="accepted")
    address = f"/daftar/{row.file.public_id}/baris/{row.pk}/nik/"
    assert client_of(rina).post(address).status_code == 403
    assert looks() == 0
    assert known["NIK"] in client_of(sari).post(address).text
    assert looks() == 1


def test_an_unknown_occupation_is_answered_from_the_list(client_of, sari, checked) -> None:
    checked(sari, [person(7, Pekerjaan="penjinak naga")])
    row = the_row(status="review")
    title = str(Occupation.objects.get(pk="nelayan_pesisir"))
    assert "Pilih salah satu" in mend(client_of(sari), row, occupation_id="penjinak kuda").text
    mend(client_of(sari), row, occupation_id=title.upper())
    row = the_row(pk=row.pk)
    assert (row.status, row.occupation_id, row.raw["occupation"]) == ("accepted", "nelayan_pesisir", "penjinak naga")


def test_an_occupation_outside_the_programme_can_be_mended(client_of, sari, checked) -> None:
    checked(sari, [person(7, Pekerjaan="PNS")])
    row = the_row(status="rejected")
    mend(client_of(sari), row, occupation_id=str(Occupation.objects.get(pk="nelayan_pesisir")))
    assert the_row(pk=row.pk).status == "accepted"


def test_an_unknown_village_is_answered_by_its_title(client_of, sari, checked) -> None:
    checked(sari, [person(7, Desa="Antah Berantah")])
    row = the_row(status="review")
    assert "Pilih salah satu" in mend(client_of(sari), row, home_village="Antah").text
    mend(client_of(sari), row, home_village="negeri passo")
    row = the_row(pk=row.pk)
    assert (row.status, row.home_village) == ("accepted", "81.71.03.2001")


def test_saving_without_a_change_says_so(client_of, sari, checked) -> None:
    checked(sari, [person(9, NIK="81710312")])
    answer = mend(client_of(sari), the_row(status="rejected"))
    assert "Belum ada yang diubah" in answer.text


def test_a_row_in_the_register_is_not_mended_here(client_of, sari, confirmed) -> None:
    confirmed(sari, people(1, 1))
    answer = mend(client_of(sari), the_row(status="accepted"), address="Jalan Baru")
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()


def queue(sari, confirmed, checked) -> list[Pair]:
    confirmed(sari, people(30, 31))
    checked(sari, [person(30, Nama="Abner Talakua"), person(31, Nama="Selfi Rumahlatu")])
    with elevated("the test looks at everything"):
        return list(Pair.objects.select_related("left__file").order_by("id"))


def test_the_queue_counts_on_and_ends(client_of, sari, confirmed, checked) -> None:
    first, second = queue(sari, confirmed, checked)
    browser = client_of(sari)
    assert "1 dari 2" in browser.get("/daftar/periksa/").text
    browser.post(f"/daftar/pasangan/{first.public_id}/", {"decision": "different"})
    assert "2 dari 2" in browser.get("/daftar/periksa/").text
    browser.post(f"/daftar/pasangan/{second.public_id}/", {"decision": "nonsense"})
    assert "2 dari 2" in browser.get("/daftar/periksa/").text
    browser.post(f"/daftar/pasangan/{second.public_id}/", {"decision": "same"})
    assert "2 pasangan dijawab" in browser.get("/daftar/periksa/").text
    assert "Tidak ada pasangan yang menunggu" in browser.get("/daftar/periksa/?start=1").text


def test_what_was_put_off_comes_again_in_the_next_sitting(client_of, sari, confirmed, checked) -> None:
    first, _second = queue(sari, confirmed, checked)
    browser = client_of(sari)
    for pair in (first, _second):
        browser.post(f"/daftar/pasangan/{pair.public_id}/", {"decision": "unsure"})
    assert "2 pasangan ditunda" in browser.get("/daftar/periksa/").text
    assert browser.get("/daftar/periksa/?start=1").context["pair"] == first


def test_the_last_answer_can_be_changed(client_of, sari, confirmed, checked) -> None:
    first, second = queue(sari, confirmed, checked)
    browser = client_of(sari)
    within = {"file": str(first.left.file.public_id)}
    answer = browser.post(f"/daftar/pasangan/{first.public_id}/", {"decision": "different", **within})
    assert answer.headers["Location"] == f"/daftar/{first.left.file.public_id}/periksa/"
    assert f"/daftar/pasangan/{first.public_id}/" in browser.get("/daftar/periksa/").text
    assert "Jawaban sejauh ini" in browser.get(f"/daftar/pasangan/{first.public_id}/").text
    browser.post(f"/daftar/pasangan/{first.public_id}/", {"decision": "same"})
    assert the_row(pk=first.left_id).status == "duplicate"
    assert browser.get("/daftar/periksa/").context["pair"] == second
    assert "2 dari 2" in browser.get("/daftar/periksa/").text


def test_a_stranger_on_the_card_stays_hidden(client_of, sari, confirmed, checked) -> None:
    known = person(20)
    confirmed(sari, [known])
    with elevated("the test moves a worker to another regency"):
        Worker.objects.update(village_code="81.01.01.2001")
    checked(sari, [person(20, Nama="Abner Talakua")])
    browser = client_of(sari)
    page = browser.get("/daftar/periksa/")
    assert "terdaftar di wilayah lain" in page.text
    assert known["Nama"] not in page.text
    assert known["NIK"] not in page.text
    whole = browser.post(f"/daftar/pasangan/{page.context['pair'].public_id}/nik/").text
    assert known["Nama"] not in whole
    assert looks() == 1


def test_both_numbers_are_shown_whole_only_on_demand(client_of, sari, confirmed, checked) -> None:
    known = person(20)
    confirmed(sari, [known])
    checked(sari, [person(20, Nama="Abner Talakua")])
    browser = client_of(sari)
    page = browser.get("/daftar/periksa/")
    assert known["NIK"] not in page.text
    assert browser.post(f"/daftar/pasangan/{page.context['pair'].public_id}/nik/").text.count(known["NIK"]) == 2


@pytest.mark.parametrize(
    ("left", "right", "shown"),
    [
        ("8171030101800001", "8171030101800001", [("8171••••••••0001", False)]),
        ("8171030101800001", "8171030901800001", [("8171•••", False), ("1", True), ("••••0001", False)]),
        ("8171030101800001", "817103", [("8171••••••••0001", True)]),
    ],
)
def test_of_two_numbers_only_the_differing_digits_are_shown(left, right, shown) -> None:
    assert differing(left, right, mask=True)[0] == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("NIK 8171030101800001 dan 12", "NIK 8171••••••••0001 dan 12"),
        ("8171 0301 0180 0001", "8171••••••••0001"),
        ("'8171030101800001", "'8171••••••••0001"),
        ("817103010180000", "817103010180000"),
        ("00000000000000000001", "00000000000000000001"),
    ],
)
def test_whole_numbers_in_a_text_are_masked(text, shown) -> None:
    assert masked(text) == shown
