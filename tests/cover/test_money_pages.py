"""Pages of bills, payment orders and refunds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions import bill_run
from salawaku.cover.models import Bill, PaymentOrder, Refund, RefundLetter
from salawaku.programmes.models import Purse
from salawaku.registry.actions import worker_died
from salawaku.registry.models import Worker
from tests.conftest import person
from tests.cover.test_split import PRICE, pay
from tests.programmes.city import JANUARY, RUMAH_TIGA, approved, programme, purse, register
from tests.programmes.test_decree import freeze

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def worker(budi: User, sari: User) -> Worker:
    """Of Passo, beside two of Rumah Tiga, decreed for 2026."""
    found = register(1)[0]
    register(2, first=10, village_code=RUMAH_TIGA)
    here = programme()
    purse(here, ceiling=10_000_000)
    freeze(approved(here, by=budi), sari)
    return found


@pytest.fixture
def finance(db: None) -> User:
    """Finance officer of Ambon."""
    return person("bpkad@ambon.example", "Bendahara", ("finance_officer", "81.71"))


def text(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_several_months_are_billed_on_the_page(client_of: ClientOf, sari: User, worker: Worker) -> None:
    browser, url = client_of(sari), reverse("bill_list")
    form = {"month": "2026-01", "through": "2026-04", "purse": str(Purse.objects.get().public_id)}
    told = browser.post(url, form, follow=True).content.decode()
    assert ("4 tagihan untuk 12 bulan" in told, "1, 3, 6, atau 12 bulan" in told) == (True, True)
    assert Bill.objects.count() == 4
    assert "12 bulan perlindungan sudah" in browser.post(url, form, follow=True).content.decode()
    told = browser.post(url, form | {"month": "2026-05"}, follow=True).content.decode()
    assert "sebelum bulan pertama" in told
    browser.post(url, {"month": "2026-05", "purse": form["purse"]})
    assert Bill.objects.count() == 5


def test_a_bill_is_split_ordered_paid_and_told(
    client_of: ClientOf, sari: User, finance: User, worker: Worker
) -> None:
    bill = bill_run(by=None, month=JANUARY).bills[0]
    browser, url = client_of(sari), reverse("bill_detail", args=[bill.public_id])
    page = text(browser, url)
    assert all(word in page for word in ("188.4/533/2026", "Cicil", "Rumah Tiga", "Passo"))
    assert "Pekerja 1" not in page
    split = reverse("bill_split", args=[bill.public_id])
    assert "seluruh tagihan" in browser.post(split, {}, follow=True).content.decode()
    assert "Sebutkan jumlah" in browser.post(split, {"at_most": "x"}, follow=True).content.decode()
    browser.post(split, {"at_most": "33.600", "villages": [RUMAH_TIGA]})
    part = Bill.objects.get(part=2)
    assert (part.amount, part.workers) == (2 * PRICE, 2)
    join = reverse("bill_join", args=[part.public_id])
    assert "Pilih tagihan" in browser.post(join, {"into": "x"}, follow=True).content.decode()
    browser.post(join, {"into": str(bill.public_id)})
    assert "tidak membayar apa pun" in text(browser, reverse("bill_detail", args=[part.public_id]))
    browser.post(split, {"at_most": "33.600", "villages": [RUMAH_TIGA]})
    part = Bill.objects.get(part=3)
    pay(part)
    assert "belum ada perintah bayar yang dicatat" in text(browser, reverse("bill_detail", args=[part.public_id]))
    assert browser.post(reverse("order_list"), {}).status_code == 403
    _order(client_of(finance), part)
    page = text(browser, reverse("bill_detail", args=[part.public_id]))
    assert all(word in page for word in ("0012/SP2D", "R-bank.csv"))
    assert "belum ada perintah bayar yang dicatat" not in page


def _order(browser: Client, bill: Bill) -> None:
    url = reverse("order_list")
    assert bill.billing_code in text(browser, f"{url}?bill={bill.public_id}")
    assert browser.get(f"{url}?bill=x").status_code == 200
    form = {"number": "0012/SP2D", "issued_on": "2026-01-12", "amount": "5", "bills": [str(bill.public_id)]}
    assert browser.post(url, {"number": "1"}).status_code == 422
    assert "Rp33.600" in browser.post(url, form).content.decode()
    proof = SimpleUploadedFile("sp2d.png", b"\x89PNG\r\n\x1a\n...")
    browser.post(url, form | {"amount": f"{bill.amount}", "proof": proof})
    order = PaymentOrder.objects.get()
    page = text(browser, reverse("order_detail", args=[order.public_id]))
    assert "sama dengan perintah bayar" in page
    proof_url = reverse("order_proof", args=[order.public_id])
    assert proof_url in browser.get(reverse("order_detail", args=[order.public_id])).content.decode()
    answer = browser.post(proof_url)
    assert (answer["Content-Type"], answer.content[:4]) == ("image/png", b"\x89PNG")
    assert browser.get(proof_url).status_code == 405
    with elevated("a test looks"):
        taken = AuditEvent.objects.get(kind="order.proof_taken")
    assert (taken.actor, taken.subject_id, taken.region_code) == ("Bendahara", str(order.public_id), "81.71")
    assert "0012/SP2D" in text(browser, url)


def test_an_order_is_voided_on_its_page(client_of: ClientOf, sari: User, finance: User, worker: Worker) -> None:
    bill = bill_run(by=None, month=JANUARY).bills[0]
    browser = client_of(finance)
    form = {"number": "1", "issued_on": "2026-01-12", "amount": f"{bill.amount}", "bills": [str(bill.public_id)]}
    browser.post(reverse("order_list"), form)
    order = PaymentOrder.objects.get()
    url = reverse("order_void", args=[order.public_id])
    assert client_of(sari).post(url, {"reason": "x"}).status_code == 403
    assert "mengapa" in browser.post(url, {"reason": ""}, follow=True).content.decode()
    assert "salah nomor" in browser.post(url, {"reason": "salah nomor"}, follow=True).content.decode()
    answer = browser.post(reverse("order_proof", args=[order.public_id]), follow=True)
    assert "Tidak ada bukti" in answer.content.decode()
    with elevated("a test looks"):
        assert not AuditEvent.objects.filter(kind="order.proof_taken").exists()


def test_a_refund_from_the_death_to_the_purse(client_of: ClientOf, sari: User, finance: User, worker: Worker) -> None:
    browser, url = client_of(sari), reverse("refund_list")
    assert "Tidak ada yang perlu diminta kembali" in text(browser, url)
    for month in (JANUARY, date(2026, 2, 1)):
        pay(bill_run(by=None, month=month).bills[0], name=f"{month}.csv")
    with elevated("a test acts"):
        worker_died(by=sari, worker=worker, died_on=date(2026, 1, 20))
    assert "Rp16.800" in text(browser, url)
    assert "0 bulan" in browser.post(reverse("refund_find"), follow=True).content.decode()
    ask = {"purse": str(Purse.objects.get().public_id), "number": "560/7", "issued_on": "2026-03-02"}
    assert browser.post(reverse("refund_request"), {}).status_code == 422
    browser.post(reverse("refund_request"), ask)
    assert browser.post(reverse("refund_request"), ask).status_code == 422
    letter = RefundLetter.objects.get()
    page = reverse("refund_letter", args=[letter.public_id])
    assert "Pekerja 1" in text(browser, page)
    settle = reverse("refund_settle", args=[letter.public_id])
    assert browser.post(settle, {}).status_code == 403
    treasurer = client_of(finance)
    assert "Pekerja 1" not in text(treasurer, page)
    with elevated("a test looks"):
        refund = Refund.objects.get()
    assert "nomor bukti" in treasurer.post(settle, {"refund": refund.pk}, follow=True).content.decode()
    assert "mengapa" in treasurer.post(settle, {"refund": refund.pk, "refuse": "1"}, follow=True).content.decode()
    form = {"refund": ["x", str(refund.pk)], "received_on": "2026-03-20", "receipt": "K-9"}
    assert "kembali di sumber dana" in treasurer.post(settle, form, follow=True).content.decode()
    assert Purse.objects.get().paid == 5 * PRICE


def test_bpjs_refuses_on_the_page(client_of: ClientOf, sari: User, finance: User, worker: Worker) -> None:
    pay(bill_run(by=None, month=date(2026, 2, 1)).bills[0])
    with elevated("a test acts"):
        worker_died(by=sari, worker=worker, died_on=date(2026, 1, 20))
    ask = {"purse": str(Purse.objects.get().public_id), "number": "560/7", "issued_on": "2026-03-02"}
    client_of(sari).post(reverse("refund_request"), ask)
    settle = reverse("refund_settle", args=[RefundLetter.objects.get().public_id])
    with elevated("a test looks"):
        form = {"refund": str(Refund.objects.get().pk), "refuse": "1", "reason": "lewat waktu"}
    assert "lewat waktu" in client_of(finance).post(settle, form, follow=True).content.decode()


def test_the_refund_letter_is_taken_out_with_a_trace(
    client_of: ClientOf, sari: User, finance: User, worker: Worker
) -> None:
    test_bpjs_refuses_on_the_page(client_of, sari, finance, worker)
    url = reverse("refund_letter_file", args=[RefundLetter.objects.get().public_id])
    assert client_of(finance).post(url).status_code == 403
    answer = client_of(sari).post(url)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    with elevated("a test looks"):
        assert AuditEvent.objects.get(kind="list.exported").detail == {"workers": 1, "whole_nik": True}


@pytest.mark.parametrize("name", ["bill_list", "order_list", "refund_list"])
def test_who_has_no_permission_sees_nothing(client_of: ClientOf, tono: User, rina_far: User, name: str) -> None:
    assert client_of(tono).get(reverse(name)).status_code == 403
    assert client_of(rina_far).get(reverse(name)).status_code == 200
