"""Pages of agreements: insider, stranger, nobody, malformed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from salawaku.accounts.models import User
from salawaku.programmes.actions import Document
from salawaku.programmes.models import Agreement
from tests.programmes.city import PASSO, agreement, programme

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
FORM = {
    "number": "PKS/7/2026",
    "kind": "pks",
    "parties": "Pemerintah Kota Ambon\nBPJS Ketenagakerjaan",
    "subject": "Perlindungan pekerja rentan",
    "signed_on": "2026-01-05",
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "region_code": "81.71",
    "quotas": "Kecamatan Baguala 1.500\nRumah Tiga\t200\n81.71.05; 30",
}


def test_an_agreement_is_recorded_shown_and_changed(client_of: ClientOf, sari: User) -> None:
    browser = client_of(sari)
    assert reverse("agreement_list") in browser.get(reverse("programme_list")).content.decode()
    assert "Belum ada perjanjian yang dicatat" in browser.get(reverse("agreement_list")).content.decode()
    here = programme()
    assert browser.get(reverse("agreement_new")).status_code == 200
    scan = SimpleUploadedFile("pks.pdf", b"%PDF-1.7 isi")
    sent = FORM | {"programme": str(here.public_id), "document": scan}
    page = browser.post(reverse("agreement_new"), sent, follow=True).content.decode()
    one = Agreement.objects.get()
    assert dict(one.quotas.values_list("region_code", "workers")) == {
        "81.71.03": 1_500, "81.71.04.2003": 200, "81.71.05": 30,
    }  # fmt: skip
    for text in ("PKS/7/2026", "Kecamatan Baguala", "1.500", "1.730", "0,0%", "BPJS Ketenagakerjaan", here.name):
        assert text in page
    assert "PKS/7/2026" in browser.get(reverse("agreement_list")).content.decode()
    url = reverse("agreement_change", args=[one.public_id])
    assert "81.71.05 30" in browser.get(url).content.decode()
    assert browser.post(url, FORM).status_code == 422
    assert browser.post(url, FORM | {"reason": "Adendum", "valid_to": "2025-01-01"}).status_code == 422
    assert browser.post(url, FORM | {"reason": "Adendum", "quotas": f"{PASSO} 9"}).status_code == 302
    assert dict(one.quotas.values_list("region_code", "workers")) == {PASSO: 9}
    taken = browser.post(reverse("agreement_document", args=[one.public_id]))
    assert (taken.content, taken["Content-Type"]) == (b"%PDF-1.7 isi", "application/pdf")


@pytest.mark.parametrize(
    ("quotas", "told"),
    [
        ("Kota Baru 5", "Kota Baru 5"),
        ("Baguala lima", "Baguala lima"),
        ("Baguala 5\n81.71.03 6", "untuk kedua kalinya"),
        ("81.01 5", "bukan wilayah perjanjian: 81.01"),
    ],
)
def test_lines_that_cannot_be_read_are_told(client_of: ClientOf, sari: User, quotas: str, told: str) -> None:
    answer = client_of(sari).post(reverse("agreement_new"), FORM | {"quotas": quotas})
    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert not Agreement.objects.exists()


def test_a_region_that_is_not_ones_own_cannot_be_chosen(client_of: ClientOf, sari: User) -> None:
    assert client_of(sari).post(reverse("agreement_new"), FORM | {"region_code": "81"}).status_code == 422


def test_a_document_that_is_not_kept_is_told(client_of: ClientOf, sari: User) -> None:
    answer = client_of(sari).post(reverse("agreement_document", args=[agreement().public_id]), follow=True)
    assert "Tidak ada dokumen yang disimpan" in answer.content.decode()


def test_strangers_find_no_agreement(
    client_of: ClientOf, client: Client, sari: User, rina: User, rina_far: User, tono: User
) -> None:
    one = agreement(document=Document("pks.pdf", b"%PDF-1.7"))
    for name, method in (("detail", "get"), ("change", "get"), ("document", "post")):
        url = reverse(f"agreement_{name}", args=[one.public_id])
        assert getattr(client, method)(url).status_code == 302
        assert [getattr(client_of(who), method)(url).status_code for who in (rina, tono, rina_far)] == [403, 403, 404]
        nothing = reverse(f"agreement_{name}", args=[uuid4()])
        assert getattr(client_of(sari), method)(nothing).status_code == 404
    assert "PKS/1/2026" not in client_of(rina_far).get(reverse("agreement_list")).content.decode()
    assert client_of(sari).get("/perjanjian/bukan-uuid/").status_code == 404


def test_an_agreement_of_the_province_is_seen_in_the_city_and_not_changed_there(
    client_of: ClientOf, sari: User
) -> None:
    one = agreement(region_code="81", quotas={"81.71": 5_000, "81.01": 2_000})
    browser = client_of(sari)
    page = browser.get(reverse("agreement_detail", args=[one.public_id])).content.decode()
    assert "Kota Ambon" in page
    url = reverse("agreement_change", args=[one.public_id])
    assert url not in page
    assert browser.get(url).status_code == 404
