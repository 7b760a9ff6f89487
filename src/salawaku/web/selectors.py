"""The home page's figures, read from the rooms: each person sees what the own roles and area allow."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from django.db.models import Q

from salawaku import law
from salawaku.accounts.models import User
from salawaku.cover import selectors as cover
from salawaku.intake import selectors as intake
from salawaku.intake.models import ListFile
from salawaku.regions.models import Region
from salawaku.web.addresses import address, address_for
from salawaku.web.dashboard import Batch, Dashboard, Lapse, Purse
from salawaku.web.figures import Month
from salawaku.web.tasks import tasks_for
from salawaku.web.village_map import Place

MONTHS_BACK, MONTHS_AHEAD, BATCHES = 11, 6, 6
LAPSING_DAYS = 30


def dashboard_for(user: User, *, today: date) -> Dashboard:
    """Everything the home page shows to this person."""
    ends = cover.village_ends(as_of=today) if user.can("cover.view") else []
    places = _places(user, ends, today)
    target = sum(place.whole for place in places)
    newest = intake.file_list().first()
    return Dashboard(
        as_of=today,
        covered=sum(place.part for place in places),
        target=target,
        lapsing=sum(place.lapsing for place in places),
        has_figures=user.can("cover.view"),
        has_lists=bool(places) or newest is not None,
        covered_url=address("cover_villages"),
        target_url=address_for(user, "programme_list") or address("cover_villages"),
        lapsing_url=address("cover_lapses"),
        villages_url=address("cover_villages"),
        upload_url=address_for(user, "intake_upload"),
        lists_url=address("intake_list"),
        tasks=[task for task in tasks_for(user, today=today) if task.count],
        places=places,
        lapses=_lapses(ends, today),
        purses=_purses(user, today) if user.can("programme.view") else None,
        batches=_batches() if user.can("intake.load") or user.can("intake.confirm") else None,
        history=_history(today, target) if places else (),
        last_upload=_batch(newest) if newest else None,
    )


class _Village:
    """What a village's ends of membership add up to."""

    def __init__(self) -> None:
        self.registered = self.members = self.covered = self.lapsing = 0

    def add(self, end: cover.VillageEnd, today: date) -> None:
        """Count the workers of one end."""
        self.registered += end.workers
        self.members += end.workers * (end.status in {"active", "in_grace"})
        self.covered += end.workers * (end.status == "active")
        soon = end.membership_end is not None and 0 < (end.membership_end - today).days <= LAPSING_DAYS
        self.lapsing += end.workers * soon


def _places(user: User, ends: list[cover.VillageEnd], today: date) -> list[Place]:
    """The villages of the person's area with their cover; the target is the quota, else everybody registered."""
    villages: defaultdict[str, _Village] = defaultdict(_Village)
    for end in ends:
        villages[end.village_code].add(end, today)
    seats = cover.seats_by_village(as_of=today)
    regions = Region.objects.in_bulk({*villages, *(code[:8] for code in villages)})
    lists = {code: address_for(user, "worker_list", village=code) or address("cover_villages") for code in villages}
    return [
        _place(code, village, lists[code], seats.get(code, 0), regions) for code, village in sorted(villages.items())
    ]


def _place(code: str, village: _Village, url: str, seats: int, regions: dict[str, Region]) -> Place:
    region, district = regions.get(code), regions.get(code[:8])
    return Place(
        name=region.title if region else code,
        url=url,
        part=village.covered,
        whole=seats or village.registered,
        lat=float(region.lat) if region and region.lat is not None else None,
        lng=float(region.lng) if region and region.lng is not None else None,
        boundary=region.boundary if region else None,
        group=district.name if district else "",
        lapsing=village.lapsing,
        needs_attention=village.lapsing > 0 and village.lapsing * 4 >= village.members,
    )


def _lapses(ends: list[cover.VillageEnd], today: date) -> list[Lapse]:
    """Ends of memberships by month, each with its list."""
    ahead: Counter[date] = Counter()
    for end in ends:
        if end.membership_end and end.membership_end > today:
            ahead[end.membership_end] += end.workers
    months = sorted(ahead)[:MONTHS_AHEAD]
    return [Lapse(on, ahead[on], address("cover_lapses", month=f"{on:%Y-%m}")) for on in months]


def _purses(user: User, today: date) -> list[Purse]:
    """Purses of programmes that run this month or later, in their order."""
    running = Q(programme__status="open", programme__last_month__gte=law.first_of_month(today))
    return [
        Purse(
            name=purse.name,
            ceiling=purse.ceiling,
            committed=purse.committed + purse.billed,
            paid=purse.paid,
            url=address("purse_detail", purse.public_id),
        )
        for purse in cover.purses_for(user).filter(running)
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
