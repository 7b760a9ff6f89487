"""A careless office: it does one thing after another, whatever comes to mind, through the real actions."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from django.db import connection, transaction
from django.utils import timezone

from salawaku import law
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover import actions as cover
from salawaku.cover.bridge import bridge_propose
from salawaku.cover.models import Bill, Difference, PaymentLine, PaymentOrder, Reconciliation, Refund, RefundLetter
from salawaku.programmes import actions as programmes
from salawaku.programmes.actions import Method
from salawaku.programmes.models import Allocation, Programme, Purse
from salawaku.registry import actions as registry
from salawaku.registry.models import Merge, Worker, WorkerEvent
from salawaku.sponsors import actions as sponsoring
from salawaku.sponsors.models import Pledge, Sponsor, SponsoredMonth
from tests.cover.test_reconcile import active, listed
from tests.programmes.city import AHUSEN, PASSO, RUMAH_TIGA
from tests.sponsors.office import pledged

AMBON = "81.71"
FEW = 6
YEAR = timezone.localdate().year
Found = TypeVar("Found")


class NothingToDo(Exception):  # noqa: N818 - a turn that finds nothing to act on
    pass


class Office:
    """Two officers with a die; `done` counts what went through, `refused` what was refused and with which code."""

    def __init__(self, seed: int, *, sari: User, budi: User) -> None:
        self.die = random.Random(seed)
        self.sari, self.budi = sari, budi
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.turn = 0

    def step(self) -> str:
        """Do one thing, as one request does: all of it, with the constraints of its end, or nothing."""
        self.turn += 1
        deed = self.die.choices(list(HOW_OFTEN), weights=list(HOW_OFTEN.values()))[0]
        name = deed.__name__
        try:
            with transaction.atomic(), elevated("an office acts"):
                deed(self)
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        except NothingToDo:
            return self.step()
        except Refusal as refusal:
            self.refused[refusal.code] += 1
            return f"{name} ({refusal.code})"
        self.done[name] += 1
        return name

    def one(self, things: Sequence[Found]) -> Found:
        """One of these, by the die."""
        if not things:
            raise NothingToDo
        return self.die.choice(things)

    def month(self) -> date:
        return date(YEAR, self.die.randint(1, 12), 1)

    def worker(self) -> Worker:
        return self.one(list(Worker.objects.order_by("id")))

    def purse(self) -> Purse:
        return self.one(list(Purse.objects.order_by("id")))

    def bill(self, status: str = "open") -> Bill:
        return self.one(list(Bill.objects.filter(status=status).order_by("id")))

    def propose(self) -> None:
        method = self.die.choice([Method.WATERFALL, Method.OPTIMUM])
        here = self.one(list(Programme.objects.order_by("id")))
        programmes.allocation_propose(by=self.sari, programme=here, first_month=self.month(), method=method)
        if self.die.random() < 0.5:
            self.approve()

    def bridge(self) -> None:
        here = self.one(list(Programme.objects.order_by("id")))
        first, months = self.month(), self.die.randint(1, 4)
        bridge_propose(by=self.sari, programme=here, within=0, first_month=first, months=months, as_of=first)

    def approve(self) -> None:
        programmes.allocation_approve(by=self.budi, allocation=self._waiting())

    def withdraw(self) -> None:
        programmes.allocation_withdraw(by=self.sari, allocation=self._waiting())

    def _waiting(self) -> Allocation:
        return self.one(list(Allocation.objects.filter(status="proposed").order_by("id")))

    def bill_month(self) -> None:
        cover.bill_run(by=self.sari, month=self.month())

    def prepay(self) -> None:
        first = self.month()
        purses = self.die.choice([[], [self.purse()]])
        last = law.add_months(first, self.die.randint(0, 3))
        cover.bills_prepay(by=self.sari, first=first, last=last, purses=purses)

    def split(self) -> None:
        villages = self.die.choice([[], [PASSO], [RUMAH_TIGA, AHUSEN]])
        most = self.die.choice([None, 8_400, 16_800, 40_000])
        cover.bill_split(by=self.sari, bill=self.bill(), at_most=most, villages=villages)

    def join(self) -> None:
        bill = self.bill()
        like = Bill.objects.filter(purse=bill.purse_id, month=bill.month).order_by("id")
        cover.bill_join(by=self.sari, bill=bill, into=self.one(list(like)))

    def pay(self) -> None:
        bill = self.one(list(Bill.objects.order_by("id")))
        self._receipt(bill.billing_code, bill.amount + self.die.choice([0, 0, 0, 0, 1]))

    def pay_by_hand(self) -> None:
        bill = self.bill(self.die.choice(["open", "open", "paid"]))
        self._receipt("salah-kode", bill.amount)
        line = self.one(list(PaymentLine.objects.filter(outcome="only_theirs").order_by("-id")))
        cover.payment_line_match(by=self.budi, line=line, bill=bill)

    def _receipt(self, code: str, amount: int) -> None:
        number = self.die.choice([self.turn, self.turn, self.turn, 1])
        content = f"receipt,billing code,amount,date\nR{number},{code},{amount},{YEAR}-01-12\n".encode()
        cover.payment_import(by=self.sari, file_name=f"{self.turn}.csv", content=content)

    def order(self) -> None:
        bills = self.die.sample(found := list(Bill.objects.order_by("id")), min(len(found), self.die.randint(1, 2)))
        amount = sum(bill.amount for bill in bills)
        day = date(YEAR, 1, 1)
        cover.order_record(by=self.sari, number=f"SP2D {self.turn}", issued_on=day, amount=amount, bills=bills)

    def order_void(self) -> None:
        order = self.one(list(PaymentOrder.objects.filter(voided_at=None).order_by("id")))
        cover.order_void(by=self.sari, order=order, reason="salah tulis")

    def die_(self) -> None:
        if Worker.objects.filter(status="living").count() < FEW:
            raise NothingToDo
        registry.worker_died(by=self.sari, worker=self.worker(), died_on=self.month().replace(day=20))

    def event(self) -> None:
        ending = [registry.worker_employed, registry.worker_covered_elsewhere, registry.worker_returned]
        month = date(YEAR, self.die.randint(1, 6), 1)
        self.die.choice(ending)(by=self.sari, worker=self.worker(), month=month)

    def move(self) -> None:
        village = self.die.choice(["", PASSO, RUMAH_TIGA, AHUSEN])
        registry.worker_moved(by=self.sari, worker=self.worker(), month=self.month(), village_to=village)

    def undo(self) -> None:
        event = self.one(list(WorkerEvent.objects.filter(undoes=None).order_by("-id")[:4]))
        registry.worker_event_undo(by=self.sari, event=event)

    def merge(self) -> None:
        registry.workers_merge(by=self.sari, kept=self.worker(), gone=self.worker())

    def merge_undo(self) -> None:
        registry.merge_undo(by=self.sari, merge=self.one(list(Merge.objects.filter(undone_at=None).order_by("id"))))

    def release(self) -> None:
        chosen = self.die.choice([None, [self.worker().pk, self.worker().pk]])
        purse = self.one(list(Purse.objects.filter(committed__gt=0).order_by("id")))
        cover.months_release(
            by=self.sari, purse=purse, first_month=self.month(), reason="dana beralih", workers=chosen
        )

    def ask_back(self) -> None:
        day = timezone.localdate()
        waiting = Purse.objects.filter(pk__in=Refund.objects.filter(status="to_request").values("purse"))
        purse = self.one(list(waiting.order_by("id")))
        cover.refunds_request(by=self.sari, purse=purse, number=f"S-{self.turn}", issued_on=day)

    def find_refunds(self) -> None:
        cover.refunds_find(by=None)

    def receive(self) -> None:
        letter, some = self._asked()
        day = timezone.localdate()
        cover.refunds_receive(by=self.sari, letter=letter, refunds=some, received_on=day, receipt=f"B{self.turn}")

    def refuse(self) -> None:
        letter, some = self._asked()
        cover.refunds_refuse(by=self.sari, letter=letter, refunds=some, reason="klaim dibayar")

    def _asked(self) -> tuple[RefundLetter, list[int]]:
        asked = RefundLetter.objects.filter(refunds__status="requested").distinct()
        letter = self.one(list(asked.order_by("-id")))
        waiting = list(Refund.objects.filter(letter=letter, status="requested").values_list("pk", flat=True))
        return letter, self.die.sample(waiting, self.die.randint(1, len(waiting)))

    def pledge(self) -> None:
        money = self.one(list(Purse.objects.filter(kind="foster").order_by("id")))
        sponsor = self.one(list(Sponsor.objects.order_by("id")))
        first, last = sorted((self.month(), self.month()))
        pledged(sponsor, money, workers=self.die.randint(1, 3), first_month=first, last_month=last)

    def match(self) -> None:
        money = self.one(list(Purse.objects.filter(kind="foster").order_by("id")))
        sponsoring.match_keep(by=self.sari, purse=money, first_month=self.month())

    def match_undo(self) -> None:
        row = self.one(list(SponsoredMonth.objects.select_related("pledge", "worker").order_by("month", "worker_id")))
        sponsoring.match_undo(by=self.sari, pledge=row.pledge, worker=row.worker, first_month=row.month)

    def deducted(self) -> None:
        row = self.one(list(SponsoredMonth.objects.order_by("month", "worker_id")))
        unpaid = self.die.choice([[], list(Sponsor.objects.order_by("id")[:1])])
        sponsoring.deductions_by_hand(
            by=self.sari, region_code=AMBON, agency_code=row.agency_code, month=row.month, unpaid=unpaid
        )

    def sponsor_leaves(self) -> None:
        sponsor = self.one(list(Sponsor.objects.filter(pledges__in=Pledge.objects.all()).order_by("id")))
        sponsoring.sponsor_leave(by=self.sari, sponsor=sponsor, status="stopped", from_month=self.month())

    def ceiling(self) -> None:
        purse = self.purse()
        wanted = max(0, purse.committed + purse.billed + self.die.choice([-1, 0, 50_000, 2_000_000]))
        programmes.purse_ceiling_set(by=self.sari, purse=purse, ceiling=wanted, reason="pergeseran")

    def reconcile(self) -> None:
        found = list(Worker.objects.filter(status="living").order_by("id"))
        content = listed(*active(*self.die.sample(found, min(4, len(found)))))
        month = date(YEAR, self.die.randint(1, 4), 1)
        cover.month_reconcile(by=self.sari, month=month, region_code=AMBON, file_name="aktif.xlsx", content=content)

    def close_month(self) -> None:
        one = self.one(list(Reconciliation.objects.filter(status="open").order_by("id")))
        for kind in Difference.Kind.values:
            cover.differences_sign_off(by=self.sari, reconciliation=one, kind=kind, reason="disurati")
        cover.month_close(by=self.budi, reconciliation=one)


OFTEN, SELDOM = 6, 1
HOW_OFTEN: dict[Callable[..., None], int] = {
    Office.propose: 5, Office.bridge: 3, Office.approve: OFTEN, Office.withdraw: SELDOM, Office.bill_month: OFTEN,
    Office.prepay: 2, Office.split: 4, Office.join: 3, Office.pay: 8, Office.pay_by_hand: 2, Office.order: 2,
    Office.order_void: 2, Office.die_: SELDOM, Office.event: 3, Office.move: 3, Office.undo: 4, Office.merge: SELDOM,
    Office.merge_undo: SELDOM, Office.release: 3, Office.ask_back: 4, Office.find_refunds: SELDOM, Office.receive: 4,
    Office.refuse: SELDOM, Office.pledge: 2, Office.match: 3, Office.match_undo: SELDOM, Office.deducted: 2,
    Office.sponsor_leaves: SELDOM, Office.ceiling: 2, Office.reconcile: 2, Office.close_month: SELDOM,
}  # fmt: skip
