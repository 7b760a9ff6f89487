"""Commands of the exchange room: a thin layer over its actions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from salawaku.accounts.terminal import JSON, actor, answer, fail, month_of, refusals
from salawaku.tools.django import with_django

if TYPE_CHECKING:
    from salawaku.accounts.models import User
    from salawaku.exchange.actions.registration import Wanted

BY = Annotated[str, typer.Option("--by", help="E-mail of who does it; without it the command line itself.")]
WHO = Annotated[str, typer.Option("--by", help="E-mail of the officer who does it.")]
DAY = ["%Y-%m-%d"]
FILE = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
REGION = Annotated[str, typer.Option("--region", help="The region; SALAWAKU_REGION unless named.")]

app = typer.Typer(help="Files to and from BPJS and Dukcapil.", no_args_is_help=True)
dukcapil = typer.Typer(help="Batches for Dukcapil under an agreement.", no_args_is_help=True)
app.add_typer(dukcapil, name="dukcapil")


@app.command("register")
@with_django
def register(
    programme: Annotated[str, typer.Argument(help="Short name of the programme, such as ambon-2026")],
    out: Annotated[Path | None, typer.Option("--out", help="Where the file goes; without it only the check.")] = None,
    only_clean: Annotated[
        bool, typer.Option("--only-clean", help="Make the file although others must be mended first.")
    ] = False,
    month: Annotated[str, typer.Option("--month", help="YYYY-MM; the programme's first month unless named.")] = "",
    decree: Annotated[str, typer.Option("--decree", help="Only the workers of this decree, by its number.")] = "",
    pks: Annotated[str, typer.Option("--pks", help="Number of the agreement with BPJS.")] = "",
    by: BY = "",
    json: JSON = False,
) -> None:
    """Check who can be registered at BPJS and make the file. Ends with 1 while errors are left."""
    from salawaku.exchange.actions import registration_precheck, registration_send
    from salawaku.exchange.selectors import file_of

    who, wanted = actor(by), _wanted(programme, month, decree, pks)
    with refusals():
        check, _rows = registration_precheck(by=who, wanted=wanted)
        result = check.as_json()
        if out and check.ready and (only_clean or not check.to_mend):
            batch, check = registration_send(by=who, wanted=wanted)
            out.write_bytes(file_of(batch))
            result = check.as_json() | {"batch": str(batch.public_id), "sent": batch.sent, "sha256": batch.sha256}
    answer(result, as_json=json)
    if check.to_mend and not only_clean:
        raise typer.Exit(1)


def _wanted(programme: str, month: str, decree: str, pks: str) -> Wanted:
    from salawaku.exchange.actions.registration import Wanted
    from salawaku.programmes.selectors import programme_named

    found = programme_named(programme)
    if found is None:
        fail("programme.unknown", f"There is no programme {programme!r}.")
    signed = found.decrees.filter(number=decree).first() if decree else None
    if decree and signed is None:
        fail("decree.unknown", f"This programme has no decree {decree!r}.")
    return Wanted(found, month_of(month) if month else None, signed, pks)


@app.command("feedback")
@with_django
def feedback(file: FILE, region: REGION = "", by: BY = "", json: JSON = False) -> None:
    """Take in what BPJS answered: KPJ and reasons. The same file again changes nothing."""
    from django.conf import settings

    from salawaku.exchange.actions import feedback_import

    with refusals():
        result = feedback_import(
            by=actor(by),
            region_code=region or settings.HOME_REGION,
            file_name=file.name,
            content=file.read_bytes(),
        )
    answer(result.as_json(), as_json=json)


@dukcapil.command("export")
@with_django
def export(
    agreement: Annotated[str, typer.Option("--agreement", help="Number of the agreement with Dukcapil.")],
    agreement_date: Annotated[datetime, typer.Option("--agreement-date", formats=DAY, help="Its date.")],
    purpose: Annotated[str, typer.Option("--purpose", help="What the match is for.")],
    out: Annotated[Path, typer.Option("--out", help="Where the file goes; it is kept nowhere else.")],
    by: WHO,
    region: REGION = "",
    nik_only: Annotated[bool, typer.Option("--nik-only", help="Neither name nor birth date go out.")] = False,
    not_since: Annotated[
        datetime | None, typer.Option("--not-since", formats=DAY, help="Leave out whom Dukcapil answered for since.")
    ] = None,
    json: JSON = False,
) -> None:
    """Make a file of the living workers for Dukcapil."""
    from django.conf import settings

    from salawaku.exchange.actions import match_export
    from salawaku.exchange.actions.match import Agreement

    terms = Agreement(agreement, agreement_date.date(), purpose, with_name=not nik_only, with_birth_date=not nik_only)
    with refusals():
        file = match_export(
            by=_officer(by),
            region_code=region or settings.HOME_REGION,
            agreement=terms,
            not_since=not_since.date() if not_since else None,
        )
    out.write_bytes(file.content)
    told = {"batch": str(file.batch.public_id), "workers": file.batch.workers, "sha256": file.batch.sha256}
    answer(told, as_json=json)


@dukcapil.command("answer")
@with_django
def take_answer(
    file: FILE,
    batch: Annotated[UUID, typer.Option("--batch", help="The batch, as `export` told it.")],
    by: WHO,
    day: Annotated[datetime | None, typer.Option("--day", formats=DAY, help="Its day; today unless named.")] = None,
    json: JSON = False,
) -> None:
    """Keep result and day for each worker whom Dukcapil answered for. The same file again changes nothing."""
    from django.utils import timezone

    from salawaku.exchange.actions import match_import
    from salawaku.exchange.models import MatchBatch

    found = MatchBatch.objects.filter(public_id=batch).first()
    if found is None:
        fail("match.unknown", "There is no such batch.")
    when = day.date() if day else timezone.localdate()
    with refusals():
        counts = match_import(by=_officer(by), batch=found, file_name=file.name, content=file.read_bytes(), day=when)
    answer(counts, as_json=json)


def _officer(by: str) -> User:
    who = actor(by)
    if who is None:
        fail("by.needed", "Name the officer with --by.")
    return who
