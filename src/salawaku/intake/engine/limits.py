"""What we refuse to unpack: politely, fast, and before it costs memory."""

from __future__ import annotations

import zipfile
from pathlib import Path

from salawaku.intake.engine.refusals import Refused
from salawaku.intake.engine.slimming import Slimmed, slim_if_needed

MOST_BYTES = 50_000_000
MOST_UNPACKED = 4_000_000_000
MOST_STRINGS = 300_000_000


def guard_zip(path: Path) -> Slimmed | None:
    """Refuse zip bombs and damaged archives; sheets blown up by empty formatted cells come back slimmed."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise Refused("file.unreadable", why="password")
            _guard_sizes(parts)
            return slim_if_needed(archive)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise Refused("file.unreadable", why="damaged") from error


def _guard_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("file.unreadable", why="bomb")
    others = (part for part in parts if "worksheets/" not in part.filename)
    if any(part.file_size > MOST_STRINGS for part in others):
        raise Refused("file.unreadable", why="bomb")
