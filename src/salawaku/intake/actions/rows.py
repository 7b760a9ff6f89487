"""Mending and deciding single rows: the same checks as for a whole list, for one row."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.intake.actions.check import sender_village, shipped_occupations, shipped_places
from salawaku.intake.actions.register_frame import ROWS_FROM, known_people, remembered_decisions
from salawaku.intake.actions.staging import TEXTS, guard_niks, staged
from salawaku.intake.engine.linking import linked
from salawaku.intake.engine.rules import Checker
from salawaku.intake.engine.tables import FIELDS
from salawaku.intake.engine.trades import EXCLUDED
from salawaku.intake.models import ListRow, Pair, WorkerSource
from salawaku.registry.models import Occupation, Worker

# What a person can mend in place; the last two are codes chosen from lists.
MENDABLE = (
    "nik", "family_card", "name", "birth_place", "birth_date", "sex", "address", "rt", "rw", "phone",
    "occupation_id", "home_village",
)  # fmt: skip
EXCLUDED_OCCUPATION = "eligibility.excluded_occupation"


@transaction.atomic
def row_mend(*, by: User, row: ListRow, values: dict[str, str]) -> ListRow:
    """Put mended values in place of what stood in the cells and check the row again; the cells stay as they were."""
    row = _open_row(row)
    if not set(values) <= set(MENDABLE):
        raise Refusal("row.unknown_field", _("A value was given for a column that does not exist."))
    before = (row.status, list(row.codes))
    row.mended = {**row.mended, **values}
    row = recheck(row)
    return _decided(by, row, before, sorted(values))


@transaction.atomic
def row_decide(*, by: User, row: ListRow, occupation: str = "", home_village: str = "") -> ListRow:
    """Answer what the list left open: the occupation (a code) or the village (a code)."""
    row = _open_row(row)
    before = (row.status, list(row.codes))
    answers = {"occupation_id": occupation, "home_village": home_village}
    row.mended = {**row.mended, **{name: value for name, value in answers.items() if value}}
    row = recheck(row)
    return _decided(by, row, before, sorted(name for name, value in answers.items() if value))


def recheck(row: ListRow) -> ListRow:
    """Check one row again with what was mended and decided, and keep the outcome."""
    frame = staged(_looked_at_again(row))
    [found] = frame.to_dicts()
    _take_over(row, found)
    Pair.objects.filter(left=row, decision="").delete()
    if row.status == ListRow.Status.REVIEW and found["tier"] in ("conflict", "probable"):
        right = _right_side(found)
        scope = {"village_code": row.village_code, "agency_code": row.agency_code}
        Pair.objects.get_or_create(left=row, **right, defaults={"tier": found["tier"], **scope})
    row.save()
    guard_niks(row.file_id)
    row.refresh_from_db()
    return row


def _open_row(row: ListRow) -> ListRow:
    row = ListRow.objects.select_for_update(of=("self",)).select_related("file").get(pk=row.pk)
    carried = Worker.objects.filter(source_row_id=row.pk).exists() or WorkerSource.objects.filter(row=row).exists()
    if carried or not row.file.is_open:
        raise Refusal("row.not_open", _("This row is in the register already, or its list is closed."))
    return row


def _looked_at_again(row: ListRow) -> pl.DataFrame:
    file = row.file
    texts, hints = _texts(row)
    raw = pl.DataFrame([texts], schema={name: pl.String for name in FIELDS}).with_columns(
        sheet=pl.lit(row.sheet), row=pl.lit(row.row, dtype=pl.Int64), section=pl.lit(None, dtype=pl.String)
    )
    checker = Checker(shipped_places(settings.HOME_REGION), shipped_occupations(), file.as_of)
    frame = _with_occupation(checker.check(raw, hints or _sender_hint(row), ""), row.mended.get("occupation_id"))
    people = known_people(file_id=file.pk, row_id=row.pk)
    return linked(
        [frame.with_columns(file=pl.lit(0, dtype=pl.Int32))], register=people, decisions=remembered_decisions()
    )


def _texts(row: ListRow) -> tuple[dict[str, str | None], tuple[str, ...]]:
    """The cells as the checker takes them, mended ones in their place, and the village if one was chosen."""
    mended = dict(row.mended)
    village = mended.pop("home_village", "")
    occupation = Occupation.objects.filter(pk=mended.pop("occupation_id", "")).first()
    texts: dict[str, str | None] = {name: row.raw.get(name) for name in FIELDS}
    if occupation:  # the word of the cell must not keep the row outside the programme
        texts["occupation"] = occupation.name_id
    if "birth_date" in mended or "birth_place" in mended:
        texts["birth_place_date"] = None
        texts["birth_date"] = mended.get("birth_date") or (row.birth_date.isoformat() if row.birth_date else None)
        texts["birth_place"] = mended.get("birth_place") or row.birth_place or None
    texts |= {name: value or None for name, value in mended.items() if name in texts}
    if "sex" in mended:
        texts["male"] = texts["female"] = None
    if village or (row.home_village and not texts["village"]):
        texts["village"] = texts["district"] = None
    return texts, tuple(code for code in (village or (row.home_village if not texts["village"] else ""),) if code)


def _sender_hint(row: ListRow) -> tuple[str, ...]:
    village = sender_village(row.file)
    return (village,) if village else ()


def _with_occupation(frame: pl.DataFrame, code: str | None) -> pl.DataFrame:
    """An occupation that a person chose stands, whatever the cell says."""
    if not code:
        return frame
    rejects = pl.col("rejects").list.set_difference([EXCLUDED_OCCUPATION])
    if code in EXCLUDED:
        rejects = pl.concat_list(rejects, pl.lit(EXCLUDED_OCCUPATION))
    return frame.with_columns(
        occupation=pl.lit(code),
        rejects=rejects,
        reviews=pl.col("reviews").list.set_difference(["occupation.unknown"]),
    )


def _take_over(row: ListRow, found: dict[str, Any]) -> None:
    row.status = found["status"]
    row.codes = [code for code in (found["codes"] or "").split(" ") if code]
    for name in TEXTS:
        setattr(row, name, found[name] or "")
    row.birth_date, row.occupation_id = found["birth_date"], found["occupation_id"]
    is_known = row.status == ListRow.Status.DUPLICATE
    right = _right_side(found) if is_known else {"right_row_id": None, "right_worker_id": None}
    row.duplicate_row_id, row.duplicate_worker_id = right["right_row_id"], right["right_worker_id"]


def _right_side(found: dict[str, Any]) -> dict[str, int | None]:
    """Everybody a single row is compared with comes from the register's frame: workers and other rows."""
    other = found["other_id"]
    is_row = other >= ROWS_FROM
    return {"right_row_id": other - ROWS_FROM if is_row else None, "right_worker_id": None if is_row else other}


def _decided(by: User, row: ListRow, before: tuple[str, list[str]], fields: list[str]) -> ListRow:
    row.decided_by_id, row.decided_at = by.pk, timezone.now()
    row.save(update_fields=["decided_by_id", "decided_at"])
    was, codes = before
    detail = {"row": row.pk, "fields": fields, "was": was, "was_codes": codes, "is": row.status, "codes": row.codes}
    audit.record(by=by, kind="row.decided", subject=row.file, detail=detail, region_code=row.village_code)
    return row
