"""A clear no: something that a person asked for and may not have, or not now."""

from __future__ import annotations

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """Nothing was written. `message` says, translated, what happened and what to do."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message
