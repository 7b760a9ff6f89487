"""The people already known that the rows of a list could be: fetched set-based by the blocks of linkage."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import polars as pl
from django.db import connection, transaction

from salawaku.accounts.scoping import elevated
from salawaku.intake.models import PairDecision
from salawaku.linkage.names import name_keys
from salawaku.linkage.tiers import DECISION, RECORD

# In the register's frame a row of another open list has its id plus this, so that workers come first.
ROWS_FROM = 1 << 52

_KEYS = """
CREATE TEMPORARY TABLE wanted_keys (nik text, name_key text, birth_date date, village text) ON COMMIT DROP
"""
# A table of its own, for PostgreSQL does not hash a look-up in a table under row-level security.
_OWN = "CREATE TEMPORARY TABLE own_rows ON COMMIT DROP AS SELECT id FROM intake_listrow WHERE file_id = %s"
# The blocks of linkage.tiers.BLOCKS; one scan with hashed look-ups costs less than a join per block.
_MEETS = """
(birth_date, {village}) IN (SELECT birth_date, village FROM wanted_keys)
OR substr(nik, 1, 12) IN (SELECT substr(nik, 1, 12) FROM wanted_keys)
OR substr(nik, 7, 10) IN (SELECT substr(nik, 7, 10) FROM wanted_keys)
OR (substr(nik, 1, 6) || substr(nik, 13, 4), birth_date)
    IN (SELECT substr(nik, 1, 6) || substr(nik, 13, 4), birth_date FROM wanted_keys)
OR (name_key, birth_date) IN (SELECT name_key, birth_date FROM wanted_keys)
OR (name_key, {village}) IN (SELECT name_key, village FROM wanted_keys)
"""
_WORKERS = f"""
SELECT id, nik, name, birth_date, nullif(sex, ''), village_code
FROM registry_worker
WHERE status <> 'merged'
  AND (source_row_id IS NULL OR source_row_id NOT IN (SELECT id FROM own_rows))
  AND ({_MEETS.format(village="village_code")})
"""
_ROWS = f"""
SELECT id + {ROWS_FROM}, nullif(nik, ''), name, birth_date, nullif(sex, ''), nullif(home_village, '')
FROM intake_listrow AS row
WHERE status IN ('accepted', 'review')
  AND (file_id IN (SELECT id FROM intake_listfile WHERE status = 'checked' AND id <> %(file)s)
       OR (file_id = %(file)s AND id < %(row)s))
  AND ({_MEETS.format(village="home_village")})
"""

Register = Callable[[pl.DataFrame], pl.DataFrame]


def known_people(*, file_id: int = 0, row_id: int = 0) -> Register:
    """A function from the sound rows of a run to the workers and the rows of other open lists they may be.

    What came from the list `file_id` itself is left out, except the rows above `row_id` when one row is looked at
    again.
    """

    def fetch(sound: pl.DataFrame) -> pl.DataFrame:
        with elevated("linkage looks at all workers; only who is alike comes back, and pages mask strangers"):
            return _fetch(sound, file_id, row_id)

    return fetch


def remembered_decisions() -> pl.DataFrame:
    """What people decided about pairs before, by the keys of the records."""
    with elevated("a pair decided in one office is not asked again in another"):
        rows = list(PairDecision.objects.order_by("at").values_list("low_key", "high_key", "decision"))
    return pl.DataFrame([(low, high, said == "same") for low, high, said in rows], schema=DECISION, orient="row")


def _fetch(sound: pl.DataFrame, file_id: int, row_id: int) -> pl.DataFrame:
    keys = sound.select("nik", name_keys(sound["name"]).alias("name_key"), "birth_date", "village").unique()
    with transaction.atomic(), connection.cursor() as cursor:
        # The look-ups must fit into memory: else PostgreSQL reads all keys again for every worker.
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(_KEYS)
        copy_frame(cursor, "wanted_keys", keys)
        cursor.execute(_OWN, [file_id])
        cursor.execute("ANALYZE wanted_keys, own_rows")
        found = []
        for query in (_WORKERS, _ROWS):
            cursor.execute(query, {"file": file_id, "row": row_id})
            found += cursor.fetchall()
        cursor.execute("DROP TABLE wanted_keys, own_rows")
    return pl.DataFrame(found, schema=RECORD, orient="row")


def copy_frame(cursor: object, table: str, frame: pl.DataFrame) -> None:
    """COPY a frame into a table of the same column names; null is an empty unquoted field."""
    text = BytesIO()
    frame.write_csv(text, include_header=False, quote_style="non_numeric", null_value="")
    columns = ", ".join(frame.columns)
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT csv)") as copy:  # type: ignore[attr-defined]
        copy.write(text.getbuffer())
