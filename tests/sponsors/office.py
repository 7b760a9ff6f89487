"""An office of sponsors: civil servants, a foster purse, pledges, workers with months in the ledger."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
from django.db import connection

from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.programmes.models import Purse
from salawaku.registry.models import Worker
from salawaku.sponsors import actions
from salawaku.sponsors.actions import PledgeTerms
from salawaku.sponsors.models import Pledge, Sponsor, SponsoredMonth
from salawaku.sponsors.paper import Paper
from tests.programmes.city import DECEMBER, JANUARY, programme, purse

AMBON, FISHERY, TRADE = "81.71", "dinas_perikanan", "dinas_perindag"
PAPER = Paper("kuasa.pdf", b"%PDF-1.4 uji")


def nip(number: int) -> str:
    return f"1980010120050{number:05d}"


def sponsors(count: int = 1, *, first: int = 1, agency: str = FISHERY, region: str = AMBON) -> list[Sponsor]:
    """Civil servants of an agency in the register."""
    with elevated("a test fills the register"):
        return Sponsor.objects.bulk_create(
            Sponsor(nip=nip(number), name=f"Pegawai {number}", bank="Bank Uji", account=f"00{number}",
                    agency_code=agency, village_code=region)
            for number in range(first, first + count)
        )  # fmt: skip


def foster(*, code: str = "ambon-2026", ceiling: int = 0, **fields: Any) -> Purse:
    """A purse of foster sponsors, empty until pledges fill it."""
    return purse(programme(code=code), ceiling=ceiling, name="Bapak asuh", kind="foster", payer_code="SG", **fields)


def pledged(sponsor: Sponsor, money: Purse, *, workers: int = 1, **fields: Any) -> Pledge:
    """An accepted pledge."""
    terms = {"first_month": JANUARY, "last_month": DECEMBER, "signed_on": date(2025, 12, 1)} | fields
    with elevated("a test records a pledge"):
        pledge = actions.pledge_record(
            by=None, sponsor=sponsor, purse=money, terms=PledgeTerms(workers=workers, **terms), paper=PAPER
        )
        return actions.pledge_accept(by=None, pledge=pledge)


def decreed(workers: Sequence[Worker], money: Purse, *, first: date = JANUARY, last: date = DECEMBER) -> None:
    """Months of these workers in the ledger, as an approved plan would write them."""
    with elevated("a test fills the ledger"), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO cover_workermonth
               (month, worker_id, programme_id, purse_id, amount, village_code, agency_code)
               SELECT m::date, w.id, %s, %s, CASE WHEN m < '2026-04-01' AND NOT o.transport THEN 16800 ELSE 8400 END,
                      w.village_code, w.agency_code
               FROM registry_worker w JOIN registry_occupation o ON o.code = w.occupation_id,
                    generate_series(%s::timestamp, %s::timestamp, interval '1 month') m
               WHERE w.id = ANY(%s)""",
            [money.programme_id, money.pk, first, last, [worker.pk for worker in workers]],
        )
        cursor.execute(
            """UPDATE programmes_purse p SET committed = m.amount, ceiling = greatest(ceiling, m.amount + billed)
               FROM (SELECT sum(amount) AS amount FROM cover_workermonth WHERE purse_id = %s AND status = 'decreed') m
               WHERE p.id = %s""",
            [money.pk, money.pk],
        )


def matched(money: Purse, *, first: date = JANUARY, by: User | None = None) -> actions.MatchPlan:
    return actions.match_keep(by=by, purse=money, first_month=first, today=date(2026, 1, 5))


def carried() -> dict[tuple[int, str], int]:
    """The pledge of each worker and month."""
    with elevated("a test looks"):
        rows = SponsoredMonth.objects.values_list("worker_id", "month", "pledge_id")
        return {(worker, f"{month:%m}"): pledge for worker, month, pledge in rows}


def workbook(*rows: Sequence[object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
