"""`salawaku intake …`: check, load and return lists from the command line.

Nothing here imports Django before it is needed: `check --no-register` works without a database.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from salawaku.tools.django import with_django

if TYPE_CHECKING:
    from salawaku.accounts.models import User
    from salawaku.intake.engine.check import RunResult
    from salawaku.intake.models import ListFile

app = typer.Typer(help="Lists of villages and agencies: check, load, give back marked.", no_args_is_help=True)
JAYAPURA = timezone(timedelta(hours=9), "Asia/Jayapura")
DONE, REFUSED, WRONG_USAGE = 0, 1, 2

Paths = Annotated[list[Path], typer.Argument(help="Files or folders: xlsx, xls, ods, csv.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]
Region = Annotated[str, typer.Option("--region", envvar="SALAWAKU_REGION", help="The home region's code.")]


@app.command()
def check(
    paths: Paths,
    as_of: Annotated[
        str, typer.Option("--as-of", help="The day ages are counted on, YYYY-MM-DD; today if left out.")
    ] = "",
    no_register: Annotated[
        bool, typer.Option("--no-register", help="Compare the files only with each other.")
    ] = False,
    region: Region = "81.71",
    as_json: AsJson = False,
) -> None:
    """Read lists and say what is in them; write nothing."""
    day = _day(as_of)
    _demand(paths)
    result = _check(paths, day, region) if no_register else _check_with_register(paths, day, region)
    _print(_contract(result), as_json=as_json)
    totals = result.totals()
    wanting = totals["files_refused"] + totals["rejected"] + totals["review"]
    raise typer.Exit(REFUSED if wanting else DONE)


@app.command()
@with_django
def load(
    paths: Paths,
    by: Annotated[str, typer.Option("--by", help="The e-mail address of the person who sends the lists.")],
    village: Annotated[str, typer.Option("--village", help="The code of the village or region that sends.")] = "",
    agency: Annotated[str, typer.Option("--agency", help="The code of the agency that sends.")] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="The day ages are counted on, YYYY-MM-DD.")] = "",
    as_json: AsJson = False,
) -> None:
    """Check lists and keep them beside the register, until a person confirms them."""
    from salawaku.accounts.scoping import acting_as

    day = _day(as_of)
    _demand(paths)
    user = _user(by)
    sender = _sender(user, village, agency)
    with acting_as(user):
        told = list(_loaded(user, paths, sender, day))
    totals = _sum([file["totals"] for file in told])
    for file in told:
        del file["totals"]
    _print({"files": told, "totals": totals}, as_json=as_json)
    raise typer.Exit(REFUSED if totals["files_refused"] else DONE)


@app.command("return")
def give_back(
    file: Annotated[Path, typer.Argument(help="The list as it was sent.")],
    out: Annotated[Path, typer.Option("--out", help="Where the marked workbook goes.")],
    as_of: Annotated[str, typer.Option("--as-of", help="The day ages are counted on, YYYY-MM-DD.")] = "",
    no_register: Annotated[bool, typer.Option("--no-register", help="Do not compare with the register.")] = False,
    region: Region = "81.71",
) -> None:
    """Write the list with an outcome column, reasons and coloured cells, what is to mend first."""
    from salawaku.intake.engine.marked import write_marked

    day = _day(as_of)
    _demand([file])
    if file.is_dir():
        raise typer.BadParameter(f"a folder, not a list: {file}", param_hint="FILE")
    if not out.parent.is_dir():
        raise typer.BadParameter(f"no such folder: {out.parent}", param_hint="--out")
    result = _check([file], day, region) if no_register else _check_with_register([file], day, region)
    if result.files[0].status == "refused":
        from salawaku.intake.engine.report import file_message

        typer.echo(file_message(result.files[0], "id"), err=True)
        raise typer.Exit(REFUSED)
    write_marked(result, out)
    typer.echo(str(out), err=True)


def _day(text: str) -> date:
    """The day given, or today where the villages are."""
    try:
        return date.fromisoformat(text) if text else datetime.now(UTC).astimezone(JAYAPURA).date()
    except ValueError as wrong:
        raise typer.BadParameter(f"{text!r} is not a day like 2026-01-31", param_hint="--as-of") from wrong


def _demand(paths: list[Path]) -> None:
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise typer.BadParameter(f"not found: {', '.join(missing)}", param_hint="PATH")


def _check(paths: list[Path], day: date, region: str, **more: Any) -> RunResult:
    from salawaku.intake.engine.check import check_files

    with _bar() as tell:
        return check_files(paths, as_of=day, home_region=region, progress=tell, **more)


@with_django
def _check_with_register(paths: list[Path], day: date, region: str) -> RunResult:
    from salawaku.intake.actions.register_frame import known_people, remembered_decisions
    from salawaku.intake.selectors import loaded_digests

    return _check(
        paths, day, region, register=known_people(), decisions=remembered_decisions(), loaded=loaded_digests()
    )


def _contract(result: RunResult) -> dict[str, Any]:
    from salawaku.intake.engine.report import contract_json

    return contract_json(result)


@contextmanager
def _bar() -> Iterator[Any]:
    """A progress bar on standard error, where somebody looks at it."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=None)

        def tell(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=name)

        yield tell


