"""From a plan to covered workers: propose, approve by another person, refuse, withdraw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Sum, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from salawaku import law
from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal, law_known
from salawaku.accounts.scoping import elevated
from salawaku.programmes import ledger, optimum, waterfall
from salawaku.programmes.actions.renewal import refuse_unless_open
from salawaku.programmes.criteria import Criteria
from salawaku.programmes.models import Allocation, AllocationLine, Programme, Purse
from salawaku.programmes.prices import offers_for, prices_for
from salawaku.programmes.reasons import UNFUNDED

HOLD_WORKERS = """
SELECT count(*) FROM (
    SELECT 1 FROM registry_worker w JOIN programmes_allocationline line ON line.worker_id = w.id
    WHERE line.allocation_id = %s AND line.chosen ORDER BY w.id FOR KEY SHARE OF w
) held
"""


class Method(TextChoices):
    """How a plan is made."""

    WATERFALL = "waterfall", _("Purse by purse, in line")
    OPTIMUM = "optimum", _("Optimum: the most months of cover")
    BRIDGING = "bridging", _("Bridge: who lapses first, for a few months")


CHOICES = (Method.WATERFALL, Method.OPTIMUM)  # a bridge is proposed on its own page


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan comes to; `as_json` is what the command prints. Only an optimum has `told`."""

    programme: Programme
    first_month: date
    purses: list[Purse]
    by_purse: dict[int, tuple[int, int, int]]
    reasons: dict[str, int]
    plan_hash: str
    method: Method = Method.WATERFALL
    told: optimum.Told | None = None
    allocation: Allocation | None = None

    @property
    def workers(self) -> int:
        """How many are chosen."""
        return sum(workers for workers, _months, _amount in self.by_purse.values())

    @property
    def worker_months(self) -> int:
        """How many months they are covered together."""
        return sum(months for _workers, months, _amount in self.by_purse.values())

    @property
    def amount(self) -> int:
        """What it costs in rupiah."""
        return sum(amount for _workers, _months, amount in self.by_purse.values())

    @property
    def unfunded(self) -> int:
        """Workers with a seat for whom no purse has money."""
        return sum(self.reasons.get(code, 0) for code in UNFUNDED)

    def as_json(self) -> dict[str, Any]:
        """The fields of `salawaku allocate --json`."""
        answer = {
            "programme": self.programme.code,
            "method": str(self.method),
            "worker_months": self.worker_months,
            "workers": self.workers,
            "unfunded": self.unfunded,
            "by_source": [self._source(purse) for purse in self.purses],
            "reasons": self.reasons,
            "first_month": f"{self.first_month:%Y-%m}",
            "amount": self.amount,
            "plan_hash": self.plan_hash,
            "allocation": str(self.allocation.public_id) if self.allocation else None,
        }
        return answer | {"bound": self.told.bound} if self.told else answer

    def _source(self, purse: Purse) -> dict[str, Any]:
        workers, months, amount = self.by_purse.get(purse.pk, (0, 0, 0))
        answer = {
            "source": purse.name,
            "kind": purse.kind,
            "ceiling": purse.ceiling,
            "committed": amount,
            "workers": workers,
            "worker_months": months,
        }
        return answer | {"million_buys": self.million_buys(purse)} if self.told else answer

    def million_buys(self, purse: Purse) -> int:
        """How many worker-months the region would gain by one million rupiah more in this purse."""
        return self.told.million_buys.get(purse.pk, 0) if self.told else 0


@law_known()
@transaction.atomic
def allocation_plan(
    *, programme: Programme, first_month: date | None = None, method: Method = Method.WATERFALL
) -> Plan:
    """Work a plan out and keep nothing: the dry run."""
    return _plans(programme, first_month, method)[-1]


@law_known()
@transaction.atomic
def allocation_optimum(*, programme: Programme, first_month: date | None = None) -> tuple[Plan, Plan]:
    """The waterfall and the optimum for the same workers and purses; keeps nothing."""
    poured, best = _plans(programme, first_month, Method.OPTIMUM)
    return poured, best


@law_known()
@transaction.atomic
def allocation_propose(
    *, by: User | None, programme: Programme, first_month: date | None = None, method: Method = Method.WATERFALL
) -> Plan:
    """Work a plan out and keep it for another person to approve. Nothing is committed yet."""
    programme = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)  # no purse changes meanwhile
    with elevated("a plan weighs all workers of the programme's region"):
        plan = _plans(programme, first_month, method)[-1]
        return replace(plan, allocation=plan_keep(by=by, plan=plan))


def plan_keep(*, by: User | None, plan: Plan) -> Allocation:
    """Keep the plan that stands in the database as a proposal; only inside the transaction that made it."""
    programme = plan.programme
    with elevated("a plan holds all its workers"):
        allocation = Allocation.objects.create(
            programme=programme,
            method=plan.method,
            first_month=plan.first_month,
            criteria=programme.criteria,
            criteria_version=programme.criteria_version,
            workers=plan.workers,
            worker_months=plan.worker_months,
            unfunded=plan.unfunded,
            amount=plan.amount,
            reasons=plan.reasons,
            plan_hash=plan.plan_hash,
            law_hash=law.law_now().hash,
            proposed_by=by,
        )
        waterfall.keep(allocation)
    _trace(by, "allocation.proposed", allocation)
    return allocation


