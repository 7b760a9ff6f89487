"""`salawaku regions …`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from salawaku.tools.django import with_django

app = typer.Typer(help="Regions and their boundaries.", no_args_is_help=True)


@app.callback()
def regions() -> None:
    """Regions and their boundaries."""


@app.command("import-boundaries")
@with_django
def import_boundaries(
    file: Annotated[Path, typer.Argument(help="A GeoJSON FeatureCollection whose features carry a region code.")],
    by: Annotated[str, typer.Option(help="E-mail address of the person who imports.")],
) -> None:
    """Give regions the boundaries of a file, for the map."""
    from salawaku.accounts.models import User
    from salawaku.regions.actions import boundaries_import
    from salawaku.regions.boundaries import UnreadableError
    from salawaku.regions.wording import REASONS

    try:
        person = User.objects.get_by_natural_key(by)
        done = boundaries_import(by=person, content=file.read_bytes())
    except User.DoesNotExist as no:
        print(f"There is no account {by}.", file=sys.stderr)
        raise typer.Exit(1) from no
    except OSError as no:
        print(f"{file}: {no.strerror}", file=sys.stderr)
        raise typer.Exit(1) from no
    except UnreadableError as no:
        print(f"{file}: {REASONS[no.code]}", file=sys.stderr)
        raise typer.Exit(1) from no
    for what, reason in done.left_out:
        print(f"{what}: {REASONS[reason]}", file=sys.stderr)
    print(json.dumps({"regions": done.regions, "left_out": len(done.left_out)}))
