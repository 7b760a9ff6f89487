"""Who is sent to BPJS, who is left out and why, and what the file looks like."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.exchange.actions import profile_set, registration_fetch, registration_send
from salawaku.exchange.actions.registration import Precheck, Wanted, prepared
from salawaku.exchange.models import RegistrationBatch, RegistrationFile, RegistrationRow
from salawaku.exchange.profiles import Column, Profile, shipped_profile
from salawaku.exchange.selectors import batch_rows, batches_for, to_mend
from salawaku.exchange.writing import write_file
from salawaku.programmes.models import Programme
from tests.exchange.conftest import AMBON, decreed, sound
from tests.programmes.city import RUMAH_TIGA, approved, programme, purse

pytestmark = pytest.mark.django_db
SMALL = Profile(name="Kecil", columns=(Column("NIK", "nik", pattern="[0-9]{16}"), Column("KET", constant="BPU")))


def check(of: Programme, profile: Profile | None = None, first_month: date | None = None) -> Precheck:
    with prepared(Wanted(of, first_month), profile or shipped_profile()) as (_cursor, found):
        return found


def sent_file(by: User, of: Programme) -> tuple[RegistrationBatch, list[list[object]]]:
    batch, _check = registration_send(by=by, wanted=Wanted(of, agreement_number="PKS/01/2026"))
    with elevated("a test looks"):
        content = bytes(RegistrationFile.objects.get(batch=batch).content)
    assert batch.sha256 == hashlib.sha256(content).hexdigest()
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    return batch, [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_sound_worker_is_sent_with_every_column(here: Programme, sari: User) -> None:
    decreed(here, sound(7, phone="+62 812-0000-0007"), months=4, first=date(2026, 2, 1))
    batch, (heading, row) = sent_file(sari, here)
    told = dict(zip(heading, row, strict=True))
    assert told == {
        "NIK": "8171031705850007", "Nama Lengkap": "MARTHEN UJI 7", "Tempat Lahir": "AMBON",
        "Tanggal Lahir": "17-05-1985", "Jenis Kelamin": "L", "Alamat": "JALAN UJI 7 RT 001 RW 002",
        "Desa/Kelurahan": "PASSO", "Kecamatan": told["Kecamatan"], "Kode Pos": None, "No HP": "081200000007",
        "E-mail": None, "Nama Ibu Kandung": None, "Kode Pekerjaan": "nelayan_pesisir", "Lokasi Pekerjaan": "PASSO",
        "Jam Kerja Awal": None, "Jam Kerja Akhir": None, "Penghasilan": None, "Program": "JKK+JKM",
        "Bulan Mulai": "02-2026", "Jumlah Bulan": "4", "Jenis Wadah": "SG", "No PKS": "PKS/01/2026",
    }  # fmt: skip
    assert told["Kecamatan"]
    assert (batch.sent, batch.left_out, batch.codes) == (1, 0, {})
    with acting_as(sari):
        event = AuditEvent.objects.get(kind="registration.sent")
    assert (event.actor, event.detail["sent"]) == ("Sari", 1)


FAULTS = [
    ({"address": "", "rt": "", "rw": ""}, "value.missing:Alamat"),
    ({"name": "X" * 101}, "value.too_long:Nama Lengkap"),
    ({"phone": "12"}, "value.pattern:No HP"),
    ({"name": "=HYPERLINK(A1)"}, "value.illegal:Nama Lengkap"),
    ({"name": "Mar\u200bthen"}, "value.illegal:Nama Lengkap"),
    ({"birth_date": date(1985, 5, 18)}, "nik.birth_differs"),
    ({"sex": "F"}, "nik.sex_differs"),
    ({"nik": "8171031701100002", "birth_date": date(2010, 1, 17)}, "age.too_young"),
    ({"nik": "8171031701610002", "birth_date": date(1961, 1, 1)}, "age.too_old"),
    ({"status": "died", "died_on": date(2026, 3, 30)}, "worker.died"),
    ({"occupation_id": None}, "value.missing:Kode Pekerjaan"),
    ({"sex": ""}, "value.missing:Jenis Kelamin"),
]


@pytest.mark.parametrize(("fields", "code"), FAULTS, ids=[code for _fields, code in FAULTS])
def test_each_fault_has_its_code(here: Programme, fields: dict[str, object], code: str) -> None:
    decreed(here, sound(1), sound(2, **fields))
    strict = replace(shipped_profile(), warnings=())
    found = check(here, strict)
    assert (found.listed, found.ready, found.to_mend) == (2, 1, 1)
    assert code in found.as_json()["codes"]


def test_age_counts_on_the_first_month(here: Programme) -> None:
    decreed(here, sound(1, nik="8171030201610001", birth_date=date(1961, 1, 2)))  # 64 until 1 January 2026
    decreed(here, sound(2, nik="8171030101080002", birth_date=date(2008, 1, 1)))  # 18 that very day
    assert check(here).as_json()["codes"] == {}


def test_a_woman_s_day_of_birth_is_read(here: Programme) -> None:
    decreed(here, sound(1, nik="8171035705850001", sex="F"))
    assert check(here, replace(shipped_profile(), warnings=())).ready == 1


def test_a_warning_is_told_and_the_row_is_sent(here: Programme, sari: User) -> None:
    decreed(here, sound(1, phone="081234567890"), sound(2, phone="081234567890"))
    batch, rows = sent_file(sari, here)
    assert (batch.sent, batch.codes, len(rows)) == (2, {"phone.double": 2}, 3)


def test_two_records_of_one_nik_and_who_has_a_number(here: Programme) -> None:
    kept = sound(1)
    decreed(here, kept, sound(2, nik=kept.nik, status="merged"), sound(3, participant_number="26010000003"))
    found = check(here)
    assert (found.listed, found.has_number, found.ready) == (3, 1, 0)
    assert found.as_json()["codes"] == {"nik.double": 2, "worker.merged": 1}


def test_only_clean_rows_are_sent_and_nobody_twice(here: Programme, sari: User) -> None:
    good, bad = sound(1), sound(2, address="", rt="", rw="")
    decreed(here, good, bad)
    batch, rows = sent_file(sari, here)
    assert [row[0] for row in rows] == ["NIK", good.nik]
    assert (batch.sent, batch.left_out, batch.codes) == (1, 1, {"value.missing:Alamat": 1})
    with acting_as(sari):
        states = {row.worker_id: (row.state, row.codes) for row in batch_rows(batch)}
    assert states == {good.pk: ("sent", []), bad.pk: ("to_send", ["value.missing:Alamat"])}
    with pytest.raises(Refusal, match="1 must be mended"):
        registration_send(by=sari, wanted=Wanted(here))
    bad.address = "Jalan Baru"
    with elevated("a test mends"):
        bad.save()
    assert [row[0] for row in sent_file(sari, here)[1]] == ["NIK", bad.nik]


def test_a_decree_and_a_month_narrow_the_file(here: Programme, sari: User, budi: User) -> None:
    from salawaku.programmes.actions import decree_freeze

    sound(1)
    plan = approved(here, by=budi)
    decree = decree_freeze(
        by=sari, allocation=plan, number="1/2026", signed_on=date(2026, 1, 9), signatory="Walikota"
    )
    decreed(here, sound(2), first=date(2026, 7, 1))
    with prepared(Wanted(here, decree=decree), SMALL) as (_cursor, found):
        assert found.listed == 1
    assert check(here).listed == 2
    assert check(here, first_month=date(2026, 10, 1)).listed == 1
    other = programme(code="lain-2026")
    with pytest.raises(Refusal, match="another programme"):
        registration_send(by=sari, wanted=Wanted(other, decree=decree))


def test_a_csv_has_a_mark_and_its_separator(here: Programme, sari: User) -> None:
    decreed(here, sound(1, name="Uji; Titik"))
    columns = (Column("NIK", "nik"), Column("NAMA", "name"), Column("TGL", "birth_date", format="yyyymmdd"))
    profile_set(by=sari, region_code=AMBON, profile=replace(SMALL, format="csv", columns=columns))
    batch, _check = registration_send(by=sari, wanted=Wanted(here))
    with elevated("a test looks"):
        file = RegistrationFile.objects.get(batch=batch)
    assert bytes(file.content).startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(bytes(file.content).decode("utf-8-sig")), delimiter=";"))
    assert rows == [["NIK", "NAMA", "TGL"], ["8171031705850001", "Uji; Titik", "19850517"]]
    assert (batch.profile_version, batch.profile["format"], file.name[-4:]) == (1, "csv", ".csv")


@pytest.mark.parametrize(
    ("value", "written"),
    [("=1+1", "'=1+1"), (" @x", "' @x"), ("-A", "'-A"), ("\tx", "'\tx"), ("-5.000", "-5.000"), ("Uji-1", "Uji-1")],
)
def test_no_formula_lives_in_a_csv(value: str, written: str) -> None:
    profile = replace(SMALL, format="csv", columns=(Column("NAMA", "name"),))
    text = write_file(profile, [[value]]).decode("utf-8-sig")
    assert text.splitlines()[1] == written


def test_the_list_to_mend_is_paged_and_filtered(here: Programme) -> None:
    workers = [sound(n, address="", rt="", rw="") for n in range(1, 4)]
    decreed(here, *workers, sound(4, birth_date=date(1985, 5, 18)))
    with prepared(Wanted(here), shipped_profile()) as (cursor, _found):
        first = to_mend(cursor, limit=2)
        assert [row.worker_id for row in to_mend(cursor, after=first[-1].worker_id)] == [workers[2].pk]
        assert [row.codes for row in to_mend(cursor, code="nik.birth_differs")] == [["nik.birth_differs"]]


def test_strangers_make_no_file_and_see_none(here: Programme, sari: User, rina_far: User, rina: User) -> None:
    decreed(here, sound(1))
    for stranger in (rina_far, rina):
        with pytest.raises(Refusal, match="not yours"):
            registration_send(by=stranger, wanted=Wanted(here))
    batch, _rows = sent_file(sari, here)
    assert not batches_for(rina_far).exists()
    with acting_as(rina_far):
        assert batch_rows(batch) == []
        assert not RegistrationFile.objects.exists()
        assert not RegistrationRow.objects.exists()
    with pytest.raises(Refusal, match="not yours"), acting_as(rina_far):
        registration_fetch(by=rina_far, batch=batch)
    with acting_as(sari):
        assert registration_fetch(by=sari, batch=batch).name.endswith(".xlsx")
        assert AuditEvent.objects.filter(kind="registration.fetched", actor="Sari").count() == 1


def test_workers_beyond_the_region_are_not_listed(here: Programme) -> None:
    decreed(here, sound(1, village_code=RUMAH_TIGA), sound(2, village_code="81.01.01.2001"))
    assert check(here).listed == 1


BREAKS = [
    "UPDATE exchange_registrationbatch SET sent = 9",
    "DELETE FROM exchange_registrationrow",
    "DELETE FROM exchange_registrationbatch",
    "UPDATE exchange_registrationfile SET content = ''",
    "UPDATE exchange_registrationrow SET codes = '{x}'",
    "UPDATE exchange_registrationrow SET state = 'registered'",
    "UPDATE exchange_registrationrow SET state = 'rejected', answered_at = now()",
    "UPDATE exchange_registrationrow SET reason = 'x'",
    "INSERT INTO exchange_registrationrow (batch_id, worker_id, purse_id, first_month, months, state, codes,"
    " participant_number, reason, reason_code, village_code, agency_code) SELECT batch_id, worker_id, purse_id,"
    " first_month, months, state, codes, '', '', '', '', '' FROM exchange_registrationrow",
]


@pytest.mark.parametrize("statement", BREAKS)
def test_a_batch_cannot_be_bent_by_raw_sql(here: Programme, sari: User, statement: str) -> None:
    decreed(here, sound(1))
    sent_file(sari, here)
    with (
        elevated("a test tries to break it"),
        pytest.raises((DatabaseError, IntegrityError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_nobody_waits_in_two_batches(here: Programme, sari: User) -> None:
    decreed(here, sound(1))
    first, _rows = sent_file(sari, here)
    decreed(here, sound(2))
    second, _rows = sent_file(sari, here)
    with elevated("a test tries to break it"), connection.cursor() as cursor:
        cursor.execute("SELECT worker_id FROM exchange_registrationrow WHERE batch_id = %s", [first.pk])
        worker = cursor.fetchone()[0]
        with pytest.raises(IntegrityError, match="registration_waits_in_one_batch"), transaction.atomic():
            cursor.execute(
                "INSERT INTO exchange_registrationrow (batch_id, worker_id, purse_id, first_month, months, state,"
                " codes, participant_number, reason, reason_code, village_code, agency_code)"
                " SELECT %s, worker_id, purse_id, first_month, months, 'sent', codes, '', '', '', village_code, ''"
                " FROM exchange_registrationrow WHERE worker_id = %s",
                [second.pk, worker],
            )


def test_a_purse_of_a_village_has_its_code(sari: User) -> None:
    here = programme()
    purse(here, ceiling=1_000_000, name="Dana desa", kind="village_fund", payer_code="SD")
    decreed(here, sound(1))
    heading, row = sent_file(sari, here)[1]
    assert dict(zip(heading, row, strict=True))["Jenis Wadah"] == "SD"
