"""Tables as offices send them: the heading is found by what its columns are called, the rest is columns of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.refusal import Refusal
from salawaku.intake.engine.cells import Cell, Row, Sheet, column_cells, tidy
from salawaku.intake.engine.cells import text_series as text_column
from salawaku.intake.engine.refusals import FileRefused
from salawaku.intake.engine.uploads import SHORTENED, headings_in, shown_sheets

MOST_BYTES = 10_000_000
NIP = ("nip", "nip baru", "no nip", "nomor induk pegawai", "nip asn")

WHY: dict[str, Promise] = {
    "nip.missing": _("the NIP is missing"),
    "nip.length": _("a NIP has 18 digits"),
    "nip.precision_lost": _("the NIP is a number and has lost its last digits; make the column text"),
    "nip.repeated": _("this NIP stands in the file twice; the first row counts"),
    "nip.foreign": _("this NIP stands in the register of another government"),
    "name.missing": _("the name is missing"),
    "agency.unknown": _("no agency is called so here"),
}


class Fault(NamedTuple):
    """A row that was not taken: where it stands, the column and why (a code of WHY). Never what stands there."""

    sheet: str
    row: int
    column: str
    code: str

    def __str__(self) -> str:
        told = _("row %(row)d, %(column)s: %(why)s") % {"row": self.row, "column": self.column, "why": WHY[self.code]}
        return f"{self.sheet}: {told}" if self.sheet else str(told)


def read_table(name: str, content: bytes, columns: Mapping[str, tuple[str, ...]], needed: set[str]) -> pl.DataFrame:
    """The rows below the headings as text columns, with sheet, row (as the spreadsheet shows it) and `nip_number`.

    `columns` has the names each column may bear; `needed` must be there. Refusal when a file cannot be opened or no
    sheet has such a heading.
    """
    if len(content) > MOST_BYTES:
        raise Refusal("sponsor.file_too_large", _("The file is larger than 10 MB. Nothing was taken."))
    try:
        sheets = shown_sheets(name, content)
    except FileRefused as refused:
        raise Refusal(
            "sponsor.file_unreadable", _("The file cannot be opened. Save it as xlsx or CSV and try again.")
        ) from refused
    found = [frame for sheet in sheets if (frame := _of_sheet(sheet, columns, needed)) is not None]
    if not found:
        missing = ", ".join(sorted(columns[field][0].upper() for field in needed))
        raise Refusal(
            "sponsor.columns", _("The file needs the columns %(columns)s. Nothing was taken."), columns=missing
        )
    return pl.concat(found)


def _of_sheet(sheet: Sheet, columns: Mapping[str, tuple[str, ...]], needed: set[str]) -> pl.DataFrame | None:
    for place, places in headings_in(sheet, columns):
        if needed <= places.keys():
            return _frame(sheet, place + 1, places, columns)
    return None


def _frame(sheet: Sheet, first: int, places: dict[str, int], columns: Mapping[str, tuple[str, ...]]) -> pl.DataFrame:
    rows = sheet.rows[first:]
    nips = column_cells(rows, places.get("nip", len(rows[0]) if rows else 0))
    return pl.DataFrame(
        {
            "sheet": pl.Series([sheet.name] * len(rows), dtype=pl.String),
            "row": pl.Series(range(sheet.number(first), sheet.number(first) + len(rows)), dtype=pl.Int64),
            "nip_number": pl.Series([_is_number(cell) for cell in nips], dtype=pl.Boolean),
            **{field: text_column(field, _cells(rows, places.get(field))) for field in columns},
        }
    ).filter(pl.any_horizontal(pl.col(*columns).is_not_null()))


def _is_number(cell: Cell) -> bool:
    """Whether a cell has lost digits: a number, or the text that a CSV keeps of one ("1.98001E+17")."""
    return isinstance(cell, int | float) or bool(SHORTENED.fullmatch(tidy(cell)))


def _cells(rows: list[Row], place: int | None) -> list[str]:
    return [""] * len(rows) if place is None else [tidy(cell) for cell in column_cells(rows, place)]


def digits(column: str) -> pl.Expr:
    """The digits of a column alone: dots, blanks and the apostrophe of Excel are no part of a number."""
    return pl.col(column).fill_null("").str.replace_all(r"[^0-9]", "")


def plain(column: str) -> pl.Expr:
    """Lower case words, to compare names of offices."""
    return pl.col(column).fill_null("").str.to_lowercase().str.replace_all(r"[^a-z0-9]+", " ").str.strip_chars()
