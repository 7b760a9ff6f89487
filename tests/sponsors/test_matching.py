"""Who carries whom: by wish, tie, village, need; and what the database refuses."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.cover.models import WorkerMonth
from salawaku.registry.models import Worker
from salawaku.sponsors import actions
from salawaku.sponsors.models import SponsoredMonth
from tests.cover.test_selectors import pay
from tests.programmes.city import JANUARY, PASSO, RUMAH_TIGA, purse, register
from tests.sponsors.office import carried, decreed, foster, matched, pledged, sponsors

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


def test_need_goes_by_decile_risk_proposal_and_id() -> None:
    money = foster()
    late, risky, poor, unknown = (
        register(1, first=1, proposed_on=date(2025, 11, 1), occupation_id="tukang_ojek")[0],
        register(1, first=2)[0],
        register(1, first=3, welfare_decile=1)[0],
        register(1, first=4, welfare_decile=None)[0],
    )
    decreed([late, risky, poor, unknown], money, last=JANUARY)
    first, second = (pledged(one, money) for one in sponsors(2))
    plan = matched(money)
    assert carried() == {(poor.pk, "01"): first.pk, (risky.pk, "01"): second.pk}
    assert (plan.workers, plan.left_workers, plan.free_months) == (2, 2, 22)


def test_who_lapses_soonest_comes_first() -> None:
    money = foster()
    city = purse(money.programme, ceiling=1_000_000)
    poor, lapsing = register(1, welfare_decile=1)[0], register(1, first=2, welfare_decile=9)[0]
    pay(lapsing, city, date(2025, 11, 1))
    decreed([poor, lapsing], money, last=JANUARY)
    pledged(*sponsors(), money)
    matched(money)
    assert set(carried()) == {(lapsing.pk, "01")}


def test_wishes_come_before_need() -> None:
    money = foster()
    poor, wished, far = (
        register(1, first=1, welfare_decile=1)[0],
        register(1, first=2, welfare_decile=9)[0],
        register(1, first=3, welfare_decile=10, village_code=RUMAH_TIGA)[0],
    )
    decreed([poor, wished, far], money, last=JANUARY)
    one, two = sponsors(2)
    for_worker = pledged(one, money, wish_worker=wished)
    for_village = pledged(two, money, wish_village=RUMAH_TIGA)
    plan = matched(money)
    assert carried() == {(wished.pk, "01"): for_worker.pk, (far.pk, "01"): for_village.pk}
    assert {pair.worker_id: pair.how for pair in plan.pairs} == {wished.pk: "wish", far.pk: "village"}


def test_a_wish_that_nobody_fits_goes_to_need() -> None:
    money = foster()
    (worker,) = register(1)
    decreed([worker], money, last=JANUARY)
    pledge = pledged(*sponsors(), money, wish_village=RUMAH_TIGA)
    matched(money)
    assert carried() == {(worker.pk, "01"): pledge.pk}


def test_a_sponsor_keeps_the_worker_through_the_year_and_a_gap_is_filled_by_another() -> None:
    money = foster()
    workers = register(2)
    decreed(workers, money)
    one, two = sponsors(2)
    early = pledged(one, money, workers=2, last_month=date(2026, 2, 1))
    rest = pledged(two, money, workers=2, first_month=MARCH)
    plan = matched(money)
    assert (plan.workers, plan.worker_months, plan.left_months) == (2, 24, 0)
    by_month = carried()
    assert {by_month[worker.pk, "02"] for worker in workers} == {early.pk}
    assert {by_month[worker.pk, f"{month:02d}"] for worker in workers for month in range(3, 13)} == {rest.pk}


def test_a_preview_writes_nothing_and_what_was_seen_is_what_is_kept(sari: User, rina_far: User) -> None:
    money = foster()
    decreed(register(3), money)
    pledged(*sponsors(), money, workers=2)
    with acting_as(sari):
        seen = actions.match_plan(by=sari, purse=money, first_month=JANUARY)
        assert carried() == {}
        with pytest.raises(Refusal, match="have changed"), transaction.atomic():
            actions.match_keep(by=sari, purse=money, first_month=JANUARY, expected="0" * 64)
        kept = actions.match_keep(by=sari, purse=money, first_month=JANUARY, expected=seen.plan_hash)
    assert kept.as_json() == seen.as_json()
    assert len(carried()) == 24
    with acting_as(rina_far), pytest.raises(Refusal, match="not yours"):
        actions.match_plan(by=rina_far, purse=money, first_month=JANUARY)


def test_again_gives_nobody_twice() -> None:
    money = foster()
    decreed(register(2), money)
    pledged(*sponsors(), money, workers=2)
    assert matched(money).worker_months == 24
    before = carried()
    assert matched(money).worker_months == 0
    assert carried() == before


def test_undo_frees_from_a_month_but_not_what_was_deducted() -> None:
    money = foster()
    (worker,) = register(1)
    decreed([worker], money)
    pledge = pledged(*sponsors(), money)
    matched(money)
    with elevated("a test acts"):
        SponsoredMonth.objects.filter(month=MARCH).update(status="paid")
        assert actions.match_undo(by=None, pledge=pledge, worker=worker, first_month=MARCH) == 9
        with pytest.raises(Refusal, match="no month of this worker"):
            actions.match_undo(by=None, pledge=pledge, worker=worker, first_month=MARCH)
    assert {month for _worker, month in carried()} == {"01", "02", "03"}


def test_months_go_with_the_ledger_when_a_worker_dies() -> None:
    from salawaku.registry.actions import worker_died

    money = foster()
    (worker,) = register(1)
    decreed([worker], money)
    pledged(*sponsors(), money)
    matched(money)
    with elevated("a test acts"):
        worker_died(by=None, worker=Worker.objects.get(pk=worker.pk), died_on=date(2026, 3, 7))
    assert {month for _worker, month in carried()} == {"01", "02", "03"}


INSERT = """
INSERT INTO sponsors_sponsoredmonth (month, worker_id, pledge_id, village_code, agency_code)
VALUES (%s, %s, %s, '81.71', '')
"""


def put(month: date, worker: int, pledge: int) -> None:
    with elevated("a test attacks"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [month, worker, pledge])


def test_raw_sql_gives_no_second_sponsor_no_more_places_and_no_month_outside(sari: User) -> None:
    money = foster()
    city = purse(money.programme, ceiling=1_000_000)
    one, two, other = register(3)
    decreed([one, two], money)
    decreed([other], city)
    pledge, second = (pledged(sponsor, money, last_month=MARCH) for sponsor in sponsors(2))
    put(JANUARY, one.pk, pledge.pk)
    for month, worker, whose, name in [
        (JANUARY, one.pk, second.pk, "sponsors_sponsoredmonth_pkey"),
        (JANUARY, two.pk, pledge.pk, "more workers in a month"),
        (date(2026, 4, 1), two.pk, pledge.pk, "outside the pledge"),
        (JANUARY, other.pk, second.pk, "another purse"),
        (date(2025, 12, 1), one.pk, pledge.pk, "sponsoredmonth_in_ledger|outside the pledge"),
        (MARCH, 0, pledge.pk, "sponsoredmonth_in_ledger|another purse"),
    ]:
        with pytest.raises(IntegrityError, match=name):
            put(month, worker, whose)
    assert len(carried()) == 1
    with elevated("a test attacks"), pytest.raises(DatabaseError, match="still carries"), transaction.atomic():
        type(pledge).objects.filter(pk=pledge.pk).update(ended_from=JANUARY)
    with acting_as(sari), connection.cursor() as cursor:
        cursor.execute("UPDATE sponsors_sponsoredmonth SET status = status WHERE false")
        cursor.execute("SELECT current_setting('salawaku.regions')")
        assert cursor.fetchone() == ("{81.71}",)


def test_a_stranger_sees_no_sponsor_and_no_month(rina_far: User, agency_rina: User) -> None:
    from salawaku.sponsors.models import Pledge, Sponsor

    money = foster()
    decreed(register(1), money, last=JANUARY)
    pledged(*sponsors(), money)
    sponsors(first=5, agency="dinas_perindag")
    matched(money)
    with acting_as(rina_far):
        assert not Sponsor.objects.exists()
        assert not Pledge.objects.exists()
        assert not SponsoredMonth.objects.exists()
    with acting_as(agency_rina):
        assert Sponsor.objects.count() == 1
        assert SponsoredMonth.objects.count() == 1


@given(
    workers=st.lists(st.tuples(st.sampled_from([PASSO, RUMAH_TIGA]), st.integers(1, 10)), min_size=1, max_size=6),
    places=st.lists(
        st.tuples(st.integers(1, 3), st.integers(1, 12), st.integers(0, 11), st.sampled_from(["", PASSO])),
        min_size=1, max_size=4,
    ),
)  # fmt: skip
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_every_month_as_many_are_carried_as_can_be(
    workers: list[tuple[str, int]], places: list[tuple[int, int, int, str]]
) -> None:
    with transaction.atomic():
        money = foster()
        put_in = [
            register(1, first=number, village_code=village, welfare_decile=decile)[0]
            for number, (village, decile) in enumerate(workers, start=1)
        ]
        decreed(put_in, money)
        people = sponsors(len(places))
        room = dict.fromkeys(range(1, 13), 0)
        for sponsor, (number, first, more, wish) in zip(people, places, strict=True):
            last = min(12, first + more)
            pledged(
                sponsor, money, workers=number, first_month=date(2026, first, 1), last_month=date(2026, last, 1),
                wish_village=wish,
            )  # fmt: skip
            for month in range(first, last + 1):
                room[month] += number
        matched(money)
        found = [int(month) for _worker, month in carried()]
        assert {month: found.count(month) for month in room} == {
            month: min(len(workers), free) for month, free in room.items()
        }
        with elevated("a test counts"):
            assert WorkerMonth.objects.count() == 12 * len(workers)
        transaction.set_rollback(True)
