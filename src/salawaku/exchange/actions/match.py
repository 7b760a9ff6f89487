"""Matching persons with Dukcapil in batches under an agreement; only result and day are kept.

Permendagri 102/2019 gives access to population data under an agreement and for its purpose. So a batch demands both,
each look at it is written down, files are not kept, and there is nowhere to store anything else that Dukcapil sends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.exchange.match_file import read_matches
from salawaku.exchange.models import MatchBatch, MatchResult
from salawaku.exchange.rights import must_reach
from salawaku.exchange.writing import write_workbook
from salawaku.programmes.models import Programme

CHOSEN = """
CREATE TEMPORARY TABLE chosen ON COMMIT DROP AS
SELECT w.id AS worker_id, w.village_code, w.agency_code, w.nik, w.name, to_char(w.birth_date, 'DD-MM-YYYY') AS born
FROM registry_worker w
WHERE w.status = 'living' AND w.village_code ^@ %(region)s
  AND (%(programme)s::bigint IS NULL OR EXISTS (
      SELECT 1 FROM cover_workermonth m WHERE m.worker_id = w.id AND m.programme_id = %(programme)s))
  AND (%(since)s::date IS NULL OR NOT EXISTS (
      SELECT 1 FROM exchange_matchresult r WHERE r.worker_id = w.id AND r.result_on >= %(since)s))
"""
KEEP = """
INSERT INTO exchange_matchresult (batch_id, worker_id, village_code, agency_code)
SELECT %s, worker_id, village_code, agency_code FROM chosen ORDER BY village_code, worker_id
"""
STAGE = "CREATE TEMPORARY TABLE matched (nik text, result text) ON COMMIT DROP"
SORT = """
CREATE TEMPORARY TABLE outcomes ON COMMIT DROP AS
SELECT m.nik, min(m.result) AS result, r.id,
       CASE WHEN count(DISTINCT m.result) > 1 THEN 'two_answers' WHEN r.id IS NULL THEN 'not_in_batch'
            WHEN r.result IS NOT NULL THEN 'answered_before' ELSE 'answered' END AS outcome
FROM matched m
LEFT JOIN (SELECT r.id, r.result, w.nik FROM exchange_matchresult r JOIN registry_worker w ON w.id = r.worker_id
           WHERE r.batch_id = %(batch)s) r ON r.nik = m.nik
GROUP BY m.nik, r.id, r.result
"""
ANSWER = """
UPDATE exchange_matchresult r SET result = o.result, result_on = %(day)s
FROM outcomes o WHERE o.id = r.id AND o.outcome = 'answered'
"""
OUTCOMES = ("answered", "answered_before", "not_in_batch", "two_answers")
HEADINGS = {"nik": "NIK", "name": "NAMA", "born": "TANGGAL LAHIR"}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Under which agreement, for what; and what goes out beside the NIK."""

    number: str
    signed_on: date
    purpose: str
    with_name: bool = True
    with_birth_date: bool = True

    @property
    def columns(self) -> list[str]:
        """What goes out, by the names of HEADINGS."""
        return ["nik", *(["name"] if self.with_name else []), *(["born"] if self.with_birth_date else [])]


@dataclass(frozen=True, slots=True)
class MatchFile:
    """A file that is handed over once and not kept."""

    batch: MatchBatch
    name: str
    content: bytes


