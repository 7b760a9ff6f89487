"""Two records of one person become one, and can become two again."""

from __future__ import annotations

from typing import NamedTuple

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.registry import events
from salawaku.registry.merging import Relation, relations
from salawaku.registry.models import Merge, Worker


class Moving(NamedTuple):
    """What a merge would move out of one table, and what would stay because the kept record has the like."""

    label: str | Promise
    table: str
    moves: int
    stays: int


def merge_preview(*, kept: Worker, gone: Worker) -> list[Moving]:
    """What would move, table by table; tables without such rows are left out."""
    rows = [_count(relation, kept, gone) for relation in _moving()]
    return [row for row in rows if row.moves or row.stays]


@transaction.atomic
def workers_merge(*, by: User, kept: Worker, gone: Worker, reason: str = "") -> Merge:
    """Make `gone` a part of `kept`: everything that speaks of `gone` moves, nothing is deleted."""
    kept, gone = _lock_two(kept, gone)
    if gone.status == Worker.Status.DIED != kept.status:
        raise Refusal("merge.death_first", _("The record that would go has a day of death. Report the death first."))
    moved = {relation.name: _move(relation, kept, gone) for relation in _moving()}
    merge = Merge.objects.create(
        kept=kept,
        gone=gone,
        moved={"rows": {table: ids for table, ids in moved.items() if ids}, "status": gone.status},
        by_id=by.pk,
        village_code=kept.village_code,
        agency_code=kept.agency_code,
    )
    gone.status = Worker.Status.MERGED
    gone.save(update_fields=["status"])
    events.tell_merge(by, kept, gone)
    detail = {"gone": str(gone.public_id), "merge": str(merge.public_id)} | {t: len(ids) for t, ids in moved.items()}
    audit.record(
        by=by, kind="worker.merged", subject=kept, detail=detail, reason=reason, region_code=kept.village_code
    )
    return merge


@transaction.atomic
def merge_undo(*, by: User, merge: Merge, reason: str = "") -> Merge:
    """Take a merge back: what moved returns, unless it has moved on since."""
    merge = Merge.objects.select_for_update().select_related("kept", "gone").get(pk=merge.pk)
    if merge.undone_at:
        return merge
    kept, gone = merge.kept, merge.gone
    if kept.status == Worker.Status.MERGED:
        raise Refusal("merge.later_first", _("The kept record was merged again later. Undo that merge first."))
    gone.status = merge.moved["status"]
    try:
        with transaction.atomic():
            gone.save(update_fields=["status"])
    except IntegrityError as broken:
        raise Refusal(
            "merge.nik_taken", _("Meanwhile another record has this NIK. Decide about that record first.")
        ) from broken
    for relation in _moving():
        _move_back(relation, kept, gone, merge.moved["rows"].get(relation.name, []))
    events.tell_merge_undo(by, kept, gone)
    merge.undone_at, merge.undone_by_id = timezone.now(), by.pk
    merge.save(update_fields=["undone_at", "undone_by_id"])
    detail = {"gone": str(gone.public_id), "merge": str(merge.public_id)}
    audit.record(
        by=by, kind="worker.merge_undone", subject=kept, detail=detail, reason=reason, region_code=kept.village_code
    )
    return merge


def _moving() -> list[Relation]:
    return [relation for relation in relations() if relation.moves]


def _lock_two(kept: Worker, gone: Worker) -> tuple[Worker, Worker]:
    """Both records under lock, in the order of their ids so that two merges never wait for each other."""
    locked = {w.pk: w for w in Worker.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")}
    if len(locked) != 2:
        raise Refusal("merge.one_record", _("A merge needs two records that you may both see."))
    if any(worker.status == Worker.Status.MERGED for worker in locked.values()):
        raise Refusal("merge.already", _("One of the records was already merged into another one."))
    return locked[kept.pk], locked[gone.pk]


def _twin(relation: Relation) -> str:
    """SQL that is true where the kept record already has such a row."""
    if not relation.unique_with:
        return "FALSE"
    same = " AND ".join(f"kept.{column} = moving.{column}" for column in relation.unique_with)
    table = relation.twin_in or relation.table
    return f"EXISTS (SELECT 1 FROM {table} AS kept WHERE kept.{relation.column} = %(kept)s AND {same})"


def _count(relation: Relation, kept: Worker, gone: Worker) -> Moving:
    twin = _twin(relation)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FILTER (WHERE NOT {twin}), count(*) FILTER (WHERE {twin})"
            f" FROM {relation.table} AS moving WHERE moving.{relation.column} = %(gone)s",
            {"kept": kept.pk, "gone": gone.pk},
        )
        moves, stays = cursor.fetchone()
    return Moving(relation.label, relation.table, moves, stays)


def _move(relation: Relation, kept: Worker, gone: Worker) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {relation.table} AS moving SET {relation.column} = %(kept)s"
            f" WHERE moving.{relation.column} = %(gone)s AND NOT {_twin(relation)} RETURNING moving.{relation.key}",
            {"kept": kept.pk, "gone": gone.pk},
        )
        return [row[0] for row in cursor.fetchall()]


def _move_back(relation: Relation, kept: Worker, gone: Worker, ids: list[int]) -> None:
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {relation.table} SET {relation.column} = %(gone)s"
                f" WHERE {relation.column} = %(kept)s AND {relation.key} = ANY(%(ids)s)",
                {"kept": kept.pk, "gone": gone.pk, "ids": ids},
            )
