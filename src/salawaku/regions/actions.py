"""Loading the regions and their boundaries."""

from __future__ import annotations

from django.db import connection, transaction

from salawaku.regions.models import Region
from salawaku.regions.table import region_table

STAGE = """
CREATE TEMPORARY TABLE region_stage (code text, name text, kind text, lat numeric, lng numeric) ON COMMIT DROP
"""
MERGE = f"""
INSERT INTO {Region._meta.db_table} (code, parent_code, level, kind, name, lat, lng)
SELECT code, CASE length(code) WHEN 13 THEN left(code, 8) WHEN 8 THEN left(code, 5) WHEN 5 THEN left(code, 2)
             ELSE '' END,
       CASE length(code) WHEN 2 THEN 1 WHEN 5 THEN 2 WHEN 8 THEN 3 ELSE 4 END, kind, name, lat, lng
FROM region_stage
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, kind = excluded.kind, lat = excluded.lat, lng = excluded.lng
"""


@transaction.atomic
def load_regions() -> int:
    """Bring the shipped region table into the database; again changes nothing. Returns their number.

    Reference data of the release, not a person's decision: `salawaku setup` runs it.
    """
    rows = region_table().select("code", "name", "kind", "lat", "lng").rows()
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy("COPY region_stage FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(MERGE)
    return len(rows)
