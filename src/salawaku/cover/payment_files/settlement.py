"""The settlement of a BPJS channel: a heading with semicolons, lines with bars, the parts of a payment by programme.

`No REFF` is the receipt, `Kode Iuran` the billing code. The customer's name is passed over: it is never kept.
"""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from salawaku.accounts.refusal import Refusal
from salawaku.cover.payment_files.headings import Heading, cell
from salawaku.cover.payment_files.rows import TELL_AMOUNT, Columns, Fault, Receipt, Taken, amount_of, checked

HEADING = (
    "No REFF;Nomor ID;Kode Iuran;Kode Program;DateTime Trx;TotalAmount;Nama Customer;KodeCa;"
    "amount JHT;amount JKK;amount JKM;periode tagihan"
)
NAMES = Heading(HEADING.split(";")).names
RECEIPT, CODE, TIME, TOTAL, PARTS = 0, 2, 4, 5, 8
CALLED = Columns("No REFF", "Kode Iuran", "TotalAmount", "DateTime Trx")
# A column each for JHT, JKK and JKM, or one for the three of them.
WIDTHS = {len(NAMES), len(NAMES) - 2}
TELL_WIDTH = _("a line has 12 fields with bars between, or 10 with the parts as JHT=0#JKK=10000#JKM=6800")
TELL_SUM = _("JHT, JKK and JKM must add up to TotalAmount; ask the channel for the right line")


def reader(heading: Heading) -> Taken | None:
    """How to take its lines; None when the heading is of another format. Refusal for an unknown form of it."""
    if "amount jkk" not in heading.names:
        return None
    if heading.names != NAMES:
        told = _("A settlement file has this heading: %(heading)s")
        raise Refusal("payment.columns", told, heading=HEADING)
    return take


def take(row: int, cells: list[str]) -> Receipt | list[Fault]:
    """One payment, if its parts add up."""
    if len(cells) - 1 in WIDTHS and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) not in WIDTHS:
        return [Fault(row, CALLED.receipt, str(len(cells)), TELL_WIDTH)]
    found = Columns(cell(cells, RECEIPT), cell(cells, CODE), cell(cells, TOTAL), cell(cells, TIME))
    taken = checked(row, found, CALLED)
    parts = "#".join(cells[PARTS:-1])
    total = sum_of(parts)
    if total is None:
        return [*_faults(taken), Fault(row, "amount JHT, JKK, JKM", parts, TELL_AMOUNT)]
    if isinstance(taken, Receipt) and total != taken.amount:
        return [Fault(row, "TotalAmount", f"{taken.amount} ≠ {parts}", TELL_SUM)]
    return taken


def _faults(taken: Receipt | list[Fault]) -> list[Fault]:
    return taken if isinstance(taken, list) else []


@lru_cache(maxsize=4096)
def sum_of(parts: str) -> int | None:
    """What `JHT=0#JKK=10000#JKM=6800` or `0#10000#6800` comes to; None where it cannot be read."""
    total, seen = 0, set()
    for place, part in enumerate(parts.split("#")):
        name, _equals, amount = part.rpartition("=")
        number = 0 if amount.strip(" 0") == "" else amount_of(amount.strip())
        if number is None or (name or place) in seen:
            return None
        seen.add(name or place)
        total += number
    return total
