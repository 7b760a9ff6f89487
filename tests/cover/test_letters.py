"""Letters as PDF: what stands in them, and the same bytes for the same input."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import typst

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover import letters
from salawaku.cover.actions import bill_run, bill_split, refund_letter_taken, refunds_make, refunds_request
from salawaku.cover.models import Bill, RefundLetter
from salawaku.registry.models import Worker
from tests.conftest import person
from tests.cover.test_split import PRICE, pay
from tests.programmes.city import JANUARY, RUMAH_TIGA, approved, programme, purse, register
from tests.programmes.test_decree import freeze

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(budi: User, sari: User) -> Worker:
    """Of Passo, beside two of Rumah Tiga, decreed for 2026 and billed for January."""
    found = register(1)[0]
    register(2, first=10, village_code=RUMAH_TIGA)
    here = programme(agency_code="dinas_perikanan")
    purse(here, ceiling=10_000_000)
    freeze(approved(here, by=budi), sari)
    bill_run(by=None, month=JANUARY)
    return found


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the printer was given; it prints all the same."""
    seen: list[dict[str, Any]] = []
    printer = typst.compile

    def print_it(*args: Any, sys_inputs: dict[str, str], **options: Any) -> bytes:
        seen.append(json.loads(sys_inputs["data"]))
        return bytes(printer(*args, sys_inputs=sys_inputs, **options))

    monkeypatch.setattr(typst, "compile", print_it)
    return seen


def test_a_bill_letter_counts_and_names_nobody(worker: Worker, given: list[dict[str, Any]]) -> None:
    bill = Bill.objects.get()
    assert letters.bill_letter(bill).startswith(b"%PDF-")
    told = given[0]
    assert told["purse"] == "APBD Kota"
    assert (told["amount"], told["words"]) == ("50.400", "Lima puluh ribu empat ratus rupiah")
    assert told["villages"] == [["Passo", "1", "16.800"], ["Rumah Tiga", "2", "33.600"]]
    assert (told["month"], told["due"], told["code"]) == ("Januari 2026", "15 Januari 2026", bill.billing_code)
    assert [number.split()[0] for number in told["decrees"]] == ["188.4/533/2026"]
    assert "Perikanan" in told["agency"]
    assert "Pekerja 1" not in json.dumps(told)


def test_the_same_bill_gives_the_same_bytes_and_another_does_not(worker: Worker) -> None:
    bill = Bill.objects.get()
    first = letters.bill_letter(bill)
    assert letters.bill_letter(Bill.objects.get()) == first
    bill_split(by=None, bill=bill, at_most=PRICE)
    assert letters.bill_letter(Bill.objects.get(part=1)) != first


@pytest.fixture
def letter(worker: Worker, sari: User) -> RefundLetter:
    pay(Bill.objects.get())
    refunds_make(by=sari, worker=worker, first_month=JANUARY, reason="wage_earner")
    return refunds_request(by=sari, purse=Bill.objects.get().purse, number="560/7", issued_on=date(2026, 3, 2))


def test_a_refund_letter_lists_the_months(
    letter: RefundLetter, worker: Worker, sari: User, given: list[dict[str, Any]]
) -> None:
    with elevated("a test reads as one who sees all"):
        first = refund_letter_taken(by=sari, letter=letter)
        assert refund_letter_taken(by=sari, letter=letter) == first
    told = given[0]
    assert (told["number"], told["amount"], told["words"]) == (
        "560/7",
        "16.800",
        "Enam belas ribu delapan ratus rupiah",
    )
    assert told["rows"][0][:5] == ["1", worker.nik, "", "Pekerja 1", "01-2026"]
    assert told["rows"][0][6] == "Menjadi penerima upah"


def test_who_may_not_see_whole_numbers_gets_them_masked(
    letter: RefundLetter, worker: Worker, given: list[dict[str, Any]]
) -> None:
    from salawaku.accounts.models import Role

    role = Role.objects.get(code="bpjs_officer")
    role.permissions = [code for code in role.permissions if code != "register.unmask"]
    role.save()
    with elevated("a test reads as one who sees all"):
        refund_letter_taken(by=person("b@bpjs.example", "B", ("bpjs_officer", "81.71")), letter=letter)
    assert worker.nik not in json.dumps(given[0])


def test_who_may_not_take_lists_out_gets_no_letter(letter: RefundLetter, rina: User) -> None:
    with elevated("a test reads as one who sees all"):
        with pytest.raises(Refusal) as refused:
            refund_letter_taken(by=rina, letter=letter)
        assert not AuditEvent.objects.filter(kind="list.exported").exists()
    assert refused.value.code == "register.no_export"
