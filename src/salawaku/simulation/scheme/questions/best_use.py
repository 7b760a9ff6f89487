"""What is the best use of one more billion?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from salawaku.law import add_months
from salawaku.simulation.scheme.changes import with_budget
from salawaku.simulation.scheme.fields import refuse, whole
from salawaku.simulation.scheme.questions.told import more, spent, told
from salawaku.simulation.scheme.reading import MOST_MONEY
from salawaku.simulation.scheme.scenario import Scenario, Source

BILLION = 1_000_000_000
# What may be ranked by; where less is better it is told as what is avoided.
RANKED_BY = ("benefits", "worker_months", "covered_at_end", "lapses_avoided", "families")


class Use(NamedTuple):
    """Where the money could go; a bridge lasts from the first of `months` to the last."""

    kind: str
    source: str
    year: int
    months: tuple[int, int]
    scenario: Scenario


def best_use(scenario: Scenario, amount: int = BILLION, by: str = "benefits") -> dict[str, Any]:
    """What `amount` more rupiah do in each place where they could go, ranked by what `by` names.

    The places: each purse in each year of the scenario in which it has a budget, from its first month on (`kind`
    purse); and where a purse begins later than January (or than the start), a bridge before it, from then to the
    month before, with the purse's payer and conditions for as many months as it buys (`kind` bridge). A bridge
    chooses after purses that begin in the same month.

    Told are differences to the scenario as it stands: `worker_months`, `covered_at_end`, `lapses_avoided`, `families`
    (deaths that are now covered), `reduced_avoided` (families that now receive all instead of the burial grant),
    `benefits` (rupiah that families and the injured receive more), `spent` and `unspent` of the amount. First stands
    what brings the most of `by`. What brings the same has the same `rank`, and then stands by worker-months, by what
    is spent (less first) and as the scenario lists the purses.
    """
    money = whole("amount", amount, 1, MOST_MONEY)
    if by not in RANKED_BY:
        refuse("by", by, f"one of {', '.join(RANKED_BY)} is wanted")
    base = told(scenario)
    uses = [_told(use, base, money) for use in _uses(scenario, money)]
    uses.sort(key=lambda use: (-use[by], -use["worker_months"], use["spent"]))
    ranks = [1 + sum(other[by] > use[by] for other in uses) for use in uses]
    return {"amount": money, "by": by, "uses": [{"rank": rank} | use for rank, use in zip(ranks, uses, strict=True)]}


def _uses(scenario: Scenario, amount: int) -> Iterator[Use]:
    last = add_months(scenario.start, scenario.months - 1).year
    for source in scenario.sources:
        for year, money in source.budget.items():
            if not scenario.start.year <= year <= last:
                continue
            begin = scenario.start.month if year == scenario.start.year else 1
            first = max(begin, source.first_month[year])
            raised = with_budget(scenario, source.id, year, money + amount)
            yield Use("purse", source.id, year, (first, source.last_month[year]), raised)
            if first > begin:
                months = (begin, first - 1)
                yield Use("bridge", source.id, year, months, _bridged(scenario, source, year, months, amount))


def _bridged(scenario: Scenario, source: Source, year: int, months: tuple[int, int], amount: int) -> Scenario:
    """With one more purse, which pays until the other one begins."""
    known = {one.id for one in scenario.sources}
    name = f"{source.id} bridge"
    while name in known:
        name += "'"
    first, last = ({year: month} for month in months)
    bridge = replace(source, id=name, budget={year: amount}, first_month=first, last_month=last, min_months=1)
    return replace(scenario, sources=(*scenario.sources, bridge))


def _told(use: Use, base: dict[str, Any], amount: int) -> dict[str, Any]:
    answer = told(use.scenario)
    rise = more(answer, base)
    bought = sum(spent(answer).values()) - sum(spent(base).values())
    return {
        "kind": use.kind,
        "source": use.source,
        "year": use.year,
        "months": [f"{use.year}-{month:02}" for month in use.months],
        "worker_months": rise["worker_months"],
        "covered_at_end": rise["covered_at_end"],
        "lapses_avoided": -rise["lapsed"],
        "families": -rise["deaths_uncovered"],
        "reduced_avoided": -rise["reduced_benefit_families"],
        "benefits": rise["benefits"],
        "spent": bought,
        "unspent": amount - bought,
    }
