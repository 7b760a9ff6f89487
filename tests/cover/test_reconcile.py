"""A month three ways: decreed, paid, active at BPJS."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date

import openpyxl
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from salawaku import law
from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions import (
    bill_run,
    difference_assign,
    difference_settle,
    differences_sign_off,
    month_close,
    month_reconcile,
    payment_import,
    payment_line_match,
)
from salawaku.cover.actions.reconcile import ReconcileResult
from salawaku.cover.models import Difference, PaymentLine, Reconciliation, WorkerMonth
from salawaku.programmes.models import Purse
from salawaku.registry.models import Worker
from tests.cover.test_selectors import pay
from tests.programmes.city import JANUARY, approved, programme, purse, register

pytestmark = pytest.mark.django_db
AMBON = "81.71"
Acting = Callable[[User], AbstractContextManager[None]]


def listed(*rows: Sequence[object], heading: Sequence[str] = ("NO", "NIK", "KPJ", "STATUS", "IURAN")) -> bytes:
    """A workbook as the branch sends it: a title, a heading, the participants."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DAFTAR PESERTA AKTIF"])
    sheet.append(list(heading))
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def active(*workers: Worker, amount: int | None = 16_800) -> list[list[object]]:
    return [[n, worker.nik, "", "AKTIF", amount] for n, worker in enumerate(workers, start=1)]


def compare(content: bytes, *, by: User | None = None, name: str = "aktif.xlsx") -> ReconcileResult:
    return month_reconcile(by=by, month=JANUARY, region_code=AMBON, file_name=name, content=content)


def kinds(result: ReconcileResult) -> dict[str, int]:
    told = result.as_json()
    return {kind: told[kind] for kind in Difference.Kind.values if told[kind]}


@pytest.fixture
def four(budi: User) -> list[Worker]:
    """Four workers decreed for January; the first two are paid."""
    workers = register(4)
    here = programme()
    money = purse(here, ceiling=1_000_000_000)
    for worker in workers[:2]:
        pay(worker, money, JANUARY)
    with elevated("a test fills the ledger"), connection.cursor() as cursor:
        for worker in workers[2:]:
            cursor.execute(
                "INSERT INTO cover_workermonth (month, worker_id, programme_id, purse_id, amount, village_code,"
                " agency_code) VALUES (%s, %s, %s, %s, 16800, %s, %s)",
                [JANUARY, worker.pk, here.pk, money.pk, worker.village_code, worker.agency_code],
            )
    return workers


def test_each_person_is_of_one_kind(four: list[Worker]) -> None:
    stranger = [9, "8171030101900009", "", "AKTIF", 16_800]
    result = compare(listed(*active(four[0], four[2]), stranger))
    assert result.as_json() == {
        "month": "2026-01", "region": AMBON, "rows": 3, "decreed": 4, "paid": 2, "active": 3, "agreed": 1,
        "paid_not_active": 1, "active_not_paid": 1, "decreed_not_paid": 1, "not_in_decree": 1, "amount": 0,
    }  # fmt: skip
    with elevated("a test looks"):
        found = {(one.kind, one.worker_id, one.nik) for one in Difference.objects.all()}
    assert found == {
        ("paid_not_active", four[1].pk, ""),
        ("active_not_paid", four[2].pk, ""),
        ("decreed_not_paid", four[3].pk, ""),
        ("not_in_decree", None, "8171030101900009"),
    }


def test_a_registered_person_without_a_decree_is_named(four: list[Worker]) -> None:
    other = register(1, first=90)[0]
    assert kinds(compare(listed(*active(*four, other))))["not_in_decree"] == 1
    with elevated("a test looks"):
        assert Difference.objects.get(kind="not_in_decree").worker_id == other.pk


def test_another_amount_is_a_difference(four: list[Worker]) -> None:
    result = compare(listed(*active(four[0], amount=8_400), *active(four[1], amount=None)))
    assert kinds(result) == {"amount": 1, "decreed_not_paid": 2}
    with elevated("a test looks"):
        one = Difference.objects.get(kind="amount")
    assert (one.expected, one.found, one.worker_id) == (16_800, 8_400, four[0].pk)
    assert one.due_on == law.add_working_days(timezone.localdate(), 7)


