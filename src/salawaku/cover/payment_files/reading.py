"""Telling the formats apart and reading a file: all of it, or nothing with every reason."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from salawaku.accounts.refusal import Refusal
from salawaku.cover.payment_files import mt940, tables
from salawaku.cover.payment_files.rows import Fault, Receipt

LARGEST = 20_000_000
MOST_FAULTS = 20
SWIFT = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:\{1:|:20:)")


def read_receipts(file_name: str, content: bytes) -> Iterator[Receipt]:
    """The payments in a file, one by one. Refusal after the last one when any line could not be read.

    Whoever takes them keeps them only once the iterator has ended: a line that is left out silently would be money
    that nobody looks for, so one faulty line holds back the file.
    """
    if len(content) > LARGEST:
        raise Refusal("payment.too_large", _("The file is larger than 20 MB. Split it and import the parts."))
    faults: list[Fault] = []
    found = more = 0
    for item in _items(content):
        if isinstance(item, Receipt):
            found += 1
            yield item
        elif len(faults) < MOST_FAULTS:
            faults.append(item)
        else:
            more += 1
    if faults:
        raise _refusal(file_name, faults, more)
    if not found:
        raise Refusal("payment.empty", _("The file has a heading but no payments."))


def _refusal(file_name: str, faults: list[Fault], more: int) -> Refusal:
    shown = "; ".join(map(str, faults))
    if more:
        shown += "; " + str(_("and %d more") % more)
    told = _("Nothing was imported. Please mend in %(file)s: %(faults)s")
    return Refusal("payment.unreadable", told, file=file_name, faults=shown)


def _items(content: bytes) -> Iterator[Receipt | Fault]:
    lines = _lines(content)
    return mt940.items(lines) if SWIFT.match(content[:200]) else tables.items(lines)


def _lines(content: bytes) -> io.TextIOWrapper:
    """The file line by line, decoded as it goes, so that no second copy of it stands in memory."""
    return io.TextIOWrapper(io.BytesIO(content), encoding=_encoding(content), errors="replace", newline="")


def _encoding(content: bytes) -> str:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    try:
        content.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
