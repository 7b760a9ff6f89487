"""`kill -9` while a large decree is frozen: it is signed whole or not at all, and the next run finishes it."""

from __future__ import annotations

import signal
from datetime import date
from typing import Any

import pytest

from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.programmes import jobs
from salawaku.programmes.models import Decree, DecreeFile, DecreeLine, Freezing
from salawaku.programmes.verifying import decree_verify
from salawaku.regions.models import Region
from tests.cover import test_kill as killing
from tests.programmes.city import approved, programme, purse, register

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
VILLAGES, EACH = 8, 60
COMMAND = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from salawaku.programmes import jobs
print("ready", file=sys.stderr, flush=True)
jobs.run_freeze(allocation_id=int(sys.argv[1]))
"""


def counts() -> tuple[int, int, int]:
    with elevated("a test counts"):
        return Decree.objects.count(), DecreeLine.objects.count(), DecreeFile.objects.count()


def test_a_killed_decree_is_whole_or_not_there(
    sari: User, budi: User, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(killing, "COMMAND", COMMAND)
    settings.JOBS_IN_QUEUE = True
    villages = Region.objects.filter(level=4, code__startswith="81.71").order_by("code")[:VILLAGES]
    for turn, village in enumerate(villages):
        register(EACH, first=1 + EACH * turn, village_code=village.code)
    here = programme()
    purse(here, ceiling=VILLAGES * EACH * 12 * 16_800)
    plan = approved(here, by=budi, maker=sari)
    jobs.enqueue_freeze(
        by=sari, allocation=plan, number="188.4/1/2026", signed_on=date(2026, 1, 5), signatory="X", changes=None
    )
    whole = (1, VILLAGES * EACH, VILLAGES + 1)
    codes = killing.kill_at_random_moments(str(plan.pk))
    assert -signal.SIGKILL in codes
    assert counts() in {(0, 0, 0), whole}
    jobs.run_freeze(allocation_id=plan.pk)
    assert counts() == whole
    assert not Freezing.objects.exists()
    assert decree_verify(Decree.objects.get()).holds
