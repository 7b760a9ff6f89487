"""What we refuse to unpack: politely, fast, and before it costs memory."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from salawaku.intake.engine.packages import declared_area, filled_area, holds_more_text, sheet_parts
from salawaku.intake.engine.refusals import FileRefused

MOST_BYTES = 50_000_000
MOST_UNPACKED = 4_000_000_000
MOST_STRINGS = 300_000_000
# The reader lays a sheet out as one rectangle; a forgotten cell far away makes it billions of cells.
MOST_CELLS = 30_000_000
SMALL = 1_000_000  # packed bytes that are scanned whatever the sheet says of itself


def guard_zip(path: Path) -> None:
    """Refuse zip bombs, damaged archives and sheets that would fill the memory with nothing."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise FileRefused("file.unreadable", why="password")
            _guard_sizes(parts)
            for part in parts:
                _guard_text(archive, part)
            for name in sheet_parts(archive).values():
                _guard_area(archive, name)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, zlib.error) as error:
        raise FileRefused("file.unreadable", why="damaged") from error


def _guard_sizes(parts: list[zipfile.ZipInfo]) -> None:
    others = (part for part in parts if "worksheets/" not in part.filename)
    if sum(part.file_size for part in parts) > MOST_UNPACKED or any(p.file_size > MOST_STRINGS for p in others):
        raise FileRefused("file.unreadable", why="bomb")


def _guard_text(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Empty formatted rows make a sheet large and cost nothing; the same size in text fills the memory."""
    if part.file_size > MOST_STRINGS and holds_more_text(archive, part.filename, MOST_STRINGS):
        raise FileRefused("file.unreadable", why="bomb")


def _guard_area(archive: zipfile.ZipFile, part: str) -> None:
    declared = declared_area(archive, part)
    if declared is not None and declared <= MOST_CELLS and archive.getinfo(part).compress_size > SMALL:
        return
    area, last = filled_area(archive, part)
    if area > MOST_CELLS:
        raise FileRefused("file.unreadable", why="sparse", cell=last)
