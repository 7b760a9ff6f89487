"""The waiting list of a programme: who stands where in each village and why, and which seats are free.

A seat is taken from a month on by whoever has a month of cover from this programme in it or later. In line stand
those whom the rule allows and who are not covered from that month on, as the waterfall ranks them.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from salawaku import law
from salawaku.accounts.refusal import law_known
from salawaku.accounts.scoping import covers, elevated
from salawaku.programmes import waterfall
from salawaku.programmes.criteria import Criteria
from salawaku.programmes.models import Programme, Quota

BY_VILLAGE = """
SELECT r.code, r.kind, r.name, q.seats, coalesce(l.taken, 0), coalesce(l.waiting, 0)
FROM regions_region r
LEFT JOIN programmes_quota q ON q.village_code = r.code AND q.programme_id = %(programme)s
LEFT JOIN (SELECT village_code, count(*) FILTER (WHERE ours) AS taken, count(rank) AS waiting
           FROM line GROUP BY village_code) l ON l.village_code = r.code
WHERE r.level = 4 AND r.code LIKE %(region)s ORDER BY r.code
"""
IN_LINE = """
SELECT l.seat, l.no_seat IS NULL, w.public_id, w.id, w.name, w.nik, coalesce(o.name_id, ''), l.continuing,
       l.welfare_decile, l.risk, l.proposed_on
FROM line l JOIN registry_worker w ON w.id = l.worker_id LEFT JOIN registry_occupation o ON o.code = w.occupation_id
WHERE l.rank IS NOT NULL AND l.seat > %(after)s ORDER BY l.seat LIMIT %(limit)s
"""


class VillageLine(NamedTuple):
    """A village's seats from a month on (None: not set), how many are taken, how many people stand in line."""

    code: str
    kind: str
    name: str
    seats: int | None
    taken: int
    waiting: int

    @property
    def free(self) -> int:
        """Seats for which nobody has a month of cover."""
        return max(0, (self.seats or 0) - self.taken)

    def as_json(self) -> dict[str, Any]:
        """A village as `salawaku waiting --json` prints it."""
        return {
            "village": self.code,
            "name": self.name,
            "seats": self.seats,
            "taken": self.taken,
            "free": self.free,
            "waiting": self.waiting,
        }


class Waiting(NamedTuple):
    """One person in a village's line: the place, whether it is a free seat's, and all that the place follows from."""

    place: int
    has_seat: bool
    public_id: UUID
    worker_id: int
    name: str
    nik: str
    occupation: str
    continuing: bool
    welfare_decile: int | None
    risk: int
    proposed_on: date


def next_month(programme: Programme) -> date:
    """The first month for which seats can still be filled: next month, within the programme."""
    coming = law.add_months(law.first_of_month(timezone.localdate()), 1)
    return min(max(coming, programme.first_month), programme.last_month)


@law_known()
def waiting_by_village(programme: Programme, *, month: date, regions: list[str]) -> list[VillageLine]:
    """Seats and line of each village that lies in one of `regions`. Numbers only, so counted beyond the scope."""
    narrow = regions[0] if len(regions) == 1 and covers(programme.region_code, regions[0]) else ""
    everywhere = elevated("seats and lines are counted over all agencies; no person is shown")
    with transaction.atomic(), everywhere, connection.cursor() as cursor:
        _stand(cursor, programme, month, narrow)
        cursor.execute(BY_VILLAGE, {"programme": programme.pk, "region": f"{programme.region_code}%"})
        found = [VillageLine(*row) for row in cursor.fetchall()]
    return [village for village in found if any(covers(region, village.code) for region in regions)]


@law_known()
def waiting_in(
    programme: Programme, *, month: date, village: str, after: int = 0, limit: int | None = None
) -> list[Waiting]:
    """The line of a village behind place `after`; places count everybody, shown is whom the acting person may see."""
    with transaction.atomic(), connection.cursor() as cursor:
        with elevated("a place in line counts everybody before it"):
            _stand(cursor, programme, month, village)
        cursor.execute(IN_LINE, {"after": after, "limit": limit})
        return [Waiting(*row) for row in cursor.fetchall()]


def has_seats(programme: Programme) -> bool:
    """Whether seats were set; without them nobody waits for one."""
    return Quota.objects.filter(programme=programme).exists()


def _stand(cursor: Any, programme: Programme, month: date, within: str) -> None:
    criteria = Criteria.from_json(programme.criteria)
    waterfall.stand_in_line(cursor, programme=programme, criteria=criteria, first=month, within=within)
