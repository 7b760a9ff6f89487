"""What the commands of the money path share: who acts, how a refusal ends, how an answer is printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from salawaku.accounts.models import User

JSON = Annotated[bool, typer.Option("--json", help="One JSON document on standard output and nothing else.")]


def month_of(text: str) -> date:
    """ "2026-03" as a date; wrong usage ends the command with 2. A year must be left to reckon ahead."""
    try:
        month = date.fromisoformat(f"{text}-01")
        month.replace(year=month.year + 1)  # raises too
        return month
    except ValueError:
        print(f"{text!r} is not a month: write YYYY-MM", file=sys.stderr)
        raise typer.Exit(2) from None


def actor(email: str) -> User | None:
    """The person named with --by, or nobody."""
    from salawaku.accounts.models import User

    found = User.objects.filter(email=email.strip().lower()).first() if email else None
    if email and found is None:
        fail("by.unknown", f"There is no account {email}.")
    return found


@contextmanager
def refusals() -> Iterator[None]:
    """A refusal, or a day on which the law is not known, becomes its message on standard error and exit code 1."""
    from salawaku.accounts.refusal import Refusal, law_known

    try:
        with law_known():
            yield
    except Refusal as refusal:
        fail(refusal.code, str(refusal))


def fail(code: str, message: str) -> NoReturn:
    """Say why not and end with 1."""
    print(f"{code}: {message}", file=sys.stderr)
    raise typer.Exit(1)


def answer(result: Any, *, as_json: bool) -> None:
    """Print the result: one JSON document, or a table for people."""
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
        return
    console = Console()
    if isinstance(result, list):
        table = Table(*(result[0] if result else ["–"]))
        for row in result:
            table.add_row(*(str(value) for value in row.values()))
        console.print(table)
    else:
        for key, value in result.items():
            console.print(f"{key}: {value}", highlight=False)
