"""Who is covered, who lapses, what it costs: on any day, by SQL, as the law engine says."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import connection

from salawaku import law
from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover import guard, selectors
from salawaku.cover.actions import bill_run
from salawaku.cover.clock_sql import clock_sql, clock_values
from salawaku.programmes import actions
from salawaku.programmes.models import Programme, Purse
from salawaku.registry.models import Worker
from tests.programmes.city import PASSO, RUMAH_TIGA, approved, programme, purse, register

pytestmark = pytest.mark.django_db


def pay(worker: Worker, money: Purse, *months: date) -> None:
    """Write paid months straight into the ledger."""
    with elevated("a test fills the ledger"), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO cover_bill
               (programme_id, purse_id, month, amount, workers, billing_code, due_on, status, paid_on)
               SELECT %s, %s, m, 1, 1, m::text, m, 'paid', m FROM unnest(%s::date[]) m ON CONFLICT DO NOTHING""",
            [money.programme_id, money.pk, list(months)],
        )
        cursor.execute(
            """INSERT INTO cover_workermonth
               (month, worker_id, programme_id, purse_id, amount, village_code, agency_code, status, bill_id)
               SELECT b.month, %s, b.programme_id, b.purse_id, 16800, %s, %s, 'paid', b.id
               FROM cover_bill b WHERE b.month = ANY(%s::date[])""",
            [worker.pk, worker.village_code, worker.agency_code, list(months)],
        )


@pytest.fixture
def money(db: None) -> Purse:
    """A purse to pay from."""
    return purse(programme(), ceiling=1_000_000_000)


def test_the_sql_clock_is_the_engine_s_clock(money: Purse) -> None:
    chance = random.Random(8171)
    workers = register(60)
    paid: dict[int, list[date]] = {}
    for worker in workers:
        months = [law.add_months(date(2025, 3, 1), step) for step in range(24) if chance.random() < chance.random()]
        paid[worker.pk] = months
        pay(worker, money, *months)
    gone, long, ahead = register(3, first=200)
    paid[gone.pk] = law.months_from(date(2022, 9, 1), date(2023, 1, 1))
    paid[long.pk] = law.months_from(date(2018, 1, 1), date(2026, 12, 1))
    paid[ahead.pk] = law.months_from(date(2025, 9, 1), date(2027, 8, 1))
    for worker in (gone, long, ahead):
        pay(worker, money, *paid[worker.pk])
    for today in (date(2025, 3, 1), date(2025, 9, 30), date(2026, 2, 28), date(2026, 12, 31), date(2028, 1, 1)):
        assert _sql_clocks(today) == {
            worker_id: (clock.status.value, clock.last_paid, clock.membership_start, clock.membership_end)
            for worker_id, months in paid.items()
            if (clock := law.cover_clock(months, today)).status is not law.Status.NONE
        }


def _sql_clocks(today: date) -> dict[int, tuple[object, ...]]:
    with elevated("a test looks"), connection.cursor() as cursor:
        cursor.execute(
            f"""WITH {clock_sql()} SELECT worker_id, status, make_date(last_paid / 12, last_paid %% 12 + 1, 1),
                make_date(started / 12, started %% 12 + 1, 1), membership_end FROM clock""",
            clock_values(today),
        )
        return {row[0]: row[1:] for row in cursor.fetchall()}


def test_paid_to_july_is_warned_in_time(money: Purse) -> None:
    worker = register(1)[0]
    pay(worker, money, *law.months_from(date(2026, 1, 1), date(2026, 7, 1)))
    with elevated("a test looks"):
        august = selectors.cover_status(as_of=date(2026, 8, 10))[0]
        october = selectors.cover_status(as_of=date(2026, 10, 10))[0]
        november = selectors.cover_status(as_of=date(2026, 11, 1))[0]
    assert august == ("all", 1, 0, 1, 0, 0, 1, 16_800)
    assert october == ("all", 1, 0, 1, 0, 1, 1, 16_800)
    assert november == ("all", 1, 0, 0, 1, 0, 0, 0)


