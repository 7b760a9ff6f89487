"""Writes grids as xlsx, xls, ods and csv files; the same bytes for the same grids."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from salawaku.demo.lists.cells import Cell, Formula
from salawaku.demo.lists.grid import Grid
from salawaku.demo.lists.xls import write_xls

CREATED = datetime(2026, 1, 5, tzinfo=UTC)
ODS_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
)
ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"
ODS_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    f'manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def write_grids(
    path: Path, grids: list[Grid], *, encoding: str = "utf-8", delimiter: str = ";", blank_lines: bool = False
) -> None:
    """Write the grids as the sheets of one file, in the format of its name."""
    if path.suffix == ".csv":
        path.write_bytes(_csv_text(grids[0], delimiter, blank_lines).encode(encoding, "replace"))
    elif path.suffix == ".ods":
        _write_ods(path, grids)
    elif path.suffix == ".xls":
        write_xls(path, grids)
    else:
        _write_xlsx(path, grids)


def _csv_text(grid: Grid, delimiter: str, blank_lines: bool) -> str:
    """The grid as text; an empty row is a row of delimiters, or a blank line as other programs write it."""
    width = max((len(row) for row in grid.rows), default=0)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for row in grid.rows:
        if blank_lines and not any(cell is not None for cell in row):
            out.write("\r\n")
            continue
        writer.writerow([_as_text(cell) for cell in row] + [""] * (width - len(row)))
    return out.getvalue()


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return str(cell.value if isinstance(cell, Formula) else cell)


def _write_xlsx(path: Path, grids: list[Grid]) -> None:
    options = {"strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": CREATED, "title": "Daftar pekerja"})
        bold = book.add_format({"bold": True, "align": "center", "valign": "vcenter"})
        dated = book.add_format({"num_format": "dd/mm/yyyy"})
        long_number = book.add_format({"num_format": "0"})
        for grid in grids:
            sheet = book.add_worksheet(grid.name)
            for top, left, bottom, right in grid.merges:
                if (top, left) != (bottom, right):
                    sheet.merge_range(top, left, bottom, right, "", bold)
            for at, row in enumerate(grid.rows):
                _write_row(sheet, at, row, dated, long_number)
            for row_number in grid.hidden:
                sheet.set_row(row_number - 1, None, None, {"hidden": True})


def _write_row(sheet: Any, at: int, row: list[Cell], dated: Any, long_number: Any) -> None:
    for column, cell in enumerate(row):
        if cell is None:
            continue
        if isinstance(cell, str):
            sheet.write_string(at, column, cell)
        elif isinstance(cell, date):
            sheet.write_datetime(at, column, cell, dated)
        elif isinstance(cell, Formula):
            sheet.write_formula(at, column, cell.text, None, cell.value)
        else:
            sheet.write_number(at, column, cell, long_number)


def _write_ods(path: Path, grids: list[Grid]) -> None:
    """The least ODS that spreadsheets open: one content file, values typed cell by cell."""
    tables = "".join(_ods_table(grid) for grid in grids)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_SPACES} office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as pack:
        parts = (("mimetype", ODS_MIME), ("META-INF/manifest.xml", ODS_MANIFEST), ("content.xml", content))
        for name, text in parts:
            # The mimetype must lie first and uncompressed: that is how readers know the file.
            squeeze = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            pack.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 0, 0, 0)), text, squeeze)


def _ods_table(grid: Grid) -> str:
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in grid.merges}
    rows = []
    for at, row in enumerate(grid.rows):
        visible = ' table:visibility="collapse"' if at + 1 in grid.hidden else ""
        cells = "".join(_ods_cell(cell, spans.get((at, column))) for column, cell in enumerate(row))
        rows.append(f"<table:table-row{visible}>{cells or '<table:table-cell/>'}</table:table-row>")
    return f'<table:table table:name="{escape(grid.name)}">{"".join(rows)}</table:table>'


def _ods_cell(cell: Cell, span: tuple[int, int] | None) -> str:
    spanned = ""
    if span:
        spanned = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"'
    value = cell.value if isinstance(cell, Formula) else cell
    if value is None or value == "":
        return f"<table:table-cell{spanned}/>"
    if isinstance(value, date):
        day = value.isoformat()
        kind = f' office:value-type="date" office:date-value="{day}"'
        return f"<table:table-cell{spanned}{kind}><text:p>{value:%d/%m/%Y}</text:p></table:table-cell>"
    if isinstance(value, int | float):
        kind = f' office:value-type="float" office:value="{value}"'
        return f"<table:table-cell{spanned}{kind}><text:p>{value}</text:p></table:table-cell>"
    text = escape(value).replace("  ", ' <text:s text:c="1"/>')
    return f'<table:table-cell{spanned} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
