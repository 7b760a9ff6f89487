"""The deduction list of a month as a workbook: what the pay office or the bank works off."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime

import xlsxwriter
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from salawaku.accounts import audit
from salawaku.accounts.models import Agency, User
from salawaku.sponsors.selectors import Deduction, deductions

WIDTHS = (6, 22, 34, 20, 22, 10, 16)


@transaction.atomic
def deductions_list(*, by: User | None, region_code: str, agency: Agency, month: date) -> bytes:
    """The list of an agency and month by bank, made from the database; the event says who took it.

    The caller has asked whether the person may see it. Nothing of the workers stands in it but their number.
    """
    rows = deductions(region_code=region_code, agency_code=agency.code, month=month)
    detail = {"month": f"{month:%Y-%m}", "sponsors": len(rows), "amount": sum(row.amount for row in rows)}
    audit.record(by=by, kind="deduction.listed", subject=agency, detail=detail, region_code=region_code)
    return workbook(agency.name, month, rows)


def workbook(agency: str, month: date, rows: Sequence[Deduction]) -> bytes:
    """Title, a line per sponsor by bank with the sum of each bank, the sum of all. Same rows, same bytes.

    Every text cell is a text: NIP and account keep their zeros, and no formula can live in a name.
    """
    target = io.BytesIO()
    with override("id"), xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime(month.year, month.month, 1, tzinfo=UTC)})
        sheet = book.add_worksheet(f"{month:%Y-%m}")
        bold = book.add_format({"bold": True})
        rupiah = book.add_format({"num_format": "#,##0"})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, _("Deduction for foster sponsors, %(month)s") % {"month": f"{month:%Y-%m}"}, bold)
        sheet.write_string(1, 0, agency, bold)
        for column, label in enumerate(_labels()):
            sheet.write_string(3, column, label, bold)
        place = 4
        for number, row in enumerate(rows, start=1):
            _write(sheet, place, number, row, rupiah)
            place += 1
            if number == len(rows) or rows[number].bank != row.bank:
                place = _sum(sheet, place, row.bank or "–", [one for one in rows if one.bank == row.bank], bold)
        _sum(sheet, place, _("All banks"), rows, bold)
    return target.getvalue()


def _labels() -> list[str]:
    return [_("No."), "NIP", _("Name"), _("Bank"), _("Account"), _("Workers"), _("Amount (Rp)")]


def _write(sheet: xlsxwriter.worksheet.Worksheet, place: int, number: int, row: Deduction, rupiah: object) -> None:
    sheet.write_number(place, 0, number)
    for column, text in enumerate((row.nip, row.name, row.bank, row.account), start=1):
        sheet.write_string(place, column, text)
    sheet.write_number(place, 5, row.workers)
    sheet.write_number(place, 6, row.amount, rupiah)


def _sum(
    sheet: xlsxwriter.worksheet.Worksheet, place: int, label: str, rows: Sequence[Deduction], bold: object
) -> int:
    sheet.write_string(place, 2, _("Sum %(of)s") % {"of": label}, bold)
    sheet.write_number(place, 5, sum(row.workers for row in rows), bold)
    sheet.write_number(place, 6, sum(row.amount for row in rows), bold)
    return place + 1
