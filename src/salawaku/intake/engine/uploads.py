"""Tables that arrive as bytes, in any layout: opened by what they are, columns found by what they are called."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from salawaku.intake.engine.cells import Row, Sheet, tidy
from salawaku.intake.engine.opening import open_book

ROWS_BEFORE_HEADING = 30
SHORTENED = re.compile(r"\d+(?:[.,]\d+)?\s?[eE]\s?\+?\d{1,2}")  # what a spreadsheet keeps of a long number


def shown_sheets(name: str, content: bytes) -> list[Sheet]:
    """The sheets that are not hidden; raises `FileRefused` where nothing can be read."""
    with NamedTemporaryFile(suffix=Path(name).suffix[:10]) as file:
        file.write(content)
        file.flush()
        return [sheet for sheet in open_book(Path(file.name)).sheets if not sheet.hidden]


def headings_in(sheet: Sheet, known: Mapping[str, Collection[str]]) -> Iterator[tuple[int, dict[str, int]]]:
    """The first rows with the columns they would name: field → place, the first of two of one name.

    `known` has the names of each field in plain lower case letters; whoever asks takes the first row that will do.
    """
    for place, row in enumerate(sheet.rows[:ROWS_BEFORE_HEADING]):
        yield place, _columns(row, known)


def _columns(row: Row, known: Mapping[str, Collection[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        heading = " ".join(re.sub(r"[^a-z]", " ", tidy(cell).lower()).split())
        for field, names in known.items():
            if heading in names:
                found.setdefault(field, place)
    return found
