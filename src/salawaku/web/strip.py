"""The cover strip: a worker's months as a row of small cells. A hole in the shield is seen at a glance.

Filled = paid, half = billed, hollow = decreed, a cross = nobody pays, a dot = not yet or not yet known. A line under
the cells tells the payer by its pattern, a flag the day on which membership ends, a diamond the day from which the
family would receive the full death benefit. Form tells everything; colour only repeats it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Protocol

from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from salawaku.web import wording

PITCH, WIDTH, HEIGHT, TOP = 14, 11, 16, 11
LINE = TOP + HEIGHT + 5
COMPACT = 12


class State(StrEnum):
    """What is known about one month of one worker."""

    PAID = "paid"
    BILLED = "billed"
    DECREED = "decreed"
    GAP = "gap"
    OPEN = "open"


class AnyMonth(Protocol):
    """What a month must tell; rooms below this one bring their own class."""

    @property
    def month(self) -> date:
        """Its first day."""

    @property
    def state(self) -> str:
        """One of State."""

    @property
    def payer(self) -> str:
        """The kind of purse that pays (PAYERS), "" for nobody."""


@dataclass(frozen=True, slots=True)
class StripMonth:
    """One month: its first day, its state, and the kind of purse that pays."""

    month: date
    state: str
    payer: str = ""


WORDS = {
    State.PAID: gettext_lazy("paid"),
    State.BILLED: gettext_lazy("billed, not yet paid"),
    State.DECREED: gettext_lazy("decreed, not yet billed"),
    State.GAP: gettext_lazy("nobody pays"),
    State.OPEN: gettext_lazy("not yet known"),
}
# The kinds of purses; who else pays is told without a word of its own.
PAYERS = {
    "apbd_city": gettext_lazy("city budget (APBD)"),
    "apbd_province": gettext_lazy("provincial budget (APBD)"),
    "apbn": gettext_lazy("state budget"),
    "dbh": gettext_lazy("shared revenue (DBH)"),
    "otsus": gettext_lazy("special autonomy fund"),
    "village_fund": gettext_lazy("village funds"),
    "village_allocation": gettext_lazy("village allocation (ADD)"),
    "village_apparatus": gettext_lazy("village government"),
    "csr": gettext_lazy("company donation (CSR)"),
    "bank": gettext_lazy("bank donation (CSR)"),
    "foster": gettext_lazy("foster sponsor"),
    "individual": gettext_lazy("private donor"),
    "faith": gettext_lazy("church or mosque body"),
    "employer": gettext_lazy("employer"),
    "self": gettext_lazy("the worker"),
}
VILLAGE, GIVING, OTHERS = "5 2", "1.5 2", "2 5"
PATTERNS = {
    "apbd_province": "11 2",
    "apbn": "11 2",
    "dbh": "11 2",
    "otsus": "11 2",
    "village_fund": VILLAGE,
    "village_allocation": VILLAGE,
    "village_apparatus": VILLAGE,
    "csr": GIVING,
    "bank": GIVING,
    "faith": GIVING,
    "foster": "7 2 1.5 2",
    "individual": "7 2 1.5 2",
    "employer": "3 3",
    "self": OTHERS,
    "other": OTHERS,
}


def cover_strip(
    months: Sequence[AnyMonth],
    *,
    today: date,
    membership_end: date | None = None,
    full_benefit_from: date | None = None,
    cells: int = 24,
    language: str | None = None,
) -> SafeString:
    """Draw the strip as inline SVG with its sentence as text alternative.

    `cells` of 12 or fewer makes the small strip of list rows, without labels and tooltips.
    """
    with translation.override(wording.language_now(language)):
        frame = _frame(months, today, [membership_end, full_benefit_from], cells)
        sentence = cover_sentence(
            months, today=today, membership_end=membership_end, full_benefit_from=full_benefit_from
        )
        parts = [
            *_cells(frame),
            *_payer_lines(frame),
            *_marks(frame[0].month, cells, today, membership_end, full_benefit_from),
            *([] if cells <= COMPACT else [*_labels(frame), *_tooltips(frame)]),
        ]
    width, height = cells * PITCH, LINE + (7 if cells <= COMPACT else 19)
    size = " strip-small" if cells <= COMPACT else ""
    return mark_safe(  # noqa: S308  # our own shapes; every word in it is escaped
        f'<svg class="strip{size}" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(sentence)}">'
        f"{''.join(parts)}</svg>"
    )


def cover_sentence(
    months: Sequence[AnyMonth],
    *,
    today: date,
    membership_end: date | None = None,
    full_benefit_from: date | None = None,
) -> str:
    """The strip in words, in the language in force: "terlindungi sampai 30 April 2026; Mei belum dibayar; …"."""
    paid = [one.month for one in months if one.state == State.PAID]
    last = max(paid, default=None)
    if last is None:
        parts = [_("no month has been paid")]
    else:
        parts = [_("covered until %(day)s") % {"day": wording.day(_next_month(last) - timedelta(days=1))}]
    parts += _unpaid(months, last, today)
    if membership_end and membership_end > today:
        parts.append(_("membership ends on %(day)s") % {"day": wording.day(membership_end)})
    elif membership_end:
        parts.append(_("membership ended on %(day)s") % {"day": wording.day(membership_end)})
    if full_benefit_from and full_benefit_from > today:
        parts.append(_("full death benefit from %(day)s") % {"day": wording.day(full_benefit_from)})
    return "; ".join(parts)


def _unpaid(months: Sequence[AnyMonth], last: date | None, today: date) -> list[str]:
    """Runs of unpaid months since the last paid one, up to now, each run in one phrase."""
    known = {one.month: State(one.state) for one in months}
    first = _next_month(last) if last else min(known, default=_first(today))
    run = [month for month in _months(first, 36) if month <= _first(today)]
    phrases = {
        State.BILLED: _("%(months)s not yet paid"),
        State.DECREED: _("%(months)s not yet billed"),
        State.GAP: _("nobody pays for %(months)s"),
    }
    found = []
    for state, group in groupby(run, lambda month: known.get(month, State.GAP)):
        if state in phrases:
            found.append(phrases[state] % {"months": _span(list(group))})
    return found


def _span(months: list[date]) -> str:
    first, last = wording.month_name(months[0]), wording.month_name(months[-1])
    if len(months) == 1:
        return first
    if months[0].year != months[-1].year:
        first = wording.month(months[0])
        last = wording.month(months[-1])
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _frame(months: Sequence[AnyMonth], today: date, marks: Iterable[date | None], cells: int) -> list[AnyMonth]:
    """The months on show, oldest first: the past, and as much of the future as is known or marked."""
    known = {one.month: one for one in months}
    now = _first(today)
    ahead = [now, *known, *(_first(mark) for mark in marks if mark)]
    last = min(max(ahead), _shift(now, cells // 2))
    begun = min(known, default=None)
    shown = _months(_shift(last, 1 - cells), cells)
    return [known.get(month) or StripMonth(month, _missing(month, begun, now)) for month in shown]


def _missing(month: date, begun: date | None, now: date) -> State:
    """A month without any row is a hole only between the first month of cover and now."""
    return State.GAP if begun and begun <= month <= now else State.OPEN


def _cells(frame: list[AnyMonth]) -> list[str]:
    """One path per state keeps a list page of hundreds of strips small."""
    shapes: dict[State, list[int]] = {}
    for index, one in enumerate(frame):
        shapes.setdefault(State(one.state), []).append(index * PITCH + 1)
    box, half = f"v{HEIGHT}h{WIDTH}v-{HEIGHT}z", f"v{HEIGHT // 2}h{WIDTH}v-{HEIGHT // 2}z"
    middle = TOP + HEIGHT // 2
    draw = {
        State.PAID: [("paid", TOP, box)],
        State.BILLED: [("frame", TOP, box), ("billed", middle, half)],
        State.DECREED: [("decreed", TOP, box)],
        State.GAP: [("gap", middle - 4, "m1.5 0l8 8m0-8l-8 8")],
        State.OPEN: [("open", middle, "m4.5 0h2")],
    }
    return [
        f'<path class="{name}" d="{"".join(f"M{x} {y}{shape}" for x in columns)}"/>'
        for state, columns in sorted(shapes.items())
        for name, y, shape in draw[state]
    ]


def _payer_lines(frame: list[AnyMonth]) -> list[str]:
    """One line per run of months of the same payer."""
    lines = []
    for payer, group in groupby(enumerate(frame), lambda pair: pair[1].payer):
        places = [index for index, _one in group]
        if payer:
            dash = f' stroke-dasharray="{PATTERNS[payer]}"' if payer in PATTERNS else ""
            start, end = places[0] * PITCH + 1, places[-1] * PITCH + 1 + WIDTH
            lines.append(f'<path class="payer" d="M{start} {LINE}H{end}"{dash}/>')
    return lines


def _marks(start: date, cells: int, today: date, end: date | None, full: date | None) -> list[str]:
    """Today as a notch below, the end of membership as a flag, the full benefit as a diamond."""
    right = cells * PITCH
    now = _place(start, today)
    marks = [f'<path class="today" d="M{now} {LINE + 2.5}l3 4h-6z"/>']
    if end and 0 <= (x := _place(start, end)) <= right:
        marks.append(f'<path class="end" d="M{x} {LINE}V1h7l-2 3 2 3h-7"/>')
    if full and 0 <= (x := _place(start, full)) <= right:
        marks.append(f'<path class="full" d="M{x} 0l4 4.5-4 4.5-4-4.5z"/>')
    return marks


def _labels(frame: list[AnyMonth]) -> list[str]:
    """The year under each January, and the first month when no January is near."""
    found = [(index, one.month) for index, one in enumerate(frame) if one.month.month == 1]
    if not found or found[0][0] > 4:
        found.insert(0, (0, frame[0].month))
    return [
        f'<text x="{index * PITCH + 1}" y="{LINE + 16}">'
        f"{month.year if month.month == 1 else f'{wording.month_short(month)} {month.year}'}</text>"
        for index, month in found
    ]


def _tooltips(frame: list[AnyMonth]) -> list[str]:
    return [
        f'<rect class="hit" x="{index * PITCH}" y="{TOP}" width="{PITCH}" height="{HEIGHT + 8}">'
        f"<title>{escape(_said(one))}</title></rect>"
        for index, one in enumerate(frame)
    ]


def _said(one: AnyMonth) -> str:
    payer = f" ({PAYERS[one.payer]})" if one.payer in PAYERS else ""
    return f"{wording.month(one.month)}: {WORDS[State(one.state)]}{payer}"


def _place(start: date, when: date) -> float:
    """Where a day lies on the strip."""
    months = (when.year - start.year) * 12 + when.month - start.month
    return round((months + (when.day - 1) / 31) * PITCH, 1)


def _first(when: date) -> date:
    return when.replace(day=1)


def _shift(month: date, by: int) -> date:
    years, index = divmod(month.month - 1 + by, 12)
    return date(month.year + years, index + 1, 1)


def _next_month(month: date) -> date:
    return _shift(month, 1)


def _months(first: date, count: int) -> list[date]:
    return [_shift(first, index) for index in range(count)]


def legend() -> list[tuple[SafeString, str]]:
    """Each state and each mark as the strip draws it, with its word."""
    this = date(2026, 1, 1)
    cells = [("".join(_cells([StripMonth(this, state)])), word) for state, word in WORDS.items()]
    end, full = _marks(this, 1, date(2030, 1, 1), this, None)[1], _marks(this, 1, date(2030, 1, 1), None, this)[1]
    return [
        *((_alone(shape, PITCH), str(word)) for shape, word in cells),
        (_alone(f'<g transform="translate(2 8)">{end}</g>', PITCH), _("membership ends")),
        (_alone(f'<g transform="translate(6 14)">{full}</g>', PITCH), _("full death benefit begins")),
    ]


def _alone(shape: str, width: int) -> SafeString:
    return mark_safe(  # noqa: S308  # our own shapes
        f'<svg class="strip strip-cell" viewBox="0 {TOP - 1} {width} {HEIGHT + 2}" aria-hidden="true">{shape}</svg>'
    )
