"""Lists that are paged by key: what an address asks for, the rows behind it, and the address of the next page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.http import urlencode

Row = TypeVar("Row", bound=Model)


def uuid_asked(asked: Mapping[str, str], name: str = "after") -> UUID | None:
    """The public id that the address names; None for nothing or nonsense."""
    try:
        return UUID(asked.get(name, ""))
    except ValueError:
        return None


def next_page(after: UUID | None, name: str = "after", **kept: str) -> str:
    """The address of the rows behind `after`, with what else was asked for; nothing where there are none."""
    if after is None:
        return ""
    return f"?{urlencode({**{key: text for key, text in kept.items() if text}, name: str(after)})}"


def page_by(
    found: QuerySet[Row], *, order: Sequence[str], after: UUID | None, rows: int
) -> tuple[list[Row], UUID | None]:
    """Rows in an order that ends with a unique field ("-" before a name: the largest first), behind the row with the
    public id `after`; and the public id behind which the next page begins, where more follow. A row that is not
    there begins at the start."""
    names = [name.lstrip("-") for name in order]
    last = after and found.filter(public_id=after).values(*names).first()
    found = found.order_by(*order)
    if last:
        found = found.filter(_behind(order, last))
    return split_page(list(found[: rows + 1]), rows)


def _behind(order: Sequence[str], last: Mapping[str, object]) -> Q:
    """Behind in the first field, or alike in it and behind in the second, and so on."""
    behind, alike = Q(pk__in=[]), Q()
    for field in order:
        name = field.lstrip("-")
        behind |= alike & Q(**{f"{name}__{'lt' if field.startswith('-') else 'gt'}": last[name]})
        alike &= Q(**{name: last[name]})
    return behind


def split_page(found: list[Row], rows: int) -> tuple[list[Row], UUID | None]:
    """One row more than fits on a page says that another page follows."""
    more = len(found) > rows
    return found[:rows], found[rows - 1].public_id if more else None  # type: ignore[attr-defined]
