"""Participation by agency: the published figures come out of the running system."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.sponsors import selectors
from salawaku.sponsors.actions import sponsor_leave
from salawaku.sponsors.selectors import percent
from tests.programmes.city import JANUARY, register
from tests.sponsors.office import AMBON, FISHERY, TRADE, decreed, foster, matched, pledged, sponsors

pytestmark = pytest.mark.django_db
FEBRUARY = date(2026, 2, 10)


def fill(asn: int, pledges: int, workers: int, paid: int) -> None:
    """Civil servants of one agency, of whom some pledge; workers carried in January, of whom some are paid for."""
    money = foster()
    people = sponsors(asn)
    each, more = divmod(workers, pledges)
    with elevated("a test fills the tables"), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO sponsors_pledge (sponsor_id, purse_id, workers, first_month, last_month, signed_on, status,
                                            accepted_at, village_code, agency_code)
               SELECT s.id, %s, %s + (row_number() OVER (ORDER BY s.id) <= %s)::int, '2026-01-01', '2026-12-01',
                      '2025-12-01', 'accepted', now(), s.village_code, s.agency_code
               FROM sponsors_sponsor s WHERE s.id = ANY(%s)""",
            [money.pk, each, more, [one.pk for one in people[:pledges]]],
        )
    decreed(register(workers), money, last=JANUARY)
    assert matched(money).workers == workers
    with elevated("a test pays"), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO cover_bill (programme_id, purse_id, month, amount, workers, billing_code, due_on, status,
                                       paid_on)
               VALUES (%s, %s, %s, 1, 1, 'x', %s, 'paid', %s) RETURNING id""",
            [money.programme_id, money.pk, JANUARY, JANUARY, JANUARY],
        )
        cursor.execute(
            """UPDATE cover_workermonth SET status = 'paid', bill_id = %s
               WHERE worker_id IN (SELECT worker_id FROM cover_workermonth ORDER BY worker_id LIMIT %s)""",
            [cursor.fetchone()[0], paid],
        )


def test_974_of_10345_civil_servants_are_sponsors() -> None:
    fill(10_345, 974, 974, 974)
    (row,) = selectors.participation(region_code=AMBON, as_of=date(2026, 1, 20))
    told = row.as_json()
    assert (row.asn, row.sponsors, row.workers, row.active) == (10_345, 974, 974, 974)
    assert (told["sponsors_per_asn"], told["workers_per_asn"], told["active_share"]) == (9.42, 9.42, 100.0)


def test_313_of_458_workers_are_active() -> None:
    fill(90, 90, 458, 313)
    (row,) = selectors.participation(region_code=AMBON, as_of=date(2026, 1, 20))
    assert (row.asn, row.sponsors, row.workers, row.active) == (90, 90, 458, 313)
    assert row.as_json()["active_share"] == 68.34


def test_agencies_without_any_sponsor_are_listed_and_an_officer_sees_the_own_one(agency_rina: User) -> None:
    sponsors(3, agency=TRADE)
    money = foster()
    one, two = sponsors(2, first=10)
    pledged(one, money, first_month=date(2026, 2, 1))
    pledged(two, money, last_month=JANUARY)
    rows = {row.agency: row for row in selectors.participation(region_code=AMBON, as_of=FEBRUARY)}
    assert (rows[TRADE].asn, rows[TRADE].sponsors) == (3, 0)
    assert rows[TRADE].as_json()["active_share"] is None
    assert (rows[FISHERY].asn, rows[FISHERY].sponsors) == (2, 1)
    total = selectors.total_of(list(rows.values()))
    assert (total.asn, total.sponsors) == (5, 1)
    own = selectors.agencies_of(agency_rina, AMBON)
    assert own == [FISHERY]
    found = selectors.participation(region_code=AMBON, as_of=FEBRUARY, agencies=own)
    assert [row.agency for row in found] == [FISHERY]
    assert selectors.participation(region_code="81.01", as_of=FEBRUARY) == []


def test_who_has_retired_is_no_civil_servant_any_more() -> None:
    money = foster()
    one, _two = sponsors(2)
    pledged(one, money)
    with elevated("a test acts"):
        sponsor_leave(by=None, sponsor=one, status="retired", from_month=date(2026, 3, 1))
    before, after = (selectors.participation(region_code=AMBON, as_of=day)[0] for day in (FEBRUARY, date(2026, 3, 1)))
    assert (before.asn, before.sponsors) == (2, 1)
    assert (after.asn, after.sponsors) == (1, 0)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_percentage_is_exact_to_two_decimals_and_never_clipped(part: int, whole: int) -> None:
    told = percent(part, whole)
    assert told is not None
    hundredths = int(told * 100 + 0.5)
    assert abs(hundredths * whole - part * 10_000) * 2 <= whole + 2


def test_nothing_of_nothing_is_no_percentage() -> None:
    assert percent(0, 0) is None
    assert (percent(974, 10_345), percent(313, 458), percent(25_721, 20_390)) == (9.42, 68.34, 126.15)
