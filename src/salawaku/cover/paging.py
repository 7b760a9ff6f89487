"""Lists that are paged by key: what an address asks for, and the address of the next page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.http import urlencode

Row = TypeVar("Row", bound=Model)
MONTH = re.compile(r"^20[0-9]{2}-(0[1-9]|1[0-2])$")


def month_asked(asked: Mapping[str, str]) -> date | None:
    """The first day of the month that the address names; None for nothing or nonsense."""
    text = asked.get("month", "")
    return date(int(text[:4]), int(text[5:]), 1) if MONTH.match(text) else None


def uuid_asked(asked: Mapping[str, str], name: str) -> UUID | None:
    """The public id that the address names; None for nothing or nonsense."""
    try:
        return UUID(asked.get(name, ""))
    except ValueError:
        return None


def next_page(after: UUID | None, **kept: str) -> str:
    """The address of the rows behind `after`, with what else was asked for; nothing where there are none."""
    if after is None:
        return ""
    return f"?{urlencode({**{name: text for name, text in kept.items() if text}, 'after': str(after)})}"


def page_of(found: QuerySet[Row], *, after: UUID | None, rows: int) -> tuple[list[Row], UUID | None]:
    """Rows of a list by the day of issue, the latest first, and the public id behind which the next page begins."""
    found = found.order_by("-issued_on", "-id")
    last = after and found.filter(public_id=after).values("issued_on", "id").first()
    if last:
        found = found.filter(Q(issued_on__lt=last["issued_on"]) | Q(issued_on=last["issued_on"], pk__lt=last["id"]))
    return split_page(list(found[: rows + 1]), rows)


def split_page(found: list[Row], rows: int) -> tuple[list[Row], UUID | None]:
    """One row more than fits on a page says that another page follows."""
    more = len(found) > rows
    return found[:rows], found[rows - 1].public_id if more else None  # type: ignore[attr-defined]
