"""Mending rows and deciding pairs."""

from __future__ import annotations

import pytest

from salawaku.accounts.models import AuditEvent
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as
from salawaku.intake.actions import file_confirm, file_withdraw, pair_decide, row_decide, row_mend
from salawaku.intake.models import ListRow, Pair, PairDecision
from salawaku.registry.models import Worker
from tests.intake.people import PASSO_CODE, people, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def row_of(checked, sari):
    """`row_of({...})` is a single faulty row in a list of sound ones."""

    def make(**faults: str) -> ListRow:
        checked(sari, [*people(1, 3), person(9, **faults)], note=repr(faults))
        with acting_as(sari):
            return ListRow.objects.exclude(status="accepted").latest("id")

    return make


@pytest.mark.parametrize(
    ("faults", "mended"),
    [
        ({"NIK": "81710"}, {"nik": person(9)["NIK"]}),
        ({"Tanggal Lahir": "31-02-1980"}, {"birth_date": person(9)["Tanggal Lahir"], "birth_place": "Ambon"}),
        ({"Nama": ""}, {"name": "Yohanis Latuheru"}),
        ({"Desa": "Negeri Antah"}, {"home_village": PASSO_CODE}),
        ({"Pekerjaan": "penjinak naga"}, {"occupation_id": "nelayan_pesisir"}),
        ({"Pekerjaan": "PNS", "JK": "?"}, {"occupation_id": "nelayan_pesisir", "sex": "P"}),
    ],
)
def test_a_mended_row_is_ready_and_its_cells_stay(row_of, sari, faults, mended) -> None:
    row = row_of(**faults)
    raw = dict(row.raw)
    with acting_as(sari):
        row = row_mend(by=sari, row=row, values=mended)
        assert AuditEvent.objects.filter(kind="row.decided").count() == 1
    assert (row.status, row.raw, row.decided_by_id) == ("accepted", raw, sari.pk)
    assert row.mended == mended


def test_what_was_mended_is_not_lost_when_something_else_is_mended(row_of, sari) -> None:
    row = row_of(NIK="81710", Nama="")
    with acting_as(sari):
        row = row_mend(by=sari, row=row, values={"nik": person(9)["NIK"]})
        assert (row.status, row.codes) == ("rejected", ["name.missing"])
        row = row_mend(by=sari, row=row, values={"name": "Yohanis Latuheru"})
    assert (row.status, row.nik) == ("accepted", person(9)["NIK"])


def test_a_mended_row_may_turn_out_to_be_known(row_of, sari) -> None:
    row = row_of(NIK="81710", Nama="")
    with acting_as(sari):
        row = row_mend(by=sari, row=row, values={"nik": person(2)["NIK"], "name": person(2)["Nama"],
                                                 "birth_date": person(2)["Tanggal Lahir"]})  # fmt: skip
    assert (row.status, row.duplicate_row_id is not None) == ("duplicate", True)


def test_mending_into_the_nik_of_another_asks_a_person(row_of, sari) -> None:
    row = row_of(NIK="81710", Nama="")
    with acting_as(sari):
        row = row_mend(by=sari, row=row, values={"nik": person(2)["NIK"], "name": "Abner Talakua"})
        assert (row.status, row.codes) == ("review", ["nik.conflict"])
        assert Pair.objects.get(left=row).tier == "conflict"
        row = row_mend(by=sari, row=row, values={"nik": person(9)["NIK"]})
        assert (row.status, Pair.objects.filter(left=row).count()) == ("accepted", 0)


def test_open_questions_are_answered_by_codes(row_of, sari) -> None:
    row = row_of(Desa="Negeri Antah", Pekerjaan="penjinak naga")
    with acting_as(sari):
        row = row_decide(by=sari, row=row, occupation="nelayan_pesisir")
        assert row.codes == ["village.unknown"]
        row = row_decide(by=sari, row=row, home_village=PASSO_CODE)
    assert (row.status, row.home_village, row.occupation_id) == ("accepted", PASSO_CODE, "nelayan_pesisir")


def test_an_occupation_outside_the_programme_is_not_let_in(row_of, sari) -> None:
    row = row_of(Pekerjaan="penjinak naga")
    with acting_as(sari):
        row = row_decide(by=sari, row=row, occupation="pns")
    assert (row.status, row.codes) == ("rejected", ["eligibility.excluded_occupation"])


