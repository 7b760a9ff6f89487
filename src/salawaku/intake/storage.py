"""Where uploaded lists lie: under MEDIA_ROOT, by random names, readable by the account of the server only."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.conf import settings
from django.utils.text import get_valid_filename

BLOCK = 1 << 20
DAY = 24 * 3600


class Stored(NamedTuple):
    """A file as it was put away."""

    stored: str
    sha256: str
    size: int


def keep(content: BinaryIO, *, limit: int) -> Stored | None:
    """Put a file away under a random name; None when it is larger than `limit`, and nothing is kept then."""
    folder = Path(settings.MEDIA_ROOT) / "lists"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = secrets.token_hex(16)
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        while size <= limit and (block := content.read(BLOCK)):
            digest.update(block)
            size += len(block)
            target.write(block)
    kept = Stored(f"lists/{name}", digest.hexdigest(), size)
    if size > limit:
        discard(kept.stored)
        return None
    return kept


def discard(stored: str) -> None:
    """Remove a stored file; nothing happens if it is gone."""
    path_of(stored).unlink(missing_ok=True)


def sweep(known: set[str]) -> None:
    """Remove stored files that no list knows: a kill between storing and writing down leaves one. Young ones stay."""
    folder = Path(settings.MEDIA_ROOT) / "lists"
    for path in folder.glob("*"):
        if f"lists/{path.name}" not in known and time.time() - path.stat().st_mtime > DAY:
            path.unlink(missing_ok=True)


def path_of(stored: str) -> Path:
    """Where a stored file lies."""
    return Path(settings.MEDIA_ROOT) / stored


@contextmanager
def under_its_name(stored: str, name: str) -> Iterator[Path]:
    """A path to the stored file that ends in the name it was sent under: the reader takes hints from it."""
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder) / (get_valid_name(name))
        link.symlink_to(path_of(stored))
        yield link


def get_valid_name(name: str) -> str:
    """The last part of a file name without anything a file system or a page could stumble over."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].strip()
    return get_valid_filename(last.lstrip(".") or "daftar")[-200:]