def test_lapse_lists_of_this_month_and_next(money: Purse) -> None:
    this, later = register(2)
    pay(this, money, date(2026, 7, 1))
    pay(later, money, date(2026, 8, 1))
    day = date(2026, 10, 10)
    with elevated("a test looks"):
        first = guard.lapses(as_of=day)
        second = guard.lapses(as_of=day, wanted=guard.Wanted(ends_on=date(2026, 12, 1)))
        assert selectors.lapse_counts(as_of=day) == (1, 1)
        assert guard.lapses(as_of=day, wanted=guard.Wanted(village=RUMAH_TIGA)) == []
        assert guard.lapses(as_of=day, beyond=this.pk) == []
    assert [(row.worker_id, row.membership_end, row.days, row.village) for row in first] == [
        (this.pk, date(2026, 11, 1), 22, "Passo")
    ]
    assert [row.worker_id for row in second] == [later.pk]


def test_the_dead_lapse_no_more(money: Purse) -> None:
    worker = register(1)[0]
    pay(worker, money, date(2026, 7, 1))
    with elevated("a test writes"):
        Worker.objects.update(status="died", died_on=date(2026, 7, 2))
        assert selectors.cover_status(as_of=date(2026, 8, 1)) == []
        assert selectors.lapses_ahead(as_of=date(2026, 8, 1)) == []


def test_status_by_village_and_by_source(money: Purse) -> None:
    passo, rumah_tiga = register(1)[0], register(1, first=2, village_code=RUMAH_TIGA)[0]
    pay(passo, money, date(2026, 7, 1))
    pay(rumah_tiga, money, date(2026, 8, 1))
    with elevated("a test looks"):
        villages = selectors.cover_status(as_of=date(2026, 8, 1), by="village")
        sources = selectors.cover_status(as_of=date(2026, 8, 1), by="source")
    assert [(row.key, row.active, row.in_grace) for row in villages] == [(PASSO, 0, 1), (RUMAH_TIGA, 1, 0)]
    assert [(row.key, row.workers) for row in sources] == [("APBD Kota", 2)]


def test_coverage_has_its_target_and_is_never_clipped(money: Purse, budi: User) -> None:
    workers = register(3)
    register(1, first=20, village_code=RUMAH_TIGA)
    for worker in workers:
        pay(worker, money, date(2026, 7, 1))
    actions.quotas_set(by=None, programme=money.programme, method="hand", by_village={PASSO: 2})
    with elevated("a test looks"):
        passo, rumah_tiga = selectors.coverage_by_village(as_of=date(2026, 7, 31))
    counts = {"covered": 3, "registered": 3, "quota": 2, "target": 2, "gap": -1}
    assert passo.as_json() == {"key": PASSO, "name": "Passo", "kind": "negeri", **counts}
    assert (rumah_tiga.target, rumah_tiga.gap) == (1, 1)


def test_everyone_sees_the_own_scope_only(
    money: Purse, rina: User, sari: User, acting: Callable[[User], AbstractContextManager[None]]
) -> None:
    pay(register(1)[0], money, date(2026, 7, 1))
    with acting(sari):
        assert selectors.cover_status(as_of=date(2026, 7, 1))[0].active == 1
    with acting(rina):
        assert selectors.cover_status(as_of=date(2026, 7, 1)) == []
        assert selectors.coverage_by_village(as_of=date(2026, 7, 1)) == []


def test_board_bills_purses_and_one_worker(budi: User, rina_far: User) -> None:
    worker = register(2)[0]
    here: Programme = programme(first_month=date(2026, 11, 1))
    purse(here, ceiling=1_000_000)
    approved(here, by=budi)
    bill_run(by=None, month=date(2026, 11, 1))
    with elevated("a test looks"):
        board = selectors.month_board(first=date(2026, 1, 1), last=date(2026, 12, 1))
        assert selectors.worker_clock(worker_id=worker.pk, as_of=date(2026, 11, 1)).status is law.Status.NONE
        months = selectors.worker_months(worker_ids=[worker.pk], first=date(2026, 12, 1))
        assert [month.purse.name for month in months] == ["APBD Kota"]
    assert [tuple(row) for row in board] == [
        (date(2026, 11, 1), 2, 0, 2, 0, 33_600, 0),
        (date(2026, 12, 1), 2, 2, 0, 0, 33_600, 0),
    ]
    assert [selectors.bills_for(user).count() for user in (budi, rina_far)] == [1, 0]
    assert [selectors.purses_for(user).count() for user in (budi, rina_far)] == [1, 0]
    assert selectors.unmatched_receipts(budi).count() == 0