def test_a_village_that_sends_is_the_village_of_its_rows(checked, rina) -> None:
    file = checked(rina, [*people(1, 2, Desa=""), person(3, Desa="", NIK="")], village="81.71.04.2003")
    with acting_as(rina):
        row = ListRow.objects.get(file=file, status="rejected")
        row = row_mend(by=rina, row=row, values={"nik": person(3)["NIK"]})
    assert (row.status, row.home_village) == ("accepted", "81.71.04.2003")


def test_closed_rows_and_unknown_columns_are_refused(row_of, sari) -> None:
    row = row_of(NIK="81710")
    with acting_as(sari):
        with pytest.raises(Refusal) as refusal:
            row_mend(by=sari, row=row, values={"salary": "1"})
        assert refusal.value.code == "row.unknown_field"
        file_confirm(by=sari, file=row.file)
        carried = ListRow.objects.filter(file=row.file, status="accepted").first()
        with pytest.raises(Refusal) as refusal:
            row_mend(by=sari, row=carried, values={"name": "X"})
        assert refusal.value.code == "row.not_open"
        file_withdraw(by=sari, file=row.file)
        with pytest.raises(Refusal):
            row_mend(by=sari, row=row, values={"nik": person(9)["NIK"]})


@pytest.fixture
def pair(confirmed, checked, sari) -> Pair:
    """A row of a new list under the NIK of a registered worker, with another name."""
    confirmed(sari, people(1, 3))
    checked(sari, [person(2, Nama="Abner Talakua"), *people(10, 12)])
    with acting_as(sari):
        return Pair.objects.get()


def test_the_same_person_becomes_further_evidence(pair, sari) -> None:
    with acting_as(sari):
        pair_decide(by=sari, pair=pair, decision="same")
        row = ListRow.objects.get(pk=pair.left_id)
        assert (row.status, row.duplicate_worker_id) == ("duplicate", pair.right_worker_id)
        file_confirm(by=sari, file=row.file)
        assert row.source.worker_id == pair.right_worker_id
        assert Worker.objects.count() == 6


def test_two_persons_with_one_nik_wait_until_it_is_mended(pair, sari) -> None:
    with acting_as(sari):
        pair_decide(by=sari, pair=pair, decision="different")
        row = ListRow.objects.select_related("file").get(pk=pair.left_id)
        assert (row.status, row.codes) == ("review", ["nik.conflict"])
        file_confirm(by=sari, file=row.file)
        row = row_mend(by=sari, row=row, values={"nik": "8171031212801234"})
        assert row.status == "accepted"
        file_confirm(by=sari, file=row.file)
        assert Worker.objects.filter(nik="8171031212801234").exists()


def test_unsure_is_asked_again_and_an_answer_is_not(pair, checked, sari) -> None:
    with acting_as(sari):
        pair_decide(by=sari, pair=pair, decision="unsure")
        assert not PairDecision.objects.exists()
        pair_decide(by=sari, pair=pair, decision="same")
        pair_decide(by=sari, pair=pair, decision="same")
        assert AuditEvent.objects.filter(kind="pair.decided").count() == 2
    again = checked(sari, [person(2, Nama="Abner Talakua")], note="again")
    assert (again.duplicate, again.review) == (1, 0)


def test_a_decision_between_two_rows_of_a_list(checked, sari) -> None:
    checked(sari, [person(2), person(2, Nama="Abner Talakua"), *people(3, 4)])
    with acting_as(sari):
        pair = Pair.objects.get()
        assert pair.right_row_id is not None
        pair_decide(by=sari, pair=pair, decision="same")
        assert ListRow.objects.get(pk=pair.left_id).duplicate_row_id == pair.right_row_id


def test_only_three_answers_and_only_for_open_lists(pair, sari) -> None:
    with acting_as(sari):
        with pytest.raises(Refusal) as refusal:
            pair_decide(by=sari, pair=pair, decision="maybe")
        assert refusal.value.code == "pair.unknown_decision"
        file_withdraw(by=sari, file=pair.left.file)
        with pytest.raises(Refusal) as refusal:
            pair_decide(by=sari, pair=pair, decision="same")
        assert refusal.value.code == "row.not_open"
