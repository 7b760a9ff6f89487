"""A small city for the money path: workers, a programme, purses."""

from __future__ import annotations

from datetime import date
from typing import Any

from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions import bill_run, payment_import
from salawaku.cover.models import Bill
from salawaku.programmes import actions
from salawaku.programmes.actions import AgreementTerms, Document, PurseTerms
from salawaku.programmes.models import Agreement, Allocation, Programme, Purse
from salawaku.registry.models import Worker

PASSO, RUMAH_TIGA, AHUSEN = "81.71.03.2001", "81.71.04.2003", "81.71.01.1003"
JANUARY, DECEMBER = date(2026, 1, 1), date(2026, 12, 1)


def register(count: int = 1, *, first: int = 1, **fields: Any) -> list[Worker]:
    """Put living fishers of Passo into the register; `fields` overrides."""
    base: dict[str, Any] = {
        "village_code": PASSO,
        "agency_code": "dinas_perikanan",
        "birth_date": date(1985, 5, 17),
        "sex": "M",
        "occupation_id": "nelayan_pesisir",
        "welfare_decile": 3,
        "proposed_on": date(2025, 10, 1),
    } | fields
    workers = [
        Worker(nik=f"{number:016d}", name=f"Pekerja {number}", name_key=f"pekerja {number}", **base)
        for number in range(first, first + count)
    ]
    with elevated("a test fills the register"):
        return Worker.objects.bulk_create(workers)


def programme(*, code: str = "ambon-2026", **fields: Any) -> Programme:
    """A programme of Ambon for 2026."""
    defaults: dict[str, Any] = {
        "name": "Perlindungan Pekerja Rentan 2026",
        "region_code": "81.71",
        "first_month": JANUARY,
        "last_month": DECEMBER,
    }
    return actions.programme_open(by=None, code=code, **(defaults | fields))


def purse(of: Programme, *, ceiling: int, **fields: Any) -> Purse:
    """A purse of the city's budget."""
    defaults: dict[str, Any] = {"name": "APBD Kota", "kind": "apbd_city", "payer_code": "SG"}
    return actions.purse_open(by=None, programme=of, terms=PurseTerms(ceiling=ceiling, **(defaults | fields)))


def approved(of: Programme, *, by: User, maker: User | None = None, first_month: date | None = None) -> Allocation:
    """A plan proposed by `maker` and approved by `by`."""
    plan = actions.allocation_propose(by=maker, programme=of, first_month=first_month)
    assert plan.allocation is not None
    return actions.allocation_approve(by=by, allocation=plan.allocation)


def agreement(*, document: Document | None = None, **fields: Any) -> Agreement:
    """An agreement of Ambon with BPJS for 2026: 5,000 workers."""
    terms: dict[str, Any] = {
        "number": "PKS/1/2026",
        "kind": "pks",
        "parties": "Pemerintah Kota Ambon\nBPJS Ketenagakerjaan Cabang Ambon",
        "subject": "Perlindungan pekerja rentan",
        "signed_on": date(2026, 1, 5),
        "valid_from": JANUARY,
        "valid_to": date(2026, 12, 31),
        "region_code": "81.71",
        "quotas": {"81.71": 5_000},
    }
    return actions.agreement_record(by=None, terms=AgreementTerms(**(terms | fields)), document=document)


def month_paid(money: Purse, month: date) -> None:
    """Bill a month and pay the bill of one purse."""
    bill_run(by=None, month=month)
    bill = Bill.objects.get(purse=money, month=month)
    line = f"{bill.pk:08d},{bill.billing_code},{bill.amount},{month.replace(day=12)}"
    content = f"receipt,billing code,amount,date\n{line}\n".encode()
    payment_import(by=None, file_name=f"bank-{bill.pk}.csv", content=content)
    bill.refresh_from_db()
    assert bill.status == "paid"
