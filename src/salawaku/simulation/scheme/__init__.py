"""The scheme simulation: groups of workers in, months out, for a budget, a month, a rule that may still change.

    >>> from salawaku.simulation import scheme
    >>> answer = scheme.simulate(scheme.scenario_of({
    ...     "name": "Ten", "start": "2026-01", "months": 12, "denominator": 20, "runs": 0,
    ...     "population": [{"id": "all", "workers": 20}],
    ...     "sources": [{"id": "city", "kind": "apbd", "budget": {2026: 2_016_000}}],
    ...     "rates": {"death_per_1000": 0, "accident_per_1000": 0}}))
    >>> answer["months"][0]["covered"], answer["totals"]["cost"], answer["unspent"]
    (10, 2016000, {'city': 0})

Individuals never enter it. What is expected is reckoned once, in fractions of workers; intervals are drawn. The
fields of a scenario, the rules of a month and the answers are in docs/reference/simulation.md.
"""

from salawaku.simulation.scheme.answers import Outcome, answer_of, outcome_of, simulate
from salawaku.simulation.scheme.assumptions import assumptions
from salawaku.simulation.scheme.reading import read_scenario, scenario_of
from salawaku.simulation.scheme.running import Course, drawn, expected
from salawaku.simulation.scheme.scenario import Scenario, ScenarioError
from salawaku.simulation.scheme.writing import document_of, yaml_of

__all__ = [
    "Course",
    "Outcome",
    "Scenario",
    "ScenarioError",
    "answer_of",
    "assumptions",
    "document_of",
    "drawn",
    "expected",
    "outcome_of",
    "read_scenario",
    "scenario_of",
    "simulate",
    "yaml_of",
]
