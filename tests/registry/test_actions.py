"""Single workers, merging and undoing, taking lists out."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from salawaku.accounts.models import AuditEvent
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.intake.models import ListFile, ListRow, WorkerSource
from salawaku.registry.actions import (
    load_code_lists,
    merge_undo,
    nik_unmask,
    worker_died,
    workers_export,
    workers_merge,
)
from salawaku.registry.actions.merge import merge_preview
from salawaku.registry.merging import Relation, _relations, register_relation, relations
from salawaku.registry.models import Merge, Occupation, Worker

pytestmark = pytest.mark.django_db


def evidence(worker: Worker, number: int) -> WorkerSource:
    """A row of a list that names the worker."""
    scope = {"village_code": worker.village_code, "agency_code": worker.agency_code}
    with elevated("the test makes evidence"):
        file, _new = ListFile.objects.get_or_create(
            sha256="x", defaults={**scope, "name": "x", "size": 1, "as_of": date(2026, 1, 1), "by_id": 1}
        )
        row = ListRow.objects.create(file=file, row=number, status="duplicate", **scope)
        return WorkerSource.objects.create(worker=worker, row=row, **scope)


def test_loading_the_code_lists_again_changes_nothing() -> None:
    before = Occupation.objects.count()
    load_code_lists()
    assert Occupation.objects.count() == before > 100


def test_unmasking_needs_the_role_and_leaves_an_event(sari, dewi, worker) -> None:
    one = worker(1)
    with acting_as(sari):
        assert nik_unmask(by=sari, worker=one, reason="telepon") == one.nik
        assert AuditEvent.objects.get(kind="nik.unmasked").reason == "telepon"
    with pytest.raises(Refusal) as refusal:
        nik_unmask(by=dewi, worker=one)
    assert refusal.value.code == "register.no_unmask"


def test_a_death_can_be_mended_but_not_lie_ahead_or_before_birth(sari, worker) -> None:
    one = worker(1)
    with acting_as(sari):
        worker_died(by=sari, worker=one, died_on=date(2026, 5, 1))
        died = worker_died(by=sari, worker=one, died_on=date(2026, 5, 2))
        worker_died(by=sari, worker=one, died_on=date(2026, 5, 2))
        assert (died.status, died.died_on) == ("died", date(2026, 5, 2))
        assert AuditEvent.objects.filter(kind="worker.died").count() == 2
        for day, code in ((date(2999, 1, 1), "death.in_future"), (date(1950, 1, 1), "death.before_birth")):
            with pytest.raises(Refusal) as refusal:
                worker_died(by=sari, worker=one, died_on=day)
            assert refusal.value.code == code


def test_a_merge_moves_what_speaks_of_the_worker_and_comes_back(sari, worker) -> None:
    kept, gone = worker(1), worker(2)
    moved = evidence(gone, 1)
    evidence(kept, 2)
    with acting_as(sari):
        [row] = [row for row in merge_preview(kept=kept, gone=gone) if row.table == "intake_workersource"]
        assert (row.moves, row.stays) == (1, 0)
        merge = workers_merge(by=sari, kept=kept, gone=gone, reason="satu orang")
        moved.refresh_from_db()
        assert moved.worker_id == kept.pk
        assert Worker.objects.get(pk=gone.pk).status == "merged"
        assert merge_preview(kept=kept, gone=gone) == []
        merge_undo(by=sari, merge=merge)
        merge_undo(by=sari, merge=merge)
        moved.refresh_from_db()
        assert (moved.worker_id, Worker.objects.get(pk=gone.pk).status) == (gone.pk, "living")
        assert AuditEvent.objects.filter(kind="worker.merge_undone").count() == 1


def test_what_the_kept_record_has_too_stays_where_it_is(sari, worker, monkeypatch) -> None:
    for name in list(_relations):
        monkeypatch.delitem(_relations, name)
    register_relation(Relation("intake_workersource", "evidence", unique_with=("village_code",)))
    kept, gone = worker(1), worker(2)
    stays = evidence(gone, 1)
    evidence(kept, 2)
    with acting_as(sari):
        assert [(row.moves, row.stays) for row in merge_preview(kept=kept, gone=gone)] == [(0, 1)]
        workers_merge(by=sari, kept=kept, gone=gone)
        stays.refresh_from_db()
    assert stays.worker_id == gone.pk


def test_a_table_is_registered_once(monkeypatch) -> None:
    monkeypatch.setitem(_relations, ("a", "worker_id"), Relation("a", "first"))
    register_relation(Relation("a", "second"))
    assert [relation.label for relation in relations() if relation.table == "a"] == ["second"]


def test_merges_that_make_no_sense_are_refused(sari, rina_far, worker) -> None:
    kept, gone, died = worker(1), worker(2), worker(3, status="died", died_on=date(2026, 1, 1))
    with acting_as(rina_far), pytest.raises(Refusal):
        workers_merge(by=rina_far, kept=kept, gone=gone)
    with acting_as(sari):
        for one, other, code in ((kept, kept, "merge.one_record"), (kept, died, "merge.death_first")):
            with pytest.raises(Refusal) as refusal:
                workers_merge(by=sari, kept=one, gone=other)
            assert refusal.value.code == code
        workers_merge(by=sari, kept=kept, gone=gone)
        with pytest.raises(Refusal) as refusal:
            workers_merge(by=sari, kept=kept, gone=gone)
        assert refusal.value.code == "merge.already"
        with pytest.raises(Refusal) as refusal:
            worker_died(by=sari, worker=gone, died_on=date(2026, 1, 1))
        assert refusal.value.code == "worker.merged"


def test_merges_are_undone_from_the_last_one_back(sari, worker) -> None:
    first, second, third = worker(1), worker(2), worker(3)
    with acting_as(sari):
        inner = workers_merge(by=sari, kept=second, gone=third)
        outer = workers_merge(by=sari, kept=first, gone=second)
        with pytest.raises(Refusal) as refusal:
            merge_undo(by=sari, merge=inner)
        assert refusal.value.code == "merge.later_first"
        merge_undo(by=sari, merge=outer)
        merge_undo(by=sari, merge=inner)
        assert set(Worker.objects.values_list("status", flat=True)) == {"living"}


def test_a_merge_is_not_undone_into_a_nik_that_is_taken(sari, worker) -> None:
    kept, gone = worker(1), worker(2)
    with acting_as(sari):
        merge = workers_merge(by=sari, kept=kept, gone=gone)
        worker(4, nik=gone.nik)
        with pytest.raises(Refusal) as refusal:
            merge_undo(by=sari, merge=merge)
        assert refusal.value.code == "merge.nik_taken"
        assert Worker.objects.get(pk=gone.pk).status == "merged"


def test_an_export_masks_for_a_role_that_may_not_see(sari, dewi, worker, tmp_path, monkeypatch) -> None:
    worker(1)
    with acting_as(dewi), pytest.raises(Refusal) as refusal:
        workers_export(by=dewi, workers=Worker.objects.all(), target=tmp_path / "x.xlsx")
    assert refusal.value.code == "register.no_export"
    monkeypatch.setattr(type(sari), "can", lambda self, permission: permission != "register.unmask")
    with acting_as(sari):
        assert workers_export(by=sari, workers=Worker.objects.all(), target=tmp_path / "x.xlsx") == 1
        assert AuditEvent.objects.get(kind="list.exported").detail == {"workers": 1, "whole_nik": False}


BAD = {
    "the same NIK twice": "INSERT INTO registry_worker (village_code, agency_code, nik, family_card,"
    " participant_number, name, name_key, birth_place, birth_date, sex, address, rt, rw, phone,"
    " proposed_on) SELECT village_code, agency_code, nik, '', '', name, name_key, '', birth_date, '', '',"
    " '', '', '', proposed_on FROM registry_worker",
    "a NIK that is none": "UPDATE registry_worker SET nik = '12'",
    "dead on no day": "UPDATE registry_worker SET status = 'died'",
    "an eleventh decile": "UPDATE registry_worker SET welfare_decile = 11",
    "a worker of nowhere": "UPDATE registry_worker SET village_code = ''",
    "merged with oneself": "UPDATE registry_merge SET gone_id = kept_id",
    "undone by nobody": "UPDATE registry_merge SET undone_at = now()",
    "gone twice": "INSERT INTO registry_merge (public_id, village_code, agency_code, kept_id, gone_id, moved, at,"
    " by_id) SELECT gen_random_uuid(), village_code, agency_code, kept_id, gone_id, moved, at, by_id"
    " FROM registry_merge",
}


@pytest.mark.parametrize("statement", BAD.values(), ids=BAD)
def test_the_database_refuses_what_must_not_be(sari, worker, statement) -> None:
    kept, gone = worker(1), worker(2)
    with acting_as(sari):
        workers_merge(by=sari, kept=kept, gone=gone)
    with elevated("the attack has every scope"), connection.cursor() as cursor, pytest.raises(IntegrityError):
        _attack(cursor, statement)


@transaction.atomic
def _attack(cursor, statement: str) -> None:
    cursor.execute(statement)


def test_history_follows_raw_sql_and_cannot_be_changed(sari, worker) -> None:
    one = worker(1)
    with acting_as(sari), connection.cursor() as cursor:
        cursor.execute("UPDATE registry_worker SET address = 'Jalan Baru'")
        cursor.execute("UPDATE registry_worker SET address = address")
        assert list(one.history.order_by("pgh_id").values_list("pgh_label", "address")) == [
            ("insert", ""),
            ("update", "Jalan Baru"),
        ]


@pytest.mark.django_db(transaction=True)
def test_two_people_merging_at_once_merge_once(sari, budi, worker) -> None:
    one, other = worker(1), worker(2)
    start = threading.Barrier(2)

    def merge(by, kept, gone) -> str:
        start.wait()
        try:
            with acting_as(by):
                workers_merge(by=by, kept=kept, gone=gone)
            return "merged"
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(merge, [sari, budi], [one, other], [other, one]))
    assert said == ["merge.already", "merged"]
    with elevated("the test counts"):
        assert Merge.objects.count() == 1
