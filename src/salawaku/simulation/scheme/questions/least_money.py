"""What is the least money for a target?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from salawaku import law
from salawaku.law import Sector
from salawaku.simulation.scheme.changes import source_of, with_budget, with_dropout
from salawaku.simulation.scheme.fields import exact, refuse
from salawaku.simulation.scheme.joining import joining, listed
from salawaku.simulation.scheme.questions.least import least
from salawaku.simulation.scheme.questions.resumed import Resumed
from salawaku.simulation.scheme.reading import MOST_MONEY
from salawaku.simulation.scheme.running import expected
from salawaku.simulation.scheme.scenario import Scenario, Source, Target

Mix = dict[str, Fraction]


def least_money(
    scenario: Scenario,
    share: float | str | None = None,
    by: date | None = None,
    mix: Mapping[str, float | str] | None = None,
) -> dict[str, Any]:
    """The least rupiah with which `share` of the denominator is covered in the month `by`.

    Without a share and a month the scenario's targets are asked, in their order. The rupiah are those of the year of
    `by`; the budgets of other years, and of purses not in the mix, stand as they are. Answered are `mixes`: first
    the mix that is given (parts of the money by purse, which make a whole; else as the year's budgets stand to each
    other), then each purse alone beside the others as they stand. Whole rupiah are shared out downwards, the first
    purse of the mix takes the rest.

    Each says `reachable`. If it is: `rupiah`, `by_source`, `more` than these purses hold now, `covered` in that
    month, and how many one rupiah less would cover, which is tried (`least` says how far that proves the least). If
    not: `reason` and how many are `covered` at most. Reasons: `month_outside` the scenario, `opens_after` the month,
    `closed_before` it, `minimum_too_long` (the months that are left are under the purse's minimum), `payers_leave`,
    `too_few_eligible`, `too_few_workers`.
    """
    return {"targets": [_of_target(scenario, target, mix) for target in _targets(scenario, share, by)]}


def _targets(scenario: Scenario, share: float | str | None, by: date | None) -> Sequence[Target]:
    if share is None and by is None:
        return scenario.targets
    if share is None or by is None:
        refuse("by" if by is None else "share", None, "a share and a month are wanted together")
    return [Target(by.replace(day=1), exact("share", share, 0, 5))]


def _of_target(scenario: Scenario, target: Target, given: Mapping[str, float | str] | None) -> dict[str, Any]:
    wanted = -(-target.share.numerator * scenario.denominator // target.share.denominator)
    at = law.month_index(target.month) - law.month_index(scenario.start)
    inside = 0 <= at < scenario.months
    now = _covered(_cut(scenario, at)) if inside else None
    return {
        "month": f"{target.month:%Y-%m}",
        "share": float(target.share),
        "workers": wanted,
        "covered": now,
        "missing": None if now is None else max(0, wanted - now),
        "mixes": [_of_mix(scenario, target, wanted, at, mix) for mix in _mixes(scenario, target.month.year, given)],
    }


def _mixes(scenario: Scenario, year: int, given: Mapping[str, float | str] | None) -> Iterator[Mix]:
    if given is not None:
        yield _mix(scenario, given)
    else:
        money = {source.id: source.budget.get(year, 0) for source in scenario.sources}
        whole, parts = sum(money.values()), {one: rupiah for one, rupiah in money.items() if rupiah}
        if len(parts) > 1:
            yield {one: Fraction(rupiah, whole) for one, rupiah in parts.items()}
    for source in scenario.sources:
        yield {source.id: Fraction(1)}


def _mix(scenario: Scenario, given: Mapping[str, float | str]) -> Mix:
    parts = {source_of(scenario, one).id: exact(f"mix.{one}", part, 0, 1) for one, part in given.items()}
    if sum(parts.values()) != 1:
        refuse("mix", dict(given), "parts that make a whole are wanted, such as 0.7 and 0.3")
    return {one: part for one, part in parts.items() if part}


def _of_mix(scenario: Scenario, target: Target, wanted: int, at: int, mix: Mix) -> dict[str, Any]:
    said: dict[str, Any] = {"mix": {one: float(part) for one, part in mix.items()}}
    if not 0 <= at < scenario.months:
        return said | {"reachable": False, "reason": "month_outside", "covered": None}
    year, cut = target.month.year, _cut(scenario, at)
    cheapest, dearest = _prices(cut, mix, year)
    workers = sum(group.workers for group in scenario.population) + int(joining(cut).sum() + listed(cut).sum())
    most = min(MOST_MONEY, int(max(1, workers) * dearest / min(mix.values())) + 1)
    again = Resumed(_poured(cut, mix, year, 0))
    found = least(lambda rupiah: again.covered(_parts(mix, rupiah)), wanted, most, cheapest)
    if found.rupiah is None:
        reason = _reason(cut, mix, target, partial(_poured, mix=mix, year=year, rupiah=most), wanted)
        return said | {"reachable": False, "reason": reason, "covered": found.covered}
    parts = _parts(mix, found.rupiah)
    now = sum(source_of(scenario, one).budget.get(year, 0) for one in mix)
    return said | {
        "reachable": True,
        "rupiah": found.rupiah,
        "by_source": parts,
        "more": found.rupiah - now,
        "covered": found.covered,
        "one_rupiah_less": found.one_less,
    }


def _cut(scenario: Scenario, at: int) -> Scenario:
    """The scenario up to the month asked for: what comes later changes nothing in it."""
    return replace(scenario, months=at + 1, targets=(), runs=0)


def _covered(cut: Scenario) -> int:
    """How many are covered in its last month."""
    return int(expected(cut).covered[0, -1].sum())


def _parts(mix: Mix, rupiah: int) -> dict[str, int]:
    parts = {one: int(rupiah * part) for one, part in mix.items()}
    first = next(iter(parts))
    return parts | {first: parts[first] + rupiah - sum(parts.values())}


def _poured(scenario: Scenario, mix: Mix, year: int, rupiah: int) -> Scenario:
    """The purses of the mix hold so much together in that year."""
    for one, money in _parts(mix, rupiah).items():
        scenario = with_budget(scenario, one, year, money)
    return scenario


def _prices(scenario: Scenario, mix: Mix, year: int) -> tuple[int, int]:
    """The cheapest month of a worker, and the dearest year, of these purses."""
    first = max(scenario.start, date(year, 1, 1))
    months = law.months_from(first, date(year, 12, 1))
    years = [
        [law.monthly_cost(month, payer=payer, sector=sector, law=scenario.law) for month in months]
        for payer in {source_of(scenario, one).payer for one in mix}
        for sector in Sector
    ]
    return max(1, min(min(prices) for prices in years)), max(sum(prices) for prices in years)


def _reason(cut: Scenario, mix: Mix, target: Target, poured: Any, wanted: int) -> str:
    """Why no money reaches it."""
    sources = [source_of(cut, one) for one in mix]
    closed = [_closed(cut, source, target.month) for source in sources]
    if all(closed):
        return closed[0]
    staying = cut
    for source in sources:
        staying = with_dropout(staying, source.id, 0)
    if staying != cut and _covered(poured(staying)) >= wanted:
        return "payers_leave"
    everybody = all(any(source.may_pay_for(group) for source in sources) for group in cut.population)
    return "too_few_workers" if everybody else "too_few_eligible"


def _closed(scenario: Scenario, source: Source, month: date) -> str:
    """Why a purse pays for nobody in that month, if so."""
    first, last = source.first_month.get(month.year, 1), source.last_month.get(month.year, 12)
    if first > month.month:
        return "opens_after"
    if last < month.month:
        return "closed_before"
    begin = max(first, scenario.start.month if scenario.start.year == month.year else 1)
    return "minimum_too_long" if last - begin + 1 < max(1, source.min_months) else ""
