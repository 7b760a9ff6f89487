"""Reading lists, their rows and the pairs to decide: always within the scope of whoever is acting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from salawaku.accounts.models import User
from salawaku.accounts.scoping import elevated, in_scope, may_write
from salawaku.intake.engine.codes import WORDINGS, Language, file_wording, wording
from salawaku.intake.models import ListFile, ListRow, Pair, WorkerSource
from salawaku.regions.models import Region
from salawaku.registry.models import Worker
from salawaku.web.wording import mask

PAGE = 50
TABS = ("rejected", "review", "duplicate", "accepted")
# What a person compares, in the order of the card.
COMPARED = ("nik", "name", "birth_date", "sex", "village", "occupation", "address", "phone")


class Message(NamedTuple):
    """What is wrong with a row, for a person; `field` is the column at fault."""

    code: str
    field: str
    text: str


class Compared(NamedTuple):
    """One line of the review card; `agrees` is None where one side says nothing."""

    field: str
    left: str
    right: str
    agrees: bool | None


class Card(NamedTuple):
    """Two records side by side, the place in the queue, and whether the right one may be shown."""

    pair: Pair
    lines: list[Compared]
    number: int
    total: int
    is_stranger: bool
    right_row: ListRow | None


def file_list() -> QuerySet[ListFile]:
    """The lists of the area, the newest first."""
    return in_scope(ListFile.objects.all()).select_related("progress").order_by("-received_at", "-id")


def file_get(public_id: UUID) -> ListFile:
    """One list within the scope; raises ListFile.DoesNotExist for a stranger's."""
    return file_list().get(public_id=public_id)


def file_message(file: ListFile) -> str:
    """Why a list was refused and what to do, in the language of the page."""
    if not file.codes:
        return ""
    return file_wording(file.codes[0], _language(), file=file.name, **file.told.get("values", {}))


