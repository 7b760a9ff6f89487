"""The command and the hourly job."""

from __future__ import annotations

import json

import pytest
import typer
from procrastinate.contrib.django import app as jobs
from typer.testing import CliRunner

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.scoping import Scope, scope
from salawaku.notices import commands, tasks
from salawaku.notices.models import Notice, NoticeRun
from salawaku.programmes.models import Purse

pytestmark = pytest.mark.django_db
app = typer.Typer()
commands.add_to(app)


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


def test_a_run_says_what_it_told_and_again_nothing(lapsing: Purse, operator: User, sari: User) -> None:
    assert lapsing.pk
    code, out, err = run("notices", "run", "--as-of", "2026-04-24", "--by", sari.email, "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told == {
        "as_of": "2026-04-24", "made": {"lapse_week": 2}, "emailed": 2, "failed": 0, "unclear": 0, "quiet": 0,
        "later": 0,
    }  # fmt: skip
    again = json.loads(run("notices", "run", "--as-of", "2026-04-24", "--json")[1])
    assert (again["made"], again["emailed"]) == ({}, 0)
    assert Notice.objects.filter(recipient=operator).count() == 1
    with scope(Scope(audit=("81.71",), regions=("81.71",))):
        assert [event.actor for event in AuditEvent.objects.filter(kind="notices.made")] == ["Sari"]


def test_wrong_use_is_refused() -> None:
    assert run("notices", "run", "--as-of", "kemarin")[0] == 2
    code, _out, err = run("notices", "run", "--by", "siapa@example.org")
    assert (code, err.partition(":")[0]) == (1, "by.unknown")


def test_a_day_without_known_law_is_refused_and_tells_nothing() -> None:
    code, _out, err = run("notices", "run", "--as-of", "1990-01-01")
    assert (code, err.partition(":")[0]) == (1, "law.outside_validity")
    assert not NoticeRun.objects.exists()


def test_the_worker_looks_each_hour() -> None:
    periodic = jobs.periodic_registry.periodic_tasks
    assert periodic["notices.run", ""].cron == "5 * * * *"
    tasks.run(timestamp=0)
    assert NoticeRun.objects.count() == 1
