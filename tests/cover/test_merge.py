"""Months of cover and lines of plans follow a merge of two records."""

from __future__ import annotations

from datetime import date

import pytest

from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover.actions import bill_run, refunds_make
from salawaku.cover.models import Refund, WorkerMonth
from salawaku.programmes.models import AllocationLine, DecreeLine, Programme
from salawaku.registry.actions import merge_undo, worker_employed, workers_merge
from salawaku.registry.actions.merge import merge_preview
from tests.cover.invariants import untrue
from tests.programmes.city import RUMAH_TIGA, approved, programme, purse, register
from tests.programmes.test_decree import freeze

pytestmark = pytest.mark.django_db


def test_months_move_and_come_back(sari: User, budi: User) -> None:
    gone = register(1)[0]
    first = programme()
    purse(first, ceiling=10_000_000)
    freeze(approved(first, by=budi), sari)
    kept = register(1, first=2, village_code=RUMAH_TIGA)[0]
    with elevated("a test merges"):
        merge = workers_merge(by=sari, kept=kept, gone=gone)
        assert WorkerMonth.objects.filter(worker=kept).count() == 12
        assert AllocationLine.objects.get().worker_id == kept.pk
        assert DecreeLine.objects.get().worker_id == gone.pk
        merge_undo(by=sari, merge=merge)
        assert WorkerMonth.objects.filter(worker=gone).count() == 12


@pytest.mark.parametrize("is_billed", [False, True])
def test_nobody_is_paid_for_twice_under_two_records(sari: User, budi: User, is_billed: bool) -> None:
    """December of both: what is only decreed goes back to its purse, what is billed is asked back."""
    gone = register(1)[0]
    purse(programme(code="a"), ceiling=10_000_000)
    here = programme(code="b", first_month=date(2026, 11, 1))
    money = purse(here, ceiling=10_000_000)
    approved(here, by=budi)
    kept = register(1, first=2)[0]
    later = programme(code="c", first_month=date(2026, 12, 1))
    purse(later, ceiling=10_000_000)
    approved(later, by=budi)
    if is_billed:
        bill_run(by=None, month=date(2026, 12, 1))
    with elevated("a test merges"):
        moving = {row.table: (row.moves, row.stays) for row in merge_preview(kept=kept, gone=gone)}
        assert moving["cover_workermonth"] == (1, 1)
        merge = workers_merge(by=sari, kept=kept, gone=gone)
        assert WorkerMonth.objects.filter(worker=kept).count() == 2
        assert WorkerMonth.objects.filter(worker=gone).count() == int(is_billed)
        found = list(Refund.objects.values_list("worker", "month", "purse", "reason"))
    assert found == ([(gone.pk, date(2026, 12, 1), money.pk, "double")] if is_billed else [])
    money.refresh_from_db()
    assert (money.committed, money.billed) == (16_800, 16_800 * is_billed)
    assert not untrue()
    with elevated("a test takes the merge back"):
        merge_undo(by=sari, merge=merge)
        assert not Refund.objects.exists()


def test_a_refund_goes_where_its_month_goes(sari: User, budi: User) -> None:
    """The record that goes has December to be asked back; the other one has a December of its own, which is owed."""
    gone = register(1)[0]
    here = programme(code="b", first_month=date(2026, 11, 1))
    purse(here, ceiling=10_000_000)
    approved(here, by=budi)
    kept = register(1, first=2)[0]
    purse(programme(code="c", first_month=date(2026, 12, 1)), ceiling=10_000_000)
    approved(Programme.objects.get(code="c"), by=budi)
    for month in (11, 12):
        bill_run(by=None, month=date(2026, month, 1))
    with elevated("a test merges"):
        refunds_make(by=sari, worker=gone, first_month=date(2026, 11, 1), reason="wage_earner")
        workers_merge(by=sari, kept=kept, gone=gone)
        found = set(Refund.objects.values_list("worker", "month__month"))
    assert found == {(kept.pk, 11), (gone.pk, 12)}
    assert not untrue()


def test_months_that_come_to_somebody_who_died_or_earns_a_wage_are_closed(sari: User, budi: User) -> None:
    gone = register(1)[0]
    here = programme(first_month=date(2026, 1, 1))
    money = purse(here, ceiling=10_000_000)
    approved(here, by=budi)
    kept = register(1, first=2)[0]
    with elevated("a test merges"):
        worker_employed(by=sari, worker=kept, month=date(2026, 4, 1))
        workers_merge(by=sari, kept=kept, gone=gone)
        assert WorkerMonth.objects.filter(worker=kept).count() == 3
    money.refresh_from_db()
    assert money.committed == 3 * 16_800
    assert not untrue()


def test_a_refund_found_after_a_merge_goes_back_with_its_month(sari: User, budi: User) -> None:
    gone = register(1)[0]
    here = programme()
    purse(here, ceiling=10_000_000)
    approved(here, by=budi)
    kept = register(1, first=2)[0]
    bill_run(by=None, month=date(2026, 5, 1))
    with elevated("a test merges"):
        merge = workers_merge(by=sari, kept=kept, gone=gone)
        worker_employed(by=sari, worker=kept, month=date(2026, 4, 1))
        assert list(Refund.objects.values_list("worker", flat=True)) == [kept.pk]
        merge_undo(by=sari, merge=merge)
        assert list(Refund.objects.values_list("worker", flat=True)) == [gone.pk]
    assert not untrue()
