"""Freezing a decree with its annex."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import elevated
from salawaku.programmes import annex
from salawaku.programmes.leaving import Removal, removals
from salawaku.programmes.models import Allocation, Decree, DecreeFile

# What is frozen is never updated, so the annex is drawn up in a table of the transaction and hashed before the
# decree is written.
DRAFT = """
CREATE TEMPORARY TABLE annex ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY w.village_code, w.name, l.worker_id, l.first_month)::int AS number, w.nik, w.name,
       concat_ws(' ', nullif(w.address, ''), 'RT ' || nullif(w.rt, ''), 'RW ' || nullif(w.rw, '')) AS address,
       concat_ws(' ', initcap(r.kind), coalesce(r.name, w.village_code)) AS village,
       coalesce(o.name_id, '') AS occupation, p.name AS purse, l.first_month, l.months::int AS months, l.amount,
       l.worker_id, w.village_code, w.agency_code
FROM programmes_allocationline l
JOIN registry_worker w ON w.id = l.worker_id
JOIN programmes_purse p ON p.id = l.purse_id
LEFT JOIN registry_occupation o ON o.code = w.occupation_id
LEFT JOIN regions_region r ON r.code = w.village_code
WHERE l.allocation_id = %s AND l.chosen
"""
READ = """
SELECT number, nik, name, address, village, occupation, purse, first_month, months, amount, village_code
FROM annex ORDER BY number
"""
FREEZE = """
INSERT INTO programmes_decreeline
       (decree_id, number, worker_id, village_code, agency_code, name, nik, address, village, occupation, purse,
        first_month, months, amount)
SELECT %s, number, worker_id, village_code, agency_code, name, nik, address, village, occupation, purse, first_month,
       months, amount
