"""Matching workers with sponsors: looked at first, then kept; and undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku import law
from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal, law_known
from salawaku.accounts.scoping import elevated
from salawaku.programmes.models import Purse
from salawaku.registry.models import Worker
from salawaku.sponsors import match_sql
from salawaku.sponsors.actions.reach import must_manage
from salawaku.sponsors.models import Pledge, SponsoredMonth

SHOWN = """
SELECT g.worker_id, g.pledge_id, min(g.month), count(*), (array_agg(g.how ORDER BY g.month))[1]
FROM given g GROUP BY g.worker_id, g.pledge_id ORDER BY min(g.month), min(g.how), g.worker_id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """A worker and a pledge, from a month on; `how` is wish, tie, village or need."""

    worker_id: int
    pledge_id: int
    first_month: date
    months: int
    how: str


@dataclass(frozen=True, slots=True)
class MatchPlan:
    """What a matching gives: workers and months with a sponsor, those left over, places left free (in months).

    `plan_hash` stands for exactly these pairs; `pairs` are the first of them, for people to look at.
    """

    purse: Purse
    first_month: date
    workers: int
    worker_months: int
    left_workers: int
    left_months: int
    free_months: int
    plan_hash: str
    pairs: list[Pair]

    def as_json(self) -> dict[str, Any]:
        """The fields of `salawaku sponsors match --json`."""
        return {
            "purse": self.purse.name,
            "from": f"{self.first_month:%Y-%m}",
            "workers": self.workers,
            "worker_months": self.worker_months,
            "without_sponsor": self.left_workers,
            "months_without_sponsor": self.left_months,
            "free_months": self.free_months,
        }


@law_known()
@transaction.atomic
def match_plan(*, by: User | None, purse: Purse, first_month: date, today: date | None = None) -> MatchPlan:
    """Who would be carried by whom from `first_month` on. Writes nothing. Refusal for another's region."""
    must_manage(by, purse.programme.region_code)
    return _pair(purse, first_month, today, only=None, keep=False)


@law_known()
@transaction.atomic
def match_keep(
    *, by: User | None, purse: Purse, first_month: date, expected: str = "", today: date | None = None
) -> MatchPlan:
    """Match and keep it. `expected` is the hash of the plan that a person has looked at: refusal when it would be
    another by now. A second run gives nobody twice."""
    must_manage(by, purse.programme.region_code)
    Purse.objects.select_for_update().get(pk=purse.pk)  # two matchings of a purse wait for each other
    plan = _pair(purse, first_month, today, only=None, keep=True)
    if expected and plan.plan_hash != expected:
        raise Refusal(
            "match.changed", _("Workers or pledges have changed since you looked. Nothing was kept; look again.")
        )
    detail = {"workers": plan.workers, "months": plan.worker_months, "left": plan.left_workers}
    audit.record(by=by, kind="match.kept", subject=purse, detail=detail, region_code=purse.programme.region_code)
    return plan


def hand_over(*, purse: Purse, first_month: date, workers: Sequence[int]) -> MatchPlan:
    """Match only these workers again, in the transaction that took their sponsor away."""
    return _pair(purse, first_month, None, only=workers, keep=True)


def _pair(
    purse: Purse, first_month: date, today: date | None, *, only: Sequence[int] | None, keep: bool
) -> MatchPlan:
    first = law.first_of_month(first_month)
    with elevated("a matching looks at every worker of the purse"), connection.cursor() as cursor:
        match_sql.pair_up(
            cursor,
            purse_id=purse.pk,
            first=first,
            today=today or timezone.localdate(),
            only=None if only is None else list(only),
        )
        cursor.execute(match_sql.HASH)
        plan_hash = str(cursor.fetchone()[0])
        cursor.execute(match_sql.COUNT)
        counts: tuple[int, int, int, int, int] = cursor.fetchone()
        cursor.execute(SHOWN, [200])
        pairs = [Pair(*row) for row in cursor.fetchall()]
        if keep:
            cursor.execute(match_sql.KEEP)
    return MatchPlan(purse, first, *counts, plan_hash, pairs)


@transaction.atomic
def match_undo(*, by: User | None, pledge: Pledge, worker: Worker, first_month: date) -> int:
    """Take a worker from a pledge from a month on; how many months. What was deducted stays.

    Refusal when the pledge carries no such month.
    """
    must_manage(by, pledge.village_code)
    freed, _by_model = (
        SponsoredMonth.objects.filter(pledge=pledge, worker_id=worker.pk, month__gte=law.first_of_month(first_month))
        .exclude(status=SponsoredMonth.Status.PAID)
        .delete()
    )
    if not freed:
        raise Refusal("match.nothing", _("The sponsor carries no month of this worker that could be freed."))
    detail = {"worker": worker.pk, "months": freed, "from": f"{first_month:%Y-%m}"}
    audit.record(by=by, kind="match.undone", subject=pledge, detail=detail, region_code=pledge.village_code)
    return freed
