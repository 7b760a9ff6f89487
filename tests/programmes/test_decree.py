"""Decrees: frozen, hashed, reproducible."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import openpyxl
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from salawaku.accounts.dbrole import as_owner
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.programmes import actions
from salawaku.programmes.models import Allocation, Decree, DecreeFile, DecreeLine
from salawaku.programmes.verifying import decree_verify
from salawaku.registry.models import Worker
from tests.programmes.city import RUMAH_TIGA, approved, programme, purse, register

pytestmark = pytest.mark.django_db
FROZEN = ("programmes_decree", "programmes_decreeline", "programmes_decreefile")


@pytest.fixture
def allocation(sari: User, budi: User) -> Allocation:
    """An approved plan of three workers in two villages."""
    register(2, address="Jl. Pantai", rt="001", rw="02")
    register(1, first=10, village_code=RUMAH_TIGA)
    here = programme()
    purse(here, ceiling=10_000_000)
    return approved(here, by=budi, maker=sari)


def freeze(allocation: Allocation, by: User, number: str = "188.4/533/2026") -> Decree:
    return actions.decree_freeze(
        by=by, allocation=allocation, number=number, signed_on=date(2026, 1, 5), signatory="Wali Kota Ambon"
    )


def test_the_annex_holds_each_person_as_on_the_day(allocation: Allocation, sari: User) -> None:
    decree = freeze(allocation, sari)
    with elevated("a test looks"):
        Worker.objects.update(name="Nama Lain")
        lines = list(decree.lines.values_list("number", "name", "address", "village", "purse", "amount"))
    assert lines[0] == (1, "Pekerja 1", "Jl. Pantai RT 001 RW 02", "Negeri Passo", "APBD Kota", 12 * 16_800)
    assert [line[0] for line in lines] == [1, 2, 3]
    assert (decree.workers, decree.amount) == (3, 3 * 12 * 16_800)


def test_the_hash_is_reproduced_and_a_change_is_noticed(allocation: Allocation, sari: User) -> None:
    decree = freeze(allocation, sari)
    found = decree_verify(Decree.objects.get())
    assert found.holds
    assert found.computed == decree.sha256
    with as_owner(), elevated("a test tampers as the owner of the tables"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE programmes_decreeline DISABLE TRIGGER USER")
        cursor.execute("UPDATE programmes_decreeline SET name = 'Orang Lain' WHERE number = 2")
        cursor.execute("ALTER TABLE programmes_decreeline ENABLE TRIGGER USER")
        extra = {"kind": "pdf", "village_code": "81.71.01.1003", "name": "x.pdf"}
        DecreeFile.objects.create(decree=decree, content=b"%PDF", **extra)
    found = decree_verify(Decree.objects.get())
    assert (found.stored != found.computed, found.changed_files) == (True, ["x.pdf"])
    assert not found.holds


@pytest.mark.parametrize("table", FROZEN)
@pytest.mark.parametrize("statement", ["UPDATE {0} SET id = id", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
def test_what_is_frozen_cannot_be_touched(allocation: Allocation, sari: User, table: str, statement: str) -> None:
    freeze(allocation, sari)
    with elevated("a test tries"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement.format(table))


@pytest.mark.parametrize("table", FROZEN)
@pytest.mark.parametrize("statement", ["UPDATE {0} SET id = id", "DELETE FROM {0}"])
def test_not_even_by_the_owner_of_the_tables(allocation: Allocation, sari: User, table: str, statement: str) -> None:
    freeze(allocation, sari)
    with as_owner(), elevated("a test tries"), pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        connection.cursor().execute(statement.format(table))


def test_nobody_is_slipped_in_after_the_signing(
    allocation: Allocation, sari: User, rina: User, acting: Callable[[User], AbstractContextManager[None]]
) -> None:
    decree = freeze(allocation, sari)
    for scope in (elevated("a test tries"), acting(rina)):
        with scope:
            line = decree.lines.get(village_code=RUMAH_TIGA)
            line.pk, line.number = None, 4
            with pytest.raises(IntegrityError, match="complete"), transaction.atomic():
                DecreeLine.objects.bulk_create([line])
            assert decree.lines.filter(village_code=RUMAH_TIGA).count() == 1


def test_pdf_per_village_and_workbook_of_all(
    allocation: Allocation, sari: User, rina: User, acting: Callable[[User], AbstractContextManager[None]]
) -> None:
    decree = freeze(allocation, sari)
    with acting(sari):
        kinds = list(DecreeFile.objects.values_list("kind", "village_code"))
        content = bytes(DecreeFile.objects.get(kind="pdf", village_code=RUMAH_TIGA).content)
    assert kinds == [("pdf", "81.71.03.2001"), ("pdf", RUMAH_TIGA), ("xlsx", "81.71")]
    assert content.startswith(b"%PDF")
    with acting(rina):
        assert list(decree.files.values_list("village_code", flat=True)) == [RUMAH_TIGA]
        assert DecreeLine.objects.count() == 1


def test_the_workbook_keeps_texts_as_texts(sari: User, budi: User) -> None:
    worker = register(1)[0]
    with elevated("a test writes"):
        Worker.objects.filter(pk=worker.pk).update(name="=cmd|' /C calc'!A0")
    here = programme()
    purse(here, ceiling=10_000_000)
    freeze(approved(here, by=budi), sari)
    with elevated("a test looks"):
        content = bytes(DecreeFile.objects.get(kind="xlsx").content)
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)  # type: ignore[union-attr]
    assert rows[2][:3] == (1, "0000000000000001", "=cmd|' /C calc'!A0")


@pytest.mark.parametrize(("number", "code"), [(" ", "decree.number"), ("188.4/1", "decree.frozen")])
def test_refused_without_number_or_twice(allocation: Allocation, sari: User, number: str, code: str) -> None:
    if code == "decree.frozen":
        freeze(allocation, sari)
    with pytest.raises(Refusal) as refused:
        freeze(allocation, sari, number)
    assert refused.value.code == code


def test_refused_before_approval_or_for_nobody_or_with_a_number_that_is_taken(sari: User, budi: User) -> None:
    register(1)
    here = programme()
    waiting = actions.allocation_propose(by=sari, programme=here)
    assert waiting.allocation is not None
    with pytest.raises(Refusal, match="must approve"):
        freeze(waiting.allocation, sari)
    empty = approved(here, by=budi)
    with pytest.raises(Refusal, match="nobody"):
        freeze(empty, sari)
    purse(here, ceiling=10_000_000)
    freeze(approved(here, by=budi), sari)
    with pytest.raises(Refusal, match="already a decree"):
        freeze(empty, sari)


def test_a_change_names_the_decree_it_changes(allocation: Allocation, sari: User, budi: User) -> None:
    first = freeze(allocation, sari)
    register(1, first=50)
    later = approved(allocation.programme, by=budi, first_month=date(2026, 7, 1))
    second = actions.decree_freeze(
        by=sari, allocation=later, number="188.4/700/2026", signed_on=date(2026, 7, 1), signatory="X", changes=first
    )
    assert second.changes == first
    assert str(second) == "188.4/700/2026"
