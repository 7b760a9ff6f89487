"""Two records side by side: what agrees, what differs, and of long numbers only the digits that differ."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from salawaku.intake.selectors import Card, Compared
from salawaku.intake.wording import FIELDS
from salawaku.web import wording

ENDS = 4


class Line(NamedTuple):
    """One line of the card. `left` and `right` are runs of text; the runs marked True are what differs."""

    field: str
    label: str | Promise
    left: list[tuple[str, bool]]
    right: list[tuple[str, bool]]
    agrees: bool | None


def card_lines(card: Card, *, is_whole: bool = False) -> list[Line]:
    """The lines of a card for the page; numbers are masked but for the digits in which they differ."""
    return [_line(line, card, is_whole) for line in card.lines if line.left or line.right or line.agrees is not None]


def differing(left: str, right: str, *, mask: bool) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Two numbers of one length cut into runs that agree and runs that differ; agreeing digits can be masked."""
    if len(left) != len(right):
        shown = [wording.masked_nik(one) if mask else one for one in (left, right)]
        return [(shown[0], True)], [(shown[1], True)]
    marks = [a != b for a, b in zip(left, right, strict=True)]
    hidden = [mask and not marked and ENDS <= n < len(marks) - ENDS for n, marked in enumerate(marks)]
    return _runs(left, marks, hidden), _runs(right, marks, hidden)


def _runs(text: str, marks: list[bool], hidden: list[bool]) -> list[tuple[str, bool]]:
    runs: list[tuple[str, bool]] = []
    for char, marked, hide in zip(text, marks, hidden, strict=True):
        shown = "•" if hide else char
        if runs and runs[-1][1] == marked:
            runs[-1] = (runs[-1][0] + shown, marked)
        else:
            runs.append((shown, marked))
    return runs


def _line(line: Compared, card: Card, is_whole: bool) -> Line:
    label = FIELDS[line.field]
    if line.field == "nik" and line.left and line.right and not card.is_stranger:
        left, right = differing(line.left, line.right, mask=not is_whole)
        return Line(line.field, label, left, right, line.agrees)
    mine = wording.masked_nik(line.left) if line.field == "nik" and line.left and not is_whole else line.left
    other = wording.masked_nik(line.right) if line.field == "nik" and line.right and not is_whole else line.right
    differs = line.agrees is False
    return Line(line.field, label, _one(line.field, mine, differs), _one(line.field, other, differs), line.agrees)


def _one(field: str, text: str, differs: bool) -> list[tuple[str, bool]]:
    if field == "birth_date" and text:
        return [(wording.day(date.fromisoformat(text)), differs)]
    if field == "sex" and text:
        return [({"M": _("Male"), "F": _("Female")}.get(text, text), differs)]
    return [(text, differs)] if text else []