def _user(email: str) -> User:
    from salawaku.accounts.models import User

    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None or not user.can("intake.load"):
        typer.echo(f"{email}: tidak ada akun yang boleh mengirim daftar / no account that may send lists", err=True)
        raise typer.Exit(REFUSED)
    return user


def _sender(user: User, village: str, agency: str) -> tuple[str, str]:
    """Who sends: as told, else the first office or region the person works in."""
    from salawaku.regions.models import Region

    if village and not Region.objects.filter(code=village).exists():
        raise typer.BadParameter(f"no region has the code {village}", param_hint="--village")
    scope = user.scope()
    if not village and scope.offices and not scope.regions:
        office, _bar, region = scope.offices[0].partition("|")
        return region, office
    return village or (scope.regions or user.regions)[0], agency


def _loaded(user: User, paths: list[Path], sender: tuple[str, str], day: date) -> Iterator[dict[str, Any]]:
    from salawaku.intake.engine.check import list_files

    listed = list_files(paths)
    with _bar() as tell:
        for number, path in enumerate(listed):
            yield _load_one(user, path, sender, day)
            tell(number + 1, len(listed), path.name)


def _load_one(user: User, path: Path, sender: tuple[str, str], day: date) -> dict[str, Any]:
    from salawaku.accounts.refusal import Refusal
    from salawaku.intake.actions import file_check, file_receive
    from salawaku.intake.selectors import file_contract

    village, agency = sender
    try:
        with path.open("rb") as content:
            file: ListFile = file_receive(
                by=user, name=path.name, content=content, village_code=village, agency_code=agency, as_of=day
            )
        return file_contract(file_check(by=user, file=file))
    except Refusal as refusal:
        typer.echo(f"{path.name}: {refusal}", err=True)
        code = refusal.code
    except OSError as error:
        typer.echo(f"{path.name}: {error.strerror}", err=True)
        code = "file.unreadable"
    nothing = {"rows": 0, "accepted": 0, "duplicate": 0, "review": 0, "rejected": 0, "files_refused": 1}
    refused = {"file": path.name, "status": "refused", "codes": [code], "mapping": {}, "rows": []}
    return {**refused, "totals": nothing}


def _sum(several: list[dict[str, int]]) -> dict[str, int]:
    names = ("rows", "accepted", "duplicate", "review", "rejected", "files_refused")
    return {name: sum(totals[name] for totals in several) for name in names}


def _print(document: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        json.dump(document, sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
        return
    for file in document["files"]:
        outcome = f"{len(file['rows'])} baris" if file["status"] == "read" else ", ".join(file["codes"])
        typer.echo(f"{file['file']}: {outcome}")
    totals = document["totals"]
    typer.echo(
        "{rows} baris = {accepted} siap + {duplicate} sudah ada + {review} perlu diputuskan"
        " + {rejected} perlu diperbaiki; {files_refused} berkas ditolak".format(**totals)
    )
