"""The jobs of intake (procrastinate finds this module by its name)."""

from __future__ import annotations

from procrastinate.contrib.django import app

from salawaku.intake import jobs


@app.task(name="intake.check_file", queue="intake")
def check_file(file_id: int, by_id: int) -> None:
    """Check a list."""
    jobs.run_check(file_id=file_id, by_id=by_id)


@app.task(name="intake.confirm_file", queue="intake")
def confirm_file(file_id: int, by_id: int, second_look: bool = False) -> None:
    """Confirm a list."""
    jobs.run_confirm(file_id=file_id, by_id=by_id, second_look=second_look)
