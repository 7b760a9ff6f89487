"""The demonstration: a synthetic city whose lists go through the real pipeline, from files to cover."""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from salawaku.accounts import audit
from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.demo.colleagues import log_ins, open_accounts
from salawaku.demo.intake import Desk
from salawaku.demo.lists import City, make_city, write_lists
from salawaku.demo.story import Story
from salawaku.regions.table import region_table
from salawaku.registry.models import Worker


def make_demo(*, workers: int, seed: int, if_empty: bool) -> None:
    """Make the city, or go on where a killed run stopped; a finished one is left alone with `if_empty`.

    Exits with 1 where workers are registered that no demonstration made: it never mixes with real lists.
    """
    if _is_made():
        if not if_empty:
            print("The demonstration city is there already.", file=sys.stderr)
        print(log_ins(), file=sys.stderr)
        return
    colleagues = _begin()
    city = make_city(workers, seed, region_table())
    folder = _lists(city, settings.HOME / "demo" / f"{workers}-{seed}")
    with acting_as(colleagues["sari"]), _bars() as bars:
        _take_in(Desk(colleagues["sari"], city, folder), bars)
        _tell(colleagues, bars)
        _finish(colleagues["sari"])
    print(log_ins(), file=sys.stderr)


def _is_made() -> bool:
    return AuditEvent.objects.filter(kind="demo.made").exists()


def _begin() -> dict[str, User]:
    with elevated("whether anybody is registered who is not of the demonstration"):
        known = Worker.objects.exists()
    if known and not User.objects.filter(email__endswith="demo.salawaku.test").exists():
        sys.exit("There are workers in this database. Point SALAWAKU_HOME or DATABASE_URL to an empty one.")
    return open_accounts()


def _lists(city: City, folder: Path) -> Path:
    """Write the lists once; truth.json is written last, so that half a folder is written again."""
    if not (folder / "truth.json").exists():
        write_lists(city, folder)
    return folder


def _bars() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True))


def _take_in(desk: Desk, bars: Progress) -> None:
    files = desk.files()
    checking = bars.add_task("Daftar diperiksa / lists checked", total=len(files))
    desk.take_in(files, lambda: bars.advance(checking))
    confirming = bars.add_task("Daftar dikonfirmasi / lists confirmed", total=desk.to_confirm())
    desk.confirm(lambda: bars.advance(confirming))


def _tell(colleagues: dict[str, User], bars: Progress) -> None:
    story = Story(colleagues, today=timezone.localdate())
    steps = story.steps()
    telling = bars.add_task("Satu setengah tahun / a year and a half", total=len(steps))
    for step in steps:
        step()
        bars.advance(telling)


@transaction.atomic
def _finish(by: User) -> None:
    audit.record(by=by, kind="demo.made", subject=by)
