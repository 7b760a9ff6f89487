"""What does a month's delay of the decree cost?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from salawaku.simulation.scheme.answers import plain
from salawaku.simulation.scheme.changes import delayed
from salawaku.simulation.scheme.questions.told import more, spent, told
from salawaku.simulation.scheme.scenario import Scenario, Source


def delay_cost(scenario: Scenario, months: Iterable[int] = (1, 2, 3)) -> dict[str, Any]:
    """What it costs when decrees come so many months later, against the scenario as it stands.

    For each number of months: `all` purses late together, and `by_source` each alone. Told are differences, positive
    where the delay is worse: `lapses` (memberships that end), `families_without` (deaths without cover, whose
    families receive nothing), `families_reduced` (the burial grant only, because the membership had ended),
    `benefits_less` (rupiah that families and the injured receive less), `worker_months_less`, `unspent_more` (rupiah
    that stay in the purses), and `not_opened`, purses with the year in which they pay nobody: they would begin after
    their last month, or the months that are left are under their minimum. Lapses may be fewer: who is never covered
    does not lapse. A delay changes who dies covered, not who dies.
    """
    base = told(scenario)
    return {"delays": [_late(scenario, base, number) for number in months]}


def _late(scenario: Scenario, base: dict[str, Any], months: int) -> dict[str, Any]:
    each = {source.id: _cost(scenario, base, months, [source.id]) for source in scenario.sources}
    return {"months": months, "all": _cost(scenario, base, months, None), "by_source": each}


def _cost(scenario: Scenario, base: dict[str, Any], months: int, sources: list[str] | None) -> dict[str, Any]:
    late = delayed(scenario, months, sources)
    answer = told(late)
    rise = more(answer, base)
    return {
        "lapses": rise["lapsed"],
        "families_without": rise["deaths_uncovered"],
        "families_reduced": rise["reduced_benefit_families"],
        "benefits_less": -rise["benefits"],
        "worker_months_less": -rise["worker_months"],
        "unspent_more": plain(sum(spent(base).values()) - sum(spent(answer).values())),
        "not_opened": [
            {"source": now.id, "year": year}
            for before, now in zip(scenario.sources, late.sources, strict=True)
            for year in now.budget
            if _opens(before, year, scenario.start) and not _opens(now, year, scenario.start)
        ],
    }


def _opens(source: Source, year: int, start: date) -> bool:
    """Whether a purse pays for anybody that year."""
    begin = max(source.first_month[year], start.month if year == start.year else 1)
    return source.budget[year] > 0 and source.last_month[year] - begin + 1 >= max(1, source.min_months)
