"""Marks of lists and rows: `{% load intake_ui %}`."""

from __future__ import annotations

from typing import NamedTuple

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from salawaku.intake.models import ListFile, ListRow
from salawaku.web import figures, wording

register = template.Library()


class Look(NamedTuple):
    """The kind of a badge and its icon."""

    kind: str
    icon: str


FILES = {
    "received": Look("plain", icon="inbox"),
    "checking": Look("info", icon="hourglass"),
    "checked": Look("warning", icon="clipboard-check"),
    "confirmed": Look("good", icon="circle-check"),
    "refused": Look("danger", icon="file-x"),
    "withdrawn": Look("plain", icon="arrow-back-up"),
}
ROWS = {
    "rejected": Look("danger", icon="pencil"),
    "review": Look("warning", icon="scale"),
    "duplicate": Look("plain", icon="copy"),
    "accepted": Look("good", icon="circle-check"),
}
# In the order of the tabs; the form of each part stands in figures.css.
PARTS = (("rejected", "danger"), ("review", "hatched"), ("duplicate", "hollow"), ("accepted", "solid"))


@register.simple_tag
def file_look(file: ListFile) -> Look:
    """`{% file_look file as look %}{% badge look.kind file.get_status_display look.icon %}`."""
    return FILES[file.status]


@register.simple_tag
def row_look(status: str) -> Look:
    """The same for a row or a tab."""
    return ROWS[status]


@register.simple_tag
def sum_bar(file: ListFile) -> SafeString:
    """The four counts of a list as one bar; forms tell them apart, and its label says them."""
    if not file.rows:
        return SafeString("")
    pieces, at, said = [], 0.0, []
    for status, kind in PARTS:
        number = getattr(file, status)
        if not number:
            continue
        width = number * 100 / file.rows
        pieces.append(f'<rect class="{kind}" x="{at:.2f}%" y="1" width="{width:.2f}%" height="10"/>')
        said.append(f"{wording.number(number)} {str(ListRow.Status(status).label).lower()}")
        at += width
    label = escape(", ".join(said))
    return mark_safe(  # noqa: S308  # our own shapes; words are escaped
        f'{figures.HATCH}<svg class="bar sum-bar" width="100%" height="12" role="img" aria-label="{label}">'
        f"{''.join(pieces)}</svg>"
    )
