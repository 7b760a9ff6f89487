"""`kill -9` at any moment of a load or a confirmation: the next run finishes it, nothing doubled, nothing lost."""

from __future__ import annotations

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

from salawaku.accounts.models import User
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.intake.actions import file_confirm
from salawaku.intake.models import ListFile, ListRow
from salawaku.registry.models import Worker
from tests.intake.people import people, workbook

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WORKERS, TRIES = 3_000, 6
COMMAND = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from salawaku.accounts.models import User
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.intake.actions import file_check, file_confirm, file_receive
from salawaku.intake.models import ListFile
by = User.objects.get(email=sys.argv[2])
print("ready", file=sys.stderr, flush=True)
with acting_as(by):
    if sys.argv[1] == "load":
        with open(sys.argv[3], "rb") as content:
            file_check(by=by, file=file_receive(by=by, name="a.xlsx", content=content, village_code="81.71"))
    else:
        file_confirm(by=by, file=ListFile.objects.get())
"""


def start(*words: str) -> subprocess.Popen[bytes]:
    """The step on the test database, as far as its first statement."""
    given = {"host": "", "user": "", "port": "", "password": "", **connection.get_connection_params()}
    address = "postgresql:///{dbname}?host={host}&user={user}&port={port}&password={password}".format(**given)
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words],
        env=os.environ | {"DATABASE_URL": address, "SALAWAKU_DB_ROLE": settings.DATABASE_ROLE},
        cwd=Path(__file__).resolve().parents[2],
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == b"ready\n"
    return process


def kill_at_random_moments(*words: str, longest: float) -> list[int]:
    """Start and kill, each time a little later; the exit codes. A quick machine may finish before the last kills."""
    chance = random.Random(8171)
    codes = []
    for moment in sorted(chance.uniform(0, longest) for _turn in range(TRIES)):
        process = start(*words)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        codes.append(process.returncode)
    return codes


def finish(*words: str) -> None:
    process = start(*words)
    _out, said = process.communicate()
    assert process.returncode == 0 or b"file.repeated" in said, said.decode()


def test_a_killed_load_and_confirmation_end_whole(sari: User, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(people(1, WORKERS)).read())
    codes = kill_at_random_moments("load", sari.email, str(path), longest=1.5)
    assert -signal.SIGKILL in codes
    with elevated("the test counts"):
        for file in ListFile.objects.all():
            assert ListRow.objects.filter(file=file).count() in (0, WORKERS)
    finish("load", sari.email, str(path))
    with elevated("the test counts"):
        [file] = ListFile.objects.all()
        assert (file.status, file.rows, ListRow.objects.count()) == ("checked", WORKERS, WORKERS)
        ready = file.accepted
    kill_at_random_moments("confirm", sari.email, longest=0.5)
    with elevated("the test counts"):
        assert Worker.objects.count() in (0, ready)
    with acting_as(sari):
        file_confirm(by=sari, file=file, second_look=True)
        assert Worker.objects.count() == ready > WORKERS // 2
        assert {worker.history.count() for worker in Worker.objects.all()[:50]} == {1}
