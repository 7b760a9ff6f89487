"""Carrying the accepted rows of a list into the register."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.policies import IN_SCOPE
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.intake.models import ListFile

# One list at a time: two people confirming lists that name the same person must see one another's workers.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('intake.confirm', 8171))"

# Since the check the register may have gained people, and a list that named somebody first may never be confirmed.
_NOW_KNOWN = """
UPDATE intake_listrow AS mine SET status = 'duplicate', codes = '{}', duplicate_row_id = NULL,
       duplicate_worker_id = worker.id
FROM registry_worker AS worker
WHERE mine.file_id = %(file)s AND mine.status = 'accepted' AND worker.nik = mine.nik AND worker.status <> 'merged'
  AND worker.source_row_id IS DISTINCT FROM mine.id
  AND (worker.name_key = mine.name_key OR worker.birth_date = mine.birth_date)
"""
_NOW_IN_CONFLICT = """
WITH moved AS (
    UPDATE intake_listrow AS mine SET status = 'review', codes = ARRAY['nik.conflict']
    FROM registry_worker AS worker
    WHERE mine.file_id = %(file)s AND mine.status = 'accepted' AND worker.nik = mine.nik AND worker.status <> 'merged'
      AND worker.source_row_id IS DISTINCT FROM mine.id
    RETURNING mine.id, mine.village_code, mine.agency_code, worker.id AS worker_id)
INSERT INTO intake_pair (public_id, village_code, agency_code, left_id, right_worker_id, tier, evidence, decision)
SELECT gen_random_uuid(), village_code, agency_code, id, worker_id, 'conflict', '{}'::jsonb, '' FROM moved
ON CONFLICT DO NOTHING
"""
_STILL_NOBODY = """
WITH candidates AS (
    SELECT mine.id, mine.nik, mine.status
    FROM intake_listrow AS mine
    LEFT JOIN intake_listrow AS other ON other.id = mine.duplicate_row_id
    LEFT JOIN intake_listfile AS elsewhere ON elsewhere.id = other.file_id
    WHERE mine.file_id = %(file)s AND mine.status = 'duplicate'
      AND NOT EXISTS (SELECT 1 FROM registry_worker AS worker WHERE worker.id = mine.duplicate_worker_id)
      AND (other.id IS NULL OR (elsewhere.id <> mine.file_id AND elsewhere.status <> 'confirmed'))
      AND NOT EXISTS (SELECT 1 FROM registry_worker AS worker
                      WHERE worker.nik = mine.nik AND worker.status <> 'merged')
      AND mine.nik ~ '^[0-9]{16}$' AND mine.birth_date IS NOT NULL AND mine.name <> '' AND mine.home_village <> ''
      AND mine.occupation_id IS NOT NULL
    UNION ALL
    SELECT id, nik, status FROM intake_listrow WHERE file_id = %(file)s AND status = 'accepted'),
orphans AS (
    SELECT id, status, row_number() OVER (PARTITION BY nik ORDER BY status <> 'accepted', id) AS turn FROM candidates)
UPDATE intake_listrow AS mine SET status = 'accepted', duplicate_row_id = NULL, duplicate_worker_id = NULL
FROM orphans WHERE mine.id = orphans.id AND orphans.turn = 1 AND orphans.status = 'duplicate'
"""
_COLUMNS = """nik, family_card, participant_number, name, name_key, birth_place, birth_date, sex, address, rt, rw,
    phone, occupation_id, income, welfare_decile"""
# EXCEPT compares before the first row comes in, whatever the planner thinks of tables it has no statistics on;
# NOT EXISTS would search the growing register row by row.
_CARRY = f"""
INSERT INTO registry_worker (village_code, agency_code, {_COLUMNS}, proposed_on, source_row_id)
SELECT mine.home_village, coalesce(occupation.agency_code, ''), {_COLUMNS}, %(as_of)s, mine.id
FROM (SELECT id FROM intake_listrow WHERE file_id = %(file)s AND status = 'accepted'
      EXCEPT SELECT source_row_id FROM registry_worker) AS fresh