def test_people_are_found_by_participant_number_too(four: list[Worker]) -> None:
    with elevated("a test"):
        Worker.objects.filter(pk=four[0].pk).update(participant_number="23000000001")
    result = compare(listed([1, "", "23000000001", "AKTIF", 16_800], [2, "", "23000000001", "AKTIF", 16_800]))
    assert (result.reconciliation.active, result.reconciliation.agreed) == (1, 1)


def test_the_same_list_again_changes_nothing_and_a_newer_one_keeps_what_was_settled(
    four: list[Worker], sari: User, acting: Acting
) -> None:
    content = listed(*active(four[0]))
    first = compare(content)
    with acting(sari):
        settled = difference_settle(
            by=sari, difference=Difference.objects.get(worker=four[1]), reason="disurati", signed_off=True
        )
        before = list(Difference.objects.order_by("pk").values())
        again = compare(content)
        assert (again.is_new, again.by_kind) == (False, first.by_kind)
        assert list(Difference.objects.order_by("pk").values()) == before
        newer = compare(listed(*active(four[0], four[2], four[3])))
        assert kinds(newer) == {"paid_not_active": 1, "active_not_paid": 2}
        assert Difference.objects.get(worker=four[1]).pk == settled.pk
    assert Reconciliation.objects.count() == 1


def test_a_month_closes_when_nothing_is_open_by_a_colleague(
    four: list[Worker], sari: User, budi: User, acting: Acting
) -> None:
    with acting(sari):
        one = compare(listed(*active(four[0], four[1])), by=sari).reconciliation
        with pytest.raises(Refusal, match="colleague") as same:
            month_close(by=sari, reconciliation=one)
        assert same.value.code == "month.same_person"
        with pytest.raises(Refusal, match="2 differences are open"):
            month_close(by=budi, reconciliation=one)
        for difference in Difference.objects.all():
            difference_assign(by=sari, difference=difference, owner=budi, due_on=date(2026, 3, 2))
            difference_settle(by=budi, difference=difference, reason="tidak jadi dibayar", signed_off=True)
        closed = month_close(by=budi, reconciliation=one)
        assert (closed.status, closed.closed_by) == ("closed", budi)
        with pytest.raises(Refusal, match="closed"):
            month_close(by=budi, reconciliation=one)
        with pytest.raises(Refusal, match="closed"):
            compare(listed(*active(four[0])), by=sari)
        difference = Difference.objects.all()[0]
        with pytest.raises(Refusal, match="closed"):
            difference_settle(by=sari, difference=difference, reason="x")
    with elevated("a test reads the trail"):
        kinds_told = set(AuditEvent.objects.values_list("kind", flat=True))
    assert {"month.reconciled", "difference.assigned", "difference.signed_off", "month.closed"} <= kinds_told


def closed_month(four: list[Worker], sari: User, budi: User) -> Reconciliation:
    one = compare(listed(*active(*four[:2])), by=sari).reconciliation
    with elevated("a test settles"):
        for difference in Difference.objects.all():
            difference_settle(by=sari, difference=difference, reason="x", signed_off=True)
    return month_close(by=budi, reconciliation=one)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cover_workermonth SET status = 'decreed', bill_id = NULL WHERE month = '2026-01-01'",
        "UPDATE cover_workermonth SET amount = amount + 1 WHERE month = '2026-01-01'",
        "DELETE FROM cover_workermonth WHERE month = '2026-01-01'",
        "INSERT INTO cover_workermonth (month, worker_id, programme_id, purse_id, amount, village_code, agency_code)"
        " SELECT month, (SELECT id FROM registry_worker WHERE nik = '0000000000000090'), programme_id, purse_id,"
        " amount, village_code, agency_code FROM cover_workermonth WHERE month = '2026-01-01' LIMIT 1",
        "UPDATE cover_difference SET status = 'open', settled_at = NULL",
        "DELETE FROM cover_difference",
        "INSERT INTO cover_difference (reconciliation_id, kind, village_code, agency_code, nik, participant_number,"
        " due_on) SELECT id, 'amount', '81.71', '', '1', '', now() FROM cover_reconciliation",
        "UPDATE cover_reconciliation SET status = 'open', closed_by_id = NULL, closed_at = NULL",
        "UPDATE cover_reconciliation SET agreed = 0",
        "DELETE FROM cover_reconciliation",
    ],
)  # fmt: skip
def test_a_closed_month_is_not_changed_by_sql_either(
    four: list[Worker], sari: User, budi: User, statement: str
) -> None:
    register(1, first=90)
    closed_month(four, sari, budi)
    with (
        elevated("a test attacks"),
        pytest.raises(DatabaseError, match=r"closed month is not changed|pgtrigger"),
        transaction.atomic(),
    ):
        connection.cursor().execute(statement)


