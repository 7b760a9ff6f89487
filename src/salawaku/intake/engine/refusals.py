"""A file that must not be used at all."""

from __future__ import annotations


class FileRefused(Exception):  # noqa: N818 - it is an answer, not a fault
    """Raised while a file is opened or read; `code` is a file code of the contract, `values` fill its message."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
