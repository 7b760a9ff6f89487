"""Payment files: read, matched, and nothing twice."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions import PaymentResult, bill_run, pay, payment_import
from salawaku.cover.models import Bill, Payment, PaymentLine, WorkerMonth
from salawaku.cover.payment_files import read_receipts
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
    assert other_file == PaymentResult(lines=2, repeated=1, only_theirs=1, already_paid=1, only_ours=1)
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
        lines=5, matched=1, amount_differs=1, only_theirs=2, already_paid=1, repeated=1, only_ours=1
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


def test_a_number_that_stands_on_another_payment_is_kept(bill: Bill) -> None:
    first = take(f"1;{bill.billing_code};33600;2026-01-12", "1;lain;500;2026-01-12", "1;lain;500;2026-01-13")
    assert first == PaymentResult(lines=3, matched=1, repeated=2, receipt_reused=1, only_ours=1)
    again = take("1;lain;500;2026-01-12", "1;lain;600;2026-01-12", name="next.csv")
    assert again == PaymentResult(lines=2, repeated=2, receipt_reused=1, only_ours=1)
    assert PaymentLine.objects.filter(outcome="receipt_reused").count() == 2


def test_every_line_is_in_one_field(bill: Bill) -> None:
    told = take(
        f"1;{bill.billing_code};33600;2026-01-12", f"2;{bill.billing_code};33600;2026-01-12", "3;x;1;2026-01-12",
        f"4;{bill.billing_code};1;2026-01-12", "3;x;1;2026-01-12", "3;y;1;2026-01-12",
    ).as_json()  # fmt: skip
    assert told["lines"] == sum(told[field] for field in ("matched", "amount_differs", "only_theirs", "repeated"))


def test_the_database_lets_one_receipt_pay_a_bill(bill: Bill) -> None:
    take(f"1;{bill.billing_code};33600;2026-01-12", "2;x;33600;2026-01-12", "3;x;5;2026-01-12")
    wrong = {
        "bill_once": f"UPDATE cover_paymentline SET outcome = 'matched', bill_id = {bill.pk} WHERE receipt = '2'",
        "matched_has_a_bill": "UPDATE cover_paymentline SET outcome = 'matched' WHERE receipt = '2'",
        "paymentline_decided": "UPDATE cover_paymentline SET decision = 'not_ours' WHERE receipt = '2'",
        "receipt_once": "UPDATE cover_paymentline SET receipt = '2' WHERE receipt = '3'",
        "paymentline_amount": "UPDATE cover_paymentline SET amount = 0 WHERE receipt = '3'",
    }
    for name, statement in wrong.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_bill_that_changes_at_that_moment_takes_nothing(bill: Bill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pay, "PAY", pay.PAY.replace("b.status = 'open'", "b.status = 'never'"))
    with pytest.raises(Refusal, match="try again"):
        take(f"1;{bill.billing_code};33600;2026-01-12")
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("", "payment.columns", "receipt, billing_code, amount, paid_on"),
        ("Nomor Resi;Kode Iuran;Jumlah\n1;2;3", "payment.columns", "Missing: paid_on"),
        (HEAD, "payment.empty", "no payments"),
        (HEAD + "1;a;10,5;2026-01-12\n", "payment.unreadable", "x.csv: row 2, column Jumlah: “10,5”"),
        (HEAD + "1;a;105;2026-02-30\n", "payment.unreadable", "row 2, column Tanggal: “2026-02-30”"),
        (HEAD + "\n;a;105;kemarin\n", "payment.unreadable", "row 3, column Nomor Resi: “”"),
        (HEAD + "1\n", "payment.unreadable", "row 2, column Kode Iuran: “”"),
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
        list(read_receipts("x", b"x" * 20_000_001))


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
    first = next(read_receipts("bank.csv", content))
    assert first[1:] == ("1", "a", 16_800, date(2026, 1, 12))
