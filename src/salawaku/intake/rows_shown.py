"""Rows of a list as the pages show them: reasons in words, the value as it stood, numbers masked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from salawaku.intake import selectors
from salawaku.intake.engine.codes import WARNING
from salawaku.intake.models import ListRow
from salawaku.intake.wording import FIELDS, masked
from salawaku.regions.models import Region
from salawaku.web.wording import masked_nik

BROKEN_NIK = frozenset({"nik.length", "nik.nondigit", "nik.impossible"})
PAIR_CODES = frozenset({"nik.conflict", "duplicate.probable"})


class Reason(NamedTuple):
    """Why a row is where it is: which column, what stood there, what to do."""

    field: str
    label: Any
    written: str
    text: str
    is_warning: bool


class RowShown(NamedTuple):
    """One row for a page; `nik` is masked unless it is broken and has to be mended."""

    row: ListRow
    name: str
    nik: str
    village: str
    occupation: str
    reasons: list[Reason]
    needs_pair: bool


def rows_shown(rows: Sequence[ListRow]) -> list[RowShown]:
    """All rows of a page with one look at the regions."""
    codes = {row.home_village for row in rows} - {""}
    titles = {region.pk: region.title for region in Region.objects.filter(code__in=codes).defer("boundary")}
    return [_shown(row, titles) for row in rows]


def row_shown(row: ListRow) -> RowShown:
    """One row."""
    [shown] = rows_shown([row])
    return shown


def written(row: ListRow, *fields: str) -> str:
    """What a person mended, else what stood in the cell."""
    values = (source.get(field) for field in fields for source in (row.mended, row.raw))
    return next((str(value) for value in values if value), "")


def nik_is_broken(row: ListRow) -> bool:
    """Whether the number in the cell is no identity number at all, so that whoever mends it must see it."""
    return bool(BROKEN_NIK.intersection(row.codes)) and row.status == ListRow.Status.REJECTED


def _shown(row: ListRow, titles: dict[str, str]) -> RowShown:
    nik = written(row, "nik")
    return RowShown(
        row=row,
        name=row.name or masked(written(row, "name")),
        nik=nik if nik_is_broken(row) else masked_nik(row.nik or nik),
        village=titles.get(row.home_village, "") or masked(written(row, "village")),
        occupation=str(row.occupation or "") or masked(written(row, "occupation")),
        reasons=list(_reasons(row)),
        needs_pair=row.status == ListRow.Status.REVIEW and bool(PAIR_CODES.intersection(row.codes)),
    )


def _reasons(row: ListRow) -> Iterable[Reason]:
    for message in selectors.row_messages(row):
        stood = written(row, message.field, *(["birth_place_date"] if message.field == "birth_date" else []))
        show = stood if nik_is_broken(row) and message.field == "nik" else masked(stood)
        text = message.text if nik_is_broken(row) else masked(message.text)
        told = "" if show in text else show
        yield Reason(message.field, FIELDS[message.field], told, text, message.code in WARNING)
