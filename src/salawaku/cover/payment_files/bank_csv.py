"""A bank statement as a table: only what came in, with the billing code in its text."""

from __future__ import annotations

import re
from datetime import date

from salawaku.cover.payment_files import headings
from salawaku.cover.payment_files.headings import Heading, cell
from salawaku.cover.payment_files.rows import (
    LONGEST,
    NO_CODE,
    Columns,
    Fault,
    Receipt,
    Taken,
    amount_of,
    checked,
    codes_in,
    day_of,
)
from salawaku.cover.payment_files.signs import TELL_SIGN, comes_in

NOTHING = re.compile(r"^[-0.,\s]*$")
SIGNED = re.compile(r"^((?:rp|idr)?[^a-z]*[0-9.,]) *([a-z]*)$", re.I)


def reader(heading: Heading) -> Taken | None:
    """How to take its lines; None when the heading is of another format."""
    text, day = heading.place(headings.TEXT), heading.place(headings.PAID_ON)
    credit = heading.place(headings.CREDIT)
    amount, sign = (credit, -1) if credit >= 0 else map(heading.place, (headings.AMOUNT, headings.SIGN))
    receipt, balance = heading.place(headings.RECEIPT), heading.place(headings.BALANCE)
    if min(text, day, amount) < 0 or max(receipt, balance) < 0:
        return None
    names = Columns(*map(heading.called, (max(receipt, balance), text, amount, day)))
    sign_name = heading.called(sign if sign >= 0 else amount)

    def take(row: int, cells: list[str]) -> Receipt | list[Fault] | None:
        money, mark = parted(cell(cells, amount), cell(cells, sign))
        came_in = comes_in(mark)
        if came_in is None:
            return [Fault(row, sign_name, mark, TELL_SIGN)]
        if not came_in or NOTHING.match(money):
            return None
        paid_on = cell(cells, day)
        number = cell(cells, receipt) or number_of(day_of(paid_on), money, cell(cells, balance))
        return checked(row, Columns(number, codes_in(cell(cells, text)) or NO_CODE, money, paid_on), names)

    return take


def parted(amount: str, sign: str) -> tuple[str, str]:
    """The amount and its sign, which stands in its own column, after the amount, or as a minus before it."""
    if amount.startswith("-") and not NOTHING.match(amount):
        return amount, "-"
    found = SIGNED.match(amount) if len(amount) <= LONGEST else None
    return (found[1], sign or found[2]) if found else (amount, sign)


def number_of(paid_on: date | None, amount: str, balance: str) -> str:
    """A bank that gives no reference is known by day, amount and the balance after it: the same in every export."""
    digits = re.sub(r"[.,]00$", "", balance)
    left = re.sub(r"[^0-9]", "", digits)
    return f"{paid_on:%Y%m%d}-{amount_of(amount)}-{left}" if paid_on and left else ""
