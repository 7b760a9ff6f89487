"""Small scenarios: one that can be reckoned by hand, and those that Hypothesis draws."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from salawaku.simulation.scheme import Scenario, scenario_of

PRICE = 16_800
NOBODY_DIES = {"death_per_1000": 0, "accident_per_1000": 0}


def scenario(**changes: Any) -> Scenario:
    """A hundred workers, one city purse for forty of them, nobody dies; with changes."""
    raw: dict[str, Any] = {
        "name": "small",
        "start": "2026-01",
        "months": 12,
        "denominator": 100,
        "population": [{"id": "all", "workers": 100}],
        "sources": [city(40)],
        "rates": NOBODY_DIES,
        "runs": 0,
    }
    return scenario_of(raw | changes)


def city(workers: int, *, first: int = 1, year: int = 2026, **changes: Any) -> dict[str, Any]:
    """A city purse that pays from its first month to December for so many workers."""
    money = workers * (13 - first) * PRICE
    return {"id": "city", "kind": "apbd", "budget": {year: money}, "first_month": {year: first}} | changes


@st.composite
def groups(draw: st.DrawFn, *, most: int = 60) -> list[dict[str, Any]]:
    """One to six groups that differ in whatever the line and the purses ask."""
    found = []
    for number in range(draw(st.integers(1, 6))):
        workers = draw(st.integers(0, most))
        found.append(
            {
                "id": f"g{number}",
                "workers": workers,
                "covered": draw(st.integers(0, workers)),
                "age": draw(st.none() | st.integers(18, 66)),
                "sex": draw(st.sampled_from(["M", "F"])),
                "sector": draw(st.sampled_from(["other", "transport", "labour_intensive"])),
                "decile": draw(st.integers(0, 10)),
                "village_kind": draw(st.sampled_from(["desa", "negeri", "kelurahan"])),
                "risk": draw(st.integers(0, 4)),
                "covered_months": draw(st.integers(1, 40)),
                "village": draw(st.sampled_from(["", "Latta", "Lata", "Halong"])),
                "joining_per_month": draw(st.sampled_from([0, 0, 0.3, 2])),
            }
        )
    return found


@st.composite
def sources(draw: st.DrawFn, *, first: st.SearchStrategy[int] | None = None) -> list[dict[str, Any]]:
    """Up to four purses of several kinds, each with money for some worker-months in one or two years."""
    found = []
    for number in range(draw(st.integers(0, 4))):
        years = draw(st.sampled_from([(2026,), (2026, 2027)]))
        months = st.integers(1, 12) if first is None else first
        eligible = [{}, {"sector": "transport"}, {"decile": {"max": 5}}, {"village_kind": ["desa", "negeri"]}]
        found.append(
            {
                "id": f"s{number}",
                "kind": draw(st.sampled_from(["apbd", "village_fund", "csr", "foster"])),
                "budget": {year: draw(st.integers(0, 400)) * 8_400 + draw(st.integers(0, 8_399)) for year in years},
                "first_month": {year: draw(months) for year in years},
                "min_months": draw(st.integers(0, 8)),
                "dropout_per_month": draw(st.sampled_from([0, 0.02, 0.5])),
                "eligible": draw(st.sampled_from(eligible)),
            }
            | draw(st.sampled_from([{}, {}, {"quota": draw(st.integers(0, 50))}, {"sponsors": draw(SPONSORS)}]))
        )
    return found


SPONSORS = st.fixed_dictionaries(
    {
        "start": st.integers(0, 9),
        "joining_per_month": st.sampled_from([0, 0.5, 3]),
        "workers_each": st.integers(1, 4),
    }
)


@st.composite
def levers(draw: st.DrawFn) -> dict[str, Any]:
    """What a scenario may change beside groups and purses."""
    orders = st.permutations(["continuing", "decile", "risk", "age"])
    quotas = st.fixed_dictionaries(
        {"workers": st.integers(0, 80), "eligible": st.sampled_from([{}, {"village": "Latta"}, {"sex": "M"}])}
    )
    campaigns = st.fixed_dictionaries(
        {"month": st.sampled_from(["2025-12", "2026-06", "2027-01"]), "workers": st.integers(0, 30)}
    )
    return {
        "priority": draw(orders)[: draw(st.integers(0, 4))]
        if draw(st.booleans())
        else ["continuing", "decile", "risk"],
        "quotas": draw(st.lists(quotas, max_size=2)),
        "campaigns": draw(st.lists(campaigns, max_size=2)),
        "denominators": [{"id": "BPS", "workers": 90, "as_of": "2024-08"}, {"id": "DPMPTSP", "workers": 7}],
    }


@st.composite
def scenarios(draw: st.DrawFn, **fixed: Any) -> Scenario:
    """A whole scenario of up to three years."""
    population = draw(groups())
    more = draw(levers())
    if not any(group["workers"] for group in population):
        more.pop("campaigns")
    rates = [NOBODY_DIES, {}, {"death_per_1000": 200, "accident_per_1000": 50, "wage_per_1000": 100}]
    return scenario(
        months=draw(st.integers(1, 36)),
        start=draw(st.sampled_from(["2026-01", "2026-05", "2025-11"])),
        population=population,
        sources=draw(sources()),
        rates=draw(st.sampled_from(rates)),
        **(more | fixed),
    )
