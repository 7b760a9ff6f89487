"""What a notice says, from its facts, in the language of the reader."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from salawaku.notices.models import Notice
from salawaku.programmes.models import Purse
from salawaku.web import wording

# Subject and text by kind. They name counts, money, days and places, never persons.
WORDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "lapse_week": (
        _("Within seven days %(workers)s memberships end: %(place)s"),
        _(
            "%(workers)s memberships in %(place)s end on %(ends_on)s unless a month is paid by %(due_on)s."
            " One month for all of them costs %(cost)s."
        ),
    ),
    "lapse_month": (
        _("%(workers)s memberships end on %(ends_on)s: %(place)s"),
        _(
            "%(workers)s memberships in %(place)s end on %(ends_on)s unless a month is paid by %(due_on)s."
            " One month for all of them costs %(cost)s."
        ),
    ),
    "lapse_next": (
        _("Next month's end concerns %(workers)s memberships: %(place)s"),
        _(
            "%(workers)s memberships in %(place)s end on %(ends_on)s unless a month is paid by %(due_on)s."
            " There is still time to find who pays: one month for all of them costs %(cost)s."
        ),
    ),
    "bill_due": (
        _("Bill %(code)s is due on %(due_on)s"),
        _("The bill %(code)s for %(month)s, %(workers)s workers, %(amount)s, is open and due on %(due_on)s."),
    ),
    "bill_overdue": (
        _("Bill %(code)s is overdue"),
        _(
            "The bill %(code)s for %(month)s, %(workers)s workers, %(amount)s, was due on %(due_on)s and is still"
            " open. After three months without payment the memberships end."
        ),
    ),
    "bill_missing": (
        _("%(month)s is not billed yet: %(place)s"),
        _(
            "For %(month)s, %(workers)s workers in %(place)s are decreed and on no bill (%(amount)s)."
            " The contribution is due on %(due_on)s."
        ),
    ),
    "money_unused": (
        _("%(left)s are promised to nobody: %(place)s"),
        _(
            "In %(place)s a source of the kind “%(source)s” still has %(left)s of %(ceiling)s that no plan uses."
            " What is not decreed in time stays unused at the end of the year."
        ),
    ),
    "difference_due": (
        _("Differences of %(month)s to settle by %(due_on)s: %(number)s"),
        _("%(number)s differences with BPJS of %(month)s in %(place)s are open and to be settled by %(due_on)s."),
    ),
    "difference_overdue": (
        _("Differences of %(month)s are overdue: %(number)s"),
        _(
            "%(number)s differences with BPJS of %(month)s in %(place)s should have been settled by %(due_on)s."
            " The month cannot be closed before."
        ),
    ),
    "rows_waiting": (
        _("%(number)s pairs wait for a decision: %(place)s"),
        _("%(number)s rows of lists in %(place)s may be somebody who is in the register. Somebody must decide."),
    ),
    "january_plan": (
        _("January %(year)s: nobody pays for %(workers)s members yet in %(place)s"),
        _(
            "In %(place)s, %(workers)s members have no payer in January %(year)s; one month for them costs %(cost)s."
            " September is the month to plan it, with a bridge until the budget starts."
        ),
    ),
}
MONEY = frozenset({"cost", "amount", "left", "ceiling"})
NUMBERS = frozenset({"workers", "number"})
DAYS = frozenset({"ends_on", "due_on"})


class Told(NamedTuple):
    """A notice in words."""

    subject: str
    text: str


def told(notice: Notice, *, place: str) -> Told:
    """Subject and text in the language in force; `place` is the name of the notice's region."""
    facts = dict(notice.facts) | {"place": place}
    if notice.due_on:
        facts["due_on"] = f"{notice.due_on:%Y-%m-%d}"
    said = {name: _said(name, value) for name, value in facts.items()}
    subject, text = WORDS[notice.kind]
    return Told(str(subject) % said, str(text) % said)


def _said(name: str, value: Any) -> str:
    """A fact as people read it."""
    if name in MONEY:
        return wording.rupiah(value)
    if name in NUMBERS:
        return wording.number(value)
    if name in DAYS:
        return wording.day(date.fromisoformat(value))
    if name == "month":
        return wording.month(date.fromisoformat(value))
    if name == "source":
        return str(dict(Purse.Kind.choices).get(value, value))
    return str(value)


def for_hand(texts: list[str], *, place: str, url: str) -> str:
    """A short message for a colleague in a village, to paste: no names, no numbers of persons."""
    lines = [
        _("Hello, colleague in %(place)s.") % {"place": place},
        *(f"• {text}" for text in texts),
        _("Please look at the list: %(url)s") % {"url": url},
        _("Thank you for keeping everybody covered."),
    ]
    return "\n\n".join(map(str, lines))
