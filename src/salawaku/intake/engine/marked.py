"""The list back as a workbook: what became of each row and why, wrong cells coloured, rows to mend first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from salawaku.intake.engine.cells import Row, tidy
from salawaku.intake.engine.check import FileResult, RunResult
from salawaku.intake.engine.codes import WORDINGS
from salawaku.intake.engine.letterhead import village_line
from salawaku.intake.engine.mapping import letter
from salawaku.intake.engine.opening import open_book
from salawaku.intake.engine.places import Places
from salawaku.intake.engine.report import file_message, row_messages
from salawaku.intake.engine.tables import Listing, Reader, village_hints
from salawaku.intake.engine.trades import Occupations

OUTCOMES = {
    "rejected": ("Perlu diperbaiki", "#f4d9d0"),
    "review": ("Perlu diputuskan petugas", "#f6e6c8"),
    "duplicate": ("Sudah ada", "#e4e4e4"),
    "accepted": ("Diterima", "#dfead8"),
}
WRONG = {"rejected": "#e58a6b", "review": "#eab866", "duplicate": "#c9c9c9", "accepted": "#f2dc8c"}
ADDED = ("HASIL", "ALASAN", "LEMBAR ASAL", "BARIS ASAL", "ID BARIS")
WIDTHS = (24, 60, 16, 12, 24)
# Where a code's field was written as part of another column.
INSTEAD = {"birth_date": ("birth_date", "birth_place_date"), "sex": ("sex", "male", "female")}


@dataclass(frozen=True, slots=True)
class _Book:
    """The workbook being written, and its formats by what they colour."""

    book: Any
    formats: dict[str, Any]


def write_marked(
    result: RunResult,
    out: Path | str,
    *,
    file: int = 0,
    places: Places | None = None,
    occupations: Occupations | None = None,
    village: str | None = None,
) -> None:
    """Write the marked list of one file of a run. Nothing in it is ever a formula; NIKs stay text."""
    told = result.files[file]
    places, occupations = places or Places.shipped(), occupations or Occupations.shipped()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(out), options)
    try:
        target = _Book(book, _formats(book))
        rows = result.rows.filter(pl.col("file") == file) if result.rows.height else result.rows
        _summary(target, told, rows)
        if told.status == "read":
            reader = Reader(places, occupations, result.as_of, told.remembered)
            for listing in reader.read(open_book(told.path)).listings:
                hints = village_hints(listing, places, sender=village, file=told.name)
                _list(target, result, told, listing, village_line(hints, places))
    finally:
        book.close()


def _formats(book: Any) -> dict[str, Any]:
    text = {"num_format": "@", "valign": "top"}
    formats = {"head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "num_format": "@"})}
    formats |= {"text": book.add_format(text), "title": book.add_format({"bold": True, "font_size": 14})}
    for status, (_, colour) in OUTCOMES.items():
        formats[status] = book.add_format({**text, "bg_color": colour, "text_wrap": True})
        formats[f"wrong {status}"] = book.add_format({**text, "bg_color": WRONG[status], "bold": True})
    return formats


def _summary(target: _Book, file: FileResult, rows: pl.DataFrame) -> None:
    sheet = target.book.add_worksheet("Ringkasan")
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, f"Hasil pemeriksaan {file.name}", target.formats["title"])
    for n, line in enumerate(_sentences(file, rows), 2):
        sheet.write_string(n, 0, line)


def _sentences(file: FileResult, rows: pl.DataFrame) -> Iterator[str]:
    """What became of the file in words."""
    if file.status == "refused":
        yield file_message(file, "id")
        return
    counts = dict(rows["status"].value_counts().iter_rows())
    yield f"Daftar ini berisi {_count(rows.height)} baris."
    for status, (word, _) in OUTCOMES.items():
        yield f"{word}: {_count(counts.get(status, 0))} baris."
    yield "Perbaiki baris yang berwarna pada lembar berikutnya, simpan, lalu unggah berkas ini kembali."
    yield "Kolom HASIL sampai ID BARIS boleh dibiarkan; kolom itu tidak dibaca."
    if file.hidden:
        yield f"Lembar tersembunyi tidak dibaca: {', '.join(file.hidden)}."
    if file.without:
        yield f"Lembar tanpa daftar: {', '.join(filter(None, file.without))}."


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _list(target: _Book, result: RunResult, file: FileResult, listing: Listing, village: str) -> None:
    sheet = target.book.add_worksheet(_sheet_name(target, listing.sheet.name))
    lines = [line for line in (village, *listing.above.lines) if line]
    for n, line in enumerate(lines):
        sheet.write_string(n, 0, line)
    columns = sorted(listing.heading.labels)
    head = len(lines) + 1
    for c, label in enumerate((*ADDED, *(listing.heading.labels[c] for c in columns))):
        sheet.write_string(head, c, label, target.formats["head"])
    height = _rows(target, sheet, _outcomes(result, file, listing), listing, columns, head)
    last = len(ADDED) + len(columns) - 1
    for c in range(last + 1):
        sheet.set_column(c, c, WIDTHS[c] if c < len(ADDED) else 20)
    sheet.freeze_panes(head + 1, 1)
    sheet.autofilter(head, 0, head + height, last)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{letter(last)}{head + height + 1}"})


def _sheet_name(target: _Book, name: str) -> str:
    """The sheet's own name where a workbook allows it, never one given before."""
    bare = "".join(c for c in name if c not in "[]:*?/\\'")[:25].strip() or "Daftar"
    taken = {sheet.get_name().lower() for sheet in target.book.worksheets()}
    return next(n for n in (bare, *(f"{bare} {i}" for i in range(2, 1_000))) if n.lower() not in taken)


