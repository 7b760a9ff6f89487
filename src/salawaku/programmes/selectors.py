"""Reading programmes, plans and decrees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from salawaku.accounts.models import User
from salawaku.programmes.models import (
    Agreement,
    Allocation,
    AllocationLine,
    Decree,
    DecreeFile,
    Freezing,
    Programme,
)
from salawaku.regions.models import Region


def programmes_for(user: User) -> QuerySet[Programme]:
    """Programmes of the user's regions, and those of a larger region around them."""
    return Programme.objects.filter(_within(user.regions) | _around(user.regions))


def programmes_managed_by(user: User) -> QuerySet[Programme]:
    """Programmes that lie wholly in the user's regions: only these may be changed."""
    return Programme.objects.filter(_within(user.regions))


def agreements_for(user: User) -> QuerySet[Agreement]:
    """Agreements of the user's regions, and those of a larger region around them."""
    return Agreement.objects.defer("document").filter(_within(user.regions) | _around(user.regions))


def agreements_managed_by(user: User) -> QuerySet[Agreement]:
    """Agreements that lie wholly in the user's regions: only these may be changed."""
    return Agreement.objects.defer("document").filter(_within(user.regions))


def _within(regions: list[str]) -> Q:
    found = Q(pk__in=[])
    for code in regions:
        found |= Q(region_code__startswith=code)
    return found


def _around(regions: list[str]) -> Q:
    larger = {code[:length] for code in regions for length in (2, 5, 8, 13) if length <= len(code)}
    return Q(region_code__in=larger)


def allocation_lines(
    allocation: Allocation, *, reason: str = "", chosen: bool | None = None
) -> QuerySet[AllocationLine]:
    """Lines of a plan in their order, as far as the acting person may see them."""
    lines = AllocationLine.objects.filter(allocation=allocation).select_related(
        "worker", "worker__occupation", "purse", "declaration"
    )
    lines = lines.defer("declaration__evidence")
    if reason:
        lines = lines.filter(reason=reason)
    if chosen is not None:
        lines = lines.filter(chosen=chosen)
    return lines.order_by("id")


class PurseShare(NamedTuple):
    """What a plan takes from one purse."""

    name: str
    workers: int
    worker_months: int
    amount: int


def allocation_by_purse(allocation: Allocation) -> list[PurseShare]:
    """What a plan takes from each purse, in the purses' order."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.name, count(*), sum(l.months), sum(l.amount)
               FROM programmes_allocationline l JOIN programmes_purse p ON p.id = l.purse_id
               WHERE l.allocation_id = %s GROUP BY p.id ORDER BY p.priority, p.id""",
            [allocation.pk],
        )
        return [PurseShare(name, workers, months, int(amount)) for name, workers, months, amount in cursor]


def decrees_for(user: User) -> QuerySet[Decree]:
    """Decrees of the programmes the user sees."""
    return Decree.objects.filter(programme__in=programmes_for(user)).select_related("programme", "changes")


class AnnexFile(NamedTuple):
    """A file of an annex and the region whose persons it holds."""

    file: DecreeFile
    region: str


def decree_files(decree: Decree) -> list[AnnexFile]:
    """The files the acting person may see, the workbook of all first."""
    files = list(decree.files.defer("content").order_by("-kind", "village_code"))
    titles = {region.code: region.title for region in Region.objects.filter(code__in=[f.village_code for f in files])}
    return [AnnexFile(file, titles.get(file.village_code, file.village_code)) for file in files]


def village_names(code: str) -> dict[str, str]:
    """The title of a region by its code; empty for one that is not known."""
    return {region.code: region.title for region in Region.objects.filter(code=code)}


def programme_named(text: str) -> Programme | None:
    """A programme by its short name, as commands take it."""
    return Programme.objects.filter(code=text).first()


def decree_rows(decree: Decree) -> Iterator[tuple[object, ...]]:
    """The annex in its order: number, NIK, name, address, village, occupation, purse, month, months, amount."""
    return (
        decree.lines.order_by("number")
        .values_list(
            "number", "nik", "name", "address", "village", "occupation", "purse", "first_month", "months", "amount"
        )
        .iterator(chunk_size=5000)
    )


def decree_removals(decree: Decree) -> list[tuple[object, ...]]:
    """The entries a decree takes out, in order, each as the frozen line of the earlier annex.

    Number, decree, number there, NIK, name, address, village, reason, day.
    """
    line = ("decree__number", "number", "nik", "name", "address", "village")
    fields = ("number", *(f"line__{name}" for name in line), "reason", "since")
    return list(decree.removals.order_by("number").values_list(*fields))


def decree_to_change(programme: Programme) -> Decree | None:
    """The decree that a new one of the programme changes: the one frozen last."""
    return programme.decrees.order_by("-frozen_at", "-id").first()


def decree_of(allocation: Allocation) -> Decree | None:
    """The decree of a plan, if it is frozen."""
    return Decree.objects.filter(allocation=allocation).first()


def freezing_of(allocation: Allocation) -> Freezing | None:
    """The decree of a plan that a job draws up, or failed to."""
    return Freezing.objects.select_related("changes").filter(allocation=allocation).first()


class VillageSeats(NamedTuple):
    """A village of a programme: its seats and how many living workers the register has there."""

    code: str
    kind: str
    name: str
    seats: int | None
    registered: int


def villages_of(programme: Programme) -> list[VillageSeats]:
    """Every village of the programme's region; registered workers as far as the acting person sees them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT r.code, r.kind, r.name, q.seats, coalesce(w.n, 0)
               FROM regions_region r
               LEFT JOIN programmes_quota q ON q.village_code = r.code AND q.programme_id = %(programme)s
               LEFT JOIN (SELECT village_code, count(*) AS n FROM registry_worker
                          WHERE status = 'living' AND village_code LIKE %(region)s GROUP BY village_code) w
                      ON w.village_code = r.code
               WHERE r.level = 4 AND r.code LIKE %(region)s ORDER BY r.code""",
            {"programme": programme.pk, "region": f"{programme.region_code}%"},
        )
        return [VillageSeats(*row) for row in cursor.fetchall()]


def allocations_waiting_for(user: User) -> QuerySet[Allocation]:
    """Plans that this person could approve: none of the own ones."""
    waiting = Allocation.objects.filter(status="proposed", programme__in=programmes_managed_by(user))
    return waiting.exclude(proposed_by=user) if user.can("allocation.approve") else waiting.none()
