"""A criteria set: data with a version, compiled to SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from salawaku.accounts.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Criteria:
    """Who may be covered. Ages are reached on the first month; without `max_decile` welfare does not exclude."""

    age_min: int = 18
    age_max: int = 64
    vulnerable_only: bool = True
    max_decile: int | None = None

    def __post_init__(self) -> None:
        if not 15 <= self.age_min <= self.age_max <= 80:
            raise Refusal("criteria.age", _("The ages must lie between 15 and 80, the lower one first."))
        if self.max_decile is not None and not 1 <= self.max_decile <= 10:
            raise Refusal("criteria.decile", _("The welfare decile is a number from 1 to 10."))

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Criteria:
        """Read a stored criteria set; unknown keys are refused, never ignored."""
        try:
            return cls(**data)
        except TypeError as error:
            raise Refusal("criteria.unknown", _("This criteria set has a rule that is not known here.")) from error

    def as_json(self) -> dict[str, Any]:
        """What is stored."""
        return asdict(self)

    def failures(self, first_month: date) -> list[tuple[str, str, dict[str, Any]]]:
        """Reason, SQL condition over worker `w` and occupation `o`, parameters; asked in this order."""
        conditions: list[tuple[str, str, dict[str, Any]]] = [
            ("too_young", "w.birth_date > %(born_by)s", {"born_by": _years_before(first_month, self.age_min)}),
            (
                "too_old",
                "w.birth_date <= %(born_after)s",
                {"born_after": _years_before(first_month, self.age_max + 1)},
            ),
        ]
        if self.vulnerable_only:
            conditions += [
                ("occupation_unknown", "w.occupation_id IS NULL", {}),
                ("occupation_not_vulnerable", "NOT o.vulnerable", {}),
            ]
        if self.max_decile is not None:
            conditions += [
                ("decile_unknown", "w.welfare_decile IS NULL", {}),
                ("decile_too_high", "w.welfare_decile > %(max_decile)s", {"max_decile": self.max_decile}),
            ]
        return conditions


def _years_before(month: date, years: int) -> date:
    return month.replace(year=month.year - years)
