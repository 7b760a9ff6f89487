"""Every figure of docs/reference/worked-examples.md, from the command that stands above it."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.simulation.scheme.test_commands import _no_decrees, run

__all__ = ["_no_decrees"]
ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "docs" / "examples"
PAGE = (ROOT / "docs" / "reference" / "worked-examples.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (?P<words>[^|]+) \| `(?P<place>[^`]+)` \| (?P<figure>[^|]+) \|$", re.MULTILINE)


def figures() -> Iterator[tuple[str, str, str]]:
    """Command, place in the answer, and the figure as the page writes it."""
    for part in re.split(r"^```sh\n", PAGE, flags=re.MULTILINE)[1:]:
        command, rest = part.split("\n```", 1)
        for row in ROW.finditer(rest):
            yield command, row["place"], row["figure"].strip()


@cache
def answer(command: str) -> Any:
    """What the command says, run from the root of the project."""
    words = shlex.split(command)
    assert words[:2] == ["salawaku", "simulate"]
    done = run(*(ROOT / word if word.startswith("docs/") else word for word in words[2:]))
    assert (done.exit_code, done.stderr) == (0, "")
    return json.loads(done.stdout)


def at(place: str, found: Any) -> Any:
    """The value at `questions.delay.delays[0].all`."""
    for step in re.findall(r"[^.\[\]]+", place):
        found = found[int(step)] if isinstance(found, list) else found[step]
    return found


def written(value: Any, figure: str) -> str:
    """A value in the way in which the page writes this figure."""
    if isinstance(value, str):
        return value
    if figure.endswith("%"):
        digits = len(figure.partition(".")[2].rstrip("%"))
        return f"{value:.{digits}%}"
    sign = "−" if value < 0 else ""
    return f"{sign}{'Rp' if 'Rp' in figure else ''}{abs(value):,}"


@pytest.mark.parametrize(("command", "place", "figure"), list(figures()), ids=lambda text: text[-60:])
def test_each_figure_of_the_page_is_what_the_software_says(command: str, place: str, figure: str) -> None:
    assert written(at(place, answer(command)), figure) == figure


def test_the_page_has_figures_below_every_command() -> None:
    commands = re.findall(r"^```sh\n(.*)\n```$", PAGE, flags=re.MULTILINE)
    assert len(list(figures())) > 40
    assert set(commands) == {command for command, _place, _figure in figures()}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.name)
def test_every_file_says_how_to_try_it_and_can_be_read_as_it_says(path: Path) -> None:
    said = re.search(r"^# Try it: (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert said
    assert f"docs/examples/{path.name}" in said[1]
    assert answer(f"{said[1]} --json")
