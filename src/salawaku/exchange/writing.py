"""Writing a registration file: row by row, every cell as text, so that no zero is lost and no formula can live."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

import xlsxwriter

from salawaku.exchange.profiles import Profile

FORMULA = re.compile(r"\s*[=+\-@]|[\t\r]")
NUMBER = re.compile(r"[+-]?[\d., ]+")


def write_file(profile: Profile, rows: Iterable[Sequence[str]]) -> bytes:
    """The file as the profile wants it. The rows are read once, one by one."""
    headings = [column.heading for column in profile.columns]
    if profile.format == "csv":
        return _csv(headings, rows, profile.separator)
    return write_workbook(profile.sheet, headings, rows)


def write_workbook(sheet_name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet of texts; the cells have the format "text", so that they stay texts when somebody edits them."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(sheet_name)
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        sheet.set_column(0, len(headings) - 1, 18, text)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        # xlsxwriter has no bulk call: the loop is over the cells of the file, the rows come from a server cursor.
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if value:  # an empty text would count as filled in
                    sheet.write_string(number, column, value, text)
    return target.getvalue()


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str]], separator: str) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=separator)
    writer.writerow(headings)
    writer.writerows([_inert(value) for value in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def _inert(value: str) -> str:
    """A text that a spreadsheet opening the CSV would take for a formula stays a text; a number stays a number."""
    return f"'{value}" if FORMULA.match(value) and not NUMBER.fullmatch(value) else value
