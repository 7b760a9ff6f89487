"""Batches for Dukcapil: under an agreement, only result and day kept, each look written down."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.exchange.actions import MatchFile, match_export, match_import, match_looked_at
from salawaku.exchange.actions.match import Agreement
from salawaku.exchange.match_file import read_matches
from salawaku.exchange.models import MatchBatch, MatchResult
from salawaku.exchange.selectors import deaths_to_confirm, latest_match, matches_for
from salawaku.programmes.models import Programme
from salawaku.registry.models import Worker
from tests.exchange.conftest import AMBON, decreed, sound
from tests.exchange.test_feedback import workbook

pytestmark = pytest.mark.django_db
PKS = Agreement("400.12/PKS/7/2026", date(2026, 1, 5), "Pemadanan penerima bantuan iuran")
HEADING = ("NO", "NIK", "NAMA LENGKAP", "NAMA IBU", "HASIL")


def export(by: User, agreement: Agreement = PKS, **options: object) -> MatchFile:
    return match_export(by=by, region_code=AMBON, agreement=agreement, **options)


def answer(*rows: tuple[str, str]) -> bytes:
    return workbook(
        *([n, nik, "ZAKHARIAS", "MARTHA", said] for n, (nik, said) in enumerate(rows, 1)), heading=HEADING
    )


def cells(file: MatchFile) -> list[Sequence[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def results() -> dict[int, str | None]:
    with elevated("a test looks"):
        return dict(MatchResult.objects.values_list("worker_id", "result"))


def test_what_goes_out_is_agreed(sari: User) -> None:
    one = sound(1)
    sound(2, status="died", died_on=date(2026, 1, 3))
    sound(3, village_code="81.01.01.2001")
    file = export(sari)
    assert cells(file) == [("NIK", "NAMA", "TANGGAL LAHIR"), (one.nik, one.name, "17-05-1985")]
    assert file.batch.sha256 == hashlib.sha256(file.content).hexdigest()
    bare = export(sari, Agreement("1", date(2026, 1, 5), "x", with_name=False, with_birth_date=False))
    assert cells(bare) == [("NIK",), (one.nik,)]
    with acting_as(sari):
        event = AuditEvent.objects.filter(kind="match.exported").latest("pk")
    assert one.nik not in str(event.detail)


def test_a_batch_of_a_programme_and_of_those_not_asked_lately(sari: User, here: Programme) -> None:
    one, two = sound(1), sound(2)
    sound(3)
    decreed(here, one, two)
    first = export(sari, programme=here)
    assert first.batch.workers == 2
    match_import(by=sari, batch=first.batch, file_name="a.xlsx", content=answer((one.nik, "PADAN")), day=today())
    assert export(sari, programme=here, not_since=today()).batch.workers == 1
    assert export(sari, programme=here, not_since=today() + timedelta(days=1)).batch.workers == 2


def today() -> date:
    return timezone.localdate()


@pytest.mark.parametrize(
    ("agreement", "code"),
    [
        (Agreement(" ", date(2026, 1, 5), "x"), "match.agreement"),
        (Agreement("1", date(2026, 1, 5), " "), "match.agreement"),
        (Agreement("1", date(2199, 1, 5), "x"), "match.agreement_date"),
    ],
)
def test_nothing_without_an_agreement(sari: User, agreement: Agreement, code: str) -> None:
    sound(1)
    with pytest.raises(Refusal) as refused:
        export(sari, agreement)
    assert refused.value.code == code
    assert not MatchBatch.objects.exists()


def test_nobody_to_match(sari: User) -> None:
    with pytest.raises(Refusal, match="nobody to match"):
        export(sari)


def test_only_result_and_day_are_kept(sari: User) -> None:
    workers = [sound(n) for n in range(1, 7)]
    file = export(sari)
    words = ("PADAN", "MENINGGAL DUNIA", "PINDAH KE 8102", "TIDAK DITEMUKAN", "BEDA NAMA")
    content = answer(*zip([w.nik for w in workers], words, strict=False), ("8171039901010009", "PADAN"))
    counts = match_import(by=sari, batch=file.batch, file_name="a.xlsx", content=content, day=today())
    assert counts == {"answered": 5, "answered_before": 0, "not_in_batch": 1, "two_answers": 0}
    kept = ["valid", "dead", "moved", "not_found", "different", None]
    assert results() == {w.pk: result for w, result in zip(workers, kept, strict=True)}
    names = {field.name for field in MatchResult._meta.fields}
    assert names == {"id", "batch", "worker", "village_code", "agency_code", "result", "result_on"}
    with elevated("a test looks"), connection.cursor() as cursor:
        for table in ("exchange_matchresult", "exchange_matchbatch", "accounts_auditevent"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ~ 'ZAKHARIAS|MARTHA|8102'")
            assert cursor.fetchone() == (0,)
        assert Worker.objects.get(pk=workers[1].pk).status == "living"
    with acting_as(sari):
        assert [row.worker_id for row in deaths_to_confirm(sari)] == [workers[1].pk]
        told = {code: n for code, _label, n in match_looked_at(by=sari, batch=file.batch)}
        assert told == {"valid": 1, "dead": 1, "moved": 1, "not_found": 1, "different": 1, "": 1}
        assert AuditEvent.objects.filter(kind="match.looked_at", actor="Sari").count() == 1


def test_again_changes_nothing(sari: User) -> None:
    one, two = sound(1), sound(2)
    batch = export(sari).batch
    content = answer((one.nik, "PADAN"), (two.nik, "PADAN"), (two.nik, "MENINGGAL"))
    first = match_import(by=sari, batch=batch, file_name="a.xlsx", content=content, day=today())
    assert first == match_import(by=sari, batch=batch, file_name="b.xlsx", content=content, day=today())
    assert (first["answered"], first["two_answers"]) == (1, 1)
    later = answer((one.nik, "MENINGGAL"), (two.nik, "SESUAI"))
    counts = match_import(by=sari, batch=batch, file_name="c.xlsx", content=later, day=today())
    assert (counts["answered"], counts["answered_before"]) == (1, 1)
    assert results() == {one.pk: "valid", two.pk: "valid"}


def test_the_latest_answer_counts(sari: User) -> None:
    one = sound(1)
    for said, day in (("MENINGGAL", date(2026, 2, 1)), ("PADAN", date(2026, 3, 1))):
        batch = export(sari).batch
        match_import(by=sari, batch=batch, file_name="a.xlsx", content=answer((one.nik, said)), day=day)
    with acting_as(sari):
        assert deaths_to_confirm(sari) == []
        latest = latest_match(one)
    assert latest is not None
    assert (latest.result, latest.result_on) == ("valid", date(2026, 3, 1))


@pytest.mark.parametrize("day", [date(2026, 1, 4), date(2199, 1, 1)])
def test_the_day_lies_within_the_agreement(sari: User, day: date) -> None:
    one = sound(1)
    with pytest.raises(Refusal, match="day of the answer"):
        match_import(
            by=sari, batch=export(sari).batch, file_name="a.xlsx", content=answer((one.nik, "PADAN")), day=day
        )


def test_strangers_match_nobody(sari: User, rina_far: User, branch: User) -> None:
    one = sound(1)
    batch = export(sari).batch
    for stranger in (rina_far, branch):
        assert not matches_for(stranger).exists()
        for call in (
            lambda who=stranger: export(who),
            lambda who=stranger: match_looked_at(by=who, batch=batch),
            lambda who=stranger: match_import(by=who, batch=batch, file_name="a", content=b"", day=today()),
        ):
            with pytest.raises(Refusal, match="not yours"):
                call()
    with acting_as(rina_far):
        assert latest_match(one) is None


WORDS = [
    ("PADAN", "valid"), ("Sesuai", "valid"), ("Tidak ada perbedaan", "valid"), ("TIDAK PADAN", "different"),
    ("Beda tgl lahir", "different"), ("NIK ganda", "different"), ("tdk ditemukan", "not_found"),
    ("Tidak Ada", "not_found"), ("Sudah meninggal, data sesuai", "dead"), ("PINDAH", "moved"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "result"), WORDS)
def test_what_words_mean(words: str, result: str) -> None:
    nik = "8171031705850001"
    assert [row.result for row in read_matches("a.xlsx", answer((nik, words)))] == [result]


@pytest.mark.parametrize("words", ["KUNING", "Belum meninggal", "tidak meninggal"])
def test_an_unknown_word_refuses_the_file(words: str) -> None:
    with pytest.raises(Refusal, match="Row 3 has the result"):
        list(read_matches("a.xlsx", answer(("8171031705850001", words))))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE exchange_matchresult SET result = 'dead'",
        "UPDATE exchange_matchresult SET result = 'ill', result_on = now()",
        "UPDATE exchange_matchresult SET village_code = ''",
        "DELETE FROM exchange_matchresult",
        "DELETE FROM exchange_matchbatch",
        "UPDATE exchange_matchbatch SET agreement_number = 'x'",
        "INSERT INTO exchange_matchbatch (public_id, region_code, agreement_number, agreement_date, purpose,"
        " with_name, with_birth_date, workers, sha256, made_by_id, made_at, result_sha256, counts)"
        " SELECT gen_random_uuid(), region_code, ' ', agreement_date, purpose, true, true, 1, sha256, made_by_id,"
        " now(), '', '{}' FROM exchange_matchbatch",
    ],
)
def test_raw_sql_bends_nothing(sari: User, statement: str) -> None:
    sound(1)
    export(sari)
    with (
        elevated("a test tries to break it"),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_results_move_with_a_merge(sari: User) -> None:
    from salawaku.registry.actions import merge_undo, workers_merge

    gone = sound(2)
    batch = export(sari).batch
    kept = sound(1)
    match_import(by=sari, batch=batch, file_name="a.xlsx", content=answer((gone.nik, "PINDAH")), day=today())
    with acting_as(sari):
        merge = workers_merge(by=sari, kept=kept, gone=gone, reason="sama")
        moved = latest_match(kept)
        assert (latest_match(gone), moved and moved.result) == (None, "moved")
        merge_undo(by=sari, merge=merge)
        assert (latest_match(kept), latest_match(gone)) == (None, moved)
