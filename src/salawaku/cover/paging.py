"""What the lists of the cover room are paged by: a month, and the day of issue of letters and orders."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from salawaku.web.paging import Row, next_page, page_by, split_page, uuid_asked

__all__ = ["month_asked", "next_page", "page_of", "split_page", "uuid_asked"]

MONTH = re.compile(r"^20[0-9]{2}-(0[1-9]|1[0-2])$")


def month_asked(asked: Mapping[str, str]) -> date | None:
    """The first day of the month that the address names; None for nothing or nonsense."""
    text = asked.get("month", "")
    return date(int(text[:4]), int(text[5:]), 1) if MONTH.match(text) else None


def page_of(found: QuerySet[Row], *, after: UUID | None, rows: int) -> tuple[list[Row], UUID | None]:
    """Rows of a list by the day of issue, the latest first, and the public id behind which the next page begins."""
    return page_by(found, order=("-issued_on", "-id"), after=after, rows=rows)
