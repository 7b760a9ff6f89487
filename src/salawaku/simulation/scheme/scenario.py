"""What a scenario says: who there is, which purses, how often people die, what is aimed at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from salawaku.law import Change, Payer, Register, Sector

USUAL_RUNS = 1000
PRIORITY = ("continuing", "decile", "risk")  # as the waterfall of programmes


class ScenarioError(ValueError):
    """Something in a scenario cannot be taken, with the field, the value as it stood and what is wanted."""

    def __init__(self, field: str, value: Any, wanted: str) -> None:
        super().__init__(f"{field} is {value!r}: {wanted}")
        self.field, self.value, self.wanted = field, value, wanted


@dataclass(frozen=True, slots=True)
class Group:
    """Workers who are alike; `workers` includes the `covered`.

    `age` in completed years at the start, None where it is not known; `decile` 0 is unknown; `risk` 1 (low) to 4
    (very high), 0 unknown; `covered_months` is how long the covered have contributed without a gap; `village` and
    `occupation` are a name or a code. `joining_per_month` workers begin this work each month.
    """

    id: str
    workers: int
    covered: int
    covered_months: int
    age: int | None = None
    sex: str = ""
    sector: Sector = Sector.OTHER
    decile: int = 0
    village_kind: str = ""
    risk: int = 0
    village: str = ""
    occupation: str = ""
    joining_per_month: float = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """Whom a purse may pay for by one field of a group: one of some values, or between two numbers."""

    field: str
    values: frozenset[Any] = frozenset()
    least: int | None = None
    most: int | None = None

    def holds(self, group: Group) -> bool:
        """Whether a group meets it; what is not known meets no bounds."""
        value = getattr(group, self.field)
        if self.values:
            return value in self.values
        known = value not in {None, 0}
        return known and (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


def all_hold(conditions: tuple[Condition, ...], group: Group) -> bool:
    """Whether a group meets every one of some conditions."""
    return all(condition.holds(group) for condition in conditions)


@dataclass(frozen=True, slots=True)
class Sponsors:
    """People who each pay for `workers_each`: so many at the `start`, so many more each month."""

    start: int
    joining_per_month: float
    workers_each: int


@dataclass(frozen=True, slots=True)
class Source:
    """A purse: rupiah a year, and the months of the year from and to which it pays (1 to 12).

    `quota` is how many workers it covers at once at most, None for as many as its money pays.
    """

    id: str
    kind: str
    payer: Payer
    budget: dict[int, int]
    first_month: dict[int, int]
    last_month: dict[int, int]
    min_months: int = 1
    dropout_per_month: float = 0
    eligible: tuple[Condition, ...] = ()
    quota: int | None = None
    sponsors: Sponsors | None = None

    def may_pay_for(self, group: Group) -> bool:
        """Whether its conditions hold; village money is never for a kelurahan."""
        if self.payer is Payer.VILLAGE_FUND and group.village_kind == "kelurahan":
            return False
        return all_hold(self.eligible, group)


@dataclass(frozen=True, slots=True)
class Target:
    """A share of the denominator to be covered in a month."""

    month: date
    share: Fraction


@dataclass(frozen=True, slots=True)
class Campaign:
    """Lists so many more workers in a month, spread over the groups that meet its conditions."""

    month: date
    workers: int
    eligible: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Quota:
    """At most so many of the groups that meet its conditions are covered at once, by all purses together."""

    workers: int
    eligible: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Denominator:
    """A published number of workers of which a share is told as well."""

    id: str
    workers: int
    as_of: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rates:
    """Deaths and accidents per 1,000 workers a year: one number for all, by group, or None for the assumptions.

    `accident_cost` is what an accident is paid on average, in rupiah; `wage_per_1000` a year become wage earners.
    """

    death_per_1000: float | dict[str, float] | None
    accident_per_1000: float | dict[str, float] | None
    accident_cost: int
    wage_per_1000: float | dict[str, float] = 0


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario. `law` is the register in force with the scenario's `overlays` on it; `law_hash` the law under
    which it was kept. `==` compares neither `law` nor `overlays`: compare `law.hash`."""

    name: str
    start: date
    months: int
    denominator: int
    population: tuple[Group, ...]
    sources: tuple[Source, ...]
    rates: Rates
    law: Register = field(compare=False)
    targets: tuple[Target, ...] = ()
    denominators: tuple[Denominator, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    quotas: tuple[Quota, ...] = ()
    priority: tuple[str, ...] = PRIORITY
    overlays: tuple[Change, ...] = field(default=(), compare=False)
    law_hash: str | None = None
    seed: int = 1
    runs: int = USUAL_RUNS
