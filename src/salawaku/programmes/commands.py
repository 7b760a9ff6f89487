"""Commands of the programmes room, and what commands of the money path share."""

from __future__ import annotations

import json as jsonlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from salawaku.tools.django import with_django

if TYPE_CHECKING:
    from salawaku.accounts.models import User

JSON = Annotated[bool, typer.Option("--json", help="One JSON document on standard output and nothing else.")]


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the `salawaku` command."""
    app.command("allocate")(allocate)


@with_django
def allocate(
    programme: Annotated[str, typer.Argument(help="Short name of the programme, such as ambon-2026")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan and keep nothing.")] = False,
    first_month: Annotated[str, typer.Option(help="YYYY-MM; the programme's first month unless named.")] = "",
    by: Annotated[str, typer.Option("--by", help="E-mail of who proposes; else the command line itself.")] = "",
    json: JSON = False,
) -> None:
    """Plan who is covered from which purse, as a proposal that another person approves."""
    from salawaku.programmes.actions import allocation_plan, allocation_propose
    from salawaku.programmes.selectors import programme_named

    found = programme_named(programme)
    if found is None:
        fail("programme.unknown", f"There is no programme {programme!r}.")
    first = month_of(first_month) if first_month else None
    with refusals():
        if dry_run:
            plan = allocation_plan(programme=found, first_month=first)
        else:
            plan = allocation_propose(by=actor(by), programme=found, first_month=first)
    answer(plan.as_json(), as_json=json)


def month_of(text: str) -> date:
    """ "2026-03" as a date; wrong usage ends the command with 2."""
    try:
        return date.fromisoformat(f"{text}-01")
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
    """A refusal becomes its message on standard error and exit code 1."""
    from salawaku.accounts.refusal import Refusal

    try:
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
        print(jsonlib.dumps(result, ensure_ascii=False))
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
