"""Change decrees: the next in line comes in, who left goes out, and what was signed stays as it was signed."""

from __future__ import annotations

import hashlib
import io
from datetime import date

import openpyxl
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from salawaku.accounts.dbrole import as_owner
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.programmes import actions, annex
from salawaku.programmes.models import Allocation, Decree, DecreeFile, DecreeLine, DecreeRemoval, Programme
from salawaku.programmes.selectors import decree_removals, decree_to_change
from salawaku.programmes.verifying import decree_verify
from salawaku.registry.actions import worker_died
from salawaku.registry.models import Worker
from tests.programmes.city import PASSO, RUMAH_TIGA, approved, programme, purse, register
from tests.programmes.test_waiting_pages import ClientOf

pytestmark = pytest.mark.django_db
MAY, AUGUST = date(2026, 5, 1), date(2026, 8, 1)


def freeze(allocation: Allocation, by: User, number: str, changes: Decree | None = None) -> Decree:
    return actions.decree_freeze(
        by=by,
        allocation=allocation,
        number=number,
        signed_on=allocation.first_month,
        signatory="Wali Kota",
        changes=changes,
    )


@pytest.fixture
def original(db: None, sari: User, budi: User) -> Decree:
    """Two seats in Passo and one in Rumah Tiga, all taken and decreed; two more people wait in Passo."""
    register(4)
    register(1, first=10, village_code=RUMAH_TIGA)
    here = programme()
    purse(here, ceiling=10_000_000)
    actions.quotas_set(by=None, programme=here, method="hand", by_village={PASSO: 2, RUMAH_TIGA: 1})
    return freeze(approved(here, by=budi, maker=sari), sari, "188.4/1/2026")


def dies(number: int, *, on: date) -> None:
    with elevated("a test writes"):
        worker_died(by=None, worker=Worker.objects.get(name=f"Pekerja {number}"), died_on=on)


def refilled(here: Programme, month: date, sari: User, budi: User) -> Allocation:
    plan = actions.seats_fill(by=sari, programme=here, first_month=month)
    assert plan.allocation is not None
    return actions.allocation_approve(by=budi, allocation=plan.allocation)


@pytest.fixture
def change(original: Decree, sari: User, budi: User) -> Decree:
    """Worker 1 of Passo and worker 10 of Rumah Tiga died in April; worker 3 takes the seat in Passo from May."""
    dies(1, on=date(2026, 4, 9))
    dies(10, on=date(2026, 4, 11))
    return freeze(refilled(original.programme, MAY, sari, budi), sari, "188.4/2/2026", original)


def gone(decree: Decree) -> list[tuple[object, ...]]:
    with elevated("a test looks"):
        rows = decree_removals(decree)
    return [(row[0], row[1], row[2], row[4], row[7], row[8]) for row in rows]


def test_who_left_is_taken_out_and_the_next_comes_in(original: Decree, change: Decree) -> None:
    assert gone(change) == [
        (1, "188.4/1/2026", 1, "Pekerja 1", "died", date(2026, 4, 9)),
        (2, "188.4/1/2026", 3, "Pekerja 10", "died", date(2026, 4, 11)),
    ]
    with elevated("a test looks"):
        assert list(change.lines.values_list("name", "first_month", "months")) == [("Pekerja 3", MAY, 8)]
        assert original.lines.count() == 3
    assert (change.form, change.removed, change.workers, original.form, original.removed) == (2, 2, 1, 1, 0)
    assert decree_verify(Decree.objects.get(pk=original.pk)).holds
    assert decree_verify(Decree.objects.get(pk=change.pk)).holds


def test_nobody_is_taken_out_twice(original: Decree, change: Decree, sari: User, budi: User) -> None:
    dies(3, on=date(2026, 7, 2))
    later = freeze(refilled(original.programme, AUGUST, sari, budi), sari, "188.4/3/2026", change)
    assert gone(later) == [(1, "188.4/2/2026", 1, "Pekerja 3", "died", date(2026, 7, 2))]
    assert decree_to_change(original.programme) == later


