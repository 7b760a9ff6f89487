"""The waiting list: places and free seats of each village, who left, and the next in line on free seats."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.cover.models import WorkerMonth
from salawaku.programmes import actions, waiting
from salawaku.programmes.leaving import Gone, left_since
from salawaku.programmes.models import Allocation, AllocationLine, Programme
from salawaku.registry.actions import worker_died, workers_merge
from salawaku.registry.models import Worker
from tests.programmes.city import JANUARY, PASSO, RUMAH_TIGA, approved, programme, purse, register

pytestmark = pytest.mark.django_db
RICH = 10_000_000_000
APRIL, JULY = date(2026, 4, 1), date(2026, 7, 1)
Acting = Callable[[User], AbstractContextManager[None]]


@pytest.fixture
def full(db: None, sari: User, budi: User) -> Programme:
    """Passo has two seats, both taken, and three who wait; Rumah Tiga has one seat and nobody."""
    register(5)
    made = programme()
    purse(made, ceiling=RICH)
    actions.quotas_set(by=None, programme=made, method="hand", by_village={PASSO: 2, RUMAH_TIGA: 1})
    approved(made, by=budi, maker=sari)
    return made


def dies(number: int, *, on: date) -> Worker:
    with elevated("a test writes"):
        worker = Worker.objects.get(name=f"Pekerja {number}")
        worker_died(by=None, worker=worker, died_on=on)
    return worker


def line(of: Programme, month: date = APRIL) -> dict[str, tuple[int | None, int, int, int]]:
    found = waiting.waiting_by_village(of, month=month, regions=["81.71"])
    return {row.code: (row.seats, row.taken, row.free, row.waiting) for row in found if row.seats is not None}


def names(of: Programme, **more: object) -> list[tuple[int, str, bool]]:
    found = waiting.waiting_in(of, **({"month": APRIL, "village": PASSO} | more))  # type: ignore[arg-type]
    return [(row.place, row.name, row.has_seat) for row in found]


def test_each_village_says_its_seats_and_its_line(full: Programme) -> None:
    assert line(full) == {PASSO: (2, 2, 0, 3), RUMAH_TIGA: (1, 0, 1, 0)}
    dies(1, on=date(2026, 3, 9))
    assert line(full) == {PASSO: (2, 1, 1, 3), RUMAH_TIGA: (1, 0, 1, 0)}
    assert line(full, date(2026, 3, 1))[PASSO] == (2, 2, 0, 3), "the month of death is covered"


def test_only_villages_of_the_own_area_are_shown(full: Programme) -> None:
    found = waiting.waiting_by_village(full, month=APRIL, regions=[RUMAH_TIGA])
    assert [row.as_json() for row in found] == [
        {"village": RUMAH_TIGA, "name": "Rumah Tiga", "seats": 1, "taken": 0, "free": 1, "waiting": 0}
    ]


def test_the_line_says_why_everybody_stands_where(full: Programme, sari: User, acting: Acting) -> None:
    with elevated("a test writes"):
        Worker.objects.filter(name="Pekerja 5").update(welfare_decile=1)
    dies(2, on=date(2026, 2, 1))
    with acting(sari):
        assert names(full) == [(1, "Pekerja 5", True), (2, "Pekerja 3", False), (3, "Pekerja 4", False)]
        assert names(full, after=1, limit=1) == [(2, "Pekerja 3", False)]
        first = waiting.waiting_in(full, month=APRIL, village=PASSO, limit=1)[0]
    assert (first.continuing, first.welfare_decile, first.proposed_on) == (False, 1, date(2025, 10, 1))
    assert first.risk > 0


def test_a_place_counts_everybody_but_shows_whom_one_may_see(full: Programme, rina: User, acting: Acting) -> None:
    register(1, first=20, village_code=RUMAH_TIGA, agency_code="dinas_perdagangan")
    with acting(rina):
        assert names(full) == []
        assert names(full, village=RUMAH_TIGA) == [(1, "Pekerja 20", True)]


def left(of: Programme, user: User, acting: Acting) -> list[Gone]:
    with acting(user):
        return left_since(of, month=APRIL, village=PASSO, limit=10)


def test_who_left_and_since_when(full: Programme, sari: User, acting: Acting) -> None:
    assert left(full, sari, acting) == []
    dies(1, on=date(2026, 3, 9))
    with elevated("a test writes"):
        Worker.objects.filter(name="Pekerja 2").update(village_code=RUMAH_TIGA)
    found = {gone.name: (gone.reason, gone.since, gone.covered) for gone in left(full, sari, acting)}
    today = timezone.localdate()
    assert found == {"Pekerja 1": ("died", date(2026, 3, 9), False), "Pekerja 2": ("moved", today, True)}


def test_a_double_and_months_taken_back_leave_too(full: Programme, sari: User, acting: Acting) -> None:
    twin = register(1, first=30, village_code=RUMAH_TIGA)[0]
    with elevated("a test writes"):
        gone = Worker.objects.get(name="Pekerja 1")
        WorkerMonth.objects.filter(worker__name="Pekerja 2", month__gte=date(2026, 3, 1)).delete()
        AllocationLine.objects.create(
            allocation=Allocation.objects.get(), worker=twin, chosen=False, reason="over_quota",
            village_code=RUMAH_TIGA,
        )  # fmt: skip
        workers_merge(by=sari, kept=twin, gone=gone, reason="Sama")
    found = {one.name: (one.reason, one.since) for one in left(full, sari, acting)}
    today = timezone.localdate()
    assert found == {"Pekerja 1": ("merged", today), "Pekerja 2": ("cover_ended", date(2026, 3, 1))}


def test_a_free_seat_goes_to_the_next_in_line(full: Programme, sari: User, budi: User, acting: Acting) -> None:
    dies(1, on=date(2026, 3, 9))
    plan = actions.seats_fill(by=sari, programme=full, first_month=APRIL)
    assert plan.reasons == {"already_covered": 1, "chosen_quota": 1, "died": 1, "over_quota": 2}
    assert plan.allocation is not None
    with elevated("a test looks"):
        chosen = AllocationLine.objects.get(allocation=plan.allocation, chosen=True)
        assert (chosen.worker.name, chosen.first_month, chosen.months) == ("Pekerja 3", APRIL, 9)
    actions.allocation_approve(by=budi, allocation=plan.allocation)
    assert line(full)[PASSO] == (2, 2, 0, 2)


def test_filling_says_why_it_cannot(full: Programme, sari: User) -> None:
    def refused(of: Programme, month: date = APRIL) -> str:
        before = Allocation.objects.count()
        with pytest.raises(Refusal) as caught:
            actions.seats_fill(by=sari, programme=of, first_month=month)
        assert Allocation.objects.count() == before
        return caught.value.code

    assert refused(full) == "waiting.nobody"
    actions.quotas_set(by=None, programme=full, method="hand", by_village={PASSO: 2, RUMAH_TIGA: 0})
    assert refused(full) == "waiting.no_free_seat"
    dies(1, on=date(2026, 3, 9))
    money = full.purses.get()
    money.refresh_from_db()
    actions.purse_ceiling_set(by=None, purse=money, ceiling=money.committed, reason="Refocusing")
    assert refused(full) == "waiting.no_money"
    assert refused(programme(code="tanpa-kuota")) == "waiting.no_seats_set"
    assert refused(full, date(2027, 1, 1)) == "allocation.month"


def test_the_next_month_lies_within_the_programme() -> None:
    past, coming = (
        programme(code=code, first_month=first, last_month=last)
        for code, first, last in (
            ("lalu", date(2020, 1, 1), date(2020, 12, 1)),
            ("nanti", date(2090, 1, 1), date(2090, 12, 1)),
        )
    )
    assert waiting.next_month(past) == date(2020, 12, 1)
    assert waiting.next_month(coming) == date(2090, 1, 1)


def test_the_line_is_taken_out_with_an_event(
    full: Programme, sari: User, tono: User, acting: Acting, tmp_path: Path
) -> None:
    target = tmp_path / "antrean.xlsx"
    with acting(sari):
        assert actions.waiting_export(by=sari, programme=full, month=JANUARY, village=PASSO, target=target) == 3
    rows = list(openpyxl.load_workbook(target).active.values)  # type: ignore[union-attr]
    assert rows[1][:3] == ("1", "0000000000000003", "Pekerja 3")
    with elevated("a test looks"):
        event = AuditEvent.objects.get(kind="list.exported")
    assert (event.detail["workers"], event.region_code) == (3, PASSO)
    with pytest.raises(Refusal, match="does not take lists out"):
        actions.waiting_export(by=tono, programme=full, month=JANUARY, village=PASSO, target=target)
