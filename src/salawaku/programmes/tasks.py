"""The jobs of the programmes room (procrastinate finds this module by its name)."""

from __future__ import annotations

from procrastinate.contrib.django import app

from salawaku.programmes import jobs


@app.task(name="programmes.freeze_decree", queue="programmes")
def freeze_decree(allocation_id: int) -> None:
    """Freeze the decree of a large plan."""
    jobs.run_freeze(allocation_id=allocation_id)
