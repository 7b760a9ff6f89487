"""Taking in what BPJS answered to a registration file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.exchange.feedback_file import Said, read_feedback
from salawaku.exchange.models import Feedback, Question
from salawaku.exchange.rights import must_reach
from salawaku.regions.models import Region
from salawaku.registry.actions import hold_participant_numbers, participant_numbers_set

STAGE = """
CREATE TEMPORARY TABLE said (row integer, nik text, number text, verdict text, reason text, reason_code text)
ON COMMIT DROP
"""
# One outcome for each row. What is not sure becomes a question and changes nothing. `waits` is the row of the batch
# that waits for this answer: found by the NIK, for the record may have been merged since.
SORT = """
CREATE TEMPORARY TABLE sorted ON COMMIT DROP AS
WITH asked AS MATERIALIZED (
    SELECT DISTINCT ON (w.nik) w.nik, r.id, r.state, r.participant_number
    FROM exchange_registrationrow r JOIN registry_worker w ON w.id = r.worker_id
    WHERE r.state <> 'to_send' AND w.nik IN (SELECT nik FROM said)
    ORDER BY w.nik, r.id DESC
), per_nik AS (
    SELECT nik, count(DISTINCT (verdict, number)) FILTER (WHERE verdict <> 'none') AS answers FROM said GROUP BY nik
), per_number AS (
    SELECT number, count(DISTINCT nik) AS niks FROM said WHERE verdict = 'accepted' AND number <> '' GROUP BY number
), owners AS (
    SELECT DISTINCT ON (participant_number) participant_number, id FROM registry_worker
    WHERE status <> 'merged' AND participant_number <> '' AND participant_number IN (SELECT number FROM said)
    ORDER BY participant_number, id
)
SELECT s.*, w.id AS worker_id, w.village_code, w.agency_code, asked.id AS waits,
       row_number() OVER (PARTITION BY s.nik, s.verdict, s.number ORDER BY s.row) > 1 AS repeated,
       CASE WHEN s.nik !~ '^[0-9]{16}$' THEN 'nik_invalid'
            WHEN w.id IS NULL THEN 'unknown_nik'
            WHEN s.verdict = 'none' THEN 'no_answer'
            WHEN per_nik.answers > 1 THEN 'two_answers'
            WHEN s.verdict = 'damaged' THEN 'number_damaged'
            WHEN s.verdict = 'rejected' AND (w.participant_number <> '' OR asked.state = 'registered')
                THEN 'contradicts'
            WHEN s.verdict = 'rejected' AND asked.state = 'sent' THEN 'rejected'
            WHEN s.verdict = 'rejected' AND asked.state = 'rejected' THEN 'known_before'
            WHEN s.verdict = 'rejected' THEN 'not_sent'
            WHEN s.number = '' THEN 'number_missing'
            WHEN per_number.niks > 1 THEN 'number_twice'
            WHEN owners.id <> w.id THEN 'number_taken'
            WHEN w.participant_number NOT IN ('', s.number) THEN 'number_differs'
            WHEN w.participant_number = s.number AND asked.state IS DISTINCT FROM 'sent' THEN 'known_before'
            ELSE 'registered' END AS outcome
FROM said s
LEFT JOIN registry_worker w ON w.nik = s.nik AND w.status <> 'merged' AND w.village_code ^@ %(region)s
LEFT JOIN asked ON asked.nik = s.nik
LEFT JOIN per_nik ON per_nik.nik = s.nik
LEFT JOIN per_number ON per_number.number = s.number
LEFT JOIN owners ON owners.participant_number = s.number
"""
COUNT = """
SELECT CASE WHEN repeated AND outcome <> 'nik_invalid' THEN 'repeated' ELSE outcome END, count(*)
FROM sorted GROUP BY 1
"""
NUMBERS = "SELECT worker_id, number FROM sorted WHERE outcome = 'registered' AND NOT repeated"
ANSWER = """
UPDATE exchange_registrationrow r
SET state = CASE s.outcome WHEN 'registered' THEN 'registered' ELSE 'rejected' END,
    participant_number = CASE s.outcome WHEN 'registered' THEN s.number ELSE '' END,
    reason = s.reason, reason_code = s.reason_code, answered_at = now(), feedback_id = %(feedback)s
