"""The columns of a list as a person corrects them: heading, what it was read as, a few values below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from salawaku.intake.engine.cells import column_cells, tidy
from salawaku.intake.engine.opening import open_book
from salawaku.intake.engine.places import Places
from salawaku.intake.engine.tables import Listing, Reader
from salawaku.intake.engine.trades import Occupations

SAMPLES = 3
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class ColumnSample:
    """One column: `field` is "" where it is not read."""

    label: str
    field: str
    samples: tuple[str, ...]


def column_samples(
    path: Path, *, as_of: date, home_region: str, remembered: Mapping[str, Mapping[str, str]] | None = None
) -> list[ColumnSample]:
    """Every headed column of every list in a file, each heading once. Raises `FileRefused` like the reader."""
    reader = Reader(Places.shipped(home_region), Occupations.shipped(), as_of, remembered)
    found: dict[str, ColumnSample] = {}
    for listing in reader.read(open_book(path)).listings:
        for column in _columns(listing):
            found.setdefault(column.label, column)
    return list(found.values())


def _columns(listing: Listing) -> Iterator[ColumnSample]:
    heading = listing.heading
    rows = listing.sheet.rows[heading.last + 1 :][:LOOKED_AT]
    for column, label in sorted(heading.labels.items()):
        texts = dict.fromkeys(text for cell in column_cells(rows, column) if (text := tidy(cell)))
        # A row of column numbers below the heading is no value.
        values = [text for text in texts if text != str(column + 1)]
        field = heading.fields.get(column, "")
        yield ColumnSample(label, "" if field == "number" else field, tuple(values[:SAMPLES]))
