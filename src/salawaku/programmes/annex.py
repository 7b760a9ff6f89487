"""The annex of a decree: its canonical text and hash, the PDF of each village, the workbook of all.

The hash is taken over the canonical text, not over a file, so that it can be computed anew from the frozen lines
however PDF and Excel look in later years. The text never changes its form: a new form gets a new number.
"""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override
from xlsxwriter.worksheet import Worksheet

from salawaku.programmes.leaving import word
from salawaku.programmes.models import Decree
from salawaku.programmes.pdf import typeset

FORM, CHANGE_FORM = 1, 2  # a decree that changes another also says which and whom it takes out
Row = Sequence[object]  # number, NIK, name, address, village, occupation, purse, first month, months, amount
WIDTHS = (6, 20, 30, 44, 24, 24, 24, 12, 8, 14)


def canonical_hash(decree: Decree, rows: Iterable[Row], removals: Sequence[Row] = ()) -> str:
    """SHA-256 of the canonical text: a line for the decree, a line per person, fields separated by tabs.

    In the form of change decrees the first line ends with the decree that is changed; after the persons come a line
    with the number of entries taken out and a line for each.
    """
    digest = hashlib.sha256()
    head = ("salawaku-annex", decree.form, decree.number, decree.signed_on, decree.programme.code)
    changes = decree.form == CHANGE_FORM
    digest.update(_line((*head, decree.changes.number if decree.changes else "") if changes else head))
    for row in rows:
        digest.update(_line(row))
    if changes:
        digest.update(_line(("removed", len(removals))))
        for row in removals:
            digest.update(_line(row))
    return digest.hexdigest()


def _line(fields: Row) -> bytes:
    clean = (unicodedata.normalize("NFC", str(field)).replace("\t", " ").replace("\n", " ") for field in fields)
    return ("\t".join(clean) + "\n").encode()


def labels() -> list[str]:
    """The headings of the annex, in Indonesian: a decree is an Indonesian document."""
    with override("id"):
        return [
            _("No."),
            _("NIK"),
            _("Name"),
            _("Address"),
            _("Village"),
            _("Occupation"),
            _("Source of money"),
            _("From month"),
            _("Months"),
            _("Amount (Rp)"),
        ]


def removal_labels() -> list[str]:
    """The headings of the entries taken out, in Indonesian."""
    with override("id"):
        return [
            _("No."),
            _("Decree"),
            _("No. there"),
            _("NIK"),
            _("Name"),
            _("Address"),
            _("Village"),
            _("Reason"),
            _("Since"),
        ]


def pdf(decree: Decree, village: str, rows: Sequence[Row], removals: Sequence[Row] = ()) -> bytes:
    """The annex of one village. The same decree gives the same bytes with the same Typst."""
    with override("id"):
        data = {
            "title": _("Annex to decree %(number)s") % {"number": decree.number},
            "subtitle": decree.programme.name,
            "changes": _("Changes decree %(number)s") % {"number": decree.changes.number} if decree.changes else "",
            "removed_title": _("Taken out of the earlier annex"),
            "removed_labels": [label for index, label in enumerate(removal_labels()) if index != 6],
            "removed": [_printed_removal(row) for row in removals],
            "village": village,
            "labels": [label for index, label in enumerate(labels()) if index != 4],
            "rows": [_printed(row) for row in rows],
            "sha256": decree.sha256,
            "summary": _("%(n)s workers, Rp%(amount)s")
            % {"n": _number(len(rows)), "amount": _number(sum(int(str(row[9])) for row in rows))},
            "place_and_day": f"{decree.signed_on:%d-%m-%Y}",
            "signatory": decree.signatory,
        }
    # Tags make each file ten times as large; the workbook is the accessible form.
    return typeset("programmes", "annex.typ", data, day=decree.signed_on, tagged=False)


def _printed(row: Row) -> list[str]:
    number, nik, name, address, _village, occupation, purse, first_month, months, amount = row
    texts = [number, nik, name, address, occupation, purse, f"{first_month:%m-%Y}", months, _number(int(str(amount)))]
    return [str(text) for text in texts]


def _printed_removal(row: Row) -> list[str]:
    number, decree, line, nik, name, address, _village, reason, since = row
    return [*map(str, (number, decree, line, nik, name, address, word(str(reason)))), f"{since:%d-%m-%Y}"]


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def workbook(decree: Decree, rows: Iterable[Row], removals: Sequence[Row] = ()) -> bytes:
    """All persons in one sheet, those taken out in another. A name that begins with "=" stays a name."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": decree.number, "comments": f"SHA-256 {decree.sha256}"})
    sheet = _sheet(book, None, decree, labels())
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    for index, row in enumerate(rows, start=2):
        _write_row(sheet, index, row)
    if decree.changes:
        with override("id"):
            sheet = _sheet(book, _("Taken out"), decree, removal_labels())
            for index, row in enumerate(removals, start=2):
                _write_row(sheet, index, (*row[:7], str(word(str(row[7]))), f"{row[8]:%Y-%m-%d}"))
    book.close()
    return target.getvalue()


def _sheet(book: xlsxwriter.Workbook, name: str | None, decree: Decree, headings: list[str]) -> Worksheet:
    """A new sheet with the hash and the headings."""
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    sheet.write_string(0, 0, f"{decree.number} · SHA-256 {decree.sha256}", bold)
    for column, heading in enumerate(headings):
        sheet.write_string(1, column, heading, bold)
    sheet.freeze_panes(2, 0)
    return sheet


def _write_row(sheet: Worksheet, index: int, row: Row) -> None:
    """Numbers as numbers, months as year and month, everything else, the NIK first of all, as text."""
    for column, value in enumerate(row):
        if isinstance(value, int):
            sheet.write_number(index, column, value)
        else:
            sheet.write_string(index, column, f"{value:%Y-%m}" if isinstance(value, date) else str(value))
