"""A year and a half of the demonstration city.

The story is the one that the documents tell everywhere: the budget comes in March and somebody else must carry the
first months, the village money ends in the autumn, the sponsors are late, a few workers die, and the branch's list
never quite agrees. So some are about to lose their cover, and some have lost it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from salawaku import law
from salawaku.accounts.models import User
from salawaku.demo import months
from salawaku.demo.field_checks import field_checks
from salawaku.demo.year import ProgrammeYear

MONTHS = 18
OPEN_MONTHS = 5  # the newest stay open: the late payer still pays for some of them
DEATHS = {3: 1, 9: 1, 13: 1, MONTHS - 2: 3}  # in which month of the story how many


class Story:
    """The months up to `today`, one after the other; whatever was done before stays done."""

    def __init__(self, colleagues: Mapping[str, User], *, today: date) -> None:
        self.maker, self.approver, self.operator = (colleagues[name] for name in ("sari", "budi", "operator.passo"))
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
        return [self._ask, *told, *closed, self._compare]

    def _ask(self) -> None:
        """Before the first plan the operator of a village asks some workers where and as what they work."""
        field_checks(by=self.operator, programme=self.years[self.months[0].year].open())

    def _live(self, place: int, month: date) -> None:
        """What happens in one month: decisions, the bill, its payment, deaths."""
        self.years[month.year].decide(month)
        months.bill(month, by=self.maker, today=self.today)
        if place in DEATHS:
            months.deaths(month, by=self.maker, many=DEATHS[place])

    def _compare(self) -> None:
        """The month before this one is compared, and stays open with its differences."""
        months.compare(law.add_months(self.today, -1), by=self.maker)
