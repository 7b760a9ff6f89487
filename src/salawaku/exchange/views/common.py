"""What the pages of the exchange room share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import urlencode

from salawaku.accounts.access import person
from salawaku.exchange import selectors
from salawaku.exchange.codes import PRECHECK

ROWS = 50


class Keyed(Protocol):
    """A row with a key to page by."""

    pk: Any


def after_of(request: HttpRequest) -> int:
    """The key of the last row shown before; 0 for anything that is none."""
    after = request.GET.get("after", "")
    return int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0


def next_url(rows: Sequence[Keyed], **query: str) -> str:
    """The address of the rows after these; "" when these are all."""
    if len(rows) <= ROWS:
        return ""
    return f"?{urlencode({name: value for name, value in query.items() if value} | {'after': rows[ROWS - 1].pk})}"


def region(request: HttpRequest, permission: str) -> str:
    """The region whose files this person exchanges."""
    return selectors.region_of(person(request), permission, settings.HOME_REGION)


def may_see(request: HttpRequest) -> bool:
    """Whether single workers are shown."""
    return person(request).can("register.view")


def code_told(code: str) -> tuple[str, str, str]:
    """What a code of a row says, the heading it is about, what to do."""
    kind, _colon, heading = code.partition(":")
    wording = PRECHECK[kind]
    return str(wording.what), heading, str(wording.do)
