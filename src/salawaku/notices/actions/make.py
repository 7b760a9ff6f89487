"""Writing down what must be told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, transaction

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.notices.models import NoticePreference, NoticeRun
from salawaku.notices.posts import Desk
from salawaku.notices.rules import RULES, Draft
from salawaku.notices.selectors import mail_is_set_up

INSERT = """
INSERT INTO notices_notice (recipient_id, kind, key, region_code, facts, link, due_on, urgent, mail, failure)
SELECT recipient_id, kind, key, region_code, facts, link, due_on, urgent, mail, ''
FROM jsonb_to_recordset(%s::jsonb) AS draft(recipient_id bigint, kind text, key text, region_code text, facts jsonb,
                                            link text, due_on date, urgent boolean, mail text)
ORDER BY recipient_id, kind, key
ON CONFLICT (recipient_id, kind, key) DO NOTHING RETURNING kind
"""  # in one order, so that two runs at once wait for each other instead of locking each other out


class Made(NamedTuple):
    """One look for what must be told, and how many notices of each kind it made."""

    run: NoticeRun
    by_kind: dict[str, int]


@transaction.atomic
def notices_make(*, by: User | None, as_of: date) -> Made:
    """Write down what must be told on a day and was not told before. Again, or twice at once, nothing is doubled.

    OutsideValidityError on a day for which the law is not known.
    """
    with elevated("notices hold sums of places, each only for people who work there"):
        desk = Desk()
        drafts = [draft for rule in RULES for draft in rule(as_of, desk)]
    wishes = {wish.user_id: wish for wish in NoticePreference.objects.all()}
    rows = [_row(draft, wishes.get(draft.recipient_id)) for draft in _wanted(drafts, wishes)]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [json.dumps(rows)])
        by_kind = dict(Counter(kind for (kind,) in cursor.fetchall()))
    run = NoticeRun.objects.create(as_of=as_of, made=sum(by_kind.values()))
    if by_kind:
        audit.record(by=by, kind="notices.made", subject=run, detail=by_kind)
    return Made(run, by_kind)


def _wanted(drafts: Iterable[Draft], wishes: dict[int, NoticePreference]) -> list[Draft]:
    """Without the kinds that their recipients switched off."""
    return [d for d in drafts if d.recipient_id not in wishes or d.kind not in wishes[d.recipient_id].kinds_off]


def _row(draft: Draft, wish: NoticePreference | None) -> dict[str, Any]:
    by_mail = mail_is_set_up() and (wish is None or wish.by_mail)
    due_on = f"{draft.due_on:%Y-%m-%d}" if draft.due_on else None
    return draft._asdict() | {"due_on": due_on, "mail": "waiting" if by_mail else "none"}
