"""Receipts that wait: matched by hand or set aside, once, by those whose area it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover import selectors
from salawaku.cover.actions import bill_run, payment_import, payment_line_match, payment_line_set_aside
from salawaku.cover.models import Bill, Payment, PaymentLine, WorkerMonth
from salawaku.programmes.models import Purse
from tests.conftest import person
from tests.programmes.city import JANUARY, approved, programme, purse, register

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
HEAD = "resi;kode iuran;jumlah;tanggal\n"


@pytest.fixture
def bills(budi: User) -> list[Bill]:
    """Two workers in January and in February."""
    register(2)
    here = programme()
    purse(here, ceiling=10_000_000)
    approved(here, by=budi)
    return [bill_run(by=None, month=month).bills[0] for month in (JANUARY, date(2026, 2, 1))]


@pytest.fixture
def line(bills: list[Bill], budi: User) -> PaymentLine:
    """Rp33.600 without a code of ours."""
    return take(budi, "0001;titipan;33600;2026-01-12")


@pytest.fixture
def finance(bills: list[Bill]) -> User:
    return person("bpkad@ambon.example", "Bendahara", ("finance_officer", "81.71"))


def take(by: User | None, line: str) -> PaymentLine:
    payment_import(by=by, file_name="bank.csv", content=(HEAD + line).encode())
    return PaymentLine.objects.get(receipt=line.partition(";")[0])


def main_of(content: bytes) -> str:
    return content.decode().partition("<main")[2].partition("</main")[0]


def test_a_receipt_matched_by_hand_pays_its_bill(
    bills: list[Bill], line: PaymentLine, budi: User, sari: User
) -> None:
    assert list(selectors.bills_for_line(budi, line)) == bills
    for by in (budi, sari):  # the second time nothing changes
        found = payment_line_match(by=by, line=line, bill=bills[0])
        assert (found.decision, found.decided_by_id, found.bill_id) == ("matched", budi.pk, bills[0].pk)
    bills[0].refresh_from_db()
    assert (bills[0].status, bills[0].paid_on) == ("paid", date(2026, 1, 12))
    assert Purse.objects.get().paid == 33_600
    with elevated("a test looks"):
        assert WorkerMonth.objects.filter(status="paid", month=JANUARY).count() == 2
        assert AuditEvent.objects.get(kind="payment.matched").detail["bill"] == bills[0].billing_code
    assert not selectors.unmatched_receipts(budi).exists()
    assert take(None, "0001;titipan;33600;2026-01-13").decision == "matched"


def test_a_receipt_set_aside_keeps_its_reason(line: PaymentLine, budi: User, sari: User) -> None:
    for by in (budi, sari):
        payment_line_set_aside(by=by, line=line, reason=" Milik kota lain, NIK 8171039911223344 ")
    line.refresh_from_db()
    assert (line.decision, line.decided_by_id) == ("not_ours", budi.pk)
    with elevated("a test looks"):
        assert AuditEvent.objects.get(kind="payment.set_aside").reason == "Milik kota lain, NIK •••"
    assert not selectors.unmatched_receipts(budi).exists()


def test_what_is_refused(bills: list[Bill], line: PaymentLine, budi: User, rina_far: User) -> None:
    paid = take(None, f"0002;{bills[0].billing_code};33600;2026-01-12")
    small = take(None, "0003;titipan;5;2026-01-12")

    def code(act: Callable[..., object], **given: object) -> str:
        with pytest.raises(Refusal) as refused:
            act(**({"by": budi, "line": line} | given))
        return refused.value.code

    assert code(payment_line_match, bill=bills[0]) == "payment.bill_paid"
    assert code(payment_line_match, bill=bills[1], line=small) == "payment.amount_differs"
    assert code(payment_line_match, bill=bills[1], by=rina_far) == "payment.foreign_bill"
    assert code(payment_line_match, bill=bills[1], line=paid) == "payment.line_matched"
    assert code(payment_line_set_aside, reason=" ") == "payment.no_reason"
    assert code(payment_line_set_aside, reason="x", by=rina_far) == "payment.foreign_line"
    payment_line_set_aside(by=None, line=line, reason="x")
    assert code(payment_line_match, bill=bills[1]) == "payment.line_decided"
    other = payment_line_match(by=None, line=take(None, "0004;x;33600;2026-02-12"), bill=bills[1])
    assert code(payment_line_set_aside, line=other, reason="x") == "payment.line_decided"


def test_each_office_has_its_own_queue(line: PaymentLine, budi: User, rina: User, rina_far: User) -> None:
    take(rina_far, "0009;x;1;2026-01-12")
    assert [one.receipt for one in selectors.unmatched_receipts(budi)] == ["0001"]
    assert [one.receipt for one in selectors.unmatched_receipts(rina_far)] == ["0009"]
    assert not selectors.unmatched_receipts(rina).exists()
    Payment.objects.update(region_code="")  # as before offices were noted: everybody who takes payments looks
    assert selectors.unmatched_receipts(rina_far).count() == 2


def test_the_page_of_a_receipt(
    client_of: ClientOf, finance: User, sari: User, rina_far: User, line: PaymentLine, bills: list[Bill]
) -> None:
    url, browser = reverse("payment_line", args=[line.pk]), client_of(finance)
    match, aside = reverse("payment_line_match", args=[line.pk]), reverse("payment_line_set_aside", args=[line.pk])
    assert str(bills[0].public_id) in browser.get(url).content.decode()
    assert client_of(sari).post(match).status_code == 403
    assert "<form" not in main_of(client_of(sari).get(url).content)
    assert client_of(rina_far).get(url).status_code == 404
    assert browser.post(match, {"bill": "x"}).headers["Location"] == url
    assert browser.post(aside, {"reason": ""}).headers["Location"] == url
    assert browser.post(match, {"bill": str(bills[1].public_id)}).headers["Location"] == reverse("payments")
    bills[1].refresh_from_db()
    assert bills[1].status == "paid"
    assert "<form" not in main_of(browser.get(url).content)
    differs = take(finance, f"0006;{bills[0].billing_code};7;2026-01-12")
    assert "33.600" in main_of(browser.get(reverse("payment_line", args=[differs.pk])).content)
    other = reverse("payment_line_set_aside", args=[differs.pk])
    assert browser.post(other, {"reason": "titipan"}).headers["Location"] == reverse("payments")


def test_a_race_lost_on_the_page_is_told(
    client_of: ClientOf, finance: User, line: PaymentLine, bills: list[Bill]
) -> None:
    payment_line_set_aside(by=None, line=line, reason="x")
    browser = client_of(finance)
    told = browser.post(reverse("payment_line_match", args=[line.pk]), {"bill": str(bills[1].public_id)}, follow=True)
    assert told.redirect_chain[0][0] == reverse("payment_line", args=[line.pk])
    assert Bill.objects.filter(status="paid").count() == 0


def test_the_queue_pages_by_key(client_of: ClientOf, finance: User) -> None:
    text = HEAD + "".join(f"{number:04d};x;5;2026-01-12\n" for number in range(60))
    browser = client_of(finance)
    first = browser.post(reverse("payments"), {"file": SimpleUploadedFile("bank.csv", text.encode())})
    assert (first.context["number"], len(first.context["waiting"])) == (60, 50)
    rest = browser.get(reverse("payments") + first.context["next_url"])
    assert [line.receipt for line in rest.context["waiting"]] == [f"{number:04d}" for number in range(9, -1, -1)]
    assert rest.context["next_url"] == ""
