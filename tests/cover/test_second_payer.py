"""Two payers for one worker and month: refused by the database through every road."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.urls import reverse
from psycopg.errors import FeatureNotSupported

from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover.models import WorkerMonth
from salawaku.programmes import actions
from salawaku.programmes.models import Allocation, Purse
from tests.programmes.city import JANUARY, programme, purse, register
from tests.programmes.test_commands import run

pytestmark = pytest.mark.django_db
RICH = 10_000_000


@pytest.fixture
def second(sari: User, budi: User) -> Allocation:
    """The city pays for two workers in 2026; the province has planned the same before it knew."""
    register(2)
    plans = []
    for code in ("provinsi-2026", "kota-2026"):
        here = programme(code=code)
        purse(here, ceiling=RICH, name=code)
        plans.append(actions.allocation_propose(by=sari, programme=here).allocation)
    late, early = plans
    assert late is not None
    assert early is not None
    actions.allocation_approve(by=budi, allocation=early)
    return late


@contextmanager
def nothing_changes() -> Iterator[None]:
    def found() -> list[tuple[object, ...]]:
        with elevated("a test looks"):
            return list(
                WorkerMonth.objects.order_by("worker_id", "month").values_list("worker_id", "month", "purse_id")
            )

    before, money = found(), list(Purse.objects.order_by("id").values_list("committed", flat=True))
    yield
    assert found() == before
    assert len(before) == 24
    assert list(Purse.objects.order_by("id").values_list("committed", flat=True)) == money


def test_on_the_page(client_of: Callable[[User], Client], second: Allocation, budi: User) -> None:
    with nothing_changes():
        answer = client_of(budi).post(reverse("allocation_approve", args=[second.public_id]), follow=True)
    second.refresh_from_db()
    assert second.status == "proposed"
    (message,) = answer.context["messages"]
    assert (message.level_tag, "sudah ada pembayarnya" in str(message)) == ("error", True)


def test_by_the_command_nobody_is_planned_twice(second: Allocation) -> None:
    with nothing_changes():
        code, out, _err = run("allocate", "provinsi-2026", "--json")
    plan = json.loads(out)
    assert (code, plan["workers"], plan["reasons"]) == (0, 0, {"already_covered": 2})


FIELDS = "month, worker_id, programme_id, purse_id, amount, village_code, agency_code"
SAME = "worker_id, %(programme)s, %(purse)s, amount, village_code, agency_code FROM cover_workermonth"
BY_HAND = {
    "pkey": f"INSERT INTO cover_workermonth ({FIELDS}) SELECT month, {SAME}",
    "workermonth_insurance": f"INSERT INTO cover_workermonth (insurance, {FIELDS}) SELECT 'JKK', month, {SAME}",
    "workermonth_first_of_month": f"INSERT INTO cover_workermonth ({FIELDS}) SELECT month + 1, {SAME}",
    "permission denied": f"INSERT INTO cover_workermonth_2026 ({FIELDS}) SELECT month, {SAME}",
    "pkey|duplicate key": "UPDATE cover_workermonth SET month = '2026-01-01'",
    "duplicate key|pkey": "UPDATE cover_workermonth SET worker_id = (SELECT min(worker_id) FROM cover_workermonth)",
    "must be owner": "ALTER TABLE cover_workermonth DROP CONSTRAINT cover_workermonth_pkey",
}


@pytest.mark.parametrize("says", BY_HAND)
def test_by_sql_as_the_ordinary_role(second: Allocation, says: str) -> None:
    other = second.programme.purses.get()
    values = {"programme": second.programme_id, "purse": other.pk}
    with nothing_changes(), refused(Error, says) as cursor:
        cursor.execute(BY_HAND[says], values)


@contextmanager
def refused(error: type[Exception], says: str) -> Iterator[CursorWrapper]:
    """A cursor of the ordinary role, whose work in the block must end with the error."""
    caught = pytest.raises(error, match=says)
    with elevated("a test tries"), caught, transaction.atomic(), connection.cursor() as cursor:
        yield cursor


def copied(cursor: CursorWrapper, table: str, purse: Purse) -> None:
    """Copy the months of the ledger into `table`, as if the purse paid them."""
    months = WorkerMonth.objects.values_list("month", "worker_id", "amount", "village_code", "agency_code")
    rows = [(month, worker, purse.programme_id, purse.pk, *rest) for month, worker, *rest in months]
    with cursor.copy(f"COPY {table} ({FIELDS}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def test_by_an_import(second: Allocation) -> None:
    """COPY never reaches a table that holds persons; what comes through a temporary table meets the key."""
    other = second.programme.purses.get()
    with nothing_changes(), refused(FeatureNotSupported, "row-level security") as cursor:
        copied(cursor, "cover_workermonth", other)
    with nothing_changes(), refused(IntegrityError, "pkey") as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE brought AS SELECT {FIELDS} FROM cover_workermonth LIMIT 0")
        copied(cursor, "brought", other)
        cursor.execute(f"INSERT INTO cover_workermonth ({FIELDS}) SELECT {FIELDS} FROM brought")


def test_by_giving_one_worker_the_identity_of_another(second: Allocation) -> None:
    """A NIK belongs to one living record, so that one person has no two lines of months."""
    with nothing_changes(), refused(IntegrityError, "nik") as cursor:
        cursor.execute("UPDATE registry_worker SET nik = '8171030101850001'")


def test_a_month_has_one_payer_and_the_payer_it_was_decreed_for(second: Allocation) -> None:
    with elevated("a test looks"):
        payers = set(WorkerMonth.objects.filter(month=JANUARY).values_list("purse__name", flat=True))
    assert payers == {"kota-2026"}
