"""Files with a heading: which of the known tables it is, and its lines."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Literal, NamedTuple

from django.utils.translation import gettext_lazy as _

from salawaku.accounts.refusal import Refusal
from salawaku.cover.payment_files import bank_csv, plain, settlement, virtual_account
from salawaku.cover.payment_files.headings import Heading
from salawaku.cover.payment_files.rows import Fault, Receipt, Taken

# A bank puts its name, the account and the period above the heading.
ABOVE = 20
LONGEST_HEADING = 10_000
DELIMITERS = ";,\t|"
# The first that fits reads the file: a statement of virtual accounts has the columns of a bank statement too.
FORMATS = (virtual_account.reader, plain.reader, bank_csv.reader)
TELL_TABLE = _("take the file from the bank again; this line is not a line of a table")


class Table(NamedTuple):
    """How the lines after the heading are taken."""

    take: Taken
    delimiter: str
    quoting: Literal[0, 3]
    heading_row: int


def items(lines: Iterable[str]) -> Iterator[Receipt | Fault]:
    """The payments and faults of a file with a heading. Refusal when no heading is found."""
    rest = iter(lines)
    top = list(islice(rest, ABOVE))
    table = _table(top)
    below = chain(top[table.heading_row :], rest)
    for number, cells in _rows(below, table):
        if isinstance(cells, Fault):
            yield cells
        elif any(map(str.strip, cells)):
            taken = table.take(number, cells)
            if isinstance(taken, Receipt):
                yield taken
            else:
                yield from taken or ()


def _rows(lines: Iterable[str], table: Table) -> Iterator[tuple[int, list[str] | Fault]]:
    """The cells of each line with the line's number; a cell in quotes may run over several lines."""
    source = csv.reader(lines, delimiter=table.delimiter, quoting=table.quoting, strict=True)
    number = table.heading_row + 1
    while True:
        try:
            cells = next(source, None)
        except csv.Error:
            yield number, Fault(number, "", "", TELL_TABLE)
            return
        if cells is None:
            return
        yield number, cells
        number = table.heading_row + source.line_num + 1


def _table(top: list[str]) -> Table:
    """The format whose heading stands in one of the first lines."""
    for number, line in enumerate(top, start=1):
        delimiter = max(DELIMITERS, key=line.count)
        heading = Heading(next(csv.reader([line[:LONGEST_HEADING].replace("\0", "")], delimiter=delimiter), []))
        if take := settlement.reader(heading):
            body = "|" if "|" in "".join(top[number:]) else delimiter
            return Table(take, body, csv.QUOTE_NONE, number)  # a quote in a customer's name is only a sign
        for reader in FORMATS:
            if take := reader(heading):
                return Table(take, delimiter, csv.QUOTE_MINIMAL, number)
    raise _unknown(top)


def _unknown(top: list[str]) -> Refusal:
    """What is missing for a plain list of receipts, the format that anybody can write."""
    line = re.sub(r"[\0\r\n]", "", top[0][:LONGEST_HEADING]) if top else ""
    heading = Heading(line.split(max(DELIMITERS, key=line.count)))
    told = _("The first line must name the columns receipt, billing code, amount, date. Missing: %(missing)s")
    return Refusal("payment.columns", told, missing=", ".join(plain.missing(heading)))
