"""Which tables speak of a worker: each room registers its own, so that the register imports none of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Relation:
    """Rows of `table` that name a worker in `column`.

    `unique_with` are the columns that may occur once per worker (a month, a programme): where the kept record has
    such a row already, the other one stays where it is; `twin_in` is the table in which that is looked for, if it is
    another one (a refund goes along with its month of cover). `moves` is False for rows that stay with the record
    they were written about. `holds` says that a worker named there cannot be taken out of the register by
    withdrawing the list.
    """

    table: str
    label: str | Promise
    column: str = "worker_id"
    key: str = "id"
    unique_with: tuple[str, ...] = ()
    twin_in: str = ""
    moves: bool = True
    holds: bool = True

    @property
    def name(self) -> str:
        """Table and column, as the record of a merge keeps them."""
        return f"{self.table}.{self.column}"


_relations: dict[tuple[str, str], Relation] = {}


def register_relation(relation: Relation) -> None:
    """Make a table known; called in the `ready` of its room. Again changes nothing."""
    _relations[relation.table, relation.column] = relation


def relations() -> Iterator[Relation]:
    """All tables that speak of workers, in a fixed order."""
    return iter(sorted(_relations.values(), key=lambda relation: (relation.table, relation.column)))
