"""Small registers for tests of the machinery: one parameter with the values a test gives."""

from __future__ import annotations

from datetime import date
from typing import Any

from salawaku.law.register import Confidence, Parameter, Register, Text, Value

WORDS = Text("uji", "test")


def value(begin: date | None, end: date | None, number: Any, **more: Any) -> Value:
    """A value read in a test."""
    return Value(begin, end, number, "Pasal 1", (), Confidence.CHOICE, date(2026, 1, 1), **more)


def parameter(*values: Value, name: str = "uji.angka") -> Parameter:
    """A parameter with these values."""
    return Parameter(name, WORDS, "months", values)


def register(*values: Value) -> Register:
    """A register with one parameter, `uji.angka`."""
    return Register([parameter(*values)])
