"""Taking the list of who is about to lapse out as a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import xlsxwriter
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.cover import guard
from salawaku.web.wording import mask

CHUNK = 5_000
HEADINGS = (
    "NIK", "Nama", "Kode Desa", "Desa", "OPD", "Pembayar terakhir", "Terlindungi sampai", "Kepesertaan berakhir",
    "Hari lagi", "Biaya satu bulan (Rp)",
)  # fmt: skip


@transaction.atomic
def lapses_export(*, by: User, as_of: date, wanted: guard.Wanted, target: Path) -> int:
    """Write who lapses into an xlsx file, chunk by chunk; how many. NIKs are masked for everybody.

    Every text cell is text, so that no formula can live in it. The audit event names the number.
    """
    if not by.can("register.export"):
        raise Refusal("register.no_export", _("Your role does not take lists out."))
    number, beyond = 0, 0
    with xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Akan gugur")
        for column, heading in enumerate(HEADINGS):
            sheet.write_string(0, column, heading)
        while rows := guard.lapses(as_of=as_of, wanted=wanted, beyond=beyond, limit=CHUNK):
            for row in rows:
                number += 1
                _write(sheet, number, row)
            beyond = rows[-1].worker_id
    detail = {"workers": number, "whole_nik": False, "list": "lapses"}
    audit.record(by=by, kind="list.exported", subject=by, detail=detail)
    return number


def _write(sheet: xlsxwriter.worksheet.Worksheet, number: int, row: guard.Lapse) -> None:
    """One line; xlsxwriter has no bulk call."""
    texts = (
        mask(row.nik), row.name, row.village_code, row.village, row.agency, row.source, f"{row.cover_end:%Y-%m-%d}",
        f"{row.membership_end:%Y-%m-%d}",
    )  # fmt: skip
    for column, text in enumerate(texts):
        sheet.write_string(number, column, text)
    for column, value in enumerate((row.days, row.price), start=len(texts)):
        sheet.write_number(number, column, value)
