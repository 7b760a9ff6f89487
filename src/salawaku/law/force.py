"""The law in force in this process: the law itself, overlaid with what an installation's own decrees say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from salawaku.law.reading import FaultyFileError, changes_below, read_register
from salawaku.law.register import Change, Register, Text

_in_force: list[Register] = []
_folder: list[Path] = []


def law_now() -> Register:
    """The register that is in force; read from the files at the first call."""
    if not _in_force:
        law = read_register()
        changes = [change for folder in _folder for change in changes_below(folder)]
        for change in changes:
            _must_fit(law, change)
        _in_force.append(law.overlay(changes) if changes else law)
    return _in_force[0]


def enact(folder: Path | None) -> None:
    """Let the decrees in the files of `folder` hold over the law from now on; None takes them back.

    FaultyFileError when a decree cannot be read, names no parameter of the law, or a value of another kind.
    """
    _folder[:] = [folder] if folder else []
    _in_force.clear()
    if folder and any(folder.glob("*.yaml")):
        law_now()


def _must_fit(law: Register, change: Change) -> None:
    if change.parameter not in law:
        raise FaultyFileError(f"{change.value.article}: there is no parameter {change.parameter}")
    if not any(_alike(value.value, change.value.value) for value in law[change.parameter].values):
        raise FaultyFileError(f"{change.value.article}: {change.parameter} is written in another way")


def _alike(known: Any, given: Any) -> bool:
    """Whether two values have one form: both numbers, both shares, tables with the same columns …"""
    if isinstance(known, dict) and isinstance(given, dict):
        return set(known) == set(given) and all(_alike(known[key], given[key]) for key in known)
    if isinstance(known, tuple) and isinstance(given, tuple) and not isinstance(known, Text):
        return bool(given) and all(any(_alike(one, new) for one in known) for new in given)
    return type(known) is type(given)
