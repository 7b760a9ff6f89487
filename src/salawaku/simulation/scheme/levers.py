"""Reading what else a scenario may change: campaigns, quotas, sponsors, the order in line, further denominators."""

from __future__ import annotations

from datetime import date
from typing import Any

from salawaku.simulation.scheme.conditions import conditions
from salawaku.simulation.scheme.fields import MOST_WORKERS, Fields, month, once, refuse
from salawaku.simulation.scheme.scenario import (
    PRIORITY,
    Campaign,
    Condition,
    Denominator,
    Group,
    Quota,
    Sponsors,
    all_hold,
)

ORDERS = (*PRIORITY, "age")


def denominators(given: Fields) -> tuple[Denominator, ...]:
    """Published numbers of workers, each with when and where."""
    found = tuple(_denominator(*one) for one in _entries(given, "denominators"))
    once("denominators", [one.id for one in found])
    return found


def _denominator(raw: Any, where: str) -> Denominator:
    given = Fields(raw, where)
    as_of = given.get("as_of", "")
    found = Denominator(
        id=given.text("id"),
        workers=given.whole("workers", 1, MOST_WORKERS),
        as_of=as_of.isoformat() if isinstance(as_of, date) else given.text("as_of", ""),
        source=given.text("source", ""),
    )
    given.end()
    return found


def campaigns(given: Fields, population: tuple[Group, ...]) -> tuple[Campaign, ...]:
    """Workers listed in a month; there must be a group to count them to."""
    return tuple(_campaign(raw, where, population) for raw, where in _entries(given, "campaigns"))


def _campaign(raw: Any, where: str, population: tuple[Group, ...]) -> Campaign:
    given = Fields(raw, where)
    found = Campaign(
        month=month(given.name("month"), given.get("month")),
        workers=given.whole("workers", 0, MOST_WORKERS),
        eligible=_eligible(given),
    )
    if not any(group.workers and all_hold(found.eligible, group) for group in population):
        refuse(given.name("eligible"), raw.get("eligible"), "conditions that a group with workers meets are wanted")
    given.end()
    return found


def quotas(given: Fields) -> tuple[Quota, ...]:
    """How many of some groups are covered at once at most."""
    return tuple(_quota(*one) for one in _entries(given, "quotas"))


def _quota(raw: Any, where: str) -> Quota:
    given = Fields(raw, where)
    found = Quota(given.whole("workers", 0, MOST_WORKERS), _eligible(given))
    given.end()
    return found


def sponsors(raw: Any, where: str) -> Sponsors:
    """How many sponsors there are at first, how many join each month, for how many workers each pays."""
    given = Fields(raw, where)
    found = Sponsors(
        start=given.whole("start", 0, MOST_WORKERS, 0),
        joining_per_month=given.number("joining_per_month", 0, MOST_WORKERS, 0),
        workers_each=given.whole("workers_each", 1, MOST_WORKERS, 1),
    )
    given.end()
    return found


def priority(given: Fields) -> tuple[str, ...]:
    """In which order workers stand in line."""
    found = given.many("priority", PRIORITY)
    for one in found:
        if one not in ORDERS:
            refuse("priority", one, f"one of {', '.join(ORDERS)} is wanted")
    once("priority", found)
    return tuple(found)


def _eligible(given: Fields) -> tuple[Condition, ...]:
    return conditions(given.get("eligible", {}), given.name("eligible"))


def _entries(given: Fields, key: str) -> list[tuple[Any, str]]:
    return [(one, f"{key}[{at}]") for at, one in enumerate(given.many(key, []))]
