"""Bank statements in MT940: what came in, with the billing code in the text; balances must agree.

Our own small reader: the `mt-940` package passes over a line that it does not understand, which loses a payment,
tells no line number and writes the text of a faulty line, names and all, into the log (docs/decisions/0007).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from salawaku.cover.payment_files.rows import LONGEST, NO_CODE, Fault, Receipt, codes_in, in_time

TAG = re.compile(r"^:([0-9]{2}[A-Z]?):")
BLOCK = re.compile(r"^(?:\{[1-5]:|-\}?$|-$)")
MONEY = r"(?P<money>[0-9]{1,12},(?:00?)?)"
BALANCE = re.compile(rf"^(?P<sign>[CD])(?P<day>[0-9]{{6}})IDR{MONEY}$")
MOVEMENT = re.compile(
    rf"^(?P<day>[0-9]{{6}})(?:[0-9]{{4}})?(?P<sign>R?[CD])[A-Z]?{MONEY}[A-Z][A-Z0-9]{{3}}"
    r".*?(?://(?P<bank>.*))?$"
)
SIGNS = {"C": 1, "D": -1, "RC": -1, "RD": 1}
NO_REFERENCE = {"", "NONREF"}
KNOWN = {
    "20",
    "21",
    "25",
    "28C",
    "28",
    "60F",
    "60M",
    "61",
    "86",
    "62F",
    "62M",
    "64",
    "65",
    "13D",
    "34F",
    "90C",
    "90D",
}

TELL_LINE = _("this is not MT940; ask the bank for the statement again")
TELL_BALANCE = _("a balance reads C260131IDR33600, in whole rupiah; ask the bank for the statement again")
TELL_MOVEMENT = _("a movement reads 260112C33600,NTRF and a reference, in whole rupiah; ask the bank again")
TELL_OPEN = _("the statement begins with :20:, :25:, :28C: and :60F:; ask the bank for the whole statement")
TELL_END = _("the statement does not end with :62F:; ask the bank for the whole statement")
TELL_SUM = _("opening balance and movements do not come to this balance; ask the bank for the whole statement")


@dataclass
class Field:
    """One tag with all its lines."""

    row: int
    tag: str
    text: str


@dataclass
class Statement:
    """What has been read of a statement so far."""

    row: int
    account: str = ""
    number: str = ""
    balance: int | None = None
    movements: int = 0
    sound: bool = True
    closed: bool = False
    waiting: Receipt | None = None
    text: list[str] = field(default_factory=list)


def items(lines: Iterable[str]) -> Iterator[Receipt | Fault]:
    """The payments and faults of all statements in a file."""
    statement: Statement | None = None
    for one in _fields(lines):
        if isinstance(one, Fault):
            yield one
        elif one.tag == "20":
            yield from _end(statement)
            statement = Statement(one.row)
        elif statement is None:
            yield Fault(one.row, f":{one.tag}:", "", TELL_OPEN)
            return
        else:
            yield from _take(statement, one)
    yield from _end(statement)


def _fields(lines: Iterable[str]) -> Iterator[Field | Fault]:
    current: Field | None = None
    for row, raw in enumerate(lines, start=1):
        line = raw.rstrip("\r\n")
        found = TAG.match(line.lstrip("\ufeff"))
        if found and found[1] in KNOWN:
            if current:
                yield current
            current = Field(row, found[1], line.lstrip("\ufeff")[found.end() :])
        elif found or (line.strip() and not current and not BLOCK.match(line)):
            yield Fault(row, found[0] if found else "", "", TELL_LINE)
        elif current and not BLOCK.match(line):
            current.text += f"\n{line}"
    if current:
        yield current


def _take(statement: Statement, one: Field) -> Iterator[Receipt | Fault]:
    if one.tag == "86":
        statement.text.append(one.text)
        return
    yield from _release(statement)
    if one.tag == "25":
        statement.account = _printable(one.text)
    elif one.tag in {"28", "28C"}:
        statement.number = _printable(one.text)
    elif one.tag in {"60F", "60M", "62F", "62M"}:
        yield from _balance(statement, one)
    elif one.tag == "61":
        yield from _movement(statement, one)


def _balance(statement: Statement, one: Field) -> Iterator[Fault]:
    """Keep the opening balance; compare the closing one, unless a movement could not be read anyway."""
    text, closing = one.text.strip(), one.tag in {"62F", "62M"}
    found = BALANCE.match(text)
    before, statement.closed = statement.balance, closing
    statement.balance = _signed(found) if found and not closing else None
    if not found or _day(found["day"]) is None:
        yield Fault(one.row, f":{one.tag}:", text, TELL_BALANCE)
    elif closing and before is None and statement.sound:
        yield Fault(one.row, f":{one.tag}:", text, TELL_OPEN)
    elif closing and statement.sound and before != _signed(found):
        yield Fault(one.row, f":{one.tag}:", text, TELL_SUM)


def _movement(statement: Statement, one: Field) -> Iterator[Fault]:
    """Take a movement into the balance; what came in waits for its text."""
    statement.movements += 1
    head = one.text.partition("\n")[0]
    found = MOVEMENT.match(head)
    paid_on = in_time(_day(found["day"])) if found else None
    if statement.balance is None or not (statement.account and statement.number):
        statement.sound = False
        yield Fault(one.row, ":61:", "", TELL_OPEN)
    elif not found or not paid_on:
        statement.sound = False
        yield Fault(one.row, ":61:", head, TELL_MOVEMENT)
    else:
        amount = _signed(found)
        statement.balance += amount
        if found["sign"] == "C" and amount:
            statement.waiting = Receipt(one.row, _receipt(statement, found["bank"]), NO_CODE, amount, paid_on)


def _printable(text: str) -> str:
    """A field that becomes part of a receipt number: its lines as one, without signs that nobody can see."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def _receipt(statement: Statement, reference: str | None) -> str:
    """The bank's reference, else account, statement and place in it: the same in every copy.

    The payer's own reference does not serve: two payers may write the same.
    """
    number = (reference or "").strip()
    if number in NO_REFERENCE or not number.isprintable():
        number = f"{statement.account}/{statement.number}/{statement.movements}"
    return number[-LONGEST:]


def _release(statement: Statement) -> Iterator[Receipt]:
    """The payment that waited, with the code that its text names. Banks cut texts after 65 signs, codes too."""
    text, receipt = "\n".join(statement.text), statement.waiting
    statement.text, statement.waiting = [], None
    if receipt:
        spaced = re.sub(r"\n?\?[0-9]{2}|\n", " ", text)
        joined = re.sub(r"\n?\?[0-9]{2}|\n", "", text)
        code = codes_in(spaced) or codes_in(joined) or NO_CODE
        yield receipt._replace(billing_code=code)


def _end(statement: Statement | None) -> Iterator[Receipt | Fault]:
    if statement:
        yield from _release(statement)
        if not statement.closed:
            yield Fault(statement.row, ":62F:", "", TELL_END)


def _signed(found: re.Match[str]) -> int:
    return SIGNS[found["sign"]] * int(found["money"].partition(",")[0])


def _day(text: str) -> date | None:
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        return None
