"""The job of the notices (procrastinate finds this module by its name): the worker of `serve` starts it each hour."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from salawaku.notices.actions import notices_run


@app.periodic(cron="5 * * * *")
@app.task(name="notices.run", queue="notices", lock="notices.run")
def run(timestamp: int) -> None:
    """Look what must be told today, and send what quiet hours held back; `timestamp` is when it was due."""
    notices_run(by=None, as_of=timezone.localdate(), now=timezone.now())
