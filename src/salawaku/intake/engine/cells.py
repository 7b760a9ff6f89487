"""What a spreadsheet cell can hold, and its text as a person sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import zip_longest

import polars as pl

Cell = str | int | float | bool | date | datetime | time | timedelta
Row = list[Cell]

# Formula errors mean "nothing here", whatever the office programme calls them.
ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!", "#CALC!")
)
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")


@dataclass(slots=True)
class Sheet:
    """A rectangle of cells; `first_row` is the row number that the spreadsheet shows beside `rows[0]`."""

    name: str
    rows: list[Row]
    first_row: int = 1
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    first_column: int = 0

    def number(self, index: int) -> int:
        """The row as the spreadsheet shows it."""
        return self.first_row + index


@dataclass(slots=True)
class Book:
    """An opened file: its sheets in order, and what kind of file it turned out to be."""

    kind: str
    sheets: list[Sheet] = field(default_factory=list)


def as_text(cell: Cell) -> str:
    """The cell as text: whole numbers without a point, dates as ISO, errors as nothing."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    return str(cell)


def tidy(cell: Cell) -> str:
    """The text of one cell without invisible characters, errors and surrounding blanks."""
    text = INVISIBLE.sub("", as_text(cell)).strip()
    return "" if text in ERRORS else text


def text_series(name: str, cells: Sequence[Cell]) -> pl.Series:
    """A column of cells as tidy text; empty cells are null."""
    if not set(map(type, cells)) <= {str}:
        cells = [c if type(c) is str else as_text(c) for c in cells]
    series = pl.Series(name, cells, dtype=pl.String)
    if series.str.len_bytes().sum() > series.str.len_chars().sum():  # invisible characters are never ASCII
        series = series.str.replace_all(INVISIBLE.pattern, "")
    series = series.str.strip_chars()
    if series.str.starts_with("#").any():
        series = series.replace(sorted(ERRORS), [""] * len(ERRORS))
    return series.set(series == "", None)


def replaced(texts: pl.Series, table: Mapping[str, object], kind: type[pl.DataType]) -> pl.Series:
    """Every text by what the table says of it, null where it says nothing."""
    if not table:
        return pl.Series(texts.name, [None], dtype=kind).new_from_index(0, len(texts))
    old, new = pl.Series(list(table), dtype=pl.String), pl.Series(list(table.values()), dtype=kind)
    return texts.replace_strict(old, new, default=None, return_dtype=kind)


def columns_of_rows(rows: Sequence[Row]) -> list[Sequence[Cell]]:
    """The rows turned into columns; what a short row lacks is empty."""
    return list(zip_longest(*rows, fillvalue=""))


def column_cells(rows: Sequence[Row], index: int) -> list[Cell]:
    """One column of ragged rows; what a short row lacks is empty."""
    return [row[index] if index < len(row) else "" for row in rows]
