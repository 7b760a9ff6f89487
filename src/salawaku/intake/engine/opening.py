"""Opening a file by what it is, whatever its name says."""

from __future__ import annotations

import io
from pathlib import Path

import python_calamine as calamine

from salawaku.intake.engine.cells import Book, Sheet
from salawaku.intake.engine.csvs import decode, read_csv
from salawaku.intake.engine.htmls import read_html
from salawaku.intake.engine.limits import MOST_BYTES, guard_zip
from salawaku.intake.engine.refusals import FileRefused

ZIP, OLE = b"PK", bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
EXTENSIONS = frozenset((".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt", ".tsv", ".xlsb"))


def open_book(path: Path) -> Book:
    """All sheets of a file; raises `FileRefused` where nothing can be read."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise FileRefused("file.unreadable", why="large", size=f"{size / 1e6:.0f}")
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise FileRefused("file.empty", why="nothing")
    if head.startswith(ZIP):
        guard_zip(path)
        return _workbook(path)
    data = path.read_bytes()
    if head.startswith(OLE):
        if ENCRYPTED in data:
            raise FileRefused("file.unreadable", why="password")
        return _workbook(path)
    return _text(data)


def _text(data: bytes) -> Book:
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        text = decode(data)
        if "<table" in text.lower():
            return Book("html", [read_html(text)])
        raise FileRefused("file.unreadable", why="markup")
    return Book("csv", [read_csv(data)])


def _workbook(path: Path) -> Book:
    """Spreadsheets through calamine; from memory, because by path it would trust the file's extension."""
    data = io.BytesIO(path.read_bytes())
    try:
        book = calamine.load_workbook(data)
        return Book("workbook", [_sheet(book, meta) for meta in book.sheets_metadata if _holds_cells(meta)])
    except (calamine.CalamineError, OSError, ValueError) as error:
        locked = isinstance(error, calamine.PasswordError)
        raise FileRefused("file.unreadable", why="password" if locked else "damaged") from error


def _holds_cells(meta: calamine.SheetMetadata) -> bool:
    return meta.typ == calamine.SheetTypeEnum.WorkSheet


def _sheet(book: calamine.CalamineWorkbook, meta: calamine.SheetMetadata) -> Sheet:
    hidden = meta.visible != calamine.SheetVisibleEnum.Visible
    if hidden:
        return Sheet(meta.name, [], hidden=True)
    read = book.get_sheet_by_name(meta.name)
    start = read.start or (0, 0)
    rows = read.to_python()
    merged = tuple(
        (a[0] - start[0], a[1] - start[1], b[0] - start[0], b[1] - start[1]) for a, b in read.merged_cell_ranges or ()
    )
    return Sheet(meta.name, rows, start[0] + 1, merged=merged, first_column=start[1])
