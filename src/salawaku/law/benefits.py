"""What a family receives when a covered worker dies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salawaku.law import parameters as law


@dataclass(frozen=True, slots=True)
class DeathBenefit:
    """The amount in rupiah and the figures it rests on."""

    amount: int
    basis: tuple[law.Parameter, ...]


def death_benefit(on: date, *, months_of_membership: int, work_accident: bool = False) -> DeathBenefit:
    """The benefit for a death on `on` under cover, without the scholarship.

    A death at work has no waiting time. OutsideValidityError before 2 December 2019.
    """
    if work_accident:
        return DeathBenefit(int(law.JKK_DEATH.at(on)), (law.JKK_DEATH,))
    if law.JKM_WAITING.holds(on) and months_of_membership < law.JKM_WAITING.value:
        return DeathBenefit(int(law.JKM_BURIAL.at(on)), (law.JKM_BURIAL, law.JKM_WAITING))
    return DeathBenefit(int(law.JKM_TOTAL.at(on)), (law.JKM_TOTAL,))
