"""One look for what must be told: write it down, send what may be sent now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from salawaku.accounts.models import User
from salawaku.notices.actions.make import notices_make
from salawaku.notices.actions.send import Sent, notices_send
from salawaku.notices.models import NoticeRun


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run came to."""

    as_of: date
    made: dict[str, int]
    sent: Sent

    def as_json(self) -> dict[str, Any]:
        """The fields of `salawaku notices run --json`."""
        return {"as_of": f"{self.as_of:%Y-%m-%d}", "made": self.made, **self.sent._asdict()}


def notices_run(*, by: User | None, as_of: date, now: datetime) -> RunResult:
    """Write down and send. Each step ends before the next begins, so that a kill loses nothing: the next run goes on.

    Each step leaves its trace; here the counts go on the page. OutsideValidityError as for notices_make.
    """
    run, made = notices_make(by=by, as_of=as_of)
    sent = notices_send(by=by, now=now)
    NoticeRun.objects.filter(pk=run.pk).update(
        emailed=sent.emailed, failed=sent.failed, waiting=sent.quiet + sent.later
    )
    return RunResult(as_of, made, sent)
