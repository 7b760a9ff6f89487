"""A plain list: a column each for receipt, billing code, amount and date."""

from __future__ import annotations

from salawaku.cover.payment_files import headings
from salawaku.cover.payment_files.headings import Heading, cell
from salawaku.cover.payment_files.rows import Columns, Fault, Receipt, Taken, checked
from salawaku.cover.payment_files.signs import only_incoming

COLUMNS = {
    "receipt": headings.RECEIPT,
    "billing_code": headings.BILLING_CODE,
    "amount": headings.AMOUNT,
    "paid_on": headings.PAID_ON,
}


def missing(heading: Heading) -> list[str]:
    """The columns that a list needs and this one lacks."""
    return [field for field, known in COLUMNS.items() if heading.place(known) < 0]


def reader(heading: Heading) -> Taken | None:
    """How to take its lines; None when the heading is of another format."""
    if missing(heading):
        return None
    receipt, code, amount, day = places = [heading.place(known) for known in COLUMNS.values()]
    names = Columns(*map(heading.called, places))

    def take(row: int, cells: list[str]) -> Receipt | list[Fault]:
        found = Columns(cell(cells, receipt), cell(cells, code), cell(cells, amount), cell(cells, day))
        return checked(row, found, names)

    return only_incoming(heading, take)
