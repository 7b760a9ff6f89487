"""What the home page shows: one dataclass, put together from the selectors of the rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from salawaku.web import wording
from salawaku.web.figures import Bar, Month, Part
from salawaku.web.village_map import Place

WORST = 10


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for this person: a sentence with its count, and where to do it."""

    text: str
    count: int
    url: str
    icon: str = "checklist"


@dataclass(frozen=True, slots=True)
class Lapse:
    """How many memberships end in one month unless somebody pays, and the list of them."""

    month: date
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Purse:
    """A funding source in whole rupiah; `committed` includes what is billed and paid."""

    name: str
    ceiling: int
    committed: int
    paid: int
    url: str

    @property
    def left(self) -> int:
        """What can still be promised."""
        return self.ceiling - self.committed


@dataclass(frozen=True, slots=True)
class Batch:
    """A list: how many rows it has, and how many of them wait for a person."""

    name: str
    rows: int
    open_rows: int
    url: str
    received_at: datetime | None = None


@dataclass(frozen=True)
class Dashboard:
    """The figures of the home page as of one day, within what the person may see."""

    as_of: date
    covered: int = 0
    target: int = 0
    lapsing: int = 0
    has_figures: bool = True
    has_lists: bool = False
    covered_url: str = ""
    target_url: str = ""
    lapsing_url: str = ""
    villages_url: str = ""
    upload_url: str = ""
    lists_url: str = ""
    tasks: Sequence[Task] = ()
    places: Sequence[Place] = ()
    lapses: Sequence[Lapse] = ()
    purses: Sequence[Purse] | None = ()
    batches: Sequence[Batch] | None = ()
    history: Sequence[Month] = ()
    last_upload: Batch | None = None

    @cached_property
    def widest_gaps(self) -> list[Place]:
        """The villages in which most people still lack cover."""
        with_target = [place for place in self.places if place.whole > 0]
        return sorted(with_target, key=lambda place: place.part - place.whole)[:WORST]

    @cached_property
    def lapse_bars(self) -> list[Bar]:
        """Lapses ahead, a bar per month."""
        return [
            Bar(
                label=wording.month(lapse.month),
                figure=wording.number(lapse.count),
                parts=[Part("danger", lapse.count, _("%(count)s lapse") % {"count": wording.number(lapse.count)})],
                url=lapse.url,
            )
            for lapse in self.lapses
        ]

    @property
    def history_said(self) -> str:
        """The months in one sentence."""
        if not self.history:
            return ""
        first, last = self.history[0], self.history[-1]
        return _("%(first)s: %(share)s; %(last)s: %(share_last)s covered") % {
            "first": wording.month(first.month),
            "share": wording.percent(first.part, first.whole),
            "last": wording.month(last.month),
            "share_last": wording.percent(last.part, last.whole),
        }

    @cached_property
    def purse_bars(self) -> list[Bar]:
        """Purses: paid is solid, committed hatched, left hollow."""
        return [_purse_bar(purse) for purse in self.purses or ()]


def _purse_bar(purse: Purse) -> Bar:
    paid = _("paid %(amount)s") % {"amount": wording.rupiah_short(purse.paid)}
    committed = _("committed %(amount)s") % {"amount": wording.rupiah_short(purse.committed)}
    left = _("left %(amount)s") % {"amount": wording.rupiah_short(purse.left)}
    return Bar(
        label=purse.name,
        figure=left,
        parts=[
            Part("solid", purse.paid, paid),
            Part("hatched", purse.committed - purse.paid, committed),
            Part("hollow", purse.left, left),
        ],
        url=purse.url,
        notes=[paid, committed, _("ceiling %(amount)s") % {"amount": wording.rupiah_short(purse.ceiling)}],
    )