def _plans(programme: Programme, first_month: date | None, method: Method) -> list[Plan]:
    """The plan of the waterfall, and after it the optimum if that is the method; the last stands in the database."""
    first = first_month or programme.first_month
    refuse_unless_open(programme)
    if not programme.first_month <= first <= programme.last_month:
        raise Refusal("allocation.month", _("The first month must lie within the programme's months."))
    purses = list(programme.purses.all())
    criteria = Criteria.from_json(programme.criteria)
    offers = offers_for(purses, first, programme.last_month)

    def read(made_by: Method, told: optimum.Told | None = None) -> Plan:
        figures = waterfall.by_purse(), waterfall.reasons(), waterfall.plan_hash()
        return Plan(programme, first, purses, *figures, made_by, told)

    with elevated("a plan weighs all workers of the programme's region"), connection.cursor() as cursor:
        waterfall.pour(cursor, programme=programme, criteria=criteria, first=first, offers=offers)
        plans = [read(Method.WATERFALL)]
        if method is Method.OPTIMUM:
            plans.append(read(method, optimum.share_out(cursor, programme=programme, offers=offers)))
    return plans


@law_known()
@transaction.atomic
def allocation_approve(*, by: User, allocation: Allocation) -> Allocation:
    """Approve a colleague's plan: commit the purses and write the decreed months, all or nothing.

    Refusal when `by` made the plan, the law changed since, a purse no longer holds enough, a worker died or got
    another payer since.
    """
    allocation = _waiting(allocation)
    if allocation.proposed_by_id == by.pk:
        raise Refusal("allocation.same_person", _("You made this plan. A colleague must approve it."))
    if allocation.law_hash not in {"", law.law_now().hash}:
        raise Refusal(
            "allocation.law_changed",
            _("The legal parameters changed since the plan was made. Nothing was approved; make the plan again."),
        )
    with elevated("an approval covers every worker of the plan"):
        _hold_workers(allocation)
        _refuse_if_somebody_died(allocation)
        _commit(allocation)
        purses = list(allocation.programme.purses.all())
        prices = prices_for(purses, allocation.first_month, allocation.programme.last_month)
        ledger.current().decree(allocation=allocation, prices=prices)
    allocation.status, allocation.approved_by, allocation.approved_at = "approved", by, timezone.now()
    allocation.save(update_fields=["status", "approved_by", "approved_at"])
    _trace(by, "allocation.approved", allocation)
    return allocation


@transaction.atomic
def allocation_refuse(*, by: User, allocation: Allocation, reason: str) -> Allocation:
    """Send a plan back; the reason is for its maker."""
    return _close(by, _waiting(allocation), Allocation.Status.REFUSED, reason)


@transaction.atomic
def allocation_withdraw(*, by: User, allocation: Allocation, reason: str = "") -> Allocation:
    """Take one's own plan back, or one that the command line made."""
    allocation = _waiting(allocation)
    if allocation.proposed_by_id not in {by.pk, None}:
        raise Refusal(
            "allocation.not_yours", _("Only the person who made the plan takes it back. You can refuse it.")
        )
    return _close(by, allocation, Allocation.Status.WITHDRAWN, reason)


def _waiting(allocation: Allocation) -> Allocation:
    """The allocation, locked, if it still waits for approval."""
    locked = Allocation.objects.select_for_update(of=("self",)).select_related("programme").get(pk=allocation.pk)
    if locked.status != Allocation.Status.PROPOSED:
        raise Refusal("allocation.decided", _("This plan was decided before. Nothing was changed."))
    return locked


def _close(by: User, allocation: Allocation, status: Allocation.Status, reason: str) -> Allocation:
    allocation.status, allocation.closed_reason = status, reason
    allocation.save(update_fields=["status", "closed_reason"])
    _trace(by, f"allocation.{status}", allocation, reason)
    return allocation


def _trace(by: User | None, kind: str, allocation: Allocation, reason: str = "") -> None:
    audit.record(
        by=by,
        kind=kind,
        subject=allocation,
        detail={"workers": allocation.workers, "amount": allocation.amount, "plan_hash": allocation.plan_hash},
        reason=reason,
        region_code=allocation.programme.region_code,
    )


def _hold_workers(allocation: Allocation) -> None:
    """Keep deaths, wages and moves of these workers apart from the approval, workers before purses as they do: they
    are written before it, and the ledger sees them, or after it, and find the months to close."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD_WORKERS, [allocation.pk])


def _refuse_if_somebody_died(allocation: Allocation) -> None:
    gone = AllocationLine.objects.filter(allocation=allocation, chosen=True).exclude(worker__status="living").count()
    if gone:
        raise Refusal(
            "allocation.outdated",
            ngettext(
                "%(n)d worker of this plan has died or was merged since. Withdraw it and make a new one.",
                "%(n)d workers of this plan have died or were merged since. Withdraw it and make a new one.",
                gone,
            )
            % {"n": gone},
        )


def _commit(allocation: Allocation) -> None:
    """Take the money of the plan out of its purses; the row locks make other approvals wait their turn."""
    chosen = AllocationLine.objects.filter(allocation=allocation, chosen=True)
    wanted = {row["purse_id"]: row for row in chosen.values("purse_id").annotate(sum=Sum("amount"), n=Count("*"))}
    for purse in Purse.objects.select_for_update().filter(pk__in=wanted).order_by("pk"):
        amount = wanted[purse.pk]["sum"]
        if amount > purse.left:
            raise Refusal(
                "purse.empty",
                _("“%(purse)s” holds less than this plan needs. Nothing was committed; make a new plan.")
                % {"purse": purse.name},
            )
        purse.committed += amount
        purse.save(update_fields=["committed"])
