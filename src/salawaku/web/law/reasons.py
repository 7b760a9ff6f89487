"""Why an amount is what it is: each parameter that it rests on, with its place in the law and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from salawaku.law import Confidence, Parameter, Text, Value, law_now
from salawaku.law.register import UNSURE
from salawaku.web.law.values import used
from salawaku.web.law.words import SURENESS, Sureness, said

UNNAMED = frozenset(one.value for one in Confidence)


@dataclass(frozen=True)
class Reason:
    """One parameter that a line rests on."""

    parameter: str
    what: str
    value: str
    since: date | None
    source: str
    sure: Sureness
    doubt: str
    is_again: bool = False


@dataclass(frozen=True)
class Line:
    """One line of an answer."""

    program: str
    what: str
    amount: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Doubt:
    """Something to confirm, and the parameters (id and words) that it is about."""

    text: str
    about: tuple[tuple[str, str], ...]


def reasons(found: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """The reasons of one line, as the law gives them; several values of one parameter stand together."""
    told: dict[tuple[str, date | None, str], Reason] = {}
    for one in map(_reason, found):
        key = (one.parameter, one.since, one.doubt)
        told[key] = replace(told[key], value=f"{told[key].value}, {one.value}") if key in told else one
    return tuple(told.values())


def once_on_paper(lines: Iterable[Line]) -> list[Line]:
    """The same lines, in which a reason that an earlier line gave already says so: paper has little room."""
    told: set[tuple[str, str]] = set()
    marked = []
    for line in lines:
        again = tuple(replace(one, is_again=(one.parameter, one.value) in told) for one in line.reasons)
        told |= {(one.parameter, one.value) for one in line.reasons}
        marked.append(replace(line, reasons=again))
    return marked


def doubts(lines: Sequence[Line]) -> list[Doubt]:
    """What a lawyer should confirm: each doubt once, with the parameters that it is about."""
    about: dict[str, dict[str, str]] = {}
    for reason in (one for line in lines for one in line.reasons if one.doubt):
        about.setdefault(reason.doubt, {})[reason.parameter] = reason.what
    return [Doubt(doubt, tuple(parameters.items())) for doubt, parameters in about.items()]


def _reason(found: Mapping[str, Any]) -> Reason:
    parameter = law_now()[found["parameter"]]
    since = date.fromisoformat(found["from"]) if found["from"] else None
    value = _value_of(parameter, since)
    confidence = Confidence(found["confidence"])
    return Reason(
        parameter.id,
        said(parameter.description),
        used(found["value"], value.value, parameter.unit).rstrip("."),
        since,
        "" if found["source"] in UNNAMED else found["source"],
        SURENESS[confidence],
        _doubt(confidence, found.get("contested")),
    )


def _value_of(parameter: Parameter, since: date | None) -> Value:
    return next((value for value in parameter.values if value.begin == since), parameter.values[-1])


def _doubt(confidence: Confidence, contested: Mapping[str, str] | None) -> str:
    """What a lawyer should look at, "" when there is nothing."""
    if contested:
        return said(Text(**contested))
    return _("It was not found in writing.") if confidence in UNSURE else ""
