"""Months that are closed: which programmes are neither billed nor paid for them any more.

A bill is for a whole purse: where one region of a programme has closed the month, or one above it, no bill of the
programme is made or paid for that month.
"""

from __future__ import annotations

from datetime import date

from django.db import connection

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
