"""The empty list that a sender downloads: drop-downs for what is chosen, text for what is typed."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from django.utils.translation import gettext as _

from salawaku.regions.models import Region
from salawaku.registry.models import Occupation

# The headings are those that intake reads; they stay Indonesian, for the list goes to the villages.
COLUMNS = (
    ("NIK", 20), ("Nama", 30), ("Tempat Lahir", 16), ("Tanggal Lahir", 14), ("Jenis Kelamin", 14), ("Alamat", 30),
    ("RT", 6), ("RW", 6), ("Desa/Kelurahan", 28), ("Pekerjaan", 28), ("No HP", 16), ("No KK", 20),
)  # fmt: skip
ROWS = 2_000


def write_blank(target: Path, *, village_code: str, agency_code: str = "") -> Path:
    """Write the empty list of one sender; the choices of villages and occupations are the sender's."""
    villages = [region.title for region in _villages(village_code)]
    occupations = [occupation.name_id for occupation in _occupations(agency_code)]
    with xlsxwriter.Workbook(target) as book:
        sheet, help_sheet, choices = (book.add_worksheet(name) for name in ("Daftar", "Petunjuk", "Pilihan"))
        _list_sheet(book, sheet, villages, occupations)
        _help_sheet(help_sheet)
        choices.write_column(0, 0, ["L", "P"])
        choices.write_column(0, 1, villages)
        choices.write_column(0, 2, occupations)
        choices.hide()
    return target


def _villages(code: str) -> list[Region]:
    return list(Region.objects.filter(code__startswith=code, level=4).order_by("name"))


def _occupations(agency: str) -> list[Occupation]:
    own = Occupation.objects.filter(vulnerable=True)
    return list((own.filter(agency_code=agency) if agency else own).order_by("name_id")) or list(own)


def _list_sheet(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, villages: list[str], occupations: list[str]
) -> None:
    text = book.add_format({"num_format": "@"})
    heading = book.add_format({"bold": True, "bg_color": "#0b4650", "font_color": "#ffffff", "num_format": "@"})
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width, text)
        sheet.write_string(0, column, name, heading)
    sheet.freeze_panes(1, 0)
    for name, letter, number in (("Jenis Kelamin", "A", 2), ("Desa/Kelurahan", "B", len(villages)),
                                 ("Pekerjaan", "C", len(occupations))):  # fmt: skip
        column = [title for title, _width in COLUMNS].index(name)
        rule = {
            "validate": "list",
            "source": f"=Pilihan!${letter}$1:${letter}${max(number, 1)}",
            "error_type": "warning",
        }
        sheet.data_validation(1, column, ROWS, column, rule)


def _help_sheet(sheet: xlsxwriter.worksheet.Worksheet) -> None:
    lines = (
        _("One row for each worker. Leave the first row with the column names as it is."),
        _("NIK: 16 digits as on the identity card. The column is text; please keep it so, else Excel loses digits."),
        _("Birth date: for example 12-03-1980."),
        _("Sex, village and occupation: choose from the arrow in the cell."),
        _("Send the file on the page Lists. You see at once what has to be mended; nothing is lost."),
    )
    sheet.set_column(0, 0, 100)
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)
