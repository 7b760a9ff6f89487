"""`salawaku administrator` and `salawaku scrub`."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from salawaku.tools.django import with_django


def add_to(app: typer.Typer) -> None:
    """Add the commands about people to the `salawaku` command."""
    app.command()(administrator)
    app.command()(scrub)


@with_django
def administrator(
    email: Annotated[str, typer.Option(help="The address with which the administrator logs in.")],
    name: Annotated[str, typer.Option(help="The person's name.")],
    password: Annotated[str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True)],
) -> None:
    """Open the first account of an installation: the administrator of its region."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from salawaku.accounts.actions import first_administrator
    from salawaku.accounts.refusal import Refused

    try:
        validate_password(password)
        first_administrator(by=None, email=email, name=name, password=password)
    except (Refused, ValidationError) as no:
        print(*(no.messages if isinstance(no, ValidationError) else [no.message]), sep="\n", file=sys.stderr)
        raise typer.Exit(1) from no


@with_django
def scrub(
    database: Annotated[str, typer.Option(help="The name of the database, to show that you mean this copy.")],
) -> None:
    """Make this COPY of the database harmless: persons become made-up ones, for ever."""
    from django.db import connection

    from salawaku.accounts.scrub import scrub_database

    here = str(connection.settings_dict["NAME"])
    if database != here:
        print(f"This is the database {here!r}, not {database!r}. Nothing was changed.", file=sys.stderr)
        raise typer.Exit(1)
    print(json.dumps(scrub_database(), indent=1))
