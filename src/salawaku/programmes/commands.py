"""Commands of the programmes room: a thin layer over its actions and selectors."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from salawaku.accounts.terminal import JSON, actor, answer, fail, month_of, refusals
from salawaku.tools.django import with_django

if TYPE_CHECKING:
    from salawaku.programmes.models import Programme


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the `salawaku` command."""
    app.command("allocate")(allocate)
    app.command("agreements")(agreements)
    app.command("criteria")(criteria)
    app.command("waiting")(waiting)


@with_django
def allocate(
    programme: Annotated[str, typer.Argument(help="Short name of the programme, such as ambon-2026")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan and keep nothing.")] = False,
    first_month: Annotated[str, typer.Option(help="YYYY-MM; the programme's first month unless named.")] = "",
    by: Annotated[str, typer.Option("--by", help="E-mail of who proposes; else the command line itself.")] = "",
    method: Annotated[
        str, typer.Option(help="waterfall: purse by purse in line; optimum: the most worker-months.")
    ] = "waterfall",
    json: JSON = False,
) -> None:
    """Plan who is covered from which purse, as a proposal that another person approves."""
    from salawaku.programmes.actions import Method, allocation_plan, allocation_propose
    from salawaku.programmes.actions.allocation import CHOICES

    found = _programme(programme)
    first = month_of(first_month) if first_month else None
    if method not in list(CHOICES):
        raise typer.BadParameter(f"write one of {', '.join(CHOICES)}", param_hint="--method")
    how = Method(method)
    with refusals():
        if dry_run:
            plan = allocation_plan(programme=found, first_month=first, method=how)
        else:
            plan = allocation_propose(by=actor(by), programme=found, first_month=first, method=how)
    answer(plan.as_json(), as_json=json)


@with_django
def agreements(
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Today unless named.")
    ] = None,
    json: JSON = False,
) -> None:
    """Show each agreement with its quota, decreed and covered workers, region by region."""
    from django.utils import timezone

    from salawaku.programmes.fulfilment import agreement_fulfilment
    from salawaku.programmes.models import Agreement

    day = as_of.date() if as_of else timezone.localdate()
    every = Agreement.objects.defer("document").prefetch_related("quotas")
    found = [agreement_fulfilment(agreement, today=day).as_json() for agreement in every]
    if not json:
        found = [{name: value for name, value in one.items() if name != "regions"} for one in found]
    answer(found, as_json=json)


@with_django
def criteria(
    programme: Annotated[str, typer.Argument(help="Short name of the programme, such as ambon-2026")],
    month: Annotated[str, typer.Option(help="YYYY-MM; the programme's first month unless named.")] = "",
    json: JSON = False,
) -> None:
    """Count who passes the programme's rule, who fails, and of whom evidence is needed. Writes nothing."""
    from salawaku.programmes.outcomes import criteria_outcomes

    found = _programme(programme)
    on = month_of(month) if month else found.first_month
    with refusals():
        counted = criteria_outcomes(found, on=on)
    told = {"programme": found.code, "version": found.criteria_version, "month": f"{on:%Y-%m}"}
    answer(told | counted.as_json(), as_json=json)


@with_django
def waiting(
    programme: Annotated[str, typer.Argument(help="Short name of the programme, such as ambon-2026")],
    month: Annotated[str, typer.Option(help="YYYY-MM from which seats count; next month unless named.")] = "",
    json: JSON = False,
) -> None:
    """Say for each village how many seats are free and how many people wait for one; names nobody."""
    from salawaku.programmes import waiting as lists

    found = _programme(programme)
    first = month_of(month) if month else lists.next_month(found)
    with refusals():
        rows = lists.waiting_by_village(found, month=first, regions=[found.region_code])
    villages = [row.as_json() for row in rows]
    totals = {key: sum(row[key] or 0 for row in villages) for key in ("seats", "taken", "free", "waiting")}
    whole = {"programme": found.code, "month": f"{first:%Y-%m}", **totals, "villages": villages}
    answer(whole if json else villages, as_json=json)


def _programme(code: str) -> Programme:
    """The programme of that short name, or the command ends with 1."""
    from salawaku.programmes.selectors import programme_named

    found = programme_named(code)
    if found is None:
        fail("programme.unknown", f"There is no programme {code!r}.")
    return found
