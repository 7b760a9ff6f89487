"""What a file looks like, as data: read, written, kept in versions, refused when it cannot be used."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.exchange.actions import profile_set
from salawaku.exchange.codes import MAY_WARN, PRECHECK, REASONS, reason_code, reason_kept
from salawaku.exchange.compiled import DATES, TEXTS
from salawaku.exchange.models import FileProfile
from salawaku.exchange.profiles import (
    FIELDS,
    FORMATS,
    Column,
    Profile,
    profile_from,
    profile_read,
    profile_written,
    shipped_profile,
)
from salawaku.exchange.selectors import profile_in_force
from tests.exchange.conftest import AMBON

WORDS = st.text("ABCDEFGH äöé/-0123456789", min_size=1, max_size=20).map(lambda text: f"K{text}")


@st.composite
def columns(draw: st.DrawFn) -> Column:
    field = draw(st.sampled_from(["", *FIELDS]))
    return Column(
        heading=draw(WORDS),
        field=field,
        constant="" if field else draw(WORDS),
        format=draw(st.sampled_from(["", *FORMATS.get(field, ())])),
        upper=draw(st.booleans()),
        max_length=draw(st.integers(0, 1000)),
        required=draw(st.booleans()),
        pattern=draw(st.sampled_from(["", "[0-9]{16}", "a|b", r"\d+"])),
    )


@given(st.lists(columns(), max_size=20, unique_by=lambda column: column.heading), st.sampled_from(["xlsx", "csv"]))
def test_a_profile_comes_back_from_yaml_as_it_was(drawn: list[Column], file_format: str) -> None:
    rest = [column for column in drawn if column.heading != "NIK"]
    one = Profile("Cabang", (Column("NIK", "nik"), *rest), format=file_format, warnings=("phone.double",))
    assert profile_read(profile_written(one)) == one


def test_the_shipped_profile_names_what_practice_names() -> None:
    fields = {column.field for column in shipped_profile().columns}
    assert {"nik", "name", "birth_place", "birth_date", "sex", "address", "phone", "occupation_code", "income",
            "programs", "first_month", "months", "payer_code", "agreement_number"} <= fields  # fmt: skip
    assert {"Kode Pos", "E-mail", "Nama Ibu Kandung"} <= {column.heading for column in shipped_profile().columns}


def test_every_field_is_compiled() -> None:
    assert {*TEXTS, *DATES, "sex", "phone"} == set(FIELDS)


def faulty(**changes: object) -> object:
    return shipped_profile().as_data() | changes


NIK = {"heading": "NIK", "field": "nik"}


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"name": "x"},
        faulty(columns=[]),
        faulty(columns=[{"heading": "NAMA", "field": "name"}]),
        faulty(columns=[NIK, NIK]),
        faulty(columns=["NIK"]),
        faulty(columns=[NIK | {"colour": "red"}]),
        faulty(columns=[NIK | {"format": "dd-mm-yyyy"}]),
        faulty(columns=[NIK | {"constant": "x"}]),
        faulty(columns=[NIK | {"max_length": -1}]),
        faulty(columns=[NIK | {"max_length": "9"}]),
        faulty(columns=[NIK | {"required": "yes"}]),
        faulty(columns=[NIK | {"pattern": "("}]),
        faulty(columns=[NIK | {"pattern": r"(a)\1"}]),
        faulty(columns=[NIK | {"pattern": "(?=x)"}]),
        faulty(columns=[NIK | {"pattern": 5}]),
        faulty(columns=[NIK, {"heading": "=A1", "constant": "x"}]),
        faulty(columns=[NIK, {"heading": "", "constant": "x"}]),
        faulty(columns=[NIK, {"heading": "X", "field": "password"}]),
        faulty(columns=[{"heading": f"K{n}", "field": "nik"} for n in range(61)]),
        faulty(name=" "),
        faulty(name=5),
        faulty(format="xls"),
        faulty(separator="x"),
        faulty(sheet="a/b"),
        faulty(warnings=["value.missing"]),
        faulty(colour="red"),
    ],
)
def test_what_cannot_be_used_is_refused(data: object) -> None:
    with pytest.raises(Refusal) as refused:
        profile_from(data)
    assert refused.value.code == "profile.faulty"


@pytest.mark.parametrize("text", ["{", "!!python/object:os.system {}", "a: [", "\0"])
def test_what_is_no_yaml_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        profile_read(text)


def test_warnings_are_codes_of_the_pre_check() -> None:
    assert set(PRECHECK) >= MAY_WARN
    assert yaml.safe_load(profile_written(shipped_profile()))["warnings"]


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("NIK tidak padan", "reason.nik"), ("Usia melebihi batas", "reason.age"),
        ("Sudah terdaftar sebagai peserta aktif", "reason.registered"), ("KPJ ganda", "reason.registered"),
        ("Nama tidak sesuai NIK", "reason.person"), ("Peserta meninggal", "reason.died"),
        ("Sakit saat didaftarkan", "reason.health"), ("Bukan warga kota", "reason.place"),
        ("Kode pekerjaan salah", "reason.occupation"), ("No HP dipakai", "reason.contact"), ("", "reason.other"),
    ],
)  # fmt: skip
def test_reasons_are_sorted_by_what_to_do(reason: str, code: str) -> None:
    assert reason_code(reason) == code
    assert code in REASONS


@example("ß")
@given(st.text())
def test_a_reason_keeps_no_number_of_a_person(text: str) -> None:
    kept = reason_kept(f"{text} 8171031705850001 x")
    assert "8171031705850001" not in kept
    assert len(kept) <= 300
    assert reason_kept(kept) == kept


@pytest.mark.django_db
class TestVersions:
    """What is kept when a profile changes."""

    def test_each_change_is_a_version(self, sari: User) -> None:
        assert profile_in_force(AMBON) == (shipped_profile(), 0)
        assert profile_set(by=sari, region_code=AMBON, profile=shipped_profile()) is None
        small = Profile("Kecil", (Column("NIK", "nik"),))
        made = profile_set(by=sari, region_code=AMBON, profile=small)
        assert made is not None
        assert (made.version, made.made_by) == (1, sari)
        assert profile_set(by=sari, region_code=AMBON, profile=small) == made
        profile_set(by=sari, region_code=AMBON, profile=shipped_profile())
        assert profile_in_force(AMBON) == (shipped_profile(), 2)
        assert profile_in_force("81.01")[1] == 0

    def test_a_pattern_that_only_the_database_refuses(self, sari: User) -> None:
        with pytest.raises(Refusal) as refused:
            profile_set(by=sari, region_code=AMBON, profile=Profile("x", (Column("NIK", "nik", pattern="a{300}"),)))
        assert refused.value.code == "profile.pattern"

    def test_strangers_set_nothing(self, rina_far: User, branch: User) -> None:
        for stranger in (rina_far, branch):
            with pytest.raises(Refusal, match="not yours"):
                profile_set(by=stranger, region_code=AMBON, profile=shipped_profile())

    @pytest.mark.parametrize(
        "statement", ["UPDATE exchange_fileprofile SET version = 9", "DELETE FROM exchange_fileprofile"]
    )
    def test_a_version_stays(self, sari: User, statement: str) -> None:
        from django.db import DatabaseError, connection, transaction

        profile_set(by=sari, region_code=AMBON, profile=Profile("Kecil", (Column("NIK", "nik"),)))
        with (
            elevated("a test tries"),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
        assert FileProfile.objects.get().version == 1