FROM annex
"""
REMOVE = """
INSERT INTO programmes_decreeremoval (decree_id, number, line_id, village_code, agency_code, reason, since)
SELECT %s, * FROM unnest(%s::int[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::date[])
"""


class Content(NamedTuple):
    """A file of an annex before it is kept: kind, region whose persons it holds, bytes."""

    kind: str
    village_code: str
    content: bytes


class Drawn(NamedTuple):
    """The files of an annex drawn up beforehand; they are of use as long as the annex still has this hash."""

    sha256: str
    files: list[Content]


class Signing(NamedTuple):
    """What is written on a decree."""

    number: str
    signed_on: date
    signatory: str
    changes: Decree | None = None


@transaction.atomic
def decree_freeze(
    *,
    by: User,
    allocation: Allocation,
    number: str,
    signed_on: date,
    signatory: str,
    changes: Decree | None = None,
    drawn: Drawn | None = None,
) -> Decree:
    """Freeze the annex of an approved plan by name and address, with its hash, PDFs and workbook.

    Nothing of it is changed ever after; `changes` names the decree that this one changes. The annex then also lists
    the earlier entries of those who left; they stay as they were signed. Files `drawn` up beforehand are taken if
    the annex is still the same.
    """
    signing = Signing(number, signed_on, signatory, changes)
    locked = Allocation.objects.select_for_update(of=("self",)).select_related("programme").get(pk=allocation.pk)
    decree_ready(allocation=locked, number=number, changes=changes)
    with elevated("an annex holds every worker of the plan"):
        decree, rows, gone = _annex(by, locked, signing)
        fits = drawn is not None and drawn.sha256 == decree.sha256
        files = drawn.files if drawn and fits else list(_contents(decree, rows, gone))
        decree.save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute(FREEZE, [decree.pk])
            cursor.execute(REMOVE, [decree.pk, *_columns(gone)])
        DecreeFile.objects.bulk_create(_file(decree, *file) for file in files)
    audit.record(
        by=by,
        kind="decree.frozen",
        subject=decree,
        detail={"number": number, "workers": len(rows), "removed": len(gone), "sha256": decree.sha256},
        region_code=locked.programme.region_code,
    )
    return decree


def decree_draw_up(*, by: User, allocation: Allocation, signing: Signing, tell: Callable[[int, int], None]) -> Drawn:
    """Draw up the files of an annex and keep nothing: the slow part of a large decree, outside any transaction.

    `tell` hears how many files are done, and of how many.
    """
    with transaction.atomic(), elevated("an annex holds every worker of the plan"):
        decree, rows, gone = _annex(by, allocation, signing)
    total = len({row[10] for row in rows} | {one.village_code for one in gone}) + 1
    files = []
    for done, file in enumerate(_contents(decree, rows, gone), start=1):
        files.append(file)
        tell(done, total)
    return Drawn(decree.sha256, files)


def _annex(
    by: User, allocation: Allocation, signing: Signing
) -> tuple[Decree, list[tuple[object, ...]], list[Removal]]:
    """The decree, not saved yet, with the rows of its annex and the entries that it takes out."""
    rows = _draft(allocation)
    gone = removals(changes=signing.changes, allocation=allocation) if signing.changes else []
    return _decree(by, allocation, signing, rows, gone), rows, gone


def decree_ready(*, allocation: Allocation, number: str, changes: Decree | None) -> None:
    """Refuse what cannot be frozen: no approval, frozen already, no number or one that is taken."""
    if changes and changes.programme_id != allocation.programme_id:
        raise Refusal("decree.other_programme", _("A decree can only change one of the same programme."))
    if allocation.status != Allocation.Status.APPROVED:
        raise Refusal("decree.not_approved", _("A colleague must approve the plan before its decree is frozen."))
    if Decree.objects.filter(allocation=allocation).exists():
        raise Refusal("decree.frozen", _("The decree of this plan is frozen. A change is a new plan and decree."))
    if not number.strip():
        raise Refusal("decree.number", _("A decree needs its number."))
    if Decree.objects.filter(number=number).exists():
        raise Refusal("decree.number", _("There is already a decree with this number."))


def _draft(allocation: Allocation) -> list[tuple[object, ...]]:
    """The annex as rows, each with the village's code at the end."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.annex")
        cursor.execute(DRAFT, [allocation.pk])
        cursor.execute(READ)
        rows = list(cursor.fetchall())
    if not rows:
        raise Refusal("decree.empty", _("The plan covers nobody; there is nothing to decree."))
    return rows


def _decree(
    by: User, allocation: Allocation, signing: Signing, rows: list[tuple[object, ...]], gone: list[Removal]
) -> Decree:
    decree = Decree(
        allocation=allocation,
        programme=allocation.programme,
        **signing._asdict(),
        form=annex.CHANGE_FORM if signing.changes else annex.FORM,
        workers=allocation.workers,
        removed=len(gone),
        amount=allocation.amount,
        frozen_by=by,
    )
    decree.sha256 = annex.canonical_hash(decree, (row[:10] for row in rows), [one.canonical() for one in gone])
    return decree


def _columns(gone: list[Removal]) -> list[list[object]]:
    """What REMOVE takes, column by column."""
    names = ("number", "line_id", "village_code", "agency_code", "reason", "since")
    return [[getattr(one, name) for one in gone] for name in names]


def _contents(decree: Decree, rows: list[tuple[object, ...]], gone: list[Removal]) -> Iterator[Content]:
    """A PDF per village, which its people may see, and the workbook of all for the programme's region."""
    here = {code: [row[:10] for row in part] for code, part in groupby(rows, key=lambda row: str(row[10]))}
    left = {code: [one.canonical() for one in part] for code, part in groupby(gone, key=lambda one: one.village_code)}
    names = {code: str(part[0][4]) for code, part in here.items()} | {one.village_code: one.village for one in gone}
    for code in sorted(names):
        yield Content("pdf", code, annex.pdf(decree, names[code], here.get(code, []), left.get(code, [])))
    whole = annex.workbook(decree, (row[:10] for row in rows), [one.canonical() for one in gone])
    yield Content("xlsx", decree.programme.region_code, whole)


def _file(decree: Decree, kind: str, code: str, content: bytes) -> DecreeFile:
    return DecreeFile(
        decree=decree,
        kind=kind,
        village_code=code,
        name=f"{decree.programme.code}-{decree.public_id.hex[:8]}-{code}.{kind}",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )


@transaction.atomic
def decree_file_taken(*, by: User, file: DecreeFile) -> None:
    """Write down who took a file of persons out."""
    detail = {"kind": file.kind, "village_code": file.village_code}
    audit.record(
        by=by, kind="list.exported", subject=file.decree, detail=detail, region_code=file.decree.programme.region_code
    )
