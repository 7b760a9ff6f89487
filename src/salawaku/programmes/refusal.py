"""A clear no: what happened, what stays untouched, what to do now."""

from __future__ import annotations

from django.utils.functional import Promise


class Refusal(Exception):  # noqa: N818  # an answer, not a fault
    """An action refused what was asked and wrote nothing. `code` is stable; the message is for people."""

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return str(self.message)
