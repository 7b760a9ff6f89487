"""Checking a stored list and keeping its rows."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.intake.actions import file_check, file_withdraw, mapping_correct
from salawaku.intake.models import ColumnMapping, ListFile, ListRow, Pair
from tests.intake.people import PASSO_CODE, people, person

pytestmark = pytest.mark.django_db


def counted(file: ListFile) -> dict[str, int]:
    """The outcome of the rows themselves, counted by raw SQL."""
    with elevated("the test counts"), connection.cursor() as cursor:
        cursor.execute("SELECT status, count(*) FROM intake_listrow WHERE file_id = %s GROUP BY 1", [file.pk])
        return dict(cursor.fetchall())


def test_every_row_is_kept_with_its_outcome(checked, sari) -> None:
    rows = [*people(1, 5), person(6, NIK=""), person(7, Desa="Negeri Antah"), person(1)]
    file = checked(sari, rows)
    assert file.rows == 8
    assert counted(file) == {"accepted": 5, "rejected": 1, "review": 1, "duplicate": 1}
    assert [file.accepted, file.rejected, file.review, file.duplicate] == [5, 1, 1, 1]
    with acting_as(sari):
        first, *_rest, last = ListRow.objects.order_by("id")
    assert (first.nik, first.home_village, first.occupation_id) == (person(1)["NIK"], PASSO_CODE, "nelayan_pesisir")
    assert (first.raw["name"], first.row, first.sheet) == (person(1)["Nama"], 2, "Daftar")
    assert last.duplicate_row_id == first.pk


def test_a_refused_file_keeps_no_row_but_the_reason(receive, sari) -> None:
    file = receive(sari, BytesIO(b"\x00\x01"))
    with acting_as(sari):
        file = file_check(by=sari, file=file)
    assert (file.status, file.rows, counted(file)) == ("refused", 0, {})
    assert file.codes


def test_checking_again_is_the_same_again(checked, sari) -> None:
    file = checked(sari, [*people(1, 3), person(1, Nama="Abner Talakua")])
    with acting_as(sari):
        again = file_check(by=sari, file=file)
        assert Pair.objects.count() == 1
    assert counted(again) == {"accepted": 3, "review": 1}
    assert again.rows == 4


def test_a_list_is_compared_with_open_lists_and_the_register(checked, confirmed, sari) -> None:
    confirmed(sari, people(1, 3))
    opened = checked(sari, people(4, 6))
    file = checked(sari, [*people(1, 8), person(2, Nama="Abner Talakua")])
    assert counted(file) == {"accepted": 2, "duplicate": 6, "review": 1}
    with acting_as(sari):
        known = ListRow.objects.filter(file=file, status="duplicate").order_by("id")
        assert [row.duplicate_worker_id is None for row in known] == [False] * 3 + [True] * 3
        met = ListRow.objects.filter(pk__in=known.values("duplicate_row"))
        assert {row.file_id for row in met} == {opened.pk}
        assert Pair.objects.get(left__file=file).tier == "conflict"


def test_a_confirmed_or_withdrawn_list_is_not_checked_again(checked, confirmed, sari) -> None:
    withdrawn = checked(sari, people(3, 4))
    with acting_as(sari):
        file_withdraw(by=sari, file=withdrawn)
        for file in (confirmed(sari, people(1, 2)), withdrawn):
            with pytest.raises(Refusal) as refusal:
                file_check(by=sari, file=file)
        assert refusal.value.code == "file.not_open"


def test_a_corrected_mapping_serves_the_next_list_of_the_sender(checked, sari) -> None:
    file = checked(sari, people(1, 2))
    mapping = {label: field if label != "Pekerjaan" else "" for label, field in file.mapping.items()}
    with acting_as(sari):
        mapping_correct(by=sari, file=file, mapping=mapping)
        mapping_correct(by=sari, file=file, mapping=mapping)
    assert ColumnMapping.objects.count() == 1
    assert checked(sari, people(5, 7)).review == 3
    assert checked(sari, people(8, 9), village=PASSO_CODE).review == 0


def test_a_mapping_is_refused_for_closed_lists_and_unknown_fields(checked, confirmed, receive, sari) -> None:
    open_file, closed, unread = (
        checked(sari, people(1, 2)),
        confirmed(sari, people(3, 4)),
        receive(sari, people(5, 6)),
    )
    with acting_as(sari):
        for file, mapping, code in (
            (closed, {}, "file.not_open"),
            (unread, {}, "file.not_open"),
            (open_file, {"NIK": "salary"}, "mapping.unknown_field"),
        ):
            with pytest.raises(Refusal) as refusal:
                mapping_correct(by=sari, file=file, mapping=mapping)
            assert refusal.value.code == code


BAD = {
    "rows that do not add up": "UPDATE intake_listfile SET rows = rows + 1",
    "an accepted row gone": "DELETE FROM intake_listrow WHERE status = 'accepted'",
    "an unknown status": "UPDATE intake_listfile SET status = 'lost'",
    "an unknown outcome": "UPDATE intake_listrow SET status = 'lost'",
    "accepted without a NIK": "UPDATE intake_listrow SET nik = '123' WHERE status = 'accepted'",
    "accepted without a village": "UPDATE intake_listrow SET home_village = '' WHERE status = 'accepted'",
    "decided by nobody": "UPDATE intake_listrow SET decided_at = now()",
    "confirmed by nobody": "UPDATE intake_listfile SET status = 'confirmed'",
    "confirmed at no time": "UPDATE intake_listfile SET confirmed_by_id = 1",
    "a pair decided by nobody": "UPDATE intake_pair SET decision = 'same'",
    "a pair of one": "UPDATE intake_pair SET right_row_id = left_id",
    "a pair of nobody": "UPDATE intake_pair SET right_row_id = NULL",
    "an unknown tier": "UPDATE intake_pair SET tier = 'x'",
    "the same row twice": "INSERT INTO intake_listrow (village_code, agency_code, file_id, sheet, row, status,"
    " codes, raw, nik, family_card, participant_number, name, name_key, birth_place, sex, address, rt, rw, phone,"
    " home_village) SELECT village_code, agency_code, file_id, sheet, row, 'rejected', codes, raw, '', '', '', '',"
    " '', '', '', '', '', '', '', '' FROM intake_listrow LIMIT 1",
    "the same content twice": "INSERT INTO intake_listfile (public_id, village_code, agency_code, name, sha256, size,"
    " stored, status, codes, mapping, layouts, told, as_of, rows, accepted, duplicate, review, rejected, by_id,"
    " by_name, received_at) SELECT gen_random_uuid(), village_code, agency_code, name, sha256, size, stored,"
    " 'received', codes, mapping, layouts, told, as_of, 0, 0, 0, 0, 0, by_id, by_name, now()"
    " FROM intake_listfile LIMIT 1",
}


@transaction.atomic
def _attack(cursor, statement: str) -> None:
    cursor.execute(statement)


@pytest.mark.parametrize("statement", BAD.values(), ids=BAD)
def test_the_database_refuses_what_must_not_be(checked, sari, statement) -> None:
    checked(sari, [*people(1, 3), person(1, Nama="Abner Talakua")])
    with elevated("the attack has every scope"), connection.cursor() as cursor, pytest.raises(IntegrityError):
        _attack(cursor, statement)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(1, 40), st.sampled_from(["", "NIK", "Desa", "Pekerjaan", "Tanggal Lahir", "Nama"])),
        min_size=1,
        max_size=12,
    )
)
def test_rows_in_are_rows_out_whatever_is_wrong(checked, sari, faults) -> None:
    rows = [person(number, **({broken: "??"} if broken else {})) for number, broken in faults]
    with transaction.atomic():
        file = checked(sari, rows, note=repr(faults))
        outcome = counted(file)
        kept = sum(outcome.values())
        assert (file.status, kept) == ("checked", len(rows))
        assert outcome == {name: n for name in outcome if (n := getattr(file, name))}
        transaction.set_rollback(True)
