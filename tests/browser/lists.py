"""A small village list as an operator would type it, and the same list mended."""

from __future__ import annotations

from pathlib import Path

import openpyxl

HEADINGS = ("NO", "NIK", "NAMA LENGKAP", "TGL LAHIR", "L/P", "PEKERJAAN")
GOOD_NIK = "8171030101850011"
ROWS = (
    (GOOD_NIK, "Salomina Hendrika Tapilatu", "01-01-1985", "L", "nelayan"),
    ("817103020286001", "Yohana Rosalina Matakena", "02-02-1986", "L", "tukang ojek"),  # one digit is missing
    ("8171030303870031", "Bernadus Elisa Lekahena", "03-03-1987", "L", "petani"),
    ("8171030303870081", "Bernadus Elisa Lekahena", "03-03-1987", "L", "petani"),  # one digit off: the same man?
)
MENDED_NIK = "8171030202860019"


def write_list(path: Path) -> Path:
    """The list with a letterhead of Negeri Passo, one broken NIK and one pair to decide."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["PEMERINTAH KOTA AMBON"])
    sheet.append(["DAFTAR PEKERJA RENTAN NEGERI PASSO"])
    sheet.append([])
    sheet.append(HEADINGS)
    for number, row in enumerate(ROWS, 1):
        sheet.append([number, *row])
    book.save(path)
    return path


def mend(marked: Path, mended: Path) -> Path:
    """Fill the missing digit into the marked list, where the operator finds it: in the first rows."""
    book = openpyxl.load_workbook(marked)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == ROWS[1][0]:
                    cell.value = MENDED_NIK
    book.save(mended)
    return mended
