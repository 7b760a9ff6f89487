"""What every format is read into, and how a cell becomes a number, an amount or a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST = 60
MOST_RUPIAH = 10**15
AMOUNT = re.compile(
    r"^(?:(?:rp|idr)\.?\s*)?([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:[.,]00)?$", re.I
)
DAYS = (
    re.compile(r"^(?P<y>20[0-9]{2})(?P<s>[-/.]?)(?P<m>[0-9]{2})(?P=s)(?P<d>[0-9]{2})(?:[ T].*|[0-9]{4}|[0-9]{6})?$"),
    re.compile(
        r"^(?P<d>[0-9]{1,2})[-/. ](?P<m>[0-9]{1,2}|[a-z]{3,9})[-/. ](?P<y>20[0-9]{2}|[0-9]{2})(?:[ ,T].*)?$", re.I
    ),
)
MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
ENGLISH = {"may": 5, "aug": 8, "oct": 10, "dec": 12}
# Billing codes of our own (actions/bill.py): month, purse, part. A bank may print them without the hyphens. A purse
# of self-payers has thousands of parts; no province has the number 20, so that none of them is a NIK.
OURS = re.compile(r"(?<![0-9])(20[0-9]{2}(?:0[1-9]|1[0-2]))([- ]?)([0-9]{6})\2([0-9]{1,6})(?![0-9])")
# A NIK with or without dots and blanks, also with the digits of a bank before it; and what reads like a name.
NIK = re.compile(r"(?:[0-9][ .-]?){12,}(?=(?:[0-9][ .-]?){3}[0-9](?![0-9]))")
WORDS = re.compile(r"[^\W\d_]{2,}[ .]+[^\W\d_]{2,}")
NO_CODE = "-"
EARLIEST = date(2015, 7, 1)  # before it there was no such insurance
PAST = timezone.localdate()  # of this process: what is not later need not ask the clock, line by line
ROUNDED = re.compile(r"^[0-9](?:[.,][0-9]+)?E\+?[0-9]+$", re.I)

TELL_AMOUNT = _("write whole rupiah above zero, such as 33600 or 33.600")
TELL_DAY = _("write the day as 2026-01-12 or 12-01-2026; it is not in the future")
TELL_RECEIPT = _("write the receipt number, at most 60 signs")
TELL_ROUNDED = _("Excel has shortened this number; take the file from the bank again and do not open it in Excel")
TELL_CODE = _("write the billing code, at most 60 signs")


class Receipt(NamedTuple):
    """One payment. `row` is the line of the file; the receipt is text, leading zeros and all."""

    row: int
    receipt: str
    billing_code: str
    amount: int
    paid_on: date


class Fault(NamedTuple):
    """What cannot be read: where, what stands there, and what to do."""

    row: int
    column: str
    value: str
    todo: str | Promise

    def __str__(self) -> str:
        told = _("row %(row)d, column %(column)s: “%(value)s” (%(todo)s)")
        return str(told) % {"row": self.row, "column": self.column, "value": self.value[:LONGEST], "todo": self.todo}


class Columns(NamedTuple):
    """How the file itself calls what was asked for, so that a fault speaks its language."""

    receipt: str
    billing_code: str
    amount: str
    paid_on: str


@lru_cache(maxsize=4096)
def amount_of(text: str) -> int | None:
    """Whole rupiah above zero; None for anything else."""
    found = AMOUNT.match(text)
    number = int(re.sub(r"[.,]", "", found[1])) if found and len(text) < LONGEST else 0
    return number if 0 < number < MOST_RUPIAH else None


@lru_cache(maxsize=4096)
def day_of(text: str) -> date | None:
    """A day of this century, with or without the time after it."""
    for form in DAYS:
        if found := form.match(text):
            try:
                return date(int(found["y"]) % 100 + 2000, _month(found["m"].lower()), int(found["d"]))
            except ValueError:
                return None
    return None


def _month(text: str) -> int:
    """The number of a month. ValueError where it is none."""
    if text.isdecimal():
        return int(text)
    return ENGLISH.get(text[:3]) or MONTHS.index(text[:3]) + 1


def codes_in(text: str) -> str:
    """The billing codes of ours that a free text names, each once and at most three; empty without one."""
    found = dict.fromkeys(f"{month}-{purse}-{part}" for month, _gap, purse, part in OURS.findall(text))
    return " ".join(list(found)[:3])


def without_person(text: str) -> str:
    """A code as it may be kept: a worker's NIK or name can stand for it, and persons are not kept here."""
    if OURS.fullmatch(text) or len(text) < 8:
        return text
    return NO_CODE if WORDS.search(text) else NIK.sub("•••", text)


def in_time(day: date | None) -> date | None:
    """The day when a payment can have been made on it: not before the insurance, not after tomorrow."""
    if day is None or day < EARLIEST:
        return None
    return day if day <= PAST or day <= timezone.localdate() + timedelta(days=1) else None


def checked(row: int, cells: Columns, names: Columns) -> Receipt | list[Fault]:
    """The receipt, or everything that is wrong with its line."""
    amount, paid_on = amount_of(cells.amount), in_time(day_of(cells.paid_on))
    if _is_number(cells.receipt) and _is_text(cells.billing_code) and amount and paid_on:
        return Receipt(row, cells.receipt, without_person(cells.billing_code), amount, paid_on)
    tests: tuple[tuple[object, str | Promise], ...] = (
        (_is_number(cells.receipt), TELL_ROUNDED if ROUNDED.match(cells.receipt) else TELL_RECEIPT),
        (_is_text(cells.billing_code), TELL_CODE),
        (amount, TELL_AMOUNT),
        (paid_on, TELL_DAY),
    )
    told = zip(names, cells, tests, strict=True)
    return [Fault(row, name, cell, todo) for name, cell, (right, todo) in told if not right]


def _is_number(receipt: str) -> bool:
    return _is_text(receipt) and (receipt.isdigit() or not ROUNDED.match(receipt))


def _is_text(cell: str) -> bool:
    return 0 < len(cell) <= LONGEST and cell.isprintable()


Taken = Callable[[int, list[str]], Receipt | list[Fault] | None]
