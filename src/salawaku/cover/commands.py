"""Commands of the cover room: a thin layer over its actions and selectors."""

from __future__ import annotations

import sys
from datetime import MAXYEAR, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from salawaku.accounts.terminal import JSON, actor, answer, fail, month_of, refusals
from salawaku.tools.django import with_django

BY = Annotated[str, typer.Option("--by", help="E-mail of who does it; without it the command line itself.")]

payments = typer.Typer(help="Payments from bank and BPJS files.", no_args_is_help=True)
refund = typer.Typer(help="Months to ask back from BPJS.", no_args_is_help=True)
cover = typer.Typer(help="Who is covered, and until when.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Hang the commands on the `salawaku` command."""
    app.command("bill")(bill)
    app.command("reconcile")(reconcile)
    app.command("coverage")(coverage)
    app.command("bridge")(bridge)
    app.add_typer(payments, name="payments")
    app.add_typer(refund, name="refunds")
    app.add_typer(cover, name="cover")


@with_django
def bill(
    month: Annotated[str, typer.Argument(help="YYYY-MM")],
    through: Annotated[str, typer.Option("--through", help="YYYY-MM: bill the months up to this one ahead.")] = "",
    source: Annotated[str, typer.Option("--source", help="Only the purses with this name.")] = "",
    by: BY = "",
    json: JSON = False,
) -> None:
    """Make the bills of a month, or of several months ahead; a second run bills nothing."""
    from salawaku.cover.actions import bill_run, bills_prepay
    from salawaku.cover.bill_selectors import purses_named

    first = month_of(month)
    with refusals():
        if not through and not source:
            answer(bill_run(by=actor(by), month=first).as_json(), as_json=json)
            return
        last = month_of(through) if through else first
        ahead = bills_prepay(by=actor(by), first=first, last=last, purses=purses_named(source) if source else ())
    answer(ahead.as_json() if through else ahead.runs[0].as_json(), as_json=json)


@refund.command("find")
@with_django
def refund_find(by: BY = "", json: JSON = False) -> None:
    """Write down the months billed after a death, to be asked back from BPJS; again writes nothing."""
    from salawaku.cover.actions import refunds_find

    with refusals():
        found = refunds_find(by=actor(by))
    answer({"months": found}, as_json=json)


@payments.command("import")
@with_django
def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)], by: BY = "", json: JSON = False
) -> None:
    """Match the receipts of a bank or BPJS file with bills; importing again changes nothing."""
    from salawaku.cover.actions import payment_import

    with refusals():
        result = payment_import(by=actor(by), file_name=file.name, content=file.read_bytes())
    answer(result.as_json(), as_json=json)


@payments.command("waiting")
@with_django
def waiting(json: JSON = False) -> None:
    """List the receipts that pay no bill until somebody decides."""
    from salawaku.cover.selectors import every_unmatched_receipt

    answer(every_unmatched_receipt(), as_json=json)


@payments.command("settle")
@with_django
def settle(
    line: Annotated[int, typer.Argument(help="The id that `payments waiting` tells")],
    bill: Annotated[str, typer.Option("--bill", help="Billing code of the open bill that the receipt pays.")] = "",
    not_ours: Annotated[str, typer.Option("--not-ours", help="Why the receipt pays none of our bills.")] = "",
    by: BY = "",
    json: JSON = False,
) -> None:
    """Let a receipt that waits pay an open bill of the same amount, or set it aside."""
    from salawaku.cover.actions import payment_line_match, payment_line_set_aside
    from salawaku.cover.selectors import bill_named, line_named

    if bool(bill) == bool(not_ours):
        print("name either --bill or --not-ours", file=sys.stderr)
        raise typer.Exit(2)
    with refusals():
        found, who = line_named(line), actor(by)
        if bill:
            done = payment_line_match(by=who, line=found, bill=bill_named(bill))
        else:
            done = payment_line_set_aside(by=who, line=found, reason=not_ours)
    answer({"id": done.pk, "receipt": done.receipt, "decision": done.decision}, as_json=json)


@with_django
def reconcile(
    month: Annotated[str, typer.Argument(help="YYYY-MM")],
    bpjs: Annotated[
        Path, typer.Option("--bpjs", exists=True, dir_okay=False, help="The list of active participants.")
    ],
    region: Annotated[str, typer.Option("--region", help="The region; SALAWAKU_REGION unless named.")] = "",
    by: BY = "",
    json: JSON = False,
) -> None:
    """Compare a month: decreed, paid, active at BPJS. The same list again changes nothing."""
    from django.conf import settings

    from salawaku.cover.actions import month_reconcile

    with refusals():
        result = month_reconcile(
            by=actor(by),
            month=month_of(month),
            region_code=region or settings.HOME_REGION,
            file_name=bpjs.name,
            content=bpjs.read_bytes(),
        )
    answer(result.as_json(), as_json=json)