FROM sorted s
WHERE r.id = s.waits AND s.outcome IN ('registered', 'rejected') AND NOT s.repeated
"""
ASK = """
INSERT INTO exchange_question (feedback_id, row, kind, worker_id, nik, participant_number, reason, village_code,
                               agency_code, decision, taken)
SELECT %(feedback)s, row, outcome, worker_id, CASE WHEN worker_id IS NULL THEN nik ELSE '' END, number, reason,
       coalesce(village_code, %(region)s), coalesce(agency_code, ''), '', false
FROM sorted WHERE outcome = ANY(%(kinds)s) AND (NOT repeated OR outcome = 'nik_invalid') ORDER BY row
"""


@dataclass(frozen=True, slots=True)
class FeedbackResult:
    """What an answer file did; `is_new` is false for a file that was taken before."""

    feedback: Feedback
    is_new: bool

    def as_json(self) -> dict[str, Any]:
        """The counts of `salawaku exchange feedback --json`; rows is their sum."""
        return {"rows": self.feedback.rows, "repeated_file": not self.is_new, **counts_told(self.feedback.counts)}


def counts_told(counts: dict[str, int]) -> dict[str, int]:
    """Every outcome a row can have, with its number."""
    names = ("registered", "rejected", "known_before", "no_answer", "repeated", *Question.Kind.values)
    return {name: counts.get(name, 0) for name in names}


@transaction.atomic
def feedback_import(*, by: User | None, region_code: str, file_name: str, content: bytes) -> FeedbackResult:
    """Set the KPJ of the accepted, keep the reasons of the rejected, ask about everything that is not sure.

    The same file again changes nothing. A KPJ is never written over another one, nor given to two workers. Workers
    of another region are unknown here. Refusal for another's region and for a file that cannot be trusted.
    """
    must_reach(by, "exchange.receive", region_code)
    if not Region.objects.filter(code=region_code).exists():
        raise Refusal("region.unknown", _("There is no region with this code. Nothing was changed."))
    digest = hashlib.sha256(content).hexdigest()
    hold_participant_numbers()
    earlier = Feedback.objects.filter(region_code=region_code, sha256=digest).first()
    if earlier:
        return FeedbackResult(earlier, is_new=False)
    said = list(read_feedback(file_name, content))
    feedback = Feedback.objects.create(region_code=region_code, sha256=digest, rows=len(said), made_by=by)
    with elevated("a number is compared with every worker; others are unknown here"), connection.cursor() as cursor:
        _sort(cursor, said, region_code)
        _write(cursor, by, feedback)
    audit.record(by=by, kind="feedback.imported", subject=feedback, detail=feedback.counts, region_code=region_code)
    return FeedbackResult(feedback, is_new=True)


def _sort(cursor: CursorWrapper, said: Iterable[Said], region_code: str) -> None:
    cursor.execute("DROP TABLE IF EXISTS pg_temp.said, pg_temp.sorted")
    cursor.execute(STAGE)
    with cursor.copy("COPY said FROM STDIN") as copy:
        for row in said:
            copy.write_row(row)
    cursor.execute("ANALYZE said")
    cursor.execute(SORT, {"region": region_code})


def _write(cursor: CursorWrapper, by: User | None, feedback: Feedback) -> None:
    cursor.execute(COUNT)
    feedback.counts = dict(cursor.fetchall())
    feedback.save(update_fields=["counts"])
    cursor.execute(NUMBERS)
    participant_numbers_set(by=by, numbers=dict(cursor.fetchall()), source=feedback, region_code=feedback.region_code)
    values: dict[str, Any] = {"feedback": feedback.pk, "region": feedback.region_code, "kinds": Question.Kind.values}
    cursor.execute(ANSWER, values)
    cursor.execute(ASK, values)
