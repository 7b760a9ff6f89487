"""Whether a line brought money or took it: banks write C or K, CR or DB, in a column or after the amount."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from salawaku.cover.payment_files import headings
from salawaku.cover.payment_files.headings import Heading, cell
from salawaku.cover.payment_files.rows import Fault, Receipt, Taken

INCOMING = frozenset({"", "c", "cr", "k", "kr", "credit", "kredit", "masuk", "+"})
OUTGOING = frozenset({"d", "db", "dr", "debit", "debet", "keluar", "-"})
TELL_SIGN = _("write CR for money that came in, DB for money that went out")


def comes_in(sign: str) -> bool | None:
    """True for money that came in, False for money that went out; None for a sign nobody knows."""
    bare = sign.strip().lower().rstrip(".")
    return True if bare in INCOMING else False if bare in OUTGOING else None


def only_incoming(heading: Heading, take: Taken) -> Taken:
    """The reader without the lines that say that money went out; other kinds of lines may stand in that column."""
    place = heading.place(headings.SIGN)

    def take_incoming(row: int, cells: list[str]) -> Receipt | list[Fault] | None:
        return None if comes_in(cell(cells, place)) is False else take(row, cells)

    return take_incoming if place >= 0 else take
