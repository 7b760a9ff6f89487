"""A year and a half of the demonstration city.

The story is the one that the documents tell everywhere: the budget comes in March and somebody else must carry the
first months, the village money ends in the autumn, the sponsors are late and some leave, a few workers die or find
a wage, BPJS rejects some NIKs, and the branch's list never quite agrees. So some are about to lose their cover, some
have lost it, and something waits for everybody who logs in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from django.utils import timezone

from salawaku import law
from salawaku.accounts.models import User
from salawaku.demo import branch, donors, dukcapil, guard, months, sponsors, treasury
from salawaku.demo.field_checks import field_checks
from salawaku.demo.refunds import deaths_told_late
from salawaku.demo.year import ProgrammeYear, workers
from salawaku.programmes.models import Decree, Purse

MONTHS = 18
OPEN_MONTHS = 5  # the newest stay open: the late payer still pays for some of them
DEATHS = {3: 1, 9: 1, 13: 1, MONTHS - 2: 3}  # in which month of the story how many
LEAVING = {MONTHS - 4: sponsors.retire, MONTHS - 3: sponsors.stop}
CONFLICT_FROM = 6
IN_PARTS = (MONTHS - 6, MONTHS - 1)  # bills that the city pays in two parts


class Story:
    """The months up to `today`, one after the other; whatever was done before stays done."""

    def __init__(self, colleagues: Mapping[str, User], *, today: date) -> None:
        self.maker, self.approver, self.operator = (colleagues[name] for name in ("sari", "budi", "operator.passo"))
        self.branch, self.finance = colleagues["bpjs"], colleagues["keuangan"]
        self.today = today
        now = law.first_of_month(today)
        self.months = law.months_from(law.add_months(now, 1 - MONTHS), now)
        self.years = {
            year: ProgrammeYear(maker=self.maker, approver=self.approver, year=year, since=self.months[0])
            for year in {month.year for month in self.months}
        }

    def steps(self) -> list[Callable[[], None]]:
        """Everything to do, in order; each step can be done again."""
        told = [partial(self._live, place, month) for place, month in enumerate(self.months)]
        closed = [
            partial(months.close, month, by=self.maker, closer=self.approver) for month in self.months[:-OPEN_MONTHS]
        ]
        return [self._begin, *told, *closed, self._compare, self._match, self._look_ahead]

    def _begin(self) -> None:
        """Before the first plan: the register of civil servants, and what the operator of a village asked workers."""
        sponsors.register(by=self.maker)
        field_checks(by=self.operator, programme=self.years[self.months[0].year].open())

    def _live(self, place: int, month: date) -> None:
        """What happens in one month: decisions, registration, bills, deductions, payment, deaths."""
        year = self.years[month.year]
        self._register(year.decide(month))
        if place == MONTHS - 1:
            self._register(guard.fill_seats(year, month))
        if place in LEAVING:
            LEAVING[place](month, by=self.maker)
        self._pay(place, month)
        treasury.order(month, by=self.finance)
        if place in DEATHS:
            months.deaths(month, by=self.maker, many=DEATHS[place])
        if place == MONTHS - 2:
            deaths_told_late(month, by=self.maker)
            guard.events(month, by=self.maker)

    def _pay(self, place: int, month: date) -> None:
        """The bills, and who pays: in the newest months the sponsors have only what was deducted, the city pays in
        parts."""
        months.make_bills(month, by=self.maker)
        sponsors.deduct(month, today=self.today, by=self.maker)
        late = {Purse.Kind.FOSTER} if place >= MONTHS - sponsors.LATE_MONTHS else set()
        for kind in late:
            months.split(month, kind, at_most=sponsors.deducted(month), by=self.maker)
        if place in IN_PARTS:
            months.split(month, Purse.Kind.APBD_CITY, at_most=treasury.first_part(month), by=self.finance)
        if place == MONTHS - 1:
            late.add(Purse.Kind.APBD_CITY)
        months.pay(month, by=self.maker, late=late)

    def _register(self, decree: Decree | None) -> None:
        """The workers of a decree are sent to BPJS; of a late one the answer must be looked at."""
        if decree:
            is_late = decree.signed_on >= self.months[CONFLICT_FROM]
            branch.register(decree, by=self.maker, branch=self.branch, conflict=is_late)

    def _compare(self) -> None:
        """The month before this one is compared, and stays open with its differences."""
        months.compare(law.add_months(self.today, -1), by=self.maker)

    def _match(self) -> None:
        """Dukcapil answers for the workers of this year."""
        dukcapil.match(self.years[self.today.year].open(), self.today, by=self.maker)

    def _look_ahead(self) -> None:
        """What waits for a person: a bridge for the colleague, an offer of a company, notices."""
        programme = self.years[self.today.year].open()
        guard.bridge(programme, self.today, by=self.maker)
        donors.offer(programme, law.first_of_month(self.today), workers=workers() // 100, by=self.maker)
        guard.tell(self.today, timezone.now())
