"""The report of a bank's virtual accounts: number of the account, amount, time, journal number."""

from __future__ import annotations

import re

from salawaku.cover.payment_files import headings
from salawaku.cover.payment_files.headings import Heading, cell
from salawaku.cover.payment_files.rows import Columns, Fault, Receipt, Taken, checked, codes_in
from salawaku.cover.payment_files.signs import only_incoming

# The bank's prefix, then the digits of a billing code of ours: month, purse, one digit for the part.
ENDS_IN_CODE = re.compile(r"^[0-9]{3,7}(20[0-9]{2}(?:0[1-9]|1[0-2]))([0-9]{6})([0-9])$")


def reader(heading: Heading) -> Taken | None:
    """How to take its lines; None when the heading is of another format."""
    known = (headings.RECEIPT, headings.VIRTUAL_ACCOUNT, headings.AMOUNT, headings.PAID_ON)
    receipt, account, amount, day = map(heading.place, known)
    if min(receipt, account, amount, day) < 0:
        return None
    code, text = heading.place(headings.BILLING_CODE), heading.place(headings.TEXT)
    names = Columns(*map(heading.called, (receipt, account, amount, day)))

    def take(row: int, cells: list[str]) -> Receipt | list[Fault]:
        named = cell(cells, code) or codes_in(cell(cells, text)) or code_of_account(cell(cells, account))
        return checked(row, Columns(cell(cells, receipt), named, cell(cells, amount), cell(cells, day)), names)

    return only_incoming(heading, take)


def code_of_account(number: str) -> str:
    """The billing code that a virtual account ends in, else the number itself, for a person to look at."""
    digits = re.sub(r"[\s-]", "", number)
    found = ENDS_IN_CODE.match(digits)
    return "-".join(found.groups()) if found else digits
