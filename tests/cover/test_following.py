"""Cover follows the worker: a wage, cover elsewhere, a move; each from the right month, and back again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from salawaku import law
from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions import bill_run, cover_follow_back
from salawaku.cover.models import MonthGivenBack, Refund, WorkerMonth
from salawaku.programmes import actions as programmes
from salawaku.programmes.models import AllocationLine, Programme, Purse
from salawaku.registry import actions
from salawaku.registry.actions import Recorded
from salawaku.registry.models import Worker, WorkerEvent
from tests.programmes.city import PASSO, RUMAH_TIGA, approved, programme, purse, register

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year
MARCH = date(YEAR, 3, 1)
ENDING: dict[str, Callable[..., Recorded]] = {
    "employed": actions.worker_employed,
    "elsewhere": actions.worker_covered_elsewhere,
    "moved": actions.worker_moved,
}


@pytest.fixture
def here(budi: User) -> Programme:
    """Two workers covered this whole year by the city."""
    register(2)
    made = programme(first_month=date(YEAR, 1, 1), last_month=date(YEAR, 12, 1))
    purse(made, ceiling=10_000_000)
    approved(made, by=budi)
    return made


@pytest.fixture
def worker(here: Programme) -> Worker:
    with elevated("a test looks"):
        return Worker.objects.order_by("id")[0]


def act(deed: Callable[..., Recorded], **values: object) -> Recorded:
    with elevated("a test acts"):
        return deed(**values)


def months_of(worker: Worker, village: str = "") -> list[int]:
    with elevated("a test looks"):
        found = WorkerMonth.objects.filter(worker=worker).order_by("month")
        found = found.filter(village_code=village) if village else found
        return [month.month for month in found.values_list("month", flat=True)]


@pytest.mark.parametrize(("kind", "last"), [("employed", 2), ("elsewhere", 2), ("moved", 3)])
def test_cover_closes_from_the_right_month(worker: Worker, sari: User, kind: str, last: int) -> None:
    done = act(ENDING[kind], by=sari, worker=worker, month=MARCH)
    assert months_of(worker) == list(range(1, last + 1))
    assert Purse.objects.get().committed == (12 + last) * 16_800
    with elevated("a test looks"):
        assert MonthGivenBack.objects.filter(event=done.event, cause=kind).count() == 12 - last
        event = AuditEvent.objects.get(kind="cover.closed")
    assert event.detail == {"event": str(done.event.public_id), "freed_months": 12 - last, "months_to_refund": 0}
    assert str(12 - last) in done.told[0]


@pytest.mark.parametrize(("kind", "owed"), [("employed", 2), ("elsewhere", 2), ("moved", 1)])
def test_billed_months_stay_and_are_counted_for_the_refund(worker: Worker, sari: User, kind: str, owed: int) -> None:
    for month in range(1, 5):
        bill_run(by=None, month=date(YEAR, month, 1))
    done = act(ENDING[kind], by=sari, worker=worker, month=MARCH)
    assert months_of(worker) == [1, 2, 3, 4]
    assert str(owed) in done.told[-1]
    with elevated("a test looks"):
        assert AuditEvent.objects.get(kind="cover.closed").detail["months_to_refund"] == owed
        assert list(Refund.objects.values_list("status", flat=True)) == ["to_request"] * owed
    act(actions.worker_event_undo, by=sari, event=done.event)
    with elevated("a test looks"):
        assert not Refund.objects.exists()


@pytest.mark.parametrize("kind", ENDING)
def test_a_plan_chooses_the_worker_no_more(worker: Worker, here: Programme, sari: User, kind: str) -> None:
    act(ENDING[kind], by=sari, worker=worker, month=MARCH)
    plan = programmes.allocation_propose(by=sari, programme=here, first_month=date(YEAR, 6, 1))
    code = {"elsewhere": "covered_elsewhere", "moved": "moved_out"}.get(kind, kind)
    assert plan.reasons[code] == 1
    with elevated("a test looks"):
        assert AllocationLine.objects.get(worker=worker, allocation=plan.allocation).reason == code


def test_a_plan_made_before_the_wage_is_not_approved_after_it(sari: User, budi: User) -> None:
    found = register(1)[0]
    made = programme(first_month=date(YEAR, 1, 1), last_month=date(YEAR, 12, 1))
    purse(made, ceiling=10_000_000)
    plan = programmes.allocation_propose(by=sari, programme=made)
    act(actions.worker_employed, by=sari, worker=found, month=MARCH)
    with pytest.raises(Refusal) as refused:
        programmes.allocation_approve(by=budi, allocation=plan.allocation)
    assert refused.value.code == "allocation.aid_ended"
    assert Purse.objects.get().committed == 0


def test_the_database_refuses_a_month_after_the_end(worker: Worker, sari: User) -> None:
    act(actions.worker_employed, by=sari, worker=worker, month=MARCH)
    with (
        elevated("a test writes"),
        pytest.raises(IntegrityError, match="aid of a worker has ended"),
        transaction.atomic(),
    ):
        connection.cursor().execute(
            """INSERT INTO cover_workermonth
               (month, worker_id, programme_id, purse_id, amount, village_code, agency_code)
               SELECT %s, worker_id, programme_id, purse_id, amount, village_code, agency_code
               FROM cover_workermonth WHERE worker_id = %s LIMIT 1""",
            [date(YEAR, 8, 1), worker.pk],
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE registry_workerevent SET month = month - interval '1 month'",
        "DELETE FROM registry_workerevent",
        "UPDATE cover_monthgivenback SET amount = 1",
        "DELETE FROM cover_monthgivenback",
    ],
)
def test_what_was_written_stays(worker: Worker, sari: User, statement: str) -> None:
    act(actions.worker_employed, by=sari, worker=worker, month=MARCH)
    with elevated("a test tries"), pytest.raises(Error, match="Cannot"), transaction.atomic():
        connection.cursor().execute(statement)


def test_within_the_city_the_months_move_along(worker: Worker, sari: User) -> None:
    bill_run(by=None, month=MARCH)
    act(actions.worker_moved, by=sari, worker=worker, month=MARCH, village_to=RUMAH_TIGA)
    assert months_of(worker, PASSO) == [1, 2]
    assert months_of(worker, RUMAH_TIGA) == list(range(3, 13))
    assert Purse.objects.get().committed == 22 * 16_800
    with elevated("a test looks"):
        assert Worker.objects.get(pk=worker.pk).village_code == RUMAH_TIGA


def test_a_village_s_own_purse_pays_to_the_month_of_the_move(sari: User, budi: User) -> None:
    found = register(1)[0]
    made = programme(first_month=date(YEAR, 1, 1), last_month=date(YEAR, 12, 1))
    purse(made, ceiling=10_000_000, name="Dana Negeri Passo", kind="village_fund", payer_code="SD", regions=[PASSO])
    approved(made, by=budi)
    done = act(actions.worker_moved, by=sari, worker=found, month=MARCH, village_to=RUMAH_TIGA)
    assert months_of(found) == [1, 2, 3]
    assert months_of(found, RUMAH_TIGA) == []
    assert "9" in done.told[0]


@pytest.mark.parametrize("kind", ENDING)
def test_an_event_taken_back_restores_everything(worker: Worker, sari: User, kind: str) -> None:
    done = act(ENDING[kind], by=sari, worker=worker, month=MARCH)
    with elevated("a test acts"):
        actions.worker_event_undo(by=sari, event=done.event, reason="salah orang")
    assert months_of(worker) == list(range(1, 13))
    assert Purse.objects.get().committed == 24 * 16_800
    with elevated("a test acts"), pytest.raises(Refusal) as refused:
        actions.worker_event_undo(by=sari, event=done.event)
    assert refused.value.code == "event.undone"


def test_a_move_taken_back_leads_home(worker: Worker, sari: User) -> None:
    done = act(actions.worker_moved, by=sari, worker=worker, month=MARCH, village_to=RUMAH_TIGA)
    with elevated("a test acts"):
        actions.worker_event_undo(by=sari, event=done.event)
        assert Worker.objects.get(pk=worker.pk).village_code == PASSO
    assert months_of(worker, PASSO) == list(range(1, 13))


def test_an_event_with_a_bill_on_it_stays(worker: Worker, sari: User) -> None:
    done = act(actions.worker_employed, by=sari, worker=worker, month=MARCH)
    bill_run(by=None, month=MARCH)
    with connection.cursor() as cursor:  # all of a test happens in one moment of the database
        cursor.execute("UPDATE cover_bill SET created_at = %s", [timezone.now()])
    with elevated("a test acts"), pytest.raises(Refusal) as refused:
        actions.worker_event_undo(by=sari, event=done.event)
    assert refused.value.code == "event.billed"
    assert months_of(worker) == [1, 2]


def test_money_that_is_spent_is_not_given_again(worker: Worker, here: Programme, sari: User) -> None:
    done = act(actions.worker_employed, by=sari, worker=worker, month=MARCH)
    spent = Purse.objects.get()
    programmes.purse_ceiling_set(by=sari, purse=spent, ceiling=spent.committed, reason="dipakai lain")
    with elevated("a test acts"), pytest.raises(Refusal) as refused:
        actions.worker_event_undo(by=sari, event=done.event)
    assert refused.value.code == "event.taken"
    assert months_of(worker) == [1, 2]


def test_who_returns_is_chosen_again(worker: Worker, here: Programme, sari: User, budi: User) -> None:
    act(actions.worker_employed, by=sari, worker=worker, month=MARCH)
    back = act(actions.worker_returned, by=sari, worker=worker, month=date(YEAR, 6, 1))
    approved(here, by=budi, first_month=date(YEAR, 6, 1))
    assert months_of(worker) == [1, 2, *range(6, 13)]
    with elevated("a test acts"), pytest.raises(Refusal) as refused:
        actions.worker_event_undo(by=sari, event=back.event)
    assert refused.value.code == "event.covered_again"


def test_a_preview_changes_nothing_and_says_the_same(worker: Worker, sari: User) -> None:
    def deed() -> Recorded:
        return actions.worker_employed(by=sari, worker=worker, month=MARCH)

    with elevated("a test acts"):
        told = actions.what_would_change(deed)
    assert months_of(worker) == list(range(1, 13))
    with elevated("a test acts"):
        assert WorkerEvent.objects.count() == 0
        assert deed().told == told


def test_refusals_leave_everything(worker: Worker, sari: User) -> None:
    tries = {
        "event.same_village": lambda: actions.worker_moved(by=sari, worker=worker, month=MARCH, village_to=PASSO),
        "event.village": lambda: actions.worker_moved(
            by=sari, worker=worker, month=MARCH, village_to="81.01.01.2001"
        ),
        "event.in_future": lambda: actions.worker_moved(
            by=sari, worker=worker, month=law.add_months(timezone.localdate(), 1)
        ),
        "event.month": lambda: actions.worker_employed(by=sari, worker=worker, month=date(YEAR - 9, 1, 1)),
        "event.not_ended": lambda: actions.worker_returned(by=sari, worker=worker, month=MARCH),
    }
    for code, attempt in tries.items():
        with elevated("a test acts"), pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.code == code
    act(actions.worker_employed, by=sari, worker=worker, month=MARCH)
    with elevated("a test acts"), pytest.raises(Refusal) as refused:
        actions.worker_employed(by=sari, worker=worker, month=MARCH)
    assert refused.value.code == "event.repeated"
    with elevated("a test acts"):
        actions.worker_died(by=sari, worker=worker, died_on=MARCH)
        with pytest.raises(Refusal) as refused:
            actions.worker_covered_elsewhere(by=sari, worker=worker, month=MARCH)
    assert refused.value.code == "event.not_living"


def test_only_the_last_entry_is_taken_back(worker: Worker, sari: User) -> None:
    first = act(actions.worker_moved, by=sari, worker=worker, month=MARCH, village_to=RUMAH_TIGA)
    act(actions.worker_employed, by=sari, worker=worker, month=date(YEAR, 5, 1))
    with elevated("a test acts"), pytest.raises(Refusal) as refused:
        actions.worker_event_undo(by=sari, event=first.event)
    assert refused.value.code == "event.later_first"


def test_a_merge_takes_the_entry_and_what_it_gave_back_along(worker: Worker, here: Programme, sari: User) -> None:
    act(actions.worker_employed, by=sari, worker=worker, month=MARCH)
    kept = register(1, first=50)[0]
    with elevated("a test acts"):
        actions.workers_merge(by=sari, kept=kept, gone=worker, reason="orang yang sama")
        assert WorkerEvent.objects.get().worker_id == kept.pk
        assert set(MonthGivenBack.objects.values_list("worker_id", flat=True)) == {kept.pk}
    plan = programmes.allocation_propose(by=sari, programme=here, first_month=date(YEAR, 6, 1))
    assert plan.reasons["employed"] == 1


def test_a_fault_of_the_database_is_not_called_months_that_are_used(here: Programme, sari: User) -> None:
    with elevated("a test acts"):
        event = actions.worker_employed(by=sari, worker=Worker.objects.earliest("pk"), month=MARCH).event
        event.worker_id = None
        with pytest.raises(IntegrityError, match="null value"), transaction.atomic():
            cover_follow_back(by=sari, event=event)