def row_page(file: ListFile, status: str, *, code: str = "", after: int = 0) -> tuple[list[ListRow], int | None]:
    """One page of a tab in the order of the file, and the key of the next one."""
    found = in_scope(ListRow.objects.filter(file=file, status=status, id__gt=after))
    if code:
        found = found.filter(codes__contains=[code])
    rows = list(found.select_related("occupation").order_by("id")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None


def row_get(file: ListFile, row_id: int) -> ListRow:
    """One row of a list; raises ListRow.DoesNotExist."""
    return in_scope(ListRow.objects.filter(file=file)).select_related("occupation", "file").get(pk=row_id)


def row_codes(file: ListFile, status: str) -> list[str]:
    """The codes that occur in a tab, for its filter."""
    codes = in_scope(ListRow.objects.filter(file=file, status=status)).values_list("codes", flat=True).distinct()
    return sorted({code for several in codes for code in several})


def row_messages(row: ListRow) -> list[Message]:
    """What is wrong with a row, in the language of the page."""
    language = _language()
    codes = row.codes or (["duplicate"] if row.status == ListRow.Status.DUPLICATE else [])
    return [_message(row, code, language) for code in codes]


def pairs_open(*, file: ListFile | None = None) -> QuerySet[Pair]:
    """Pairs of the area that wait for an answer; the unsure ones come last."""
    found = in_scope(Pair.objects.filter(decision__in=["", "unsure"], left__status=ListRow.Status.REVIEW))
    found = found.filter(left__file__status__in=[ListFile.Status.CHECKED, ListFile.Status.CONFIRMED])
    if file:
        found = found.filter(left__file=file)
    return found.select_related("left__file", "left__occupation").order_by("decision", "id")


def pair_get(public_id: UUID) -> Pair:
    """One pair within the scope; raises Pair.DoesNotExist."""
    return in_scope(Pair.objects.select_related("left__file", "left__occupation")).get(public_id=public_id)


def pair_card(pair: Pair, *, number: int, total: int) -> Card:
    """The card of a pair: a person outside the reviewer's area is compared, but shown masked."""
    with elevated("the fields are compared; what lies outside the reviewer's scope leaves this function masked"):
        right, village = _right(pair)
    right_agency = right.agency_code
    is_stranger = not may_write(right.village_code, right_agency)
    lines = _compare(pair.left, right, village, is_stranger=is_stranger)
    row = right if isinstance(right, ListRow) and not is_stranger else None
    return Card(pair, lines, number, total, is_stranger, row)


def senders_for(user: User) -> list[tuple[str, str]]:
    """Whom this person may send lists for: "village|agency" and its title, offices and regions first."""
    scope = user.scope()
    offices = [(f"{region}|{agency}", agency) for agency, region in (given.split("|") for given in scope.offices)]
    whole = Q(pk__in=[])
    for region in scope.regions:
        whole |= Q(code__startswith=region, level=4) | Q(code=region)
    regions = Region.objects.filter(whole).order_by("level", "name")
    return offices + [(f"{region.code}|", region.title) for region in regions]


def worker_evidence(worker: Worker) -> list[ListRow]:
    """The rows of lists that name a worker, as far as they lie in the reader's area."""
    further = in_scope(WorkerSource.objects.filter(worker=worker)).values("row_id")
    rows = in_scope(ListRow.objects.filter(Q(pk=worker.source_row_id) | Q(pk__in=further)))
    return list(rows.select_related("file").order_by("id"))


def _language() -> Language:
    return "en" if get_language() == "en" else "id"


def _message(row: ListRow, code: str, language: Language) -> Message:
    field = WORDINGS[code].field
    value = _as_written(row, field)
    digits = sum(char.isdigit() for char in value)
    return Message(code, field, wording(code, language, value=value, digits=digits, other=_other(row, language)))


def _as_written(row: ListRow, field: str) -> str:
    mended = row.mended.get(field)
    return str(mended or row.raw.get(field) or row.raw.get("birth_place_date" if field == "birth_date" else "") or "")


def _other(row: ListRow, language: Language) -> str:
    if row.duplicate_row_id:
        found = in_scope(ListRow.objects.filter(pk=row.duplicate_row_id)).select_related("file").first()
        if found:
            return f"{found.file.name}, {'baris' if language == 'id' else 'row'} {found.row}"
    return "data yang sudah ada" if language == "id" else "a record already there"


def _right(pair: Pair) -> tuple[ListRow | Worker, str]:
    if pair.right_worker_id is not None:
        worker = Worker.objects.select_related("occupation").get(pk=pair.right_worker_id)
        return worker, worker.village_code
    row = ListRow.objects.select_related("occupation", "file").get(pk=pair.right_row_id or 0)
    return row, row.home_village


def _compare(left: ListRow, right: ListRow | Worker, village: str, *, is_stranger: bool) -> list[Compared]:
    places = Region.objects.filter(code__in=[left.home_village, village]).defer("boundary")
    titles = {place.code: place.title for place in places}
    sides = [_values(left, left.home_village), _values(right, village)]
    lines = []
    for field in COMPARED:
        mine, other = (side[field] for side in sides)
        agrees = _agree(field, left, right) if mine and other else None
        shown = [titles.get(text, text) if field == "village" else text for text in (mine, other)]
        lines.append(Compared(field, shown[0], _hidden(field, shown[1]) if is_stranger else shown[1], agrees))
    return lines


def _values(record: ListRow | Worker, village: str) -> dict[str, str]:
    return {
        "nik": record.nik,
        "name": record.name,
        "birth_date": record.birth_date.isoformat() if record.birth_date else "",
        "sex": record.sex,
        "village": village,
        "occupation": str(record.occupation) if record.occupation_id else "",
        "address": record.address,
        "phone": record.phone,
    }


def _agree(field: str, left: ListRow, right: ListRow | Worker) -> bool:
    if field == "name":
        return left.name_key == right.name_key
    if field == "village":
        return left.home_village == (right.home_village if isinstance(right, ListRow) else right.village_code)
    if field == "occupation":
        return left.occupation_id == right.occupation_id
    mine, other = getattr(left, field), getattr(right, field)
    return bool(mine == other)


def _hidden(field: str, text: str) -> str:
    """A stranger's value: the NIK masked, the name by its initials, the rest not at all."""
    if field == "nik":
        return mask(text)
    if field == "name":
        return " ".join(f"{word[0]}…" for word in text.split())
    return ""


def counted_tabs(file: ListFile) -> Iterable[tuple[str, int]]:
    """The four tabs with their numbers: what is to mend first."""
    return [(status, getattr(file, status)) for status in TABS]


def loaded_digests() -> dict[str, str]:
    """The content of every list taken in before, whoever sent it: digest to name."""
    with elevated("the same content may have been sent by somebody else; only its name comes out"):
        known = ListFile.objects.exclude(status__in=[ListFile.Status.WITHDRAWN, ListFile.Status.REFUSED])
        return dict(known.values_list("sha256", "name"))


def file_contract(file: ListFile) -> dict[str, Any]:
    """A stored list as the contract tells it, with its own totals."""
    counts = {name: getattr(file, name) for name in ("rows", "accepted", "duplicate", "review", "rejected")}
    refused = file.status == ListFile.Status.REFUSED
    rows = list(in_scope(ListRow.objects.filter(file=file)).order_by("id").values(*_TOLD))
    origins = _origins(rows)
    return {
        "file": file.name,
        "status": "refused" if refused else "read",
        "codes": file.codes,
        "mapping": file.mapping,
        "rows": [_told(row, origins) for row in rows],
        "totals": {**counts, "files_refused": int(refused)},
    }


_TOLD = (
    "id", "sheet", "row", "status", "codes", "nik", "name", "birth_date", "sex", "home_village", "occupation_id",
    "duplicate_row_id", "duplicate_worker_id",
)  # fmt: skip


def _origins(rows: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    wanted = {row["duplicate_row_id"] for row in rows} - {None}
    met = in_scope(ListRow.objects.filter(pk__in=wanted)).values_list("pk", "file__name", "sheet", "row")
    return {pk: {"file": name, "sheet": sheet, "row": row} for pk, name, sheet, row in met}


def _told(row: dict[str, Any], origins: dict[int, dict[str, Any]]) -> dict[str, Any]:
    told = {name: row[name] for name in ("sheet", "row", "status", "codes")}
    told |= {name: row[name] or None for name in ("nik", "name", "sex")}
    told["birth_date"] = row["birth_date"].isoformat() if row["birth_date"] else None
    told["village"], told["occupation"] = row["home_village"] or None, row["occupation_id"]
    if row["duplicate_row_id"]:
        told["duplicate_of"] = origins.get(row["duplicate_row_id"], {})
    else:
        told["duplicate_of"] = {"register": row["duplicate_worker_id"]} if row["duplicate_worker_id"] else None
    return told
