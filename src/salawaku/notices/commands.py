"""Commands of the notices room: a thin layer over its actions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from salawaku.accounts.terminal import JSON, actor, answer, refusals
from salawaku.tools.django import with_django

notices = typer.Typer(help="What must be told to whom.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the `salawaku` command."""
    app.add_typer(notices, name="notices")


@notices.callback()
def about() -> None:
    """What must be told to whom."""


@notices.command("run")
@with_django
def run(
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Today unless named.")
    ] = None,
    by: Annotated[str, typer.Option("--by", help="E-mail of who runs it; else the command line itself.")] = "",
    json: JSON = False,
) -> None:
    """Write down what must be told and send what may be sent now; again changes nothing."""
    from django.utils import timezone

    from salawaku.notices.actions import notices_run

    day = as_of.date() if as_of else timezone.localdate()
    with refusals():
        result = notices_run(by=actor(by), as_of=day, now=timezone.now())
    answer(result.as_json(), as_json=json)
