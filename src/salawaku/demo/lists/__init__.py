"""Synthetic village and agency lists with the truth beside them, and the scorer that compares both."""

from salawaku.demo.lists.bulk import bulk_xlsx
from salawaku.demo.lists.city import City, Person, Village, make_city
from salawaku.demo.lists.faults import Faults
from salawaku.demo.lists.score import Score, score
from salawaku.demo.lists.truth import Truth
from salawaku.demo.lists.write import write_lists

__all__ = [
    "City",
    "Faults",
    "Person",
    "Score",
    "Truth",
    "Village",
    "bulk_xlsx",
    "make_city",
    "score",
    "write_lists",
]
