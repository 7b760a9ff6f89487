"""What does a month's delay of the decree cost?"""

from __future__ import annotations

from typing import Any

import pytest

from salawaku.simulation.scheme import simulate
from salawaku.simulation.scheme.questions import delay_cost
from tests.simulation.scheme.small import PRICE, city, scenario

MEMBERS = [{"id": "members", "workers": 25_000, "covered": 25_000}, {"id": "others", "workers": 45_000}]


def test_a_decree_in_april_instead_of_january() -> None:
    """The worked example of the documents: all lapse, ten families a month receive nothing, ten Rp32 million less."""
    decree = city(25_000, eligible={"id": "members"})
    found = scenario(population=MEMBERS, sources=[decree], rates={"death_per_1000": 4.8, "accident_per_1000": 0})
    late = delay_cost(found)["delays"]
    assert [one["months"] for one in late] == [1, 2, 3]
    cost = late[2]["all"]
    assert cost["lapses"] == pytest.approx(24_970.01, abs=0.01)
    assert cost["families_without"] == pytest.approx(30, abs=0.1)
    assert cost["families_reduced"] == pytest.approx(30, abs=0.1)
    assert cost["benefits_less"] == pytest.approx(30 * 42_000_000 + 30 * 32_000_000, rel=0.01)
    assert cost["unspent_more"] == cost["worker_months_less"] * PRICE == pytest.approx(75_000 * PRICE, rel=0.01)
    assert late[2]["by_source"] == {"city": cost}, "there is but one purse"
    assert [one["all"]["lapses"] for one in late[:2]] == [0, 0], "two months can be caught up"


def test_each_purse_is_late_alone_and_all_together() -> None:
    (late,) = delay_cost(scenario(sources=[city(40), city(10, id="village", first=4)]), [1])["delays"]
    less = {name: cost["worker_months_less"] for name, cost in late["by_source"].items()}
    # Money for twelve months of forty pays 43 for eleven, and one for seven: the months are lost, not the money.
    assert less == {"city": 0, "village": 0}
    assert late["all"]["worker_months_less"] == 0


@pytest.mark.parametrize(
    ("source", "months", "pays"),
    [
        (city(40, first=11), 1, True),
        (city(40, first=11), 2, False),
        (city(40, first=7, min_months=6), 1, False),
        (city(40, last_month={2026: 3}), 3, False),
        (city(0, first=12), 1, True),
    ],
)
def test_purses_that_pay_nobody_are_named_with_their_year(source: dict[str, Any], months: int, *, pays: bool) -> None:
    (late,) = delay_cost(scenario(sources=[source]), [months])["delays"]
    assert late["all"]["not_opened"] == ([] if pays else [{"source": "city", "year": 2026}])
    if not pays:
        before = simulate(scenario(sources=[source]))["totals"]["cost"]
        assert late["all"]["unspent_more"] == before, "all that it would have spent"


def test_a_scenario_that_starts_in_the_year_is_late_from_its_start() -> None:
    (late,) = delay_cost(scenario(start="2026-12", months=1), [1])["delays"]
    assert late["all"]["not_opened"] == [{"source": "city", "year": 2026}]


def test_no_delay_costs_nothing() -> None:
    (none,) = delay_cost(scenario(), [0])["delays"]
    assert none["all"] == {
        "lapses": 0, "families_without": 0, "families_reduced": 0, "benefits_less": 0, "worker_months_less": 0,
        "unspent_more": 0, "not_opened": [],
    }  # fmt: skip