def test_other_months_and_a_merge_go_on(four: list[Worker], sari: User, budi: User) -> None:
    twin = register(1, first=90)[0]
    closed_month(four, sari, budi)
    with elevated("a test writes"), connection.cursor() as cursor:
        cursor.execute("UPDATE cover_workermonth SET worker_id = %s WHERE worker_id = %s", [twin.pk, four[0].pk])
        assert cursor.rowcount == 1
        cursor.execute(
            "INSERT INTO cover_workermonth (month, worker_id, programme_id, purse_id, amount, village_code,"
            " agency_code) SELECT '2026-02-01', worker_id, programme_id, purse_id, amount, village_code, agency_code"
            " FROM cover_workermonth WHERE month = '2026-01-01'"
        )
        assert cursor.rowcount == 4


def test_a_closed_month_is_neither_billed_nor_decreed(four: list[Worker], sari: User, budi: User) -> None:
    closed_month(four, sari, budi)
    with pytest.raises(Refusal, match="Nothing was billed"):
        bill_run(by=None, month=JANUARY)
    register(1, first=90)
    other = programme(code="lain")
    purse(other, ceiling=1_000_000_000)
    with pytest.raises(Refusal, match="closed") as refused:
        approved(other, by=budi)
    assert refused.value.code == "cover.month_closed"
    assert approved(other, by=budi, first_month=date(2026, 2, 1)).status == "approved"


def test_a_death_known_late_leaves_closed_months(four: list[Worker], sari: User, budi: User, acting: Acting) -> None:
    from salawaku.registry.actions import worker_died

    closed_month(four, sari, budi)
    with acting(sari):
        worker_died(by=sari, worker=four[3], died_on=date(2025, 12, 20))
    with elevated("a test looks"):
        assert WorkerMonth.objects.filter(worker=four[3], month=JANUARY).exists()


def test_two_cannot_be_one_maker_and_closer_by_sql(four: list[Worker], sari: User) -> None:
    one = compare(listed(*active(four[0])), by=sari).reconciliation
    with pytest.raises(IntegrityError, match="maker_is_not_closer"), transaction.atomic():
        Reconciliation.objects.filter(pk=one.pk).update(status="closed", closed_by=sari, closed_at=timezone.now())


def test_settling_needs_a_reason_once(four: list[Worker], sari: User, acting: Acting) -> None:
    compare(listed(*active(four[0])))
    with acting(sari):
        difference = Difference.objects.all()[0]
        with pytest.raises(Refusal, match="what was done"):
            difference_settle(by=sari, difference=difference, reason="  ")
        assert difference_settle(by=sari, difference=difference, reason="sudah diaktifkan").status == "settled"
        with pytest.raises(Refusal, match="before"):
            difference_settle(by=sari, difference=difference, reason="lagi")


