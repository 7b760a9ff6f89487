"""Junk given to every command: exit code 1 or 2 with a message, never a traceback, never 0 for nonsense alone."""

from __future__ import annotations

from typing import Any

import click
import pytest
from typer.testing import CliRunner, Result

from salawaku.cli import app
from tests.house.test_docs import COMMANDS

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
JUNK = ("x", "-1", "9" * 40, "2026-13", "/tidak/ada/x.xlsx", "😀", "' OR 1=1 --", "²", "NaN", "2026-02-30")
# With a word for an address they would serve until somebody stops them.
RUN_ON = {"salawaku serve", "salawaku worker"}
LEAVES = {path: command for path, command in COMMANDS.items() if not getattr(command, "commands", None)}


def invoke(path: str, words: list[str]) -> Result:
    return CliRunner().invoke(app, [*path.split()[1:], *words], input="x\nx\n")


def given(parameter: Any, junk: str) -> list[str]:
    """The words that give a parameter this value; none for a flag."""
    if isinstance(parameter, click.Argument) or parameter.param_type_name == "argument":
        return [junk]
    return [] if parameter.is_flag else [f"{max(parameter.opts, key=len)}={junk}"]


def told(result: Result) -> None:
    """It ended as a command ends: with a code, and with words where it did not do what was asked."""
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code in {0, 1, 2}
    assert "Traceback" not in result.output
    assert result.exit_code == 0 or result.stderr.strip()


@pytest.mark.parametrize("path", LEAVES)
def test_an_unknown_option_is_wrong_usage(path: str) -> None:
    result = invoke(path, ["--tidak-ada"])
    told(result)
    assert result.exit_code == 2


@pytest.mark.parametrize("path", [path for path in LEAVES if path not in RUN_ON])
def test_junk_everywhere_is_refused(path: str) -> None:
    takes = [one for one in LEAVES[path].params if given(one, "x") and one.name != "help"]
    for junk in JUNK if takes else ():
        result = invoke(path, [word for one in takes for word in given(one, junk)])
        told(result)
        assert result.exit_code in {1, 2}, junk


@pytest.mark.parametrize(
    "path", [path for path in LEAVES if path not in RUN_ON | {"salawaku demo", "salawaku setup"}]
)
def test_junk_in_one_place_breaks_nothing(path: str) -> None:
    for parameter in LEAVES[path].params:
        needed = [one for one in LEAVES[path].params if one.required and one is not parameter]
        for number, junk in enumerate(JUNK):
            others = [word for one in needed for word in given(one, JUNK[-1 - number])]
            told(invoke(path, [*given(parameter, junk), *others]))


def test_the_commands_are_found() -> None:
    assert {"salawaku bill", "salawaku payments import", "salawaku law evaluate", "salawaku scrub"} <= set(LEAVES)
