"""Commands of the cover room."""

from __future__ import annotations

import typer


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the `salawaku` command."""
