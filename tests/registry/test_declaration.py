"""What is declared about a worker: kept as declared, never changed, refused where it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from salawaku.accounts.models import AuditEvent, Role, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.registry import actions
from salawaku.registry.actions import Declared
from salawaku.registry.declared import LATEST, declarations_of
from salawaku.registry.models import Declaration, Worker
from salawaku.registry.models.declaration import LARGEST_EVIDENCE
from tests.conftest import person

pytestmark = pytest.mark.django_db
MakeWorker = Callable[..., Worker]
ClientOf = Callable[[User], Client]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
DAY = date(2026, 1, 5)


def declared(**fields: Any) -> Declared:
    return Declared(**({"declared_by": "Raja Passo", "declared_on": DAY} | fields))


def add(worker: Worker, *, by: User | None = None, evidence: bytes = b"", **fields: Any) -> Declaration:
    with elevated("a test declares"):
        return actions.declaration_add(by=by, worker=worker, declared=declared(**fields), evidence=evidence)


def test_a_declaration_is_kept_with_its_evidence_and_its_trace(worker: MakeWorker, sari: User) -> None:
    one = worker(1)
    made = add(one, by=sari, evidence=PNG, works=True, assistance=("PKH", "BPNT"), residence_since=date(2020, 1, 1))
    with elevated("a test looks"):
        kept = Declaration.objects.get()
        event = AuditEvent.objects.get(kind="worker.declared")
    assert (kept.works, kept.assistance, kept.gravely_ill) == (True, ["BPNT", "PKH"], None)
    assert (kept.village_code, kept.agency_code, kept.written_by) == (one.village_code, one.agency_code, sari)
    assert (bytes(kept.evidence or b""), kept.evidence_type) == (PNG, "image/png")
    assert kept.evidence_sha256 == sha256(PNG).hexdigest()
    assert event.detail == {"declaration": str(made.public_id), "evidence": True}


@pytest.mark.parametrize(
    ("fields", "evidence", "code"),
    [
        ({"declared_on": timezone.localdate() + timedelta(days=1)}, b"", "declaration.in_future"),
        ({"declared_by": "  "}, b"", "declaration.by_nobody"),
        ({"hours_from": time(6)}, b"", "declaration.hours"),
        ({"residence_since": date(2026, 1, 6)}, b"", "declaration.residence"),
        ({}, b"MZ\x90 a programme", "evidence.type"),
        ({}, b"%PDF-" + bytes(LARGEST_EVIDENCE), "evidence.too_large"),
    ],
)
def test_what_cannot_be_is_refused(worker: MakeWorker, fields: dict[str, Any], evidence: bytes, code: str) -> None:
    one = worker(1)
    with pytest.raises(Refusal) as refused:
        add(one, evidence=evidence, **fields)
    assert refused.value.code == code
    with elevated("a test looks"):
        assert not Declaration.objects.exists()


def test_a_merged_record_takes_no_declaration(worker: MakeWorker) -> None:
    with pytest.raises(Refusal) as refused:
        add(worker(1, status="merged"))
    assert refused.value.code == "worker.merged"


@pytest.mark.parametrize("sql", ["UPDATE registry_declaration SET works = true", "DELETE FROM registry_declaration"])
def test_nobody_changes_what_was_declared(worker: MakeWorker, sql: str) -> None:
    add(worker(1), works=False)
    with elevated("a test tries"), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(sql)


@pytest.mark.parametrize("sql", ["UPDATE registry_declaration SET works = true", "DELETE FROM registry_declaration"])
def test_not_even_the_owner_does(worker: MakeWorker, sql: str) -> None:
    from salawaku.accounts.dbrole import as_owner

    add(worker(1), works=False)
    tried = pytest.raises(ProgrammingError, match="pgtrigger")
    with as_owner(), elevated("a test tries"), tried, transaction.atomic():
        connection.cursor().execute(sql)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"declared_by": ""}, "declared_by_somebody"),
        ({"hours_from": time(6)}, "hours_pair"),
        ({"residence_since": date(2027, 1, 1)}, "lives_there_by_then"),
        ({"assistance": ["BLT"]}, "assistance_known"),
        ({"employment": "pensioner"}, "employment_known"),
        ({"evidence": PNG}, "evidence_as_hashed"),
        ({"evidence": PNG, "evidence_type": "image/png", "evidence_sha256": "0" * 64}, "evidence_as_hashed"),
        ({"village_code": "81.71.04.2003"}, "village and agency of its worker"),
    ],
)
def test_the_database_refuses_what_the_action_refuses(
    worker: MakeWorker, change: dict[str, Any], constraint: str
) -> None:
    one = worker(1)
    row: dict[str, Any] = {
        "worker": one, "village_code": one.village_code, "agency_code": one.agency_code, "declared_by": "Raja Passo",
        "declared_on": DAY,
    }  # fmt: skip
    with elevated("a test tries"), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Declaration.objects.create(**row | change)


def test_a_stranger_declares_nothing_about_a_worker_of_elsewhere(worker: MakeWorker, rina: User) -> None:
    one = worker(1)
    row = {
        "worker": one,
        "village_code": "81.71.04.2003",
        "agency_code": "",
        "declared_by": "Rina",
        "declared_on": DAY,
    }
    with acting_as(rina), pytest.raises(IntegrityError, match="of its worker"), transaction.atomic():
        Declaration.objects.create(**row)


def test_the_newest_counts_and_one_about_a_merged_record_speaks_of_the_kept_one(
    worker: MakeWorker, sari: User
) -> None:
    kept, gone = worker(1), worker(2)
    add(kept, works=True)
    newest = add(gone, works=False)
    with acting_as(sari):
        merge = actions.workers_merge(by=sari, kept=kept, gone=gone)
        assert latest() == {kept.pk: newest.pk}
        assert declarations_of(kept).count() == 2
        actions.merge_undo(by=sari, merge=merge)
        assert latest()[gone.pk] == newest.pk != latest()[kept.pk]


def latest() -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(LATEST)
        return {row[0]: row[1] for row in cursor.fetchall()}


FORM = {
    "works": "yes", "works_as": "nelayan", "works_at": "Pantai Passo", "hours_from": "04:00", "hours_to": "11:00",
    "gravely_ill": "no", "residence_since": "2019-03-01", "assistance": "none", "employment": "none",
    "declared_by": "Raja Passo", "declared_on": "2026-01-05",
}  # fmt: skip


def test_the_field_check_on_its_page(client_of: ClientOf, sari: User, worker: MakeWorker) -> None:
    one = worker(1)
    browser, address = client_of(sari), f"/pekerja/{one.public_id}/"
    assert f"{address}keterangan/" in browser.get(address).text
    assert "8171••••••••0001" in browser.get(f"{address}keterangan/").text
    photo = SimpleUploadedFile("foto.png", PNG, content_type="image/png")
    assert browser.post(f"{address}keterangan/", FORM | {"evidence": photo}).status_code == 302
    page = browser.get(address).text
    assert "Raja Passo" in page
    assert "04.00–11.00" in page
    with elevated("a test looks"):
        made = Declaration.objects.get()
    assert (made.works, made.gravely_ill, made.assistance, made.employment) == (True, False, [], "none")
    answer = browser.get(f"{address}keterangan/{made.public_id}/berkas/")
    assert (answer.content, answer["Content-Type"]) == (PNG, "image/png")
    assert answer["Content-Disposition"].startswith("attachment")
    with elevated("a test looks"):
        assert AuditEvent.objects.filter(kind="evidence.taken").count() == 1
    assert browser.get(f"{address}keterangan/{uuid4()}/berkas/").status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"declared_by": ""}, {"declared_on": "2999-01-01"}, {"works": "maybe"}, {"hours_to": ""}]
)
def test_what_is_wrong_comes_back_as_typed(
    client_of: ClientOf, sari: User, worker: MakeWorker, wrong: dict[str, str]
) -> None:
    answer = client_of(sari).post(f"/pekerja/{worker(1).public_id}/keterangan/", FORM | wrong)
    assert answer.status_code == 422
    assert "Pantai Passo" in answer.text


def test_a_file_of_another_kind_is_refused_on_the_page(client_of: ClientOf, sari: User, worker: MakeWorker) -> None:
    file = SimpleUploadedFile("foto.png", b"<svg/>", content_type="image/png")
    answer = client_of(sari).post(f"/pekerja/{worker(1).public_id}/keterangan/", FORM | {"evidence": file})
    assert answer.status_code == 422
    assert "PDF" in answer.text


def test_who_may_not_is_refused_and_strangers_find_nothing(
    client_of: ClientOf, rina: User, rina_far: User, tono: User, dewi: User, worker: MakeWorker
) -> None:
    one = worker(1)
    made = add(one, evidence=PNG)
    form = f"/pekerja/{one.public_id}/keterangan/"
    file = f"{form}{made.public_id}/berkas/"
    for who, status in ((rina, 404), (rina_far, 404), (tono, 403)):
        assert client_of(who).get(form).status_code == status
        assert client_of(who).post(form, FORM).status_code == status
        assert client_of(who).get(file).status_code == status
    assert client_of(dewi).post(form, FORM).status_code == 403
    assert client_of(dewi).get(file).status_code == 200


def test_a_declaration_without_a_file_has_none_to_hand_out(
    client_of: ClientOf, sari: User, worker: MakeWorker
) -> None:
    one = worker(1)
    made = add(one)
    assert client_of(sari).get(f"/pekerja/{one.public_id}/keterangan/{made.public_id}/berkas/").status_code == 404
    assert Client().get(f"/pekerja/{one.public_id}/keterangan/").status_code == 302


def test_an_operator_declares_about_the_workers_of_the_own_village(
    client_of: ClientOf, rina: User, worker: MakeWorker
) -> None:
    own = worker(1, village_code="81.71.04.2003")
    address = f"/pekerja/{own.public_id}/"
    assert f"{address}keterangan/" in client_of(rina).get(address).text
    assert client_of(rina).post(f"{address}keterangan/", FORM).status_code == 302
    with elevated("a test looks"):
        assert Declaration.objects.get().written_by == rina


def test_earlier_declarations_stay_readable(client_of: ClientOf, sari: User, worker: MakeWorker) -> None:
    one = worker(1)
    for day, works in ((date(2026, 1, 5), True), (date(2026, 1, 6), False), (date(2026, 1, 7), None)):
        add(one, by=sari, declared_on=day, works=works, gravely_ill=False, assistance=())
    page = client_of(sari).get(f"/pekerja/{one.public_id}/").text
    panel = page[page.index('id="declared"') : page.index('id="facts"')]
    assert panel.index("7 Januari 2026") < panel.index("<details>") < panel.index("6 Januari 2026")
    assert panel.index("6 Januari 2026") < panel.index("5 Januari 2026") < panel.index("</details>")
    assert panel.count("Sakit berat") == 3


def test_who_neither_checks_nor_inspects_does_not_see_illness_or_the_file(
    client_of: ClientOf, worker: MakeWorker
) -> None:
    Role.objects.create(code="reader", name_id="Pembaca", name_en="Reader", permissions=["register.view"])
    reader = person("pembaca@ambon.example", "Pembaca", ("reader", "81.71"))
    one = worker(1)
    made = add(one, gravely_ill=True, evidence=PNG)
    page = client_of(reader).get(f"/pekerja/{one.public_id}/").text
    assert "Raja Passo" in page
    assert "Sakit berat" not in page
    assert "/berkas/" not in page
    assert client_of(reader).get(f"/pekerja/{one.public_id}/keterangan/{made.public_id}/berkas/").status_code == 403
