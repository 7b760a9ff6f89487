"""A programme-year of the demonstration city: purses, plan, decree, bills, payments, a few deaths, a comparison.

The story is the one that the documents tell everywhere: the budget comes in March, the village money ends in the
autumn and the sponsors are late, so that some people are about to lose their cover.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta

from salawaku import law
from salawaku.accounts.models import User
from salawaku.cover.actions import bill_run, month_reconcile, payment_import
from salawaku.cover.models import Bill, Reconciliation, WorkerMonth
from salawaku.programmes.actions import (
    PurseTerms,
    allocation_approve,
    allocation_propose,
    decree_freeze,
    programme_open,
    purse_open,
    quotas_set,
)
from salawaku.programmes.models import Allocation, Decree, Programme
from salawaku.registry.actions import worker_died
from salawaku.registry.models import Worker

CITY = "81.71"
CODE = "PR"
# Kind, name, payer code, share of the city's workers it can carry, first month, last month, village kinds.
PURSES = (
    ("apbd_city", "APBD Kota Ambon", "SG", 38, 3, 12, ()),
    ("village_fund", "Dana desa dan ADD", "SD", 14, 4, 9, ("desa", "negeri")),
    ("bank", "CSR bank daerah", "SB", 6, 7, 12, ()),
    ("foster", "Bapak asuh ASN", "SL", 9, 1, 12, ()),
)
LATE = "foster"
LATE_MONTHS = 3
DEATHS = 3
MISSING_AT_BPJS = 400


class ProgrammeYear:
    """The months of one year up to `today`; whatever was done before stays done."""

    def __init__(self, *, maker: User, approver: User, today: date) -> None:
        self.maker, self.approver, self.today = maker, approver, today
        # Early in a year the year before tells the better story.
        self.year = today.year if today.month >= 4 else today.year - 1
        self.code = f"{CODE}-{self.year}"

    def month(self, number: int) -> date:
        """The first day of that month of the programme's year."""
        return date(self.year, number, 1)

    def months(self) -> Iterator[date]:
        """The programme's months that have begun."""
        return (month for month in map(self.month, range(1, 13)) if month <= self.today)

    def open(self) -> Programme:
        """The programme with its seats per village and its purses."""
        known = Programme.objects.filter(code=self.code).first()
        return known or self._open()

    def _open(self) -> Programme:
        programme = programme_open(
            by=self.maker,
            code=self.code,
            name=f"Perlindungan pekerja rentan Kota Ambon {self.year}",
            region_code=CITY,
            agency_code="dinas_tenaga_kerja",
            legal_basis="Peraturan Wali Kota (contoh untuk peragaan)",
            first_month=self.month(1),
            last_month=self.month(12),
        )
        workers = Worker.objects.filter(village_code__startswith=CITY).count()
        quotas_set(by=self.maker, programme=programme, method="population", seats=workers * 8 // 10)
        for priority, (kind, name, payer, share, first, last, kinds) in enumerate(PURSES, 1):
            terms = PurseTerms(
                name=name,
                kind=kind,
                payer_code=payer,
                ceiling=workers
                * share
                // 100
                * (last - first + 1)
                * law.monthly_cost(self.month(first), payer=law.Payer.APBD),
                first_month=self.month(first),
                last_month=self.month(last),
                priority=priority,
                village_kinds=kinds,
            )
            purse_open(by=self.maker, programme=programme, terms=terms)
        return programme

    def decree(self, programme: Programme) -> Decree:
        """The plan, approved by the colleague, and the frozen decree."""
        known = Decree.objects.filter(allocation__programme=programme).first()
        return known or self._decree(programme)

    def _decree(self, programme: Programme) -> Decree:
        allocation = Allocation.objects.filter(programme=programme, status="proposed").first()
        if allocation is None and not Allocation.objects.filter(programme=programme, status="approved").exists():
            allocation = allocation_propose(by=self.maker, programme=programme).allocation
        if allocation is not None:
            allocation_approve(by=self.approver, allocation=allocation)
        return decree_freeze(
            by=self.maker,
            allocation=Allocation.objects.get(programme=programme, status="approved"),
            number=f"{100 + self.year % 100}/SK/{self.year} (peragaan)",
            signed_on=self.month(3),
            signatory="Wali Kota Ambon (peragaan)",
        )

    def bill(self, month: date) -> None:
        """The bills of a month and, where the payer is not late, their payment."""
        bill_run(by=self.maker, month=month)
        paid = [
            bill
            for bill in Bill.objects.filter(month=month).exclude(status="paid").order_by("id")
            if self._pays(bill)
        ]
        if paid:
            payment_import(by=self.maker, file_name=f"pembayaran-{month:%Y-%m}.csv", content=_payment_file(paid))

    def _pays(self, bill: Bill) -> bool:
        """All pay in time but one, who is some months behind."""
        behind = LATE_MONTHS if bill.purse.kind == LATE else 0
        return law.add_months(bill.month, behind) <= law.first_of_month(self.today)

    def deaths(self, programme: Programme) -> None:
        """A few covered workers died this year; their cover ends with the month of death."""
        if Worker.objects.filter(status=Worker.Status.DIED).exists():
            return
        covered = Decree.objects.get(allocation__programme=programme).lines.order_by("number")
        for line in covered[7 : 7 + DEATHS * 11 : 11]:
            died_on = law.first_of_month(self.today) - timedelta(days=9)
            worker_died(by=self.maker, worker=Worker.objects.get(pk=line.worker_id), died_on=died_on)

    def reconcile(self) -> None:
        """Compare last month with the list of BPJS, which lacks a few who are paid and has a few of its own."""
        month = law.add_months(self.today, -1)
        paid = WorkerMonth.objects.filter(month=month, status=WorkerMonth.Status.PAID).order_by("worker_id")
        niks = list(paid.values_list("worker__nik", flat=True))
        if niks and not Reconciliation.objects.filter(month=month, region_code=CITY).exists():
            month_reconcile(
                by=self.maker,
                month=month,
                region_code=CITY,
                file_name=f"peserta-aktif-{month:%Y-%m}.csv",
                content=_active_list(niks),
            )


def _active_list(niks: list[str]) -> bytes:
    """The branch's list of active participants: one in 400 is missing, some are in no decree."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["NIK", "Status"])
    known = [nik for place, nik in enumerate(niks) if place % MISSING_AT_BPJS]
    strangers = [f"81710801019{number:05d}" for number in range(1, len(niks) // MISSING_AT_BPJS + 1)]
    writer.writerows([nik, "AKTIF"] for nik in (*known, *strangers))
    return text.getvalue().encode()


def _payment_file(bills: list[Bill]) -> bytes:
    """A settlement file as the bank sends it; receipts keep their leading zeros."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["Nomor resi", "Kode iuran", "Nominal", "Tanggal bayar"])
    for bill in bills:
        writer.writerow([f"{bill.pk:08d}", bill.billing_code, bill.amount, bill.due_on.strftime("%d-%m-%Y")])
    return text.getvalue().encode()