def test_a_kind_is_signed_off_at_once(
    four: list[Worker], sari: User, budi: User, rina_far: User, acting: Acting
) -> None:
    one = compare(listed(*active(four[0])), by=sari).reconciliation
    asked = {"reconciliation": one, "kind": "decreed_not_paid"}
    with acting(sari):
        with pytest.raises(Refusal, match="what was done"):
            differences_sign_off(by=sari, reason=" ", **asked)
        with pytest.raises(Refusal, match="not yours"):
            differences_sign_off(by=rina_far, reason="x", **asked)
        assert differences_sign_off(by=sari, reason="anggaran habis", **asked) == 2
        assert differences_sign_off(by=sari, reason="anggaran habis", **asked) == 0
        assert [d.kind for d in Difference.objects.filter(status="open")] == ["paid_not_active"]
        assert differences_sign_off(by=sari, reason="disurati", reconciliation=one, kind="paid_not_active") == 1
        month_close(by=budi, reconciliation=one)
        with pytest.raises(Refusal, match="closed"):
            differences_sign_off(by=sari, reason="x", **asked)


def test_another_region_is_refused(four: list[Worker], rina_far: User) -> None:
    with pytest.raises(Refusal, match="not yours"):
        compare(listed(*active(four[0])), by=rina_far)


def test_a_region_that_does_not_exist_is_refused(four: list[Worker]) -> None:
    with pytest.raises(Refusal) as refused:
        month_reconcile(
            by=None, month=JANUARY, region_code="81.70", file_name="aktif.xlsx", content=listed(*active(four[0]))
        )
    assert refused.value.code == "region.unknown"


def test_a_mistyped_nik_is_found_by_the_number_of_the_participant(four: list[Worker]) -> None:
    with elevated("a test gives a number"):
        Worker.objects.filter(pk=four[0].pk).update(participant_number="26010000001")
    compare(listed([1, "8171030101909999", "26010000001", "AKTIF", 16_800], *active(four[1])))
    with elevated("a test looks"):
        assert not Difference.objects.filter(kind__in=["not_in_decree", "paid_not_active"]).exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "active.unreadable"),
        (b"\x00\x01\x02", "active.unreadable"),
        (b"a;b\n1;2\n", "active.columns"),
        (listed(), "active.columns"),
        (listed([1, 8171030101900001.0, "", "AKTIF", 1]), "active.nik_precision_lost"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        compare(content, name="x.csv" if content[:1] == b"a" else "x.xlsx")
    assert refused.value.code == code
    assert not Reconciliation.objects.exists()


def test_rows_that_say_not_active_sums_and_signatures_are_passed_over(four: list[Worker]) -> None:
    rows = [
        [1, four[0].nik, "", "AKTIF", 16_800],
        [2, four[1].nik, "", "NON AKTIF", 16_800],
        ["", "JUMLAH", "", "", 33_600],
        ["", "", "", "Ambon, 3 Februari 2026", ""],
    ]
    assert compare(listed(*rows)).reconciliation.rows == 1


def test_a_csv_does_as_well(four: list[Worker]) -> None:
    text = f"NIK;Status\n'{four[0].nik};Aktif\n{four[1].nik};Aktif\n"
    assert compare(text.encode(), name="aktif.csv").reconciliation.agreed == 2


def test_a_receipt_for_a_closed_month_waits_for_a_person(four: list[Worker], sari: User, budi: User) -> None:
    """The two who are decreed and unpaid are billed, the month is closed without their money, then it comes."""
    Purse.objects.update(committed=2 * 16_800)  # as an approval would have
    bill = bill_run(by=None, month=JANUARY).bills[0]
    closed_month(four, sari, budi)
    text = f"resi;kode iuran;jumlah;tanggal\n1;{bill.billing_code};{bill.amount};2026-03-12\n"
    result = payment_import(by=None, file_name="bank.csv", content=text.encode())
    assert (result.lines, result.only_theirs, result.month_closed, result.no_bill) == (1, 1, 1, 0)
    line = PaymentLine.objects.get()
    assert line.outcome == "month_closed"
    with pytest.raises(Refusal, match="closed"):
        payment_line_match(by=None, line=line, bill=bill)
    bill.refresh_from_db()
    assert bill.status == "open"
