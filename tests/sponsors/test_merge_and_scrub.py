"""What names a worker moves with a merge; what names a sponsor is made harmless in a copy."""

from __future__ import annotations

import pytest

from salawaku.accounts.audit import LONG_NUMBER
from salawaku.accounts.logs import blotted
from salawaku.accounts.models import User
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.accounts.scrub import scrub_database
from salawaku.registry.actions import merge_undo, workers_merge
from salawaku.sponsors.models import Pledge, Sponsor
from tests.programmes.city import register
from tests.sponsors.office import carried, decreed, foster, matched, nip, pledged, sponsors


@pytest.mark.django_db
def test_months_and_wishes_move_with_a_merge_and_back(sari: User) -> None:
    money = foster()
    kept, gone = register(2)
    decreed([gone], money)
    pledged(*sponsors(), money, wish_worker=gone)
    matched(money)
    with acting_as(sari):
        merge = workers_merge(by=sari, kept=kept, gone=gone)
        assert Pledge.objects.get().wish_worker_id == kept.pk
    assert {worker for worker, _month in carried()} == {kept.pk}
    with acting_as(sari):
        merge_undo(by=sari, merge=merge)
    assert {worker for worker, _month in carried()} == {gone.pk}


@pytest.mark.django_db(transaction=True)
def test_a_copy_knows_no_sponsor() -> None:
    sponsors(3)
    scrub_database()
    with elevated("a test looks"):
        rows = list(Sponsor.objects.values_list("nip", "name", "bank", "account"))
    assert len({number for number, *_rest in rows}) == 3
    assert all(number.startswith("99") and len(number) == 18 for number, *_rest in rows)
    assert not any("Pegawai" in name or bank or account for _number, name, bank, account in rows)


def test_a_nip_stands_in_no_log_and_no_audit_detail() -> None:
    assert nip(1) not in blotted(f"row with {nip(1)} failed")
    assert LONG_NUMBER.search(f'{{"x": "{nip(1)}"}}')
