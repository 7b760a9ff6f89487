"""The law in force in this process: the law itself, overlaid with what an installation's own decrees say."""

from __future__ import annotations

from pathlib import Path

from salawaku.law.reading import changes_below, read_register
from salawaku.law.register import Register

_in_force: list[Register] = []
_folder: list[Path] = []


def law_now() -> Register:
    """The register that is in force; read from the files at the first call."""
    if not _in_force:
        law = read_register()
        changes = [change for folder in _folder for change in changes_below(folder)]
        _in_force.append(law.overlay(changes) if changes else law)
    return _in_force[0]


def enact(folder: Path | None) -> None:
    """Let the decrees in the files of `folder` hold from the next call of `law_now`; None takes them back."""
    _folder[:] = [folder] if folder else []
    _in_force.clear()
