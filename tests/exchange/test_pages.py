"""The pages of the exchange room, by the people who use them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.exchange.models import Feedback, FileProfile, MatchBatch, Question, RegistrationBatch
from salawaku.exchange.profiles import profile_written, shipped_profile
from salawaku.exchange.selectors import profile_in_force
from salawaku.programmes.models import Programme
from salawaku.registry.models import Worker
from tests.exchange.conftest import AMBON, decreed, sound
from tests.exchange.test_feedback import KPJ, workbook
from tests.exchange.test_match import answer

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def workers(here: Programme) -> list[Worker]:
    """Two sound ones, and one without an address."""
    made = [sound(1), sound(2), sound(3, address="", rt="", rw="")]
    decreed(here, *made)
    return made


def text_of(browser: Client, name: str, *arguments: object, **query: str) -> str:
    return browser.get(reverse(name, args=arguments), query).content.decode()


def upload(browser: Client, url: str, content: bytes, name: str = "jawaban.xlsx", **data: str) -> str:
    sent = {"file": SimpleUploadedFile(name, content), **data}
    return browser.post(url, sent, follow=True).content.decode()


def send(browser: Client, here: Programme) -> RegistrationBatch:
    browser.post(reverse("registration_check"), {"programme": here.code, "agreement_number": "PKS/1"})
    return RegistrationBatch.objects.latest("pk")


def test_from_the_check_to_the_rejected(
    client_of: ClientOf, sari: User, branch: User, here: Programme, workers: list[Worker]
) -> None:
    browser = client_of(sari)
    assert "Belum ada berkas" in text_of(browser, "exchange_home")
    assert "Pilih siapa" in text_of(browser, "registration_check")
    page = text_of(browser, "registration_check", programme=here.code)
    assert "2 pekerja dapat dikirim" in page
    assert workers[2].name in page
    assert workers[0].name not in page
    assert workers[2].nik not in page
    assert workers[2].name in text_of(browser, "registration_check", programme=here.code, code="value.missing")
    batch = send(browser, here)
    page = text_of(browser, "registration_detail", batch.public_id)
    assert "PKS/1" in page
    assert workers[2].name in text_of(browser, "registration_detail", batch.public_id, state="to_send")
    file = browser.post(reverse("registration_file", args=[batch.public_id]))
    assert file["Content-Disposition"].startswith("attachment")
    assert "no-store" in file["Cache-Control"]
    office = client_of(branch)
    content = workbook([1, workers[0].nik, KPJ, "DITERIMA", ""], [2, workers[1].nik, "", "DITOLAK", "Usia 70"])
    assert "1 pekerja mendapat KPJ" in upload(office, reverse("feedback_list"), content)
    assert "pernah dimasukkan" in upload(office, reverse("feedback_list"), content)
    for one in (browser, office):
        page = text_of(one, "rejected_list")
        assert "Usia 70" in page
        assert workers[1].name in page
    assert workers[1].name not in text_of(browser, "rejected_list", code="reason.died")
    assert "1 pekerja ditolak" in text_of(browser, "exchange_home")
    assert KPJ in text_of(browser, "worker_detail", workers[0].public_id)


def test_nobody_is_left(client_of: ClientOf, sari: User, here: Programme) -> None:
    browser = client_of(sari)
    page = text_of(browser, "registration_check", programme=here.code, month="2026-01")
    assert "Tidak ada yang menunggu" in page
    answer_ = browser.post(reverse("registration_check"), {"programme": here.code})
    assert answer_.status_code == 422
    assert "Tidak ada berkas yang dibuat" in answer_.content.decode()
    assert browser.post(reverse("registration_check"), {"programme": "x"}).status_code == 422


def test_a_question_is_settled_on_the_page(
    client_of: ClientOf, branch: User, sari: User, here: Programme, workers: list[Worker]
) -> None:
    with elevated("a test sets a number"):
        Worker.objects.filter(pk=workers[0].pk).update(participant_number="26000000011")
    office = client_of(branch)
    page = upload(office, reverse("feedback_list"), workbook([1, workers[0].nik, KPJ, "DITERIMA", ""]))
    assert "26000000011" in page
    assert KPJ in page
    feedback = Feedback.objects.get()
    with elevated("a test looks"):
        question = Question.objects.get()
    url = reverse("feedback_settle", args=[feedback.public_id, question.pk])
    assert "apa yang dilakukan" in office.post(url, {"decision": ""}, follow=True).content.decode()
    done = office.post(url, {"decision": "Kartu dilihat", "take": "on"}, follow=True).content.decode()
    assert "Kartu dilihat (Petugas Cabang)" in done
    assert "sudah diselesaikan" in office.post(url, {"decision": "x"}, follow=True).content.decode()
    assert text_of(client_of(sari), "feedback_detail", feedback.public_id, kind="unknown_nik")
    with elevated("a test looks"):
        assert Worker.objects.get(pk=workers[0].pk).participant_number == KPJ


def test_what_cannot_be_taken_in_stays_on_the_page(client_of: ClientOf, branch: User) -> None:
    office = client_of(branch)
    assert "butuh judul NIK" in upload(office, reverse("feedback_list"), b"nothing", "a.csv")
    assert office.post(reverse("feedback_list"), {}).status_code == 422


def columns_sent(**changes: str) -> dict[str, str]:
    """The form of the columns as a browser sends it, with changes."""
    sent = {
        "name": "Cabang Ambon", "format": "csv", "sheet": "Data", "separator": "tab", "warnings": "phone.double",
        "c-TOTAL_FORMS": "3", "c-INITIAL_FORMS": "2", "c-MIN_NUM_FORMS": "0", "c-MAX_NUM_FORMS": "60",
        "c-0-heading": "NAMA", "c-0-field": "name", "c-0-upper": "on", "c-0-ORDER": "2",
        "c-1-heading": "NIK", "c-1-field": "nik", "c-1-pattern": "[0-9]{16}", "c-1-required": "on", "c-1-ORDER": "1",
        "c-1-max_length": "16", "c-2-heading": "", "c-2-ORDER": "",
    }  # fmt: skip
    return sent | changes


def test_columns_are_put_in_order_by_number(client_of: ClientOf, sari: User) -> None:
    browser = client_of(sari)
    assert "Nama Ibu Kandung" in text_of(browser, "profile_edit")
    page = browser.post(reverse("profile_edit"), columns_sent(), follow=True).content.decode()
    assert "Versi 1 dengan 2 kolom" in page
    profile, version = profile_in_force(AMBON)
    assert (version, profile.separator, profile.warnings) == (1, "\t", ("phone.double",))
    assert [(c.heading, c.max_length, c.required, c.upper) for c in profile.columns] == [
        ("NIK", 16, True, False),
        ("NAMA", 0, False, True),
    ]
    with acting_as(sari):
        assert AuditEvent.objects.filter(kind="profile.changed").count() == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"c-1-pattern": "("}, "pola"),
        ({"c-1-field": "name"}, "NIK"),
        ({"c-0-heading": "NIK"}, "judul yang sama"),
        ({"c-0-constant": "x"}, "satu isian"),
        ({"c-0-heading": "=A1"}, "rumus"),
    ],
)
def test_columns_that_cannot_be_used_stay_on_the_page(
    client_of: ClientOf, sari: User, changes: dict[str, str], told: str
) -> None:
    answer_ = client_of(sari).post(reverse("profile_edit"), columns_sent(**changes))
    assert answer_.status_code == 422
    assert told in answer_.content.decode()
    assert not FileProfile.objects.exists()
    assert client_of(sari).post(reverse("profile_edit"), {"name": ""}).status_code == 422


def test_columns_go_out_and_in_as_yaml(client_of: ClientOf, sari: User) -> None:
    browser = client_of(sari)
    text = browser.get(reverse("profile_download")).content.decode()
    assert text == profile_written(shipped_profile())
    changed = text.replace("Pendaftaran BPU", "Cabang Ambon").encode()
    assert "Versi 1" in upload(browser, reverse("profile_upload"), changed, "kolom.yaml")
    assert profile_in_force(AMBON)[0].name == "Cabang Ambon"
    assert "YAML" in upload(browser, reverse("profile_upload"), b"{", "kolom.yaml")
    assert "200 kB" in browser.post(reverse("profile_upload"), {}, follow=True).content.decode()
    assert profile_in_force(AMBON)[1] == 1


def test_a_match_from_file_to_the_worker_s_page(client_of: ClientOf, sari: User, workers: list[Worker]) -> None:
    browser = client_of(sari)
    assert "Belum ada pemadanan" in text_of(browser, "match_list")
    terms = {"agreement_number": "7/PKS", "agreement_date": "2026-01-05", "purpose": "Iuran 2026", "with_name": "on"}
    file = browser.post(reverse("match_list"), terms)
    assert file.content.startswith(b"PK")
    batch = MatchBatch.objects.get()
    assert (batch.workers, batch.with_name, batch.with_birth_date) == (3, True, False)
    page = upload(
        browser,
        reverse("match_answer", args=[batch.public_id]),
        answer((workers[0].nik, "MENINGGAL"), (workers[1].nik, "PADAN")),
        day=f"{batch.made_at:%Y-%m-%d}",
    )
    assert "2 terjawab" in page
    assert workers[0].name in text_of(browser, "match_detail", batch.public_id, result="dead")
    page = text_of(browser, "match_list")
    assert reverse("worker_detail", args=[workers[0].public_id]) + "#death" in page
    page = text_of(browser, "worker_detail", workers[0].public_id)
    assert "7/PKS" in page
    assert "#death" in page
    assert "Dukcapil" not in text_of(browser, "worker_detail", workers[2].public_id)
    with acting_as(sari):
        assert AuditEvent.objects.filter(kind="match.looked_at").count() == 2


def test_without_an_agreement_no_batch(client_of: ClientOf, sari: User, workers: list[Worker]) -> None:
    browser = client_of(sari)
    assert browser.post(reverse("match_list"), {"purpose": "x"}).status_code == 422
    late = {"agreement_number": "7", "agreement_date": "2199-01-05", "purpose": "x"}
    assert "masa depan" in browser.post(reverse("match_list"), late).content.decode()
    assert not MatchBatch.objects.exists()


def test_an_answer_that_cannot_be_read(client_of: ClientOf, sari: User, workers: list[Worker]) -> None:
    browser = client_of(sari)
    terms = {"agreement_number": "7", "agreement_date": "2026-01-05", "purpose": "x"}
    browser.post(reverse("match_list"), terms)
    url = reverse("match_answer", args=[MatchBatch.objects.get().public_id])
    assert "Pilih berkas" in browser.post(url, {}, follow=True).content.decode()
    assert "butuh judul NIK" in upload(browser, url, b"x", "a.csv", day=f"{date(2026, 1, 6)}")


def test_the_branch_receives_and_does_not_send(
    client_of: ClientOf, sari: User, branch: User, here: Programme, workers: list[Worker]
) -> None:
    batch = send(client_of(sari), here)
    office = client_of(branch)
    assert "Berkas pendaftaran" in text_of(office, "exchange_home")
    assert office.get(reverse("registration_detail", args=[batch.public_id])).status_code == 200
    for name, arguments in (
        ("registration_check", []),
        ("registration_file", [batch.public_id]),
        ("profile_edit", []),
        ("match_list", []),
    ):
        assert office.post(reverse(name, args=arguments)).status_code == 403


def test_lists_are_paged(client_of: ClientOf, sari: User, here: Programme) -> None:
    made = [sound(n, address="", rt="", rw="") for n in range(1, 53)]
    decreed(here, *made, sound(60))
    browser = client_of(sari)
    page = browser.get(reverse("registration_check"), {"programme": here.code})
    assert len(page.context["rows"]) == 50
    assert len(browser.get(reverse("registration_check") + page.context["next_url"]).context["rows"]) == 2
    batch = send(browser, here)
    url = reverse("registration_detail", args=[batch.public_id])
    page = browser.get(url, {"state": "to_send"})
    assert len(browser.get(url + page.context["next_url"]).context["rows"]) == 2
