"""The months of the demonstration city: bills, payments, deaths, comparisons with BPJS."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from salawaku import law
from salawaku.accounts.models import User
from salawaku.cover.actions import (
    bill_run,
    bill_split,
    differences_sign_off,
    month_close,
    month_reconcile,
    payment_import,
)  # fmt: skip
from salawaku.cover.models import Bill, Difference, Reconciliation, WorkerMonth
from salawaku.demo.files import table
from salawaku.demo.year import CITY
from salawaku.registry.actions import worker_died
from salawaku.registry.models import Worker

DEAREST = 16_800  # what a month of one worker costs at most
MISSING_AT_BPJS = 400  # one worker in so many is missing on the branch's list


def make_bills(month: date, *, by: User) -> None:
    """The bills of a month."""
    bill_run(by=by, month=month)


def split(month: date, kind: str, *, at_most: int, by: User) -> None:
    """Take what a payer has at hand out of the bill of its purse, in whole workers; once."""
    bills = Bill.objects.filter(month=month, purse__kind=kind).exclude(status="void")
    whole = bills.filter(status="open").first()
    if whole and bills.count() == 1 and DEAREST <= at_most < whole.amount:
        bill_split(by=by, bill=whole, at_most=at_most)


def pay(month: date, *, by: User, late: Collection[str]) -> None:
    """Pay the bills of a month; of a purse of a `late` kind only what was taken out of its bill."""
    waiting = Bill.objects.filter(month=month, status="open").order_by("id").select_related("purse")
    paid = [one for one in waiting if one.part > 1 or one.purse.kind not in late]
    if paid:
        payment_import(by=by, file_name=f"pembayaran-{month:%Y-%m}.csv", content=_payment_file(paid))


def deaths(month: date, *, by: User, many: int) -> None:
    """A few covered workers died in that month; their cover ends with it."""
    first, after = month, law.add_months(month, 1)
    known = Worker.objects.filter(status=Worker.Status.DIED, died_on__gte=first, died_on__lt=after)
    if known.exists():
        return
    covered = WorkerMonth.objects.filter(month=month, worker__status=Worker.Status.LIVING).order_by("worker_id")
    for worker_id in covered.values_list("worker_id", flat=True)[7 : 7 + many * 11 : 11]:
        worker_died(by=by, worker=Worker.objects.get(pk=worker_id), died_on=after - timedelta(days=9))


def compare(month: date, *, by: User) -> Reconciliation | None:
    """Compare a month with the list of BPJS, which lacks a few who are paid and has a few of its own."""
    known = Reconciliation.objects.filter(month=month, region_code=CITY).first()
    paid = WorkerMonth.objects.filter(month=month, status=WorkerMonth.Status.PAID).order_by("worker_id")
    niks = list(paid.values_list("worker__nik", flat=True))
    if known or not niks:
        return known
    return month_reconcile(
        by=by,
        month=month,
        region_code=CITY,
        file_name=f"peserta-aktif-{month:%Y-%m}.csv",
        content=_active_list(niks),
    ).reconciliation


def close(month: date, *, by: User, closer: User) -> None:
    """Compare a month, sign off what differs, and let the colleague close it."""
    compared = compare(month, by=by)
    if compared is None or compared.status == Reconciliation.Status.CLOSED:
        return
    for kind in Difference.Kind.values:
        if compared.differences.filter(kind=kind, status=Difference.Status.OPEN).exists():
            differences_sign_off(
                by=by, reconciliation=compared, kind=kind, reason="Sudah dijelaskan dengan cabang (peragaan)"
            )
    month_close(by=closer, reconciliation=compared)


def _active_list(niks: Sequence[str]) -> bytes:
    """The branch's list of active participants: one in 400 is missing, some are in no decree."""
    known = [nik for place, nik in enumerate(niks) if place % MISSING_AT_BPJS]
    strangers = [f"81710801019{number:05d}" for number in range(1, len(niks) // MISSING_AT_BPJS + 1)]
    return table(["NIK", "Status"], ([nik, "AKTIF"] for nik in (*known, *strangers)))


def _payment_file(bills: Sequence[Bill]) -> bytes:
    """A settlement file as the bank sends it; receipts keep their leading zeros."""
    rows = ([f"{one.pk:08d}", one.billing_code, str(one.amount), one.due_on.strftime("%d-%m-%Y")] for one in bills)
    return table(["Nomor resi", "Kode iuran", "Nominal", "Tanggal bayar"], rows)
