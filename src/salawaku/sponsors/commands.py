"""Commands of the sponsors room: a thin layer over its actions and selectors."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from salawaku.accounts.terminal import JSON, actor, answer, fail, month_of, refusals
from salawaku.tools.django import with_django

BY = Annotated[str, typer.Option("--by", help="E-mail of who does it; without it the command line itself.")]
REGION = Annotated[str, typer.Option("--region", help="The government's region; SALAWAKU_REGION unless named.")]
AGENCY = Annotated[str, typer.Option("--agency", help="The code of the agency.")]
MONTH = Annotated[str, typer.Argument(help="YYYY-MM")]

sponsors = typer.Typer(help="Foster sponsors (bapak asuh): civil servants who pay for workers.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the `salawaku` command."""
    app.add_typer(sponsors, name="sponsors")


def _region(code: str) -> str:
    from django.conf import settings

    return code or settings.HOME_REGION


@sponsors.command("load")
@with_django
def load(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    agency: AGENCY = "",
    region: REGION = "",
    by: BY = "",
    json: JSON = False,
) -> None:
    """Bring the register of civil servants up to date from a file; the same file again changes nothing."""
    from salawaku.accounts.scoping import elevated
    from salawaku.sponsors.actions import sponsors_load

    with refusals(), elevated("the command line loads a whole register"):
        result = sponsors_load(
            by=actor(by),
            region_code=_region(region),
            file_name=file.name,
            content=file.read_bytes(),
            agency_code=agency,
        )
    answer(result.as_json(), as_json=json)


@sponsors.command("match")
@with_django
def match(
    programme: Annotated[str, typer.Argument(help="The short name of the programme")],
    month: Annotated[str, typer.Option("--from", help="The first month, YYYY-MM; this one unless named.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what it would give and keep nothing.")] = False,
    by: BY = "",
    json: JSON = False,
) -> None:
    """Match the workers of the programme's foster purse with sponsors who have a free place."""
    from django.utils import timezone

    from salawaku.accounts.scoping import elevated
    from salawaku.sponsors import actions, selectors

    purse = selectors.purse_named(programme)
    if purse is None:
        fail("programme.no_foster_purse", f"{programme!r} is no programme with a purse of foster sponsors.")
    first = month_of(month) if month else timezone.localdate().replace(day=1)
    run = actions.match_plan if dry_run else actions.match_keep
    with refusals(), elevated("the command line matches all workers and shows none"):
        plan = run(by=actor(by), purse=purse, first_month=first)
    answer(plan.as_json(), as_json=json)


@sponsors.command("deductions")
@with_django
def deductions(
    month: MONTH,
    agency: AGENCY,
    out: Annotated[Path, typer.Option("--out", dir_okay=False, help="Where to write the workbook.")],
    region: REGION = "",
    by: BY = "",
    json: JSON = False,
) -> None:
    """Write the deduction list of an agency and month as a workbook."""
    from salawaku.sponsors import selectors
    from salawaku.sponsors.deduction_list import deductions_list

    found = selectors.agency_named(agency)
    if found is None:
        fail("agency.unknown", f"There is no agency {agency!r}.")
    code, first = _region(region), month_of(month)
    with refusals():
        out.write_bytes(deductions_list(by=actor(by), region_code=code, agency=found, month=first))
    rows = selectors.deductions(region_code=code, agency_code=agency, month=first)
    totals = {"workers": sum(row.workers for row in rows), "amount": sum(row.amount for row in rows)}
    answer({"month": month, "agency": agency, "sponsors": len(rows), **totals, "file": str(out)}, as_json=json)


@sponsors.command("returned")
@with_django
def returned(
    month: MONTH,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    agency: AGENCY,
    region: REGION = "",
    by: BY = "",
    json: JSON = False,
) -> None:
    """Take in who paid, from the file of the bank or pay office; the same file again changes nothing."""
    from salawaku.sponsors.actions import deductions_return

    with refusals():
        result = deductions_return(
            by=actor(by),
            region_code=_region(region),
            agency_code=agency,
            month=month_of(month),
            file_name=file.name,
            content=file.read_bytes(),
        )
    answer(result.as_json(), as_json=json)


@sponsors.command("participation")
@with_django
def participation(
    as_of: Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Today by default.")] = None,
    region: REGION = "",
    json: JSON = False,
) -> None:
    """Civil servants, sponsors, workers and the active share of each agency, also those without a sponsor."""
    from django.utils import timezone

    from salawaku.sponsors import selectors

    day = as_of.date() if as_of else timezone.localdate()
    with refusals():
        rows = selectors.participation(region_code=_region(region), as_of=day)
    answer([row.as_json() for row in rows], as_json=json)
