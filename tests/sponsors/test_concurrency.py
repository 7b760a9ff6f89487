"""Two who match, accept or put in rows at the same moment."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction

from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.sponsors import actions
from salawaku.sponsors.models import SponsoredMonth
from tests.cover.test_concurrency import together
from tests.programmes.city import JANUARY, register
from tests.sponsors.office import PAPER, decreed, foster, matched, pledged, sponsors
from tests.sponsors.test_pledge import terms

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8


def test_places_are_never_given_twice() -> None:
    money = foster()
    workers = register(40)
    pledge = pledged(*sponsors(), money, workers=5)
    decreed(workers, money, last=JANUARY)

    def put(turn: int) -> None:
        for worker in workers[turn::AT_ONCE]:
            with elevated("a test attacks"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    """INSERT INTO sponsors_sponsoredmonth (month, worker_id, pledge_id, village_code, agency_code)
                       VALUES (%s, %s, %s, '81.71', '')""",
                    [JANUARY, worker.pk, pledge.pk],
                )

    results = together(*(lambda turn=turn: put(turn) for turn in range(AT_ONCE)))
    assert any(result is not None for result in results)
    with elevated("a test counts"):
        assert SponsoredMonth.objects.count() == 5


def test_eight_matchings_at_once_are_one() -> None:
    money = foster()
    workers = register(20)
    for sponsor in sponsors(3):
        pledged(sponsor, money, workers=4)
    decreed(workers, money, last=date(2026, 3, 1))
    together(*(lambda: matched(money) for _turn in range(AT_ONCE)))
    with elevated("a test counts"):
        assert SponsoredMonth.objects.count() == 3 * 12


def test_a_pledge_accepted_eight_times_at_once_raises_the_purse_once() -> None:
    money, (sponsor,) = foster(), sponsors()
    with elevated("a test acts"):
        pledge = actions.pledge_record(by=None, sponsor=sponsor, purse=money, terms=terms(), paper=PAPER)

    def accept() -> object:
        with elevated("a test acts"):
            return actions.pledge_accept(by=None, pledge=pledge)

    results = together(*(accept for _turn in range(AT_ONCE)))
    assert sum(isinstance(result, Refusal) for result in results) == AT_ONCE - 1
    money.refresh_from_db()
    assert money.ceiling == 2 * (3 * 16_800 + 9 * 8_400)