@transaction.atomic
def match_export(
    *,
    by: User,
    region_code: str,
    agreement: Agreement,
    programme: Programme | None = None,
    not_since: date | None = None,
) -> MatchFile:
    """Write the living workers of a region (or of a programme in it) into a file for Dukcapil.

    `not_since` leaves out whom Dukcapil answered for on that day or later. Refusal without agreement or purpose, for
    another's region, and when nobody is left.
    """
    must_reach(by, "dukcapil.match", region_code)
    if not (agreement.number.strip() and agreement.purpose.strip()):
        raise Refusal("match.agreement", _("Name the agreement and what the match is for. No file was made."))
    if agreement.signed_on > timezone.localdate():
        raise Refusal("match.agreement_date", _("The agreement is dated in the future. No file was made."))
    values = {"region": region_code, "programme": programme.pk if programme else None, "since": not_since}
    with elevated("a batch is made of a whole region"), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.chosen")
        cursor.execute(CHOSEN, values)
        workers = int(cursor.rowcount)
        if not workers:
            raise Refusal("match.nobody", _("There is nobody to match. No file was made."))
        content = write_workbook("NIK", [HEADINGS[name] for name in agreement.columns], _chosen(agreement.columns))
        batch = _batch(by, region_code, agreement, programme, workers, content)
        cursor.execute(KEEP, [batch.pk])
    detail = {"workers": workers, "sha256": batch.sha256, "agreement_date": agreement.signed_on}
    audit.record(by=by, kind="match.exported", subject=batch, detail=detail, region_code=region_code)
    return MatchFile(batch, f"dukcapil-{batch.pk}.xlsx", content)


def _chosen(columns: list[str]) -> Iterator[list[str]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM chosen ORDER BY village_code, worker_id")
        for row in cursor:
            yield list(row)


def _batch(
    by: User, region_code: str, agreement: Agreement, programme: Programme | None, workers: int, content: bytes
) -> MatchBatch:
    return MatchBatch.objects.create(
        region_code=region_code,
        programme=programme,
        agreement_number=agreement.number.strip(),
        agreement_date=agreement.signed_on,
        purpose=agreement.purpose.strip(),
        with_name=agreement.with_name,
        with_birth_date=agreement.with_birth_date,
        workers=workers,
        sha256=hashlib.sha256(content).hexdigest(),
        made_by=by,
    )


@transaction.atomic
def match_import(*, by: User, batch: MatchBatch, file_name: str, content: bytes, day: date) -> dict[str, int]:
    """Keep the result and its day for every worker of the batch whom the file answers for; the counts.

    Results of earlier files of the batch stay, people of no batch are only counted, deaths are not written into the
    register: a person confirms each one. The same file again changes nothing. Refusal for a day to come.
    """
    must_reach(by, "dukcapil.match", batch.region_code)
    if not batch.agreement_date <= day <= timezone.localdate():
        raise Refusal(
            "match.day", _("The day of the answer lies before the agreement or in the future. Nothing was changed.")
        )
    batch = MatchBatch.objects.select_for_update().get(pk=batch.pk)
    digest = hashlib.sha256(content).hexdigest()
    if batch.result_sha256 == digest:
        return _told(batch.counts)
    rows = list(read_matches(file_name, content))
    with elevated("answers are looked up within their batch"), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.matched, pg_temp.outcomes")
        cursor.execute(STAGE)
        with cursor.copy("COPY matched FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(SORT, {"batch": batch.pk})
        cursor.execute(ANSWER, {"day": day})
        cursor.execute("SELECT outcome, count(*) FROM outcomes GROUP BY 1")
        batch.counts = dict(cursor.fetchall())
    batch.result_sha256, batch.answered_at = digest, timezone.now()
    batch.save(update_fields=["counts", "result_sha256", "answered_at"])
    audit.record(by=by, kind="match.imported", subject=batch, detail=batch.counts, region_code=batch.region_code)
    return _told(batch.counts)


def _told(counts: dict[str, Any]) -> dict[str, int]:
    return {outcome: counts.get(outcome, 0) for outcome in OUTCOMES}


@transaction.atomic
def match_looked_at(*, by: User, batch: MatchBatch) -> list[tuple[str, str, int]]:
    """The results of a batch by kind (code, words, workers); each look is written down. Refusal for another's."""
    must_reach(by, "dukcapil.match", batch.region_code)
    audit.record(by=by, kind="match.looked_at", subject=batch, region_code=batch.region_code)
    with elevated("counts of a batch, without persons"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(result, ''), count(*) FROM exchange_matchresult WHERE batch_id = %s GROUP BY 1",
            [batch.pk],
        )
        found = dict(cursor.fetchall())
    kinds = [(code, str(label)) for code, label in MatchResult.Result.choices]
    return [(code, label, found.get(code, 0)) for code, label in [*kinds, ("", str(_("No answer yet")))]]
