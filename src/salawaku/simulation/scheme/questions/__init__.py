"""Questions to a scenario, answered directly: each answer is one JSON document, reckoned without drawn courses.

>>> from salawaku.simulation.scheme import scenario_of
>>> from salawaku.simulation.scheme.questions import least_money
>>> ten = scenario_of({
...     "name": "Ten", "start": "2026-01", "months": 12, "denominator": 20,
...     "population": [{"id": "all", "workers": 20}],
...     "sources": [{"id": "city", "kind": "apbd", "budget": {2026: 0}}],
...     "targets": [{"month": "2026-12", "share": 0.5}],
...     "rates": {"death_per_1000": 0, "accident_per_1000": 0}})
>>> least_money(ten)["targets"][0]["mixes"][0]["rupiah"]  # ten workers, twelve months, Rp16,800
2016000
"""

from salawaku.simulation.scheme.questions.best_use import BILLION, best_use
from salawaku.simulation.scheme.questions.delay_cost import delay_cost
from salawaku.simulation.scheme.questions.least_money import least_money
from salawaku.simulation.scheme.questions.month_reached import month_reached
from salawaku.simulation.scheme.questions.tornado import tornado

__all__ = ["BILLION", "best_use", "delay_cost", "least_money", "month_reached", "tornado"]
