"""Who is in need of a seat, counted by village: the rule by which seats are shared out by need.

Every living registered worker whom no other programme covers in the months of this one counts 11 minus the welfare
decile (10 in the first, 1 in the tenth, 1 where the decile is not known) plus the risk of the occupation (1 to 4, 0
where it is not known). Whom this programme itself covers counts too: he sits on one of its seats.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from salawaku.accounts.scoping import elevated
from salawaku.programmes import ledger
from salawaku.programmes.models import Programme

NEED = """
SELECT w.village_code, sum(11 - coalesce(w.welfare_decile, 10) + coalesce(o.risk, 0))::int
FROM registry_worker w LEFT JOIN registry_occupation o ON o.code = w.occupation_id
WHERE w.status = 'living' AND w.village_code = ANY(%(villages)s)
  AND NOT EXISTS (SELECT 1 FROM {ledger} l
                  WHERE l.worker_id = w.id AND l.month BETWEEN %(first)s AND %(last)s
                    AND l.programme_id <> %(programme)s)
GROUP BY w.village_code
"""


def need_of(programme: Programme, villages: Sequence[str]) -> dict[str, int]:
    """The weight of each village, also where there is none."""
    values: dict[str, Any] = {
        "villages": list(villages),
        "first": programme.first_month,
        "last": programme.last_month,
        "programme": programme.pk,
    }
    with elevated("seats are shared out by the need of all workers of the region"), connection.cursor() as cursor:
        cursor.execute(NEED.format(ledger=ledger.current().table), values)
        found = dict(cursor.fetchall())
    return {code: found.get(code, 0) for code in villages}
