"""Months of cover and lines of plans follow a merge of two records."""

from __future__ import annotations

from datetime import date

import pytest

from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated
from salawaku.cover.models import WorkerMonth
from salawaku.programmes.models import AllocationLine, DecreeLine
from salawaku.registry.actions import merge_undo, workers_merge
from salawaku.registry.actions.merge import merge_preview
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


def test_a_month_that_both_have_stays_where_it_is(sari: User, budi: User) -> None:
    gone = register(1)[0]
    purse(programme(code="a"), ceiling=10_000_000)
    here = programme(code="b", first_month=date(2026, 11, 1))
    purse(here, ceiling=10_000_000)
    approved(here, by=budi)
    kept = register(1, first=2)[0]
    later = programme(code="c", first_month=date(2026, 12, 1))
    purse(later, ceiling=10_000_000)
    approved(later, by=budi)
    with elevated("a test merges"):
        moving = {row.table: (row.moves, row.stays) for row in merge_preview(kept=kept, gone=gone)}
        assert moving["cover_workermonth"] == (1, 1)
        workers_merge(by=sari, kept=kept, gone=gone)
        assert WorkerMonth.objects.filter(worker=kept).count() == 2
        assert WorkerMonth.objects.filter(worker=gone).count() == 1
