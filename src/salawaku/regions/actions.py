"""Loading the regions and their boundaries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction

from salawaku.regions.boundaries import UnreadableError, read_shapes
from salawaku.regions.models import Region
from salawaku.regions.table import region_table

if TYPE_CHECKING:
    from salawaku.accounts.models import User

MAY_IMPORT = ("people.manage", "programme.manage")
SET_BOUNDARY = f"UPDATE {Region._meta.db_table} SET boundary = %s::jsonb WHERE code = %s"
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


class Imported(NamedTuple):
    """How many regions got a boundary, and which features were left out for which reason."""

    regions: int
    left_out: list[tuple[str, str]]


@transaction.atomic
def boundaries_import(*, by: User, content: bytes) -> Imported:
    """Give regions the boundaries of a GeoJSON FeatureCollection, within the regions `by` works for.

    Features that cannot be used are named and left out. Raises UnreadableError when nothing can be used.
    """
    from salawaku.accounts import audit

    shapes = read_shapes(content)
    known = set(Region.objects.filter(code__in=shapes.by_code).values_list("code", flat=True))
    left_out = list(shapes.left_out)
    taken = {}
    for code, shape in shapes.by_code.items():
        if code not in known:
            left_out.append((code, "unknown_region"))
        elif not any(by.can_in(permission, code) for permission in MAY_IMPORT):
            left_out.append((code, "not_your_region"))
        else:
            taken[code] = shape
    if not taken:
        raise UnreadableError("nothing_to_use")
    with connection.cursor() as cursor:
        cursor.executemany(SET_BOUNDARY, [(json.dumps(shape), code) for code, shape in taken.items()])
    subject = Region.objects.defer("boundary").get(pk=min(taken))
    detail = {"regions": len(taken), "left_out": len(left_out)}
    audit.record(by=by, kind="boundary.imported", subject=subject, detail=detail, region_code=subject.code)
    return Imported(len(taken), left_out)
