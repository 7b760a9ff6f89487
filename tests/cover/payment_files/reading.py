"""Reading in tests: all of a file, or what was refused."""

from __future__ import annotations

import pytest

from salawaku.accounts.refusal import Refusal
from salawaku.cover.payment_files import Receipt, read_receipts


def read(text: str | bytes, *, name: str = "bank.txt") -> list[Receipt]:
    """Every receipt of the file."""
    return list(read_receipts(name, text.encode() if isinstance(text, str) else text))


def refused(text: str | bytes, *, code: str = "payment.unreadable") -> str:
    """Why the file was refused."""
    with pytest.raises(Refusal) as refusal:
        read(text)
    assert refusal.value.code == code
    return str(refusal.value)
