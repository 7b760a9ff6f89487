"""Cover ends after the month of death, never in it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.cover.actions import bill_run, cover_close, refunds_of_death
from salawaku.cover.models import WorkerMonth
from salawaku.programmes.models import Purse
from salawaku.registry.actions import worker_died
from salawaku.registry.models import Worker
from tests.programmes.city import approved, programme, purse, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(budi: User) -> Worker:
    """Covered all 2026; January to April are billed."""
    found = register(2)[0]
    here = programme()
    purse(here, ceiling=10_000_000)
    approved(here, by=budi)
    for month in range(1, 5):
        bill_run(by=None, month=date(2026, month, 1))
    return found


def months_of(worker: Worker) -> list[int]:
    with elevated("a test looks"):
        months = WorkerMonth.objects.filter(worker=worker).order_by("month")
        return [month.month for month in months.values_list("month", flat=True)]


@pytest.mark.parametrize("day", [date(2026, 6, 1), date(2026, 6, 15), date(2026, 6, 30)])
def test_the_month_of_death_stays_and_later_ones_go(worker: Worker, sari: User, day: date) -> None:
    with elevated("a test acts"):
        worker_died(by=sari, worker=worker, died_on=day)
    assert months_of(worker) == [1, 2, 3, 4, 5, 6]
    assert Purse.objects.get().committed == (2 + 8) * 16_800


def test_billed_months_after_death_stay_for_the_refund(worker: Worker, sari: User) -> None:
    with elevated("a test acts"):
        worker_died(by=sari, worker=worker, died_on=date(2026, 2, 10))
        event = AuditEvent.objects.get(kind="cover.closed")
    assert months_of(worker) == [1, 2, 3, 4]
    assert event.detail == {"freed_months": 8, "months_to_refund": 2}


def test_writing_the_same_death_again_frees_nothing_more(worker: Worker, sari: User) -> None:
    with elevated("a test acts"):
        for _turn in range(2):
            worker_died(by=sari, worker=worker, died_on=date(2026, 6, 1))
        assert AuditEvent.objects.filter(kind="cover.closed").count() == 1


def test_the_database_keeps_the_month_of_death_and_refuses_later_ones(worker: Worker, sari: User) -> None:
    with elevated("a test acts"):
        worker_died(by=sari, worker=worker, died_on=date(2026, 6, 15))
        with pytest.raises(IntegrityError, match="keeps its cover"), transaction.atomic():
            connection.cursor().execute("DELETE FROM cover_workermonth WHERE worker_id = %s", [worker.pk])
        with pytest.raises(IntegrityError, match="after the month of death"), transaction.atomic():
            connection.cursor().execute(
                """INSERT INTO cover_workermonth
                   (month, worker_id, programme_id, purse_id, amount, village_code, agency_code)
                   SELECT '2026-07-01', worker_id, programme_id, purse_id, amount, village_code, agency_code
                   FROM cover_workermonth WHERE worker_id = %s AND month = '2026-06-01'""",
                [worker.pk],
            )
    assert months_of(worker) == [1, 2, 3, 4, 5, 6]


def test_a_death_elsewhere_is_not_hidden_from_the_check(worker: Worker, sari: User, rina: User) -> None:
    with elevated("a test acts"):
        worker_died(by=sari, worker=worker, died_on=date(2026, 6, 15))
        purse_id, programme_id = Purse.objects.values_list("pk", "programme_id").get()
    with acting_as(rina), pytest.raises(IntegrityError, match="after the month of death"), transaction.atomic():
        connection.cursor().execute(
            """INSERT INTO cover_workermonth
               (month, worker_id, programme_id, purse_id, amount, village_code, agency_code)
               VALUES ('2026-09-01', %s, %s, %s, 16800, '81.71.04.2003', '')""",
            [worker.pk, programme_id, purse_id],
        )


def test_nothing_closes_and_nothing_is_asked_back_of_somebody_who_lives(worker: Worker, sari: User) -> None:
    with elevated("a test acts"):
        assert (cover_close(by=sari, worker=worker), refunds_of_death(by=sari, worker=worker)) == (0, 0)
        assert not AuditEvent.objects.filter(kind__in=["cover.closed", "refund.found"]).exists()
    assert months_of(worker) == list(range(1, 13))
