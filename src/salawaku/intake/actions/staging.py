"""Carrying the rows of a check into the database: COPY into a staging table, then INSERT … SELECT.

PostgreSQL refuses COPY into a table under row-level security for an ordinary role, hence the two steps.
"""

from __future__ import annotations

import polars as pl
from django.db import connection

from salawaku.intake.actions.register_frame import ROWS_FROM, copy_frame
from salawaku.intake.models import ListFile
from salawaku.linkage.names import name_keys

# Field of ListRow: column of the engine's frame.
TEXTS = {
    "nik": "nik", "family_card": "family_card", "name": "name", "name_key": "name_key", "birth_place": "birth_place",
    "sex": "sex", "address": "address", "rt": "rt", "rw": "rw", "phone": "phone", "home_village": "village",
}  # fmt: skip
_STAGE = """
CREATE TEMPORARY TABLE row_stage (
    id bigint DEFAULT nextval(pg_get_serial_sequence('intake_listrow', 'id')), ordinal bigint, sheet text,
    row integer, status text, codes text, raw text, birth_date date, occupation_id text, income bigint,
    welfare_decile smallint, other_id bigint, other_side text, tier text, {texts}
) ON COMMIT DROP
"""
_INSERT = """
INSERT INTO intake_listrow (
    id, village_code, agency_code, file_id, sheet, row, status, codes, raw, birth_date, occupation_id, income,
    welfare_decile, duplicate_row_id, duplicate_worker_id, participant_number, {texts})
SELECT stage.id, %(village)s, %(agency)s, %(file)s, coalesce(stage.sheet, ''), stage.row, stage.status,
       string_to_array(coalesce(stage.codes, ''), ' '), coalesce(stage.raw, '{{}}')::jsonb, stage.birth_date,
       stage.occupation_id, stage.income, stage.welfare_decile, {met_row}, {met_worker}, '', {filled}
FROM row_stage AS stage LEFT JOIN row_stage AS other ON stage.other_side = 'run' AND other.ordinal = stage.other_id
ORDER BY stage.ordinal
"""
_MET_ROW = f"CASE WHEN stage.other_id >= {ROWS_FROM} THEN stage.other_id - {ROWS_FROM} ELSE other.id END"
_MET_WORKER = f"CASE WHEN stage.other_side = 'register' AND stage.other_id < {ROWS_FROM} THEN stage.other_id END"
_PAIRS = """
INSERT INTO intake_pair (public_id, village_code, agency_code, left_id, right_row_id, right_worker_id, tier, evidence,
                         decision)
SELECT gen_random_uuid(), mine.village_code, mine.agency_code, mine.id, mine.duplicate_row_id,
       mine.duplicate_worker_id, stage.tier, '{}'::jsonb, ''
FROM row_stage AS stage JOIN intake_listrow AS mine ON mine.id = stage.id
WHERE stage.tier IN ('conflict', 'probable') AND mine.status = 'review'
ON CONFLICT DO NOTHING
"""
_ONLY_DUPLICATES_POINT = """
UPDATE intake_listrow SET duplicate_row_id = NULL, duplicate_worker_id = NULL
WHERE file_id = %s AND status <> 'duplicate' AND (duplicate_row_id IS NOT NULL OR duplicate_worker_id IS NOT NULL)
"""
# Two people whom somebody called different cannot both have the NIK: the later row waits until one is mended.
_GUARD = """
WITH held AS (
    SELECT mine.id
    FROM intake_listrow AS mine JOIN registry_worker AS worker ON worker.nik = mine.nik
    WHERE mine.file_id = %(file)s AND mine.status = 'accepted' AND worker.status <> 'merged'
      AND worker.source_row_id IS DISTINCT FROM mine.id
    UNION
    SELECT id FROM (
        SELECT id, row_number() OVER (PARTITION BY nik ORDER BY id) AS turn
        FROM intake_listrow WHERE file_id = %(file)s AND status = 'accepted') AS numbered
    WHERE turn > 1)
UPDATE intake_listrow AS mine SET status = 'review', codes = ARRAY['nik.conflict']
FROM held WHERE mine.id = held.id
"""


def keep_rows(file: ListFile, rows: pl.DataFrame) -> None:
    """All rows of a list at once, with the pairs that a person has to look at."""
    if rows.is_empty():
        return
    texts = ", ".join(TEXTS)
    with connection.cursor() as cursor:
        cursor.execute(_STAGE.format(texts=", ".join(f"{name} text" for name in TEXTS)))
        copy_frame(cursor, "row_stage", staged(rows))
        cursor.execute("ANALYZE row_stage")
        filled = ", ".join(f"coalesce(stage.{name}, '')" for name in TEXTS)
        query = _INSERT.format(texts=texts, filled=filled, met_row=_MET_ROW, met_worker=_MET_WORKER)
        cursor.execute(query, {"village": file.village_code, "agency": file.agency_code, "file": file.pk})
        cursor.execute(_PAIRS)
        cursor.execute(_ONLY_DUPLICATES_POINT, [file.pk])
        cursor.execute("DROP TABLE row_stage")


def guard_niks(file_id: int) -> None:
    """No row stays accepted whose NIK another person holds."""
    with connection.cursor() as cursor:
        cursor.execute(_GUARD, {"file": file_id})


def staged(rows: pl.DataFrame) -> pl.DataFrame:
    """The engine's frame with the columns of the staging table."""
    raw = [name for name in rows.columns if name.startswith("raw_")]
    return rows.with_columns(name_key=name_keys(rows["name"])).select(
        pl.col("id").alias("ordinal"),
        pl.col("sheet"),
        pl.col("row"),
        pl.col("status"),
        pl.col("codes").list.join(" "),
        pl.struct(pl.col(name).alias(name.removeprefix("raw_")) for name in raw).struct.json_encode().alias("raw"),
        pl.col("birth_date"),
        pl.col("occupation").alias("occupation_id"),
        pl.col("income").cast(pl.Int64),
        pl.col("decile").cast(pl.Int64).alias("welfare_decile"),
        pl.col("other_id"),
        pl.col("other_side"),
        pl.col("tier"),
        *(pl.col(column).alias(name) for name, column in TEXTS.items()),
    )
