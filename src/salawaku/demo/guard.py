"""The guard in the demonstration: a wage, moves, a change decree for free seats, a bridge that waits for approval."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from salawaku import law
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.cover.bridge import bridge_propose
from salawaku.cover.models import WorkerMonth
from salawaku.demo import donors
from salawaku.demo.year import ProgrammeYear, workers
from salawaku.notices.actions import notices_run
from salawaku.notices.models import NoticeRun
from salawaku.programmes.actions import PurseTerms, allocation_approve, allocation_propose, purse_open, seats_fill
from salawaku.programmes.models import Allocation, Decree, Programme
from salawaku.registry.actions import worker_employed, worker_moved
from salawaku.registry.models import Worker, WorkerEvent

GIFT_OF_FAITH = "Diakonia gereja dan zakat (peragaan)"
ONE_IN, LEAST = 200, 2  # of so many workers the church and the mosque carry one
BRIDGED = 2  # percent of the workers, and months
NEW_HOME = "81.71.04.2003"


@transaction.atomic
def events(month: date, *, by: User) -> None:
    """One worker earns a wage from that month on, one moves to Rumah Tiga, one leaves the city. Once."""
    if WorkerEvent.objects.exists():
        return
    covered = WorkerMonth.objects.filter(month=month, worker__status=Worker.Status.LIVING)
    away = covered.exclude(village_code=NEW_HOME).order_by("-worker_id").values_list("worker_id", flat=True)
    employed, moved, gone = (Worker.objects.get(pk=worker) for worker in away[:3])
    worker_employed(by=by, worker=employed, month=month, reason="Diterima bekerja di toko (peragaan)")
    worker_moved(by=by, worker=moved, month=month, village_to=NEW_HOME, reason="Pindah rumah (peragaan)")
    worker_moved(by=by, worker=gone, month=month, reason="Merantau (peragaan)")


def fill_seats(year: ProgrammeYear, month: date) -> Decree:
    """Church and mosque give for the next in line: a plan for the free seats, and a decree that changes the last."""
    programme = year.open()
    number = f"{200 + month.month}/SK/{year.year} (peragaan)"
    if decree := Decree.objects.filter(number=number).first():
        return decree
    plan = _seats_planned(programme, month, by=year.maker)
    if plan.status == Allocation.Status.PROPOSED:
        plan = allocation_approve(by=year.approver, allocation=plan)
    changes = Decree.objects.filter(programme=programme).order_by("-pk").first()
    return year.decree(plan, number, month, changes=changes)


@transaction.atomic
def _seats_planned(programme: Programme, month: date, *, by: User) -> Allocation:
    """The plan for the seats, with the purse that pays it."""
    if programme.purses.filter(name=GIFT_OF_FAITH).exists():
        return Allocation.objects.filter(programme=programme).latest("pk")
    months = law.month_index(programme.last_month) - law.month_index(month) + 1
    carried = max(LEAST, workers() // ONE_IN)
    terms = PurseTerms(
        name=GIFT_OF_FAITH, kind="faith", first_month=month, last_month=programme.last_month, priority=9,
        ceiling=carried * months * law.monthly_cost(month, payer=law.Payer.APBD),
    )  # fmt: skip
    purse_open(by=by, programme=programme, terms=terms)
    plan = seats_fill(by=by, programme=programme, first_month=month).allocation
    if plan is None:
        raise RuntimeError("a kept plan has its allocation")
    return plan


@transaction.atomic
def bridge(programme: Programme, today: date, *, by: User) -> None:
    """A company gives for those who lapse soon, or for newcomers; the plan waits for the colleague. Once."""
    if Allocation.objects.filter(programme=programme, status=Allocation.Status.PROPOSED).exists():
        return
    first = law.first_of_month(today)
    months = first, min(law.add_months(first, BRIDGED - 1), programme.last_month)
    donors.give(donors.LATE, programme, months, workers=max(LEAST, workers() * BRIDGED // 100), priority=10, by=by)
    try:
        bridge_propose(by=by, programme=programme, first_month=first, months=BRIDGED, as_of=today)
    except Refusal as refusal:  # in some months of a year nobody is about to lapse without a payer
        if refusal.code != "bridge.nobody":
            raise
        allocation_propose(by=by, programme=programme, first_month=first)


def tell(today: date, now: datetime) -> None:
    """The notices of the day; once."""
    if not NoticeRun.objects.exists():
        notices_run(by=None, as_of=today, now=now)
