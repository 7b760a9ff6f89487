"""Killed at any moment, a run sends no letter twice and loses no notice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from salawaku.notices.models import Notice
from salawaku.programmes.models import Purse
from tests.conftest import person
from tests.notices.mail_server import MailServer, mail_server
from tests.programmes.city import PASSO

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PEOPLE, TRIES, PAUSE = 40, 5, 0.02
COMMAND = """
import os, sys, typer
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
from salawaku.notices import commands as notices
app = typer.Typer()
notices.add_to(app)
print("ready", file=sys.stderr, flush=True)
app()
"""


def start(server: MailServer) -> subprocess.Popen[bytes]:
    """A run on the test database, as far as its first step; its letters go to the server of the test."""
    given = connection.get_connection_params()
    address = "postgresql:///{dbname}?host={host}&user={user}&port={port}&password={password}".format(
        **{"host": "", "user": "", "port": "", "password": "", **given}
    )
    environment = os.environ | {
        "DATABASE_URL": address, "SALAWAKU_DB_ROLE": settings.DATABASE_ROLE,
        "SALAWAKU_EMAIL_HOST": "127.0.0.1", "SALAWAKU_EMAIL_PORT": str(server.server_address[1]),
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "notices", "run", "--as-of", "2026-04-26", "--json"],
        env=environment, cwd=Path(__file__).resolve().parents[2], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    assert process.stderr.readline() == b"ready\n"
    return process


def test_a_killed_run_sends_no_letter_twice(lapsing: Purse) -> None:
    assert lapsing.pk
    for number in range(PEOPLE):
        person(f"olin{number}@passo.example", f"Olin {number}", ("village_operator", PASSO))
    chance, codes = random.Random(4), []
    with mail_server() as server:
        server.pause = PAUSE
        for turn in range(TRIES):
            process = start(server)
            time.sleep(chance.uniform(0.2, 1.0 + 0.3 * turn))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            codes.append(process.returncode)
        process = start(server)
        out, err = process.communicate()
        assert process.returncode == 0, err
        assert json.loads(out)["later"] == 0
        letters = Counter(letter["To"] for letter in server.letters)
    assert -signal.SIGKILL in codes
    assert max(letters.values()) == 1
    mails = Counter(Notice.objects.values_list("mail", flat=True))
    assert set(mails) <= {"sent", "sending"}
    assert mails.total() == PEOPLE
    assert mails["sending"] <= TRIES
    assert mails["sent"] <= letters.total() <= PEOPLE