AS_OF = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Today unless named.")]


@cover.command("status")
@with_django
def status(
    as_of: AS_OF = None,
    by: Annotated[str, typer.Option("--by", help="village, agency, source or none")] = "none",
    json: JSON = False,
) -> None:
    """How many are covered, in grace, ended, about to lapse, and what keeping them costs."""
    from salawaku.accounts.scoping import elevated
    from salawaku.cover.selectors import KEYS, cover_status

    if by not in KEYS:
        print(f"--by takes {', '.join(KEYS)}", file=sys.stderr)
        raise typer.Exit(2)
    with refusals(), elevated("the command line counts all workers and shows none"):
        rows = cover_status(as_of=_day(as_of), by=by)
    answer([row._asdict() for row in rows], as_json=json)


@cover.command("lapses")
@with_django
def lapses(
    as_of: AS_OF = None,
    within: Annotated[int, typer.Option(min=1, max=400, help="Within so many days.")] = 30,
    by: Annotated[str, typer.Option("--by", help="village, agency, source or none")] = "none",
    json: JSON = False,
) -> None:
    """How many lapse within some days, what a month for them costs, and when the first does. Counts only."""
    from salawaku.accounts.scoping import elevated
    from salawaku.cover import guard

    if by not in guard.BY:
        print(f"--by takes {', '.join(guard.BY)}", file=sys.stderr)
        raise typer.Exit(2)
    with refusals(), elevated("the command line counts all workers and shows none"):
        rows = guard.lapse_groups(as_of=_day(as_of), wanted=guard.Wanted(within=within), by=by)
    answer([row.as_json() for row in rows], as_json=json)


@cover.command("january")
@with_django
def january(
    year: Annotated[int, typer.Option(min=2020, max=2100, help="The year that ends.")],
    json: JSON = False,
) -> None:
    """Show what January to March after a year cost for whoever is covered in December, and the last day."""
    from salawaku.accounts.scoping import elevated
    from salawaku.cover.january import january_plan
    from salawaku.programmes.models import Purse

    with refusals(), elevated("the command line counts all workers and shows none"):
        plan = january_plan(year=year, purses=list(Purse.objects.all()))
    answer(plan.as_json(), as_json=json)


@with_django
def coverage(
    as_of: AS_OF = None,
    by: Annotated[str, typer.Option("--by", help="village")] = "village",
    json: JSON = False,
) -> None:
    """Covered, target and gap of each village."""
    from salawaku.accounts.scoping import elevated
    from salawaku.cover.selectors import coverage_by_village

    if by != "village":
        print("--by takes village", file=sys.stderr)
        raise typer.Exit(2)
    with refusals(), elevated("the command line counts all workers and shows none"):
        rows: list[Any] = coverage_by_village(as_of=_day(as_of))
    answer([row.as_json() for row in rows], as_json=json)


def _day(as_of: datetime | None) -> Any:
    from django.utils import timezone

    if as_of and as_of.year == MAXYEAR:
        print("--as-of lies too far ahead", file=sys.stderr)
        raise typer.Exit(2)
    return as_of.date() if as_of else timezone.localdate()


@with_django
def bridge(
    programme: Annotated[str, typer.Argument(help="Short name of the programme, such as ambon-2026")],
    within: Annotated[int, typer.Option(min=0, help="Who lapses within so many days; 0: every member.")] = 90,
    first_month: Annotated[str, typer.Option(help="YYYY-MM; this month unless named.")] = "",
    months: Annotated[int, typer.Option(min=1, max=12, help="For how many months.")] = 3,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the bridge and keep nothing.")] = False,
    by: BY = "",
    json: JSON = False,
) -> None:
    """Plan which purse carries those who are about to lapse, as a proposal that another person approves."""
    from salawaku.cover.bridge import bridge_plan, bridge_propose
    from salawaku.programmes.selectors import programme_named

    found = programme_named(programme)
    if found is None:
        fail("programme.unknown", f"There is no programme {programme!r}.")
    first = month_of(first_month) if first_month else None
    with refusals():
        if dry_run:
            made = bridge_plan(programme=found, within=within, first_month=first, months=months)
        else:
            made = bridge_propose(by=actor(by), programme=found, within=within, first_month=first, months=months)
    answer(made.as_json(), as_json=json)