def test_the_files_say_what_is_changed_and_who_left(change: Decree) -> None:
    with elevated("a test looks"):
        files = {
            (file.kind, file.village_code): bytes(file.content) for file in DecreeFile.objects.filter(decree=change)
        }
    assert set(files) == {("pdf", PASSO), ("pdf", RUMAH_TIGA), ("xlsx", "81.71")}
    assert all(content.startswith(b"%PDF") for (kind, _code), content in files.items() if kind == "pdf")
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx", "81.71"]))
    rows = list(book.worksheets[1].values)
    assert rows[2][:5] == (1, "188.4/1/2026", 1, "0000000000000001", "Pekerja 1")
    assert rows[2][8] == "2026-04-09"


def text(*lines: tuple[object, ...]) -> str:
    canonical = "".join("\t".join(map(str, line)) + "\n" for line in lines)
    return hashlib.sha256(canonical.encode()).hexdigest()


def test_the_canonical_text_of_both_forms(original: Decree, change: Decree) -> None:
    with elevated("a test looks"):
        fields = (
            "number",
            "nik",
            "name",
            "address",
            "village",
            "occupation",
            "purse",
            "first_month",
            "months",
            "amount",
        )
        first, second = (list(decree.lines.values_list(*fields)) for decree in (original, change))
        removed = decree_removals(change)
    assert original.sha256 == text(("salawaku-annex", 1, "188.4/1/2026", "2026-01-01", "ambon-2026"), *first)
    assert change.sha256 == text(
        ("salawaku-annex", 2, "188.4/2/2026", "2026-05-01", "ambon-2026", "188.4/1/2026"),
        *second,
        ("removed", 2),
        *removed,
    )
    assert annex.canonical_hash(original, first, removed) == original.sha256, "the first form has no such part"


def test_a_removal_that_is_changed_is_noticed(change: Decree) -> None:
    with as_owner(), elevated("a test tampers as the owner of the tables"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE programmes_decreeremoval DISABLE TRIGGER USER")
        cursor.execute("UPDATE programmes_decreeremoval SET reason = 'moved' WHERE number = 1")
        cursor.execute("ALTER TABLE programmes_decreeremoval ENABLE TRIGGER USER")
    assert not decree_verify(Decree.objects.get(pk=change.pk)).holds


@pytest.mark.parametrize("statement", ["UPDATE {0} SET id = id", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
def test_a_removal_cannot_be_touched(change: Decree, statement: str) -> None:
    with elevated("a test tries"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement.format("programmes_decreeremoval"))


def test_a_removal_names_no_person(change: Decree) -> None:
    with elevated("a test looks"):
        assert str(change.removals.first()) == "decree removal 1"


def test_nobody_is_taken_out_after_the_signing(original: Decree, change: Decree) -> None:
    with elevated("a test tries"):
        line = original.lines.get(name="Pekerja 2")
        for decree in (original, change):
            extra = DecreeRemoval(
                decree=decree, number=9, line=line, village_code=PASSO, reason="died", since=date(2026, 4, 1)
            )
            with pytest.raises(IntegrityError, match="complete"), transaction.atomic():
                DecreeRemoval.objects.bulk_create([extra])


def test_a_decree_of_another_programme_is_not_changed(original: Decree, sari: User, budi: User) -> None:
    other = programme(code="provinsi-2026")
    purse(other, ceiling=10_000_000)
    plan = approved(other, by=budi, maker=sari)
    with pytest.raises(Refusal) as refused:
        freeze(plan, sari, "188.4/9/2026", original)
    assert refused.value.code == "decree.other_programme"
    assert DecreeLine.objects.filter(decree__number="188.4/9/2026").count() == 0


def test_the_page_offers_the_latest_decree_and_shows_who_left(
    client_of: ClientOf, original: Decree, sari: User, budi: User
) -> None:
    dies(1, on=date(2026, 4, 9))
    plan = refilled(original.programme, MAY, sari, budi)
    browser: Client = client_of(sari)
    page = browser.get(reverse("decree_new", args=[plan.public_id]))
    body = page.content.decode()
    assert page.context["form"].initial["changes"] == original
    assert f'<option value="{original.pk}" selected>' in body
    assert "Pekerja 1</th>" in body
    form = {"number": "188.4/2/2026", "signed_on": "2026-05-02", "signatory": "Wali Kota", "changes": original.pk}
    answer = browser.post(reverse("decree_new", args=[plan.public_id]), form, follow=True).content.decode()
    assert "188.4/1/2026, No. 1" in answer
    assert "0000000000000001" not in answer
    changed = browser.get(reverse("decree_detail", args=[original.public_id])).content.decode()
    assert "188.4/2/2026" in changed
