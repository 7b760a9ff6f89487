"""Killed at any moment, a command leaves everything or nothing: nothing doubled, nothing lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Sum

from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions import bill_run
from salawaku.cover.models import Bill, WorkerMonth
from salawaku.programmes.models import Allocation, AllocationLine, Programme, Purse
from tests.programmes.city import JANUARY, approved, programme, purse, register

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WORKERS, TRIES = 4_000, 5
COMMAND = """
import sys, typer
from salawaku.cover import commands as cover
from salawaku.programmes import commands as programmes
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
app = typer.Typer()
programmes.add_to(app)
cover.add_to(app)
print("ready", file=sys.stderr, flush=True)
app()
"""


def start(*words: str) -> subprocess.Popen[bytes]:
    """The command on the test database, as far as its first step."""
    database = settings.DATABASES["default"]
    given = connection.get_connection_params()
    address = "postgresql:///{dbname}?host={host}&user={user}&port={port}&password={password}".format(
        **{"host": "", "user": "", "port": "", "password": "", **given}
    )
    environment = os.environ | {"DATABASE_URL": address, "SALAWAKU_DB_ROLE": settings.DATABASE_ROLE}
    assert database["NAME"] == given["dbname"]
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words],
        env=environment,
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == b"ready\n"
    return process


def kill_at_random_moments(*words: str) -> list[int]:
    """Start and kill, each time later; the exit codes."""
    chance = random.Random(9)
    codes = []
    for turn in range(TRIES):
        process = start(*words)
        time.sleep(chance.uniform(0, 0.25 + 0.2 * turn))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        codes.append(process.returncode)
    return codes


@pytest.fixture
def here() -> Programme:
    """A city of some thousand workers."""
    register(WORKERS)
    made = programme()
    purse(made, ceiling=WORKERS * 12 * 16_800)
    return made


def test_a_killed_allocation_is_whole_or_not_there(here: Programme) -> None:
    codes = kill_at_random_moments("allocate", here.code, "--json")
    assert -signal.SIGKILL in codes
    with elevated("a test counts"):
        assert AllocationLine.objects.count() == WORKERS * Allocation.objects.count()
    process = start("allocate", here.code, "--json")
    out, _err = process.communicate()
    assert json.loads(out)["workers"] == WORKERS
    assert Purse.objects.get().committed == 0


def test_a_killed_bill_run_is_whole_or_not_there(here: Programme, budi: User) -> None:
    approved(here, by=budi)
    kill_at_random_moments("bill", "2026-01", "--json")
    _whole()
    bill_run(by=None, month=JANUARY)
    _whole()
    assert Bill.objects.get().workers == WORKERS


def _whole() -> None:
    """Bills, months and the purse tell the same."""
    money = Purse.objects.get()
    with elevated("a test counts"):
        billed = WorkerMonth.objects.filter(status="billed").aggregate(sum=Sum("amount"))["sum"] or 0
        decreed = WorkerMonth.objects.filter(status="decreed").aggregate(sum=Sum("amount"))["sum"] or 0
    bills = Bill.objects.aggregate(sum=Sum("amount"))["sum"] or 0
    assert (money.billed, money.committed) == (billed, decreed) == (bills, WORKERS * 12 * 16_800 - bills)
