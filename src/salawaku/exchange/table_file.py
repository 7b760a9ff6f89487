"""Reading answer files of BPJS and Dukcapil: any layout whose heading names the NIK."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from salawaku.accounts.refusal import Refusal
from salawaku.intake.engine.cells import Cell, Row, Sheet, as_text, tidy
from salawaku.intake.engine.refusals import FileRefused
from salawaku.intake.engine.uploads import SHORTENED, headings_in, shown_sheets

NIK = ("nik", "nomor induk kependudukan", "no ktp", "nomor ktp", "no nik", "nomor identitas", "no identitas")
Answer = dict[str, Cell]  # field → cell; what the file lacks is ""


def read_answers(name: str, content: bytes, headings: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[int, Answer]]:
    """Row number (as the spreadsheet shows it) and cells of every row below a heading with the NIK.

    `headings` names the other fields. Refusal `answer.unreadable` for a file that cannot be opened,
    `answer.columns` for one without a NIK column, `answer.nik_precision_lost` where a NIK was a number.
    """
    known = {"nik": NIK, **headings}
    try:
        sheets = shown_sheets(name, content)
    except FileRefused as refused:
        raise Refusal("answer.unreadable", _("The file cannot be opened. Nothing was changed.")) from refused
    tables = [found for sheet in sheets if (found := _heading(sheet, known))]
    if not tables:
        raise Refusal("answer.columns", _("The file needs a heading NIK above its rows. Nothing was changed."))
    for sheet, place, columns in tables:
        for index, row in enumerate(sheet.rows[place + 1 :], start=place + 1):
            if any(tidy(cell) for cell in row):
                cells = {field: _cell(row, columns.get(field)) for field in known}
                _whole(sheet.number(index), cells["nik"])
                yield sheet.number(index), cells


def digits_of(cell: Cell) -> str:
    """The NIK without the blanks, dots and apostrophes that people put around it."""
    return re.sub(r"[\s.'`’\-]", "", tidy(cell))


def _heading(sheet: Sheet, known: Mapping[str, tuple[str, ...]]) -> tuple[Sheet, int, dict[str, int]] | None:
    found = headings_in(sheet, known)
    return next(((sheet, place, columns) for place, columns in found if "nik" in columns), None)


def _cell(row: Row, place: int | None) -> Cell:
    return row[place] if place is not None and place < len(row) else ""


def _whole(number: int, nik: Cell) -> None:
    """A spreadsheet's number keeps fifteen digits: the last one of such a NIK is made up."""
    damaged = isinstance(nik, int | float) and not isinstance(nik, bool) and len(as_text(nik)) >= 16
    if damaged or SHORTENED.fullmatch(tidy(nik)):
        raise Refusal(
            "answer.nik_precision_lost",
            _("Row %(row)d holds the NIK as a number; its last digit is lost. Ask for the file with NIK as text."),
            row=number,
        )
