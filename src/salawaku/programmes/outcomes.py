"""Who passes a criteria set, who fails, and of whom evidence is needed; apart from any plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.refusal import Refusal, law_known
from salawaku.accounts.scoping import elevated
from salawaku.programmes import waterfall
from salawaku.programmes.criteria import Criteria
from salawaku.programmes.models import Programme
from salawaku.programmes.reasons import EVIDENCE

PAGE = 50
BY_REASON = "SELECT reason, count(*) FROM candidate GROUP BY reason ORDER BY reason"
BY_VILLAGE = """
SELECT c.village_code, coalesce(r.kind, ''), coalesce(r.name, c.village_code), count(*)
FROM candidate c LEFT JOIN regions_region r ON r.code = c.village_code
WHERE c.reason = ANY(%(evidence)s) GROUP BY 1, 2, 3 ORDER BY count(*) DESC, c.village_code
"""
WHO = """
SELECT w.id, w.public_id, w.name, w.nik, coalesce(r.kind, ''), coalesce(r.name, w.village_code), c.reason
FROM candidate c JOIN registry_worker w ON w.id = c.worker_id
LEFT JOIN regions_region r ON r.code = w.village_code
WHERE c.reason = ANY(%(evidence)s)
  AND (%(after)s::bigint IS NULL
       OR (w.village_code, w.id) > (SELECT e.village_code, e.id FROM registry_worker e WHERE e.id = %(after)s))
ORDER BY w.village_code, w.id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How many workers a rule lets through, by reason; `reasons` has no entry for those who pass."""

    passing: int
    reasons: dict[str, int]

    @property
    def evidence_needed(self) -> int:
        """Neither in nor out until somebody declares or mends what is missing."""
        return sum(self.reasons.get(code, 0) for code in EVIDENCE)

    @property
    def failing(self) -> int:
        """Out, with the first reason against them."""
        return sum(self.reasons.values()) - self.evidence_needed

    def as_json(self) -> dict[str, Any]:
        """The counts of `salawaku criteria --json`."""
        return {
            "pass": self.passing,
            "fail": self.failing,
            "evidence_needed": self.evidence_needed,
            "reasons": self.reasons,
        }


class VillageEvidence(NamedTuple):
    """A village with the number of its workers of whom evidence is needed."""

    code: str
    kind: str
    name: str
    workers: int


class Waiting(NamedTuple):
    """A worker of whom evidence is needed, and the reason."""

    id: int
    public_id: UUID
    name: str
    nik: str
    kind: str
    village: str
    reason: str


@law_known()
@transaction.atomic
def criteria_outcomes(programme: Programme, *, on: date | None = None, criteria: Criteria | None = None) -> Outcomes:
    """Count the region's workers under the programme's rule, or under another, as of the month of `on`.

    Without `on` as of the programme's first month. Refusal for a month outside the programme.
    """
    with elevated("counts of the whole region, no persons"), connection.cursor() as cursor:
        _weigh(cursor, programme, on=on, criteria=criteria)
        cursor.execute(BY_REASON)
        counted: dict[str | None, int] = dict(cursor.fetchall())
    passing = counted.pop(None, 0)
    return Outcomes(passing, {code: number for code, number in counted.items() if code})


@law_known()
@transaction.atomic
def evidence_by_village(programme: Programme) -> list[VillageEvidence]:
    """Where evidence is needed, the most first; as far as the acting person sees."""
    with connection.cursor() as cursor:
        _weigh(cursor, programme)
        cursor.execute(BY_VILLAGE, {"evidence": list(EVIDENCE)})
        return [VillageEvidence(*row) for row in cursor.fetchall()]


@law_known()
@transaction.atomic
def evidence_page(
    programme: Programme, *, village: str = "", reason: str = "", after: int | None = None
) -> tuple[list[Waiting], int | None]:
    """A page of workers of whom evidence is needed, by village, and the key of the next page; within the scope."""
    wanted = [reason] if reason in EVIDENCE else list(EVIDENCE)
    with connection.cursor() as cursor:
        _weigh(cursor, programme, region=village)
        cursor.execute(WHO, {"evidence": wanted, "after": after, "most": PAGE + 1})
        found = [Waiting(*row) for row in cursor.fetchall()]
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def _weigh(
    cursor: Any,
    programme: Programme,
    *,
    on: date | None = None,
    criteria: Criteria | None = None,
    region: str = "",
) -> None:
    first = (on or programme.first_month).replace(day=1)
    if not programme.first_month <= first <= programme.last_month:
        raise Refusal("criteria.month", _("The month must lie within the programme's months."))
    waterfall.candidates(
        cursor,
        programme=programme,
        criteria=criteria or Criteria.from_json(programme.criteria),
        first=first,
        within=region,
    )
