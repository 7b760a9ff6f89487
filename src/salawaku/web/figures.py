"""Bars and lines as inline SVG. Words stand beside the drawing as text, so that they stay readable on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from salawaku.web import wording

HATCH = mark_safe(
    '<svg class="hatch" width="0" height="0" aria-hidden="true"><pattern id="hatch" width="6" height="6" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="hatch-line" d="M0 0v6"/></pattern></svg>'
)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: `kind` is its form (solid, hatched, light, hollow, danger)."""

    kind: str
    value: int
    said: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: a name that opens its list, a figure in words, and the parts of the bar."""

    label: str
    figure: str
    parts: Sequence[Part]
    url: str = ""
    notes: Sequence[str] = ()


def bars(rows: Sequence[Bar], *, whole: int | None = None) -> SafeString:
    """Rows of bars on one scale: that of `whole`, else of the longest row; `whole=0` gives each row its own."""
    if not rows:
        return SafeString("")
    longest = max(_length(row) for row in rows) or 1
    drawn = format_html_join(
        "", "{}", ((_row(row, (_length(row) or 1) if whole == 0 else whole or longest),) for row in rows)
    )
    return format_html('{}<ul class="bars">{}</ul>', HATCH, drawn)


def _length(row: Bar) -> int:
    return sum(part.value for part in row.parts)


def _row(row: Bar, whole: int) -> SafeString:
    name = format_html('<a href="{}">{}</a>', row.url, row.label) if row.url else format_html("{}", row.label)
    notes = format_html_join("", '<span class="bar-note">{}</span>', ((note,) for note in row.notes))
    return format_html(
        '<li><div class="bar-head"><span>{}</span><span class="num">{}</span></div>{}'
        '<div class="bar-notes">{}</div></li>',
        name, row.figure, _drawing(row, whole), notes,
    )  # fmt: skip


def _drawing(row: Bar, whole: int) -> SafeString:
    """Shares of the width in percent: the drawing stretches with the page and its lines do not."""
    pieces, at = [], 0
    for part in row.parts:
        if part.value > 0:
            x, width = at * 100 / whole, min(part.value * 100 / whole, 100 - min(at * 100 / whole, 100))
            pieces.append(
                f'<rect class="{part.kind}" x="{x:.2f}%" y="1" width="{width:.2f}%" height="16">'
                f"<title>{escape(part.said)}</title></rect>"
            )
        at += part.value
    said = ", ".join(part.said for part in row.parts)
    return mark_safe(  # noqa: S308  # our own shapes; words are escaped
        f'<svg class="bar" width="100%" height="18" role="img" aria-label="{escape(said)}">{"".join(pieces)}</svg>'
    )


def trend(values: Sequence[int], *, said: str, goal: int | None = None) -> SafeString:
    """A small line over time, equally spaced; `said` tells it in words. One value or none draws nothing."""
    if len(values) < 2:
        return SafeString("")
    top = max([*values, goal or 0]) or 1
    step = 300 / (len(values) - 1)
    line = "L".join(f"{index * step:.1f} {60 - value * 56 / top:.1f}" for index, value in enumerate(values))
    height = f"{60 - goal * 56 / top:.1f}" if goal else ""
    target = f'<path class="goal" d="M0 {height}H300"/>' if goal else ""
    return mark_safe(  # noqa: S308  # our own shapes; words are escaped
        f'<svg class="trend" viewBox="0 0 300 62" preserveAspectRatio="none" role="img" aria-label="{escape(said)}">'
        f'<path class="axis" d="M0 61H300"/>{target}<path class="line" d="M{line}"/></svg>'
    )


@dataclass(frozen=True, slots=True)
class Month:
    """A share in one month: `part` of `whole`."""

    month: date
    part: int
    whole: int


def share_strip(months: Sequence[Month], *, said: str) -> SafeString:
    """The cover strip of a whole group: each month's cell is filled as high as its share is covered."""
    if not months:
        return SafeString("")
    pitch, width, height = 26, 21, 64
    cells, labels = [], []
    for index, one in enumerate(months):
        x, full = index * pitch + 1, min(one.part / one.whole, 1) if one.whole else 0
        filled = round(height * full, 1)
        title = f"{wording.month(one.month)}: {wording.number(one.part)} / {wording.number(one.whole)}"
        cells.append(
            f'<g><title>{escape(title)}</title><path class="frame" d="M{x} 1v{height}h{width}v-{height}z"/>'
            f'<path class="filled" d="M{x} {height + 1}v-{filled}h{width}v{filled}z"/></g>'
        )
        if one.month.month == 1 or index == 0:
            labels.append((x, str(one.month.year) if one.month.month == 1 else wording.month_short(one.month)))
    texts = "".join(f'<text x="{x}" y="{height + 16}">{label}</text>' for x, label in labels)
    return mark_safe(  # noqa: S308  # our own shapes; words are escaped
        f'<svg class="strip strip-shares" viewBox="0 0 {len(months) * pitch} {height + 20}" role="img" '
        f'aria-label="{escape(said)}">{"".join(cells)}{texts}</svg>'
    )
