"""A bank statement as a table: only what came in, with the billing code in its text."""

from __future__ import annotations

import re
from datetime import date

from salawaku.cover.payment_files import headings
from salawaku.cover.payment_files.headings import Heading, cell
from salawaku.cover.payment_files.rows import Columns, Fault, Receipt, Taken, amount_of, checked, codes_in, day_of

NO_CODE = "-"
NOTHING = re.compile(r"^[-0.,\s]*$")
OUTGOING = {"d", "db", "debit", "debet"}
SIGNED = re.compile(r"^(.*?)\s*(cr|k|db|d)?$", re.I | re.S)


def reader(heading: Heading) -> Taken | None:
    """How to take its lines; None when the heading is of another format."""
    text, day = heading.place(headings.TEXT), heading.place(headings.PAID_ON)
    credit, sign = heading.place(headings.CREDIT), heading.place(headings.SIGN)
    amount = credit if credit >= 0 else heading.place(headings.AMOUNT)
    receipt, balance = heading.place(headings.RECEIPT), heading.place(headings.BALANCE)
    if min(text, day, amount) < 0 or max(receipt, balance) < 0:
        return None
    names = Columns(*map(heading.called, (max(receipt, balance), text, amount, day)))

    def take(row: int, cells: list[str]) -> Receipt | list[Fault] | None:
        money = incoming(cell(cells, amount), cell(cells, sign))
        if money is None:
            return None
        paid_on = cell(cells, day)
        number = cell(cells, receipt) or number_of(day_of(paid_on), money, cell(cells, balance))
        return checked(row, Columns(number, codes_in(cell(cells, text)) or NO_CODE, money, paid_on), names)

    return take


def incoming(amount: str, sign: str) -> str | None:
    """The amount without its sign; None for what went out, and for a line without money."""
    bare, own = SIGNED.findall(amount)[0]
    if NOTHING.match(amount) or (sign or own).lower() in OUTGOING or amount.startswith("-"):
        return None
    return str(bare)


def number_of(paid_on: date | None, amount: str, balance: str) -> str:
    """A bank that gives no reference is known by day, amount and the balance after it: the same in every export."""
    digits = re.sub(r"[.,]00$", "", balance)
    left = re.sub(r"[^0-9]", "", digits)
    return f"{paid_on:%Y%m%d}-{amount_of(amount)}-{left}" if paid_on and left else ""
