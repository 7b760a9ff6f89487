"""The register of legal parameters as a list and one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from salawaku.law import Confidence, Parameter, Register, Text, Value
from salawaku.law.reading import official_texts, sources, units
from salawaku.law.reference import in_order
from salawaku.law.register import UNSURE
from salawaku.web import wording
from salawaku.web.law.values import Shown, shown
from salawaku.web.law.words import SUBJECTS, SURENESS, Sureness, code, said


def is_contested(parameter: Parameter) -> bool:
    """Whether sources disagree about one of its values."""
    return any(value.contested for value in parameter.values)


def is_from_memory(parameter: Parameter) -> bool:
    """Whether one of its values was not found in writing, all or in part."""
    return any(value.confidence in UNSURE for value in parameter.values)


class Filter(NamedTuple):
    """One choice above the list."""

    label: Promise
    keeps: Callable[[Parameter], bool]


FILTERS = {
    "": Filter(gettext_lazy("All"), lambda parameter: True),
    "confirm": Filter(gettext_lazy("For a lawyer to confirm"), lambda parameter: parameter.to_confirm),
    "contested": Filter(gettext_lazy("Sources disagree"), is_contested),
    "memory": Filter(gettext_lazy("From memory, all or in part"), is_from_memory),
}


@dataclass(frozen=True)
class Chip:
    """A filter as a link with its count."""

    key: str
    label: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class Row:
    """One parameter in the list."""

    id: str
    description: str
    value: str
    sure: Sureness
    is_contested: bool
    count: int


@dataclass(frozen=True)
class Entry:
    """One value in the history of a parameter."""

    case: str
    begin: date | None
    end: date | None
    value: Shown
    article: str
    sources: tuple[Mapping[str, Any], ...]
    sure: Sureness
    checked: date
    note: str
    contested: str
    is_now: bool


def rows_by_subject(law: Register, today: date, only: str, words: str) -> list[tuple[str, list[Row]]]:
    """The parameters that pass the filter and hold all words, by subject."""
    wanted = [one for one in in_order(law) if FILTERS[only].keeps(one) and _holds(one, words)]
    return [
        (str(SUBJECTS.get(subject, subject)), [_row(one, today) for one in found])
        for subject, found in groupby(wanted, key=lambda one: one.subject)
    ]


def chips(law: Register, only: str) -> list[Chip]:
    """The filters with how many parameters each keeps."""
    return [Chip(key, str(one.label), sum(map(one.keeps, law.values())), key == only) for key, one in FILTERS.items()]


def _holds(parameter: Parameter, words: str) -> bool:
    """Whether every word stands in its name, description, note or articles, in either language."""
    texts = [parameter.description, parameter.note, parameter.formula]
    told = " ".join(
        [
            parameter.id,
            *(part for text in texts if text for part in text),
            *(value.article or "" for value in parameter.values),
        ]
    ).casefold()
    return all(word in told for word in words.casefold().split())


def _row(parameter: Parameter, today: date) -> Row:
    now = [value for value in parameter.values if value.holds(today)]
    weakest = max(now or parameter.values, key=lambda value: list(Confidence).index(value.confidence))
    return Row(
        parameter.id,
        said(parameter.description),
        _today(parameter, now, today),
        SURENESS[weakest.confidence],
        is_contested(parameter),
        len(parameter.values),
    )


def _today(parameter: Parameter, now: Sequence[Value], today: date) -> str:
    """What holds today, else until or from when something did."""
    if now:
        return "; ".join(
            f"{code(value.case)}: {told}" if value.case else told
            for value in now
            for told in [shown(value.value, parameter.unit).text]
        )
    last = parameter.values[-1]
    if last.first_day > today:
        return _("from %(day)s") % {"day": wording.day(last.begin)}
    return _("held until %(day)s") % {"day": wording.day(last.end)}


def history(parameter: Parameter, today: date) -> list[Entry]:
    """Its values, the newest first."""
    return [_entry(parameter, value, today) for value in reversed(parameter.values)]


def _entry(parameter: Parameter, value: Value, today: date) -> Entry:
    return Entry(
        code(value.case) if value.case else "",
        value.begin,
        value.end,
        shown(value.value, parameter.unit),
        value.article or "",
        tuple({"id": key, **sources()[key]} for key in value.sources if key in sources()),
        SURENESS[value.confidence],
        value.checked,
        said_or_nothing(value.note),
        said_or_nothing(value.contested),
        value.holds(today),
    )


def said_or_nothing(text: Text | None) -> str:
    """The text in the language of the page, or ""."""
    return said(text) if text else ""


def unit_of(parameter: Parameter) -> str:
    """The unit in words."""
    return said(units()[parameter.unit])


def texts_to_read() -> list[Mapping[str, Any]]:
    """The regulations whose full text nobody has compared yet."""
    return list(official_texts().values())
