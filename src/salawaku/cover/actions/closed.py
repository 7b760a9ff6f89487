"""Months that are closed: which programmes are neither billed nor paid for them any more.

A bill is for a whole purse: where one region of a programme has closed the month, or one above it, no bill of the
programme is made or paid for that month.

Each action asks first whether a month of it is closed. Where one is closed between that question and the writing, the
triggers of migration 0003 refuse; `unless_closed` makes the same clear answer of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg import Error

from salawaku.accounts.refusal import Refusal

# What the triggers that keep closed months call themselves (migration 0003).
KEPT_BY = ("workermonth_of_closed_month", "difference_of_closed_month")

CLOSED = """
SELECT DISTINCT c.month, g.id AS programme_id
FROM cover_reconciliation c
JOIN programmes_programme g ON g.region_code ^@ c.region_code OR c.region_code ^@ g.region_code
WHERE c.status = 'closed'
"""


def is_closed(*, programme_id: int, month: date) -> bool:
    """Whether a month of a programme was closed, in its region, above it or in a part of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT 1 FROM ({CLOSED}) shut WHERE month = %s AND programme_id = %s)",
            [month, programme_id],
        )
        return bool(cursor.fetchone()[0])


def closed_meanwhile(error: IntegrityError) -> bool:
    """Whether the database refused to change a closed month."""
    cause = error.__cause__
    return isinstance(cause, Error) and cause.diag.constraint_name in KEPT_BY


@contextmanager
def unless_closed(code: str = "month.closed", message: str | Promise = "") -> Iterator[None]:
    """Around an action that changes the ledger: a month that was closed meanwhile is a refusal, not a fault.

    Outside the action's transaction, so that nothing of it stays. What to do is the same for all: done again, the
    action sees the closed month and says or leaves what it always does; `code` and `message` where it says so itself.
    """
    try:
        yield
    except IntegrityError as error:
        if not closed_meanwhile(error):
            raise
        again = _(
            "A month of this was closed just now. Nothing was changed; look at what it shows now and try again."
        )
        raise Refusal(code, message or again) from error
