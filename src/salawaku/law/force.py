"""The law in force in this process: the law itself, overlaid with what an installation's own decrees say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from salawaku.law.reading import FaultyFileError, changes_below, decrees_in, read_register
from salawaku.law.register import Change, Register, Text, Value

MOST = 10**12
# Choices that are one rule for all days, with the words they know.
WORDS = {"choice.rounding": ("half_up", "down"), "choice.jkm.months_counted": ("membership", "contributed")}

_in_force: list[Register] = []
_folder: list[Path] = []


def law_now() -> Register:
    """The register that is in force; read from the files at the first call."""
    if not _in_force:
        law = read_register()
        changes = [change for folder in _folder for change in changes_below(folder)]
        _in_force.append(overlaid(law, changes) if changes else law)
    return _in_force[0]


def overlaid(law: Register, changes: list[Change]) -> Register:
    """The register with changes on it, each in the form of the law's own value.

    FaultyFileError when one cannot hold (`_fault`).
    """
    return law.overlay(_fitted(law, change) for change in changes)


def enact(folder: Path | None) -> None:
    """Let the decrees in the files of `folder` hold over the law from now on; None takes them back.

    FaultyFileError when a decree cannot be read or cannot hold (`_fault`).
    """
    _folder[:] = [folder] if folder else []
    _in_force.clear()
    if folder and decrees_in(folder):
        law_now()


def _fitted(law: Register, change: Change) -> Change:
    """The change, a relief with the law's own conditions where it names none. FaultyFileError when it cannot hold."""
    key, new = change
    fault = _fault(law, key, new)
    if fault:
        raise FaultyFileError(f"{new.article}: {fault}")
    last = _of_case(law, key, new)[-1]
    applies, conditions = new.applies or last.applies, new.conditions or last.conditions
    return Change(key, replace(new, applies=applies, conditions=conditions))


def _fault(law: Register, key: str, new: Value) -> str:
    """Why a decree's value cannot stand for `key`; nothing when it can."""
    if key not in law:
        return f"there is no parameter {key}"
    alike = _of_case(law, key, new)
    if not alike:
        return f"{key} has no case {new.case or '(none)'}"
    if not any(_alike(value.value, new.value) for value in alike):
        return f"{key} is written in another way"
    if key in WORDS and new.value not in WORDS[key]:
        return f"{key} is one of {', '.join(WORDS[key])}"
    if key in WORDS and (new.begin or new.end):
        return f"{key} holds on all days; write from: null and to: null"
    meant = all(_within(number, key) for number in _numbers(new.value))
    return "" if meant else f"{key} has a number that cannot be meant"


def _of_case(law: Register, key: str, new: Value) -> list[Value]:
    return [value for value in law[key].values if value.case == new.case]


def _numbers(value: Any) -> Iterator[int | Fraction]:
    if isinstance(value, dict | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _numbers(one)
    elif isinstance(value, int | Fraction):
        yield value


def _within(number: int | Fraction, key: str) -> bool:
    """Rupiah up to a million millions; a share up to all, of prices up to twice (jkk.rehabilitation_caps)."""
    most = MOST if isinstance(number, int) else 2 if key == "jkk.rehabilitation_caps" else 1
    return 0 <= number <= most


def _alike(known: Any, given: Any) -> bool:
    """Whether two values have one form: both numbers, both shares, tables with the same columns …"""
    if isinstance(known, dict) and isinstance(given, dict):
        return set(known) == set(given) and all(_alike(known[key], given[key]) for key in known)
    if isinstance(known, tuple) and isinstance(given, tuple) and not isinstance(known, Text):
        return bool(given) and all(any(_alike(one, new) for one in known) for new in given)
    return type(known) is type(given)
