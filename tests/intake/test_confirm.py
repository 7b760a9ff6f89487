"""Carrying lists into the register, taking them back, giving them back."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import openpyxl
import pytest
from django.db import connection

from salawaku.accounts.models import AuditEvent
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.intake.actions import (
    file_check,
    file_confirm,
    file_return,
    file_withdraw,
    pair_decide,
    row_mend,
)
from salawaku.intake.models import ListFile, ListRow, Pair, WorkerSource
from salawaku.registry import merging
from salawaku.registry.actions import workers_merge
from salawaku.registry.models import Worker
from tests.intake.people import PASSO_CODE, people, person

pytestmark = pytest.mark.django_db


def test_accepted_rows_become_workers_with_history_and_one_event(checked, sari) -> None:
    file = checked(sari, [*people(1, 5), person(6, NIK="")])
    with acting_as(sari):
        file = file_confirm(by=sari, file=file)
        workers = list(Worker.objects.order_by("id"))
        assert [worker.nik for worker in workers] == [person(number)["NIK"] for number in range(1, 6)]
        assert {worker.history.count() for worker in workers} == {1}
        event = AuditEvent.objects.get(kind="file.confirmed")
        assert event.detail == {"workers": 5, "evidence": 0, "second_look": False}
        row = ListRow.objects.get(pk=workers[0].source_row_id)
    first = workers[0]
    assert (first.village_code, first.agency_code, first.occupation_id) == (
        PASSO_CODE, "dinas_perikanan", "nelayan_pesisir",
    )  # fmt: skip
    assert (row.row, first.proposed_on, file.status) == (2, file.as_of, "confirmed")


def test_confirming_again_changes_nothing(confirmed, sari) -> None:
    file = confirmed(sari, people(1, 5))
    with acting_as(sari):
        again = file_confirm(by=sari, file=file)
        assert again.confirmed_at == file.confirmed_at
        assert Worker.objects.count() == 5
        assert AuditEvent.objects.filter(kind="file.confirmed").count() == 1


def test_what_is_mended_later_is_carried_later(confirmed, sari) -> None:
    file = confirmed(sari, [*people(1, 3), person(4, NIK="12")])
    with acting_as(sari):
        row_mend(by=sari, row=ListRow.objects.get(status="rejected"), values={"nik": person(4)["NIK"]})
        file_confirm(by=sari, file=file)
        assert Worker.objects.count() == 4
        assert AuditEvent.objects.filter(kind="file.confirmed").count() == 2


def test_known_workers_gain_evidence_and_nothing_else_changes(confirmed, sari) -> None:
    confirmed(sari, people(1, 3))
    second = [person(1, Pekerjaan="tukang ojek"), *people(10, 14), person(1)]
    file = confirmed(sari, second)
    with acting_as(sari):
        worker = Worker.objects.get(nik=person(1)["NIK"])
        assert (worker.occupation_id, worker.history.count()) == ("nelayan_pesisir", 1)
        assert WorkerSource.objects.filter(worker=worker).count() == 2
        assert file_confirm(by=sari, file=file).duplicate == 2
        assert WorkerSource.objects.count() == 2


def test_the_stop_rule_asks_for_a_second_look(confirmed, checked, sari) -> None:
    confirmed(sari, people(1, 4))
    mostly = checked(sari, [*people(1, 3), *people(5, 6)], note="mostly")
    half = checked(sari, [*people(1, 2), *people(7, 8)], note="half")
    with acting_as(sari):
        assert file_confirm(by=sari, file=half).status == "confirmed"
        with pytest.raises(Refusal) as refusal:
            file_confirm(by=sari, file=mostly)
        assert refusal.value.code == "file.mostly_duplicates"
        assert Worker.objects.count() == 6
        assert file_confirm(by=sari, file=mostly, second_look=True).status == "confirmed"
        assert Worker.objects.count() == 8


def test_only_checked_lists_are_confirmed(receive, sari) -> None:
    file = receive(sari, people(1, 2))
    with acting_as(sari), pytest.raises(Refusal) as refusal:
        file_confirm(by=sari, file=file)
    assert refusal.value.code == "file.not_open"


def test_two_open_lists_of_the_same_people_bring_each_person_once(checked, sari) -> None:
    first, second = checked(sari, people(1, 4)), checked(sari, people(3, 8), note="second")
    assert (second.accepted, second.duplicate) == (4, 2)
    with acting_as(sari):
        assert file_confirm(by=sari, file=second).accepted == 6  # nobody else brought the two
        first = file_confirm(by=sari, file=first)
        assert (first.accepted, first.duplicate) == (2, 2)
        assert Worker.objects.count() == 8
        assert WorkerSource.objects.count() == 2


def test_a_nik_that_was_taken_meanwhile_waits_for_a_person(checked, confirmed, sari) -> None:
    waiting = checked(sari, people(1, 4))
    stranger = {"name": "Abner Talakua", "name_key": "abner talakua", "birth_date": "1999-09-09"}
    with elevated("somebody else comes into the register meanwhile"):
        Worker.objects.create(nik=person(2)["NIK"], village_code=PASSO_CODE, proposed_on="2026-01-01", **stranger)
    with acting_as(sari):
        file = file_confirm(by=sari, file=waiting)
        assert (file.accepted, file.review, Worker.objects.count()) == (3, 1, 4)
        assert Pair.objects.get().tier == "conflict"


def test_rows_of_another_area_are_refused(checked, sari) -> None:
    file = checked(sari, people(1, 3))
    with elevated("the test moves a row"):
        ListRow.objects.filter(row=2).update(home_village="81.01.01.2001")
    with acting_as(sari), pytest.raises(Refusal, match="1 baris") as refusal:
        file_confirm(by=sari, file=file)
    assert refusal.value.code == "file.rows_out_of_scope"
    with elevated("the test looks"):
        assert not Worker.objects.exists()


def test_a_withdrawn_list_takes_its_workers_out_but_not_their_history(confirmed, sari) -> None:
    kept = confirmed(sari, people(1, 2))
    file = confirmed(sari, [*people(5, 8), person(1)])
    with acting_as(sari):
        file = file_withdraw(by=sari, file=file, reason="salah kirim")
        assert (file.status, Worker.objects.count(), WorkerSource.objects.count()) == ("withdrawn", 2, 0)
        assert file_withdraw(by=sari, file=file).status == "withdrawn"
        event = AuditEvent.objects.get(kind="file.withdrawn")
        assert (event.detail, event.reason) == ({"workers": 4}, "salah kirim")
        history = Worker._meta.get_field("history").related_model
        assert history.objects.filter(pgh_label="delete").count() == 4
        assert ListFile.objects.get(pk=kept.pk).status == "confirmed"


def test_pairs_with_withdrawn_workers_are_looked_at_again(confirmed, checked, sari) -> None:
    brought = confirmed(sari, people(1, 2))
    checked(sari, [person(2, Nama="Abner Talakua"), person(9)])
    with acting_as(sari):
        file_withdraw(by=sari, file=brought)
        assert not Pair.objects.exists()
        assert ListRow.objects.get(name="Abner Talakua").status == "accepted"


def test_a_list_named_by_a_later_one_is_not_withdrawn(confirmed, sari) -> None:
    first = confirmed(sari, people(1, 3))
    later = confirmed(sari, [person(1), *people(5, 9)])
    with acting_as(sari):
        with pytest.raises(Refusal, match="1") as refusal:
            file_withdraw(by=sari, file=first)
        assert refusal.value.code == "file.built_on"
        file_withdraw(by=sari, file=later)
        file_withdraw(by=sari, file=first)
        assert not Worker.objects.exists()


def test_a_merged_worker_is_not_withdrawn(confirmed, sari, monkeypatch) -> None:
    file = confirmed(sari, people(1, 3))
    harmless = merging.Relation("registry_worker", "themselves", column="id", moves=False, holds=False)
    monkeypatch.setitem(merging._relations, ("registry_worker", "id"), harmless)
    with acting_as(sari):
        kept, gone, _other = Worker.objects.order_by("id")
        workers_merge(by=sari, kept=kept, gone=gone)
        with pytest.raises(Refusal, match="Penggabungan sebelumnya"):
            file_withdraw(by=sari, file=file)


def test_a_row_whose_person_left_the_register_is_carried_after_all(confirmed, checked, sari) -> None:
    first = confirmed(sari, people(1, 3))
    second = checked(sari, [person(1), person(1, Nama=person(1)["Nama"].upper()), *people(5, 9)])
    assert second.duplicate == 2
    with acting_as(sari):
        file_withdraw(by=sari, file=first)
        file_confirm(by=sari, file=second)
        assert Worker.objects.filter(nik=person(1)["NIK"]).count() == 1
        assert Worker.objects.count() == 6


def test_the_marked_list_says_what_stands_now(checked, sari, tmp_path) -> None:
    file = checked(sari, [*people(1, 2), person(3, NIK="12"), person(4, NIK="34")])
    with acting_as(sari):
        row_mend(by=sari, row=ListRow.objects.get(row=4), values={"nik": person(3)["NIK"]})
        file_return(by=sari, file=file, target=tmp_path / "marked.xlsx")
        assert AuditEvent.objects.filter(kind="file.returned").count() == 1
    sheets = openpyxl.load_workbook(tmp_path / "marked.xlsx").worksheets
    cells = [str(cell.value) for sheet in sheets for row in sheet for cell in row]
    assert len([text for text in cells if "seharusnya 16" in text]) == 1


def test_an_unchecked_list_can_be_given_back_too(receive, sari, tmp_path) -> None:
    file = receive(sari, people(1, 2))
    with acting_as(sari):
        assert file_return(by=sari, file=file, target=tmp_path / "marked.xlsx").exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_confirming_at_once_double_nothing(checked, sari, budi) -> None:
    first, second = checked(sari, people(1, 30)), checked(budi, people(20, 60), note="second")
    start = threading.Barrier(4)

    def confirm(by, file) -> None:
        start.wait()
        try:
            with acting_as(by):
                file_confirm(by=by, file=file, second_look=True)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(confirm, [sari, budi, sari, budi], [first, second, first, second]))
    with elevated("the test counts"):
        assert Worker.objects.count() == 60
        assert AuditEvent.objects.filter(kind="file.confirmed").count() == 2
        for file in ListFile.objects.all():
            assert file.rows == ListRow.objects.filter(file=file).count()


@pytest.mark.django_db(transaction=True)
def test_two_people_sending_one_file_at_once_send_it_once(receive, sari, budi) -> None:
    start = threading.Barrier(2)

    def send(by) -> str:
        start.wait()
        try:
            return str(receive(by, people(1, 30)).public_id)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(send, [sari, budi]))
    assert len(set(said)) == 1 or said.count("file.repeated") == 1
    with elevated("the test counts"):
        assert ListFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_checks_at_once_keep_every_row_once(receive, sari) -> None:
    file = receive(sari, people(1, 30))
    start = threading.Barrier(2)

    def check(_number: int) -> int:
        start.wait()
        try:
            with acting_as(sari):
                return file_check(by=sari, file=file).rows
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(check, range(2))) == [30, 30]
    with elevated("the test counts"):
        assert ListRow.objects.count() == 30


def test_a_decided_pair_between_lists_follows_the_row_into_the_register(checked, sari) -> None:
    first = checked(sari, people(1, 3))
    second = checked(sari, [person(2, Nama="Abner Talakua"), *people(8, 9)], note="second")
    with acting_as(sari):
        pair_decide(by=sari, pair=Pair.objects.get(), decision="same")
        file_confirm(by=sari, file=first)
        file_confirm(by=sari, file=second)
        assert WorkerSource.objects.get().worker.nik == person(2)["NIK"]
