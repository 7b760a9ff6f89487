"""Purses as bars: paid, billed, committed, left (drawn by the tag `bars`)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from salawaku.programmes.models import Purse
from salawaku.web import wording
from salawaku.web.figures import Bar, Part


def purse_bars(purses: Iterable[Purse]) -> list[Bar]:
    """A bar for each purse."""
    return [_bar(purse) for purse in purses]


def _bar(purse: Purse) -> Bar:
    pieces = [
        ("solid", purse.paid, _("paid %(amount)s")),
        ("hatched", purse.billed - purse.paid, _("billed, not paid %(amount)s")),
        ("light", purse.committed, _("committed %(amount)s")),
        ("hollow", purse.left, _("left %(amount)s")),
    ]
    parts = [Part(kind, value, said % {"amount": wording.rupiah_short(value)}) for kind, value, said in pieces]
    ceiling = _("ceiling %(amount)s") % {"amount": wording.rupiah_short(purse.ceiling)}
    return Bar(purse.name, parts[-1].said, parts, notes=[*(part.said for part in parts[:-1]), ceiling])
