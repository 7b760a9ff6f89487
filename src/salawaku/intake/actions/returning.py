"""Giving a list back as a marked workbook."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from django.conf import settings
from django.db import transaction

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.intake import storage
from salawaku.intake.actions.check import read_file, sender_village, shipped_occupations, shipped_places
from salawaku.intake.engine.check import RunResult
from salawaku.intake.engine.marked import write_marked
from salawaku.intake.models import ListFile, ListRow


def file_return(*, by: User, file: ListFile, target: Path) -> Path:
    """Write the list with the outcome of each row, as it stands now, into `target`."""
    result = _as_it_stands(file, read_file(file))
    with storage.under_its_name(file.stored, file.name) as path:
        result.files[0].path = path
        write_marked(
            result,
            target,
            places=shipped_places(settings.HOME_REGION),
            occupations=shipped_occupations(),
            village=sender_village(file),
        )
    with transaction.atomic():
        audit.record(by=by, kind="file.returned", subject=file, region_code=file.village_code)
    return target


def _as_it_stands(file: ListFile, result: RunResult) -> RunResult:
    """What was mended and decided since the check goes before what the reader says."""
    kept = list(ListRow.objects.filter(file=file).values_list("sheet", "row", "status", "codes"))
    if not kept or result.rows.is_empty():
        return result
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "sheet": pl.String,
        "row": pl.Int64,
        "status": pl.String,
        "codes": pl.List(pl.String),
    }
    result.rows = result.rows.update(pl.DataFrame(kept, schema=schema, orient="row"), on=["sheet", "row"])
    return result
