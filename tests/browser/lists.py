"""A small village list as an operator would type it, the same list mended, and its way into the register."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.keyboard import press

HEADINGS = ("NO", "NIK", "NAMA LENGKAP", "TGL LAHIR", "L/P", "PEKERJAAN")
GOOD_NIK = "8171030101850011"
ROWS = (
    (GOOD_NIK, "Salomina Hendrika Tapilatu", "01-01-1985", "L", "nelayan"),
    ("817103020286001", "Yohana Rosalina Matakena", "02-02-1986", "L", "tukang ojek"),  # one digit is missing
    ("8171030303870031", "Bernadus Elisa Lekahena", "03-03-1987", "L", "petani"),
    ("8171030303870081", "Bernadus Elisa Lekahena", "03-03-1987", "L", "petani"),  # one digit off: the same man?
)
MENDED_NIK = "8171030202860019"


def write_list(path: Path, rows: Sequence[tuple[str, ...]] = ROWS) -> Path:
    """A list with a letterhead of Negeri Passo; `ROWS` hold one broken NIK and one pair to decide."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["PEMERINTAH KOTA AMBON"])
    sheet.append(["DAFTAR PEKERJA RENTAN NEGERI PASSO"])
    sheet.append([])
    sheet.append(HEADINGS)
    for number, row in enumerate(rows, 1):
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


def send(page: Page, path: Path) -> Page:
    """Upload a list and wait on its page until it is checked."""
    page.goto("/daftar/")
    page.locator("input[type=file]").set_input_files(path)
    with page.expect_navigation():
        press(page, page.get_by_role("button", name="Kirim", exact=True))
    page.goto("/daftar/")
    press(page, page.get_by_role("link", name=path.name))
    expect(page.locator(".sums, main").first).to_contain_text("baris", timeout=60_000)
    expect(
        page.get_by_role("link", name="Excel bertanda").or_(page.get_by_role("button", name="Excel bertanda"))
    ).to_be_visible(timeout=60_000)
    return page


def confirm(page: Page, list_url: str) -> None:
    """Confirm a list, with the second look where it is asked for."""
    page.goto(list_url)
    press(page, page.get_by_role("link", name="Sahkan daftar"))
    page.wait_for_url(re.compile("/sahkan/"))
    for box in page.locator("#confirm input[type=checkbox]").all():
        press(page, box, "Space")
    press(page, page.get_by_role("button", name="Sahkan daftar"))
    expect(page.locator("main")).to_contain_text("Masuk data induk", timeout=60_000)
