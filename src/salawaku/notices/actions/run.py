"""One look for what must be told: write it down, send what may be sent now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from salawaku.accounts import audit
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

    OutsideValidityError on a day for which the law is not known.
    """
    made = notices_make(by=by, as_of=as_of)
    sent = notices_send(by=by, now=now)
    _remember(by=by, as_of=as_of, made=made, sent=sent)
    return RunResult(as_of, made, sent)


@transaction.atomic
def _remember(*, by: User | None, as_of: date, made: dict[str, int], sent: Sent) -> None:
    """The run on the page, and in the trail when something happened."""
    run = NoticeRun.objects.create(
        as_of=as_of,
        made=sum(made.values()),
        emailed=sent.emailed,
        failed=sent.failed,
        waiting=sent.quiet + sent.later,
    )
    if made or sent.emailed or sent.failed or sent.unclear:
        audit.record(by=by, kind="notices.run", subject=run, detail={"made": made, **sent._asdict()})
