"""Trying budgets from a January on gives what the whole simulation gives."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from salawaku.law import add_months
from salawaku.simulation.scheme import Scenario, simulate
from salawaku.simulation.scheme.changes import with_budget
from salawaku.simulation.scheme.questions.resumed import Resumed
from tests.simulation.scheme.small import scenarios


@given(scenarios(), st.data())
@settings(deadline=None, max_examples=60)
def test_it_covers_as_many_as_the_scenario_with_these_budgets(found: Scenario, data: st.DataObject) -> None:
    year = add_months(found.start, found.months - 1).year
    for source in found.sources:
        found = with_budget(found, source.id, year, source.budget.get(year, 0))
    again = Resumed(found)
    for _ in range(3):
        chosen = [source.id for source in found.sources if data.draw(st.booleans())]
        money = {source_id: data.draw(st.integers(0, 5_000_000)) for source_id in chosen}
        changed = found
        for source_id, rupiah in money.items():
            changed = with_budget(changed, source_id, year, rupiah)
        assert again.covered(money) == simulate(changed)["months"][-1]["covered"]
