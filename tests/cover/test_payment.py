"""Payment files: read, matched, and nothing twice."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions import PaymentResult, bill_run, payment_import
from salawaku.cover.models import Bill, Payment, PaymentLine, WorkerMonth
from salawaku.cover.payment_file import read_receipts
from salawaku.programmes.models import Purse
from tests.programmes.city import JANUARY, approved, programme, purse, register

pytestmark = pytest.mark.django_db
HEAD = "Nomor Resi;Kode Iuran;Jumlah;Tanggal\n"


@pytest.fixture
def bill(budi: User) -> Bill:
    """Two workers in January."""
    register(2)
    here = programme()
    purse(here, ceiling=10_000_000)
    approved(here, by=budi)
    bill_run(by=None, month=date(2026, 2, 1))
    return bill_run(by=None, month=JANUARY).bills[0]


def take(*lines: str, by: User | None = None, name: str = "bank.csv") -> PaymentResult:
    return payment_import(by=by, file_name=name, content=(HEAD + "\n".join(lines)).encode())


def paid_months() -> int:
    with elevated("a test looks"):
        return WorkerMonth.objects.filter(status="paid", month=JANUARY).count()


def test_a_matching_receipt_pays_the_months(bill: Bill, sari: User) -> None:
    result = take(f"00000001;{bill.billing_code};Rp33.600,00;12-01-2026", by=sari)
    assert result == PaymentResult(lines=1, matched=1, only_ours=1)
    bill.refresh_from_db()
    assert (bill.status, bill.paid_on) == ("paid", date(2026, 1, 12))
    assert paid_months() == 2
    assert Purse.objects.get().paid == 33_600
    assert PaymentLine.objects.get().receipt == "00000001"
    with elevated("a test looks"):
        assert AuditEvent.objects.get(kind="payment.imported").detail["matched"] == 1


def test_importing_again_changes_nothing(bill: Bill) -> None:
    line = f"00000001;{bill.billing_code};33600;2026-01-12"
    take(line)
    again = take(line)
    assert again == PaymentResult(lines=1, repeated=1, only_ours=1)
    other_file = take(line, f"00000002;{bill.billing_code};33600;2026-01-12", name="other.csv")
    assert other_file == PaymentResult(lines=2, repeated=1, already_paid=1, only_ours=1)
    assert Purse.objects.get().paid == 33_600
    assert Payment.objects.count() == 2


def test_what_does_not_match_is_kept_for_a_person(bill: Bill) -> None:
    result = take(
        f"1;{bill.billing_code};33599;12/01/2026",
        "2;tidak-ada;16800;12/01/2026",
        f"3;{bill.billing_code};33600;12/01/2026",
        f"4;{bill.billing_code};33600;12/01/2026",
        f"3;{bill.billing_code};33600;12/01/2026",
    )
    expected = PaymentResult(
        lines=5, matched=1, amount_differs=1, only_theirs=1, already_paid=1, repeated=1, only_ours=1
    )
    assert result == expected
    outcomes = dict(PaymentLine.objects.values_list("receipt", "outcome"))
    assert outcomes == {"1": "amount_differs", "2": "only_theirs", "3": "matched", "4": "already_paid"}


def test_another_region_cannot_pay_our_bills(bill: Bill, rina_far: User) -> None:
    assert take(f"1;{bill.billing_code};33600;2026-01-12", by=rina_far).only_theirs == 1
    assert paid_months() == 0


def test_a_receipt_number_is_taken_once(bill: Bill) -> None:
    take(f"00000001;{bill.billing_code};33600;2026-01-12")
    line = PaymentLine.objects.get()
    line.pk = None
    with pytest.raises(IntegrityError, match="receipt"), transaction.atomic():
        line.save(force_insert=True)


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("", "payment.columns", "receipt, billing_code, amount, paid_on"),
        ("Nomor Resi;Kode Iuran;Jumlah\n1;2;3", "payment.columns", "Missing: paid_on"),
        (HEAD, "payment.empty", "no payments"),
        (HEAD + "1;a;10,5;2026-01-12\n", "payment.unreadable", "row 2, column amount: “10,5”"),
        (HEAD + "1;a;105;2026-02-30\n", "payment.unreadable", "row 2, column paid_on: “2026-02-30”"),
        (HEAD + "\n;a;105;kemarin\n", "payment.unreadable", "row 3, column receipt: “”; row 3, column paid_on"),
        (HEAD + "1\n", "payment.unreadable", "row 2, column billing_code: “”"),
        (HEAD + "1;a;-5;2026-01-12\n", "payment.unreadable", "“-5”"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(text: str, code: str, says: str) -> None:
    with pytest.raises(Refusal) as refused:
        payment_import(by=None, file_name="x.csv", content=text.encode())
    assert refused.value.code == code
    assert says in str(refused.value)
    assert not Payment.objects.exists()


def test_a_file_too_large_is_refused() -> None:
    with pytest.raises(Refusal, match="20 MB"):
        read_receipts(b"x" * 20_000_001)


@pytest.mark.parametrize(
    "content",
    [
        b'No. Reff,Kode_Iuran,Total Amount,DateTime Trx\n1,a,"16,800",2026-01-12 08:00:00\n',
        b"receipt\tbilling code\tamount\tdate\n1\ta\t16800\t20260112\n",
        "﻿Receipt;Billing code;Amount;Date\n1;a;16.800;12.1.2026\n".encode(),
        "Resi;Kode bayar;Nominal;Tanggal\n1;a;16800;12-01-2026\n;;;\nÉ;b;1;1-1-2026\n".encode("cp1252"),
    ],
)
def test_spellings_of_the_same_receipt(content: bytes) -> None:
    first = read_receipts(content)[0]
    assert first[1:] == ("1", "a", 16_800, date(2026, 1, 12))
