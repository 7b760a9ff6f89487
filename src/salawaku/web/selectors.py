"""The home page's figures, read from the rooms: each person sees what the own roles and area allow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from salawaku import law
from salawaku.accounts.models import User
from salawaku.cover import selectors as cover
from salawaku.intake import selectors as intake
from salawaku.intake.models import ListFile
from salawaku.programmes.models import Allocation
from salawaku.programmes.selectors import programmes_for
from salawaku.regions.models import Region
from salawaku.web.addresses import address
from salawaku.web.dashboard import Batch, Dashboard, Lapse, Purse, Task
from salawaku.web.figures import Month
from salawaku.web.village_map import Place

MONTHS_BACK, MONTHS_AHEAD, BATCHES = 11, 6, 6


def dashboard_for(user: User, *, today: date) -> Dashboard:
    """Everything the home page shows to this person."""
    places = _places(today) if user.can("cover.view") else []
    target = sum(place.whole for place in places)
    newest = intake.file_list().first()
    return Dashboard(
        as_of=today,
        covered=sum(place.part for place in places),
        target=target,
        lapsing=sum(place.lapsing for place in places),
        has_figures=user.can("cover.view"),
        has_lists=bool(places) or newest is not None,
        covered_url=address("worker_list", status="living"),
        target_url=address("programme_list"),
        lapsing_url=address("lapses_this_month"),
        villages_url=address("cover_villages"),
        upload_url=address("intake_upload") if user.can("intake.load") else "",
        lists_url=address("intake_list"),
        tasks=[task for task in _tasks(user, today) if task.count],
        places=places,
        lapses=_lapses(today) if user.can("cover.view") else (),
        purses=_purses(user) if user.can("programme.view") else None,
        batches=_batches() if user.can("intake.load") or user.can("intake.confirm") else None,
        history=_history(today, target) if places else (),
        last_upload=_batch(newest) if newest else None,
    )


def _places(today: date) -> list[Place]:
    """The villages of the person's area with their cover."""
    rows = cover.coverage_by_village(as_of=today)
    lapsing = {row.key: row.lapse_30 for row in cover.cover_status(as_of=today, by="village")}
    regions = Region.objects.in_bulk({row.key for row in rows} | {row.key[:8] for row in rows})
    places = []
    for row in rows:
        village, district = regions.get(row.key), regions.get(row.key[:8])
        soon = lapsing.get(row.key, 0)
        places.append(
            Place(
                name=village.title if village else row.name,
                url=address("worker_list", village=row.key),
                part=row.covered,
                whole=row.target,
                lat=float(village.lat) if village and village.lat is not None else None,
                lng=float(village.lng) if village and village.lng is not None else None,
                boundary=village.boundary if village else None,
                group=district.name if district else "",
                lapsing=soon,
                needs_attention=soon > 0 and soon * 10 >= row.covered,
            )
        )
    return places


def _lapses(today: date) -> list[Lapse]:
    """Ends of memberships by month; this month's and the next one's have their list, later ones the board."""
    lists = {law.add_months(today, 1): "lapses_this_month", law.add_months(today, 2): "lapses_next_month"}
    rows = cover.lapses_ahead(as_of=today)[:MONTHS_AHEAD]
    return [Lapse(row.on, row.workers, address(lists.get(row.on, "cover_board"))) for row in rows]


def _purses(user: User) -> list[Purse]:
    """Purses of programmes that run this year or later, in their order."""
    return [
        Purse(
            name=purse.name,
            ceiling=purse.ceiling,
            committed=purse.committed + purse.billed,
            paid=purse.paid,
            url=address("programme_detail", purse.programme.public_id),
        )
        for purse in cover.purses_for(user).filter(programme__status="open")
    ]


def _history(today: date, target: int) -> list[Month]:
    """How many were paid for in each of the last twelve months."""
    first = law.add_months(today, -MONTHS_BACK)
    paid = {row.month: row.paid for row in cover.month_board(first=first, last=today)}
    months = [law.add_months(first, step) for step in range(MONTHS_BACK + 1)]
    return [Month(month, paid.get(month, 0), target) for month in months]


def _batches() -> list[Batch]:
    """Checked lists that wait to be confirmed."""
    return [_batch(file) for file in intake.file_list().filter(status=ListFile.Status.CHECKED)[:BATCHES]]


def _batch(file: ListFile) -> Batch:
    return Batch(
        name=file.name,
        rows=file.rows,
        open_rows=file.review + file.rejected,
        url=address("intake_file", file.public_id),
        received_at=file.received_at,
    )


def _tasks(user: User, today: date) -> Iterator[Task]:
    """What waits for this person, by what the person may do."""
    if user.can("intake.confirm"):
        waiting = intake.file_list().filter(status=ListFile.Status.CHECKED)
        yield Task(
            _("checked lists wait to be confirmed"), waiting.count(), address("intake_list"), icon="file-check"
        )
    if user.can("intake.decide"):
        pairs = intake.pairs_open().count()
        yield Task(_("pairs may be the same person"), pairs, address("intake_review"), icon="users")
    if user.can("allocation.approve"):
        plans = Allocation.objects.filter(programme__in=programmes_for(user), status=Allocation.Status.PROPOSED)
        others = list(plans.exclude(proposed_by=user).values_list("public_id", flat=True))
        url = address("allocation_detail", others[0]) if len(others) == 1 else address("programme_list")
        yield Task(_("plans wait for your approval"), len(others), url, icon="scale")
    if user.can("bill.run"):
        month = law.first_of_month(today)
        decreed = sum(row.decreed for row in cover.month_board(first=month, last=month))
        yield Task(_("workers of this month are not billed yet"), decreed, address("bill_list"), icon="receipt")
    if user.can("payment.record"):
        unmatched = cover.unmatched_receipts(user).count()
        yield Task(_("receipts match no bill"), unmatched, address("payments"), icon="receipt-off")
