"""The `salawaku` command: a thin layer over the same actions that the pages use."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from salawaku.accounts import commands as accounts
from salawaku.cover import commands as cover
from salawaku.exchange import commands as exchange
from salawaku.intake import commands as intake
from salawaku.law import commands as law
from salawaku.law.reading import FaultyFileError
from salawaku.notices import commands as notices
from salawaku.programmes import commands as programmes
from salawaku.regions import commands as regions
from salawaku.simulation import commands as simulation
from salawaku.sponsors import commands as sponsors
from salawaku.tools.django import with_django

app = typer.Typer(
    help="Keeps vulnerable workers covered: lists, programmes, cover, money.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # they show locals, which hold persons, and choke on long chains
)
app.add_typer(intake.app, name="intake")
app.add_typer(law.app, name="law")
app.add_typer(regions.app, name="regions")
programmes.add_to(app)
cover.add_to(app)
notices.add_to(app)
sponsors.add_to(app)
simulation.add_to(app)
app.add_typer(exchange.app, name="exchange")
accounts.add_to(app)


@app.command()
@with_django
def setup() -> None:
    """Make or bring up to date the database: tables, roles, regions, code lists. Again changes nothing."""
    from salawaku.setting_up import set_up

    set_up()


@app.command()
@with_django
def demo(
    workers: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many workers the city has.")] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same city.")] = 1,
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing if the city is there.")] = False,
) -> None:
    """Make a synthetic city and take its lists through intake, allocation, decree, bill, payment and cover."""
    from salawaku.demo.city import make_demo

    make_demo(workers=workers, seed=seed, if_empty=if_empty)


@app.command()
@with_django
def serve(
    port: Annotated[int, typer.Option(help="The port on which the site answers.")] = 8000,
    host: Annotated[str, typer.Option(help="The address on which the site answers.")] = "127.0.0.1",
) -> None:
    """Serve the site and work off jobs until interrupted."""
    from salawaku.serving import serve as run

    run(host=host, port=port)


@app.command()
@with_django
def worker() -> None:
    """Work off jobs only; `serve` starts one by itself."""
    from salawaku.serving import work

    work()


def main() -> None:
    """The entry point of the `salawaku` command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salawaku.settings")
    try:
        app()
    except FaultyFileError as fault:
        sys.exit(f"law.faulty_file: {fault}")