JOIN intake_listrow AS mine ON mine.id = fresh.id
LEFT JOIN registry_occupation AS occupation ON occupation.code = mine.occupation_id
ORDER BY mine.id
"""
# A further list that names somebody is evidence: through the worker itself, or through the row that
# brought the worker.
_EVIDENCE = """
WITH known AS (
    SELECT id, duplicate_row_id, duplicate_worker_id FROM intake_listrow
    WHERE file_id = %(file)s AND status = 'duplicate'),
named AS (
    SELECT known.id AS row_id, known.duplicate_worker_id AS worker_id FROM known
    UNION ALL
    SELECT known.id, worker.id FROM known JOIN registry_worker AS worker
      ON worker.source_row_id = known.duplicate_row_id
    UNION ALL
    SELECT known.id, source.worker_id FROM known JOIN intake_workersource AS source
      ON source.row_id = known.duplicate_row_id)
INSERT INTO intake_workersource (village_code, agency_code, worker_id, row_id)
SELECT worker.village_code, worker.agency_code, worker.id, named.row_id
FROM named JOIN registry_worker AS worker ON worker.id = named.worker_id
ON CONFLICT DO NOTHING
"""
_OUT_OF_SCOPE = f"""
SELECT count(*) FROM (
    SELECT mine.home_village AS village_code, coalesce(occupation.agency_code, '') AS agency_code
    FROM intake_listrow AS mine LEFT JOIN registry_occupation AS occupation ON occupation.code = mine.occupation_id
    WHERE mine.file_id = %(file)s AND mine.status = 'accepted') AS persons
WHERE NOT ({IN_SCOPE})
"""


class Loaded(NamedTuple):
    """What a confirmation brought: new workers, and rows that are further evidence of known ones."""

    workers: int
    evidence: int


@transaction.atomic
def file_confirm(*, by: User, file: ListFile, second_look: bool = False) -> ListFile:
    """Carry what is accepted into the register; workers already there are not changed, they gain evidence.

    Doing it again carries only what was decided since. A list that is mostly duplicates is refused until somebody
    says that a second look was taken.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
    file = ListFile.objects.select_for_update().get(pk=file.pk)
    if not file.is_open:
        raise Refusal("file.not_open", _("Only a checked list can be confirmed."))
    if file.mostly_duplicates and not second_look:
        raise Refusal(
            "file.mostly_duplicates",
            _("More than half of the rows are people already known. Look at them once more, then confirm again."),
        )
    loaded = load_rows(file)
    file.refresh_from_db()
    is_first = file.status == ListFile.Status.CHECKED
    if is_first:
        file.status, file.confirmed_at, file.confirmed_by_id = ListFile.Status.CONFIRMED, timezone.now(), by.pk
        file.save(update_fields=["status", "confirmed_at", "confirmed_by_id"])
    if is_first or loaded.workers:
        detail = {"workers": loaded.workers, "evidence": loaded.evidence, "second_look": second_look}
        audit.record(by=by, kind="file.confirmed", subject=file, detail=detail, region_code=file.village_code)
    return file


def load_rows(file: ListFile) -> Loaded:
    """The set-based heart of confirming: compare once more, carry over, tie the evidence. Inside a transaction."""
    facts: dict[str, Any] = {"file": file.pk, "as_of": file.as_of}
    with connection.cursor() as cursor:
        with elevated("whether a NIK is in the register does not depend on who asks"):
            for step in (_NOW_KNOWN, _NOW_IN_CONFLICT, _STILL_NOBODY):
                cursor.execute(step, facts)
        _refuse_strangers(file)
        cursor.execute(_CARRY, facts)
        workers = cursor.rowcount
        with elevated("a worker of another office gains the evidence of this list"):
            cursor.execute(_EVIDENCE, facts)
            evidence = cursor.rowcount
    return Loaded(workers, evidence)


def _refuse_strangers(file: ListFile) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_OUT_OF_SCOPE, {"file": file.pk})
        [(strangers,)] = cursor.fetchall()
    if strangers:
        raise Refusal(
            "file.rows_out_of_scope",
            _("%(number)s rows are of villages or offices outside your area. A colleague of that area must confirm."),
            number=strangers,
        )