def _outcomes(result: RunResult, file: FileResult, listing: Listing) -> Iterator[dict[str, Any]]:
    """The rows of the list with their outcome, those to mend first."""
    number = result.files.index(file)
    order = {status: n for n, status in enumerate(OUTCOMES)}
    rows = result.rows.filter(pl.col("file") == number).join(
        listing.rows.select("sheet", "row"), on=["sheet", "row"], how="semi"
    )
    rows = rows.with_columns(rank=pl.col("status").replace_strict(order, return_dtype=pl.Int8))
    for row in rows.sort("rank", "row").iter_rows(named=True):
        yield row | {"reasons": row_messages(result, row, "id"), "row_id": f"{file.digest[:8]}-{row['id']}"}


def _rows(
    target: _Book, sheet: Any, outcomes: Iterable[dict[str, Any]], listing: Listing, columns: Sequence[int], head: int
) -> int:
    where = {listing.sheet.number(i): i for i in range(len(listing.sheet.rows))}
    n = 0
    for n, row in enumerate(outcomes, 1):
        status = row["status"]
        added = (
            OUTCOMES[status][0],
            " ".join(row["reasons"]),
            listing.sheet.name,
            str(row["row"]),
            row["row_id"],
        )
        for c, text in enumerate(added):
            sheet.write_string(head + n, c, text, target.formats[status])
        cells = listing.sheet.rows[where[row["row"]]]
        wrong = _wrong_columns(row, listing)
        for c, column in enumerate(columns, len(ADDED)):
            style = f"wrong {status}" if column in wrong else "text"
            sheet.write_string(head + n, c, _text(cells, column), target.formats[style])
    return n


def _text(cells: Row, column: int) -> str:
    return tidy(cells[column]) if column < len(cells) else ""


def _wrong_columns(row: dict[str, Any], listing: Listing) -> set[int]:
    """The columns whose cells the codes of a row speak of."""
    fields = {name for code in row["codes"] for name in INSTEAD.get(WORDINGS[code].field, (WORDINGS[code].field,))}
    return {c for c, name in listing.heading.fields.items() if name in fields}
