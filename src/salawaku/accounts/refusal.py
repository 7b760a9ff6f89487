"""A clear no: something that a person asked for and may not have, or not now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from salawaku.law import OutsideValidityError


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """Nothing was written. `message` says, translated, what happened and what to do."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


class Refusal(Refused):
    """A refusal with a code that stays the same for ever, for scripts and tests; `params` fill the message."""

    def __init__(self, code: str, message: str | Promise, **params: Any) -> None:
        super().__init__(message)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return str(self.message) % self.params if self.params else str(self.message)


@contextmanager
def law_known() -> Iterator[None]:
    """A day on which the law is not known becomes a refusal; around an action as well."""
    try:
        yield
    except OutsideValidityError as outside:
        raise Refusal(
            "law.outside_validity",
            _("The law of %(day)s is not known here (%(parameter)s). Nothing was changed; choose another month."),
            day=f"{outside.day:%Y-%m-%d}",
            parameter=outside.parameter,
        ) from outside
