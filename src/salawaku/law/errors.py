"""What can be wrong with a case, told so that whoever asked can mend it."""

from __future__ import annotations

from typing import Any

from salawaku.law.register import Text


class MissingError(ValueError):
    """Something that the law asks about the case was not given."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} is needed")
        self.field = field


class NotAllowedError(ValueError):
    """Something was given that the law does not know or allow, with what it allows."""

    def __init__(self, field: str, value: Any, wanted: Text) -> None:
        super().__init__(f"{field} is {value}: {wanted.en} is wanted")
        self.field, self.value, self.wanted = field, value, wanted


def one_of(known: Any) -> Text:
    """ "one of …" in both languages."""
    listed = ", ".join(str(name) for name in known)
    return Text(f"salah satu dari {listed}", f"one of {listed}")
